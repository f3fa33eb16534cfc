// Asks for a GitHub token, or shows the code of a device sign-in.
#pragma once

#include "items/pipeline_values.h"

#include <QDialog>
#include <QUrl>

class QLabel;
class QLineEdit;
class QPushButton;

namespace layerline {

class SignInDialog : public QDialog {
    Q_OBJECT
public:
    explicit SignInDialog(const AccountRow& account, QWidget* parent = nullptr);

    void setAccount(const AccountRow& account);
    /// The code to type on GitHub's page; both empty: the device sign-in is over.
    void setDeviceCode(const QString& code, const QUrl& page);
    /// Whether a client id for the device sign-in is configured.
    void setDeviceFlowPossible(bool possible);

Q_SIGNALS:
    /// The dialog forgets the token as soon as it has said it.
    void tokenGiven(const QString& token, const QString& host);
    void deviceSignInRequested(const QString& host);
    void signOutRequested();
    void pageRequested(const QUrl& page);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void giveToken();
    void refresh();
    /// The answer to a token is longer than what stood there when the dialog took its size.
    void growToFit();

    AccountRow m_account;
    QUrl m_page;
    QLabel* m_state;
    QLineEdit* m_host;
    QLineEdit* m_token;
    QLabel* m_code;
    QPushButton* m_use;
    QPushButton* m_device;
    QPushButton* m_open;
    QPushButton* m_signOut;
};

} // namespace layerline
