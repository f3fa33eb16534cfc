// Asks which repository to watch.
#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace layerline {

/// Takes "owner/name", an address, or a folder. What it means is for whoever listens; a refusal is shown here.
class RepositoryDialog : public QDialog {
    Q_OBJECT
public:
    explicit RepositoryDialog(QWidget* parent = nullptr);
    /// Why the last answer was not taken; the dialog stays open.
    void showProblem(const QString& text);

Q_SIGNALS:
    void repositoryGiven(const QString& nameAddressOrFolder);

private:
    QLineEdit* m_name;
    QLabel* m_problem;
    QPushButton* m_add;
};

} // namespace layerline
