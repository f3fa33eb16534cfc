// Who asks GitHub, with what, and how much of it is left. Shows no token, ever: it is not told one.
#pragma once

#include "items/pipeline_values.h"
#include "items/settings_values.h"
#include "widgets/pages/settings_section.h"

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace layerline {

class SettingsAccount : public SettingsSection {
    Q_OBJECT
public:
    explicit SettingsAccount(QWidget* parent = nullptr);
    void setAccount(const AccountRow& account);
    void setValues(const PipelineSettings& values);
    /// Why what was typed is not taken; empty takes it back.
    void showServerProblem(const QString& text);
    /// The field shows what was set before, `text` says why.
    void refuseClientId(const QString& text);

Q_SIGNALS:
    void signInRequested();
    void signOutRequested();
    /// Back to the token of the environment or the keyring.
    void restoreRequested();
    void checkRequested();
    /// Typed to its end and different from what was set.
    void serverGiven(const QString& server);
    void clientIdGiven(const QString& clientId);

protected:
    void changeEvent(QEvent* event) override;

private:
    QLabel* addLine(const char* name, const char* role);
    QLineEdit* addEdit(const QString& label, const char* name);
    void showAccount();
    void showPermissions();

    AccountRow m_account;
    PipelineSettings m_values;
    QLabel* m_state;
    QLabel* m_origin;
    QLabel* m_keyring;
    QLabel* m_budget;
    QLabel* m_permissions;
    QVBoxLayout* m_gaps;
    QLineEdit* m_server;
    QLineEdit* m_clientId;
    QLabel* m_serverNote;
    QLabel* m_clientNote;
    QPushButton* m_signIn;
    QPushButton* m_signOut;
    QPushButton* m_restore;
    QPushButton* m_check;
};

} // namespace layerline
