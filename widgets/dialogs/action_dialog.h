// What an action will do, before it is done: sentences, the parts concerned, the exact command.
#pragma once

#include <QDialog>
#include <QString>
#include <QStringList>

#include <vector>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableWidget;

namespace layerline {

struct ActionPreview {
    QString title;
    QStringList sentences;                            ///< what happens, in order
    std::vector<std::pair<QString, QString>> parts;   ///< what is concerned and how much of it ("layers", "4.2 GB")
    QString command;                                  ///< command line or API calls, without secrets; "" = none
    QString button;                                   ///< names the act: "Delete 14.2 GB of cache"; "" = only to be read
    bool destructive = false;                         ///< can't be undone: the safe button is the default one
    QString problem;                                  ///< why it can't be done; "" = it can
    bool incomplete = false;                          ///< something has still to be entered: nothing is said, the button waits
};

/// Stays open while the action runs; whoever opened it says how it ended.
class ActionDialog : public QDialog {
    Q_OBJECT
public:
    explicit ActionDialog(const ActionPreview& preview, QWidget* parent = nullptr);

    void setPreview(const ActionPreview& preview);
    /// Questions below the sentences; whoever set it answers its changes with setPreview(). Takes it over.
    void setForm(QWidget* form);
    /// The buttons rest and `text` says what is going on.
    void setBusy(const QString& text);
    /// Shows why it failed; it can be tried again.
    void showProblem(const QString& text);
    QStringList texts() const;

Q_SIGNALS:
    void confirmed();

private:
    QLabel* m_title;
    QLabel* m_sentences;
    QWidget* m_form = nullptr;
    QTableWidget* m_parts;
    QLabel* m_commandTitle;
    QPlainTextEdit* m_command;
    QLabel* m_problem;
    QPushButton* m_copy;
    QPushButton* m_cancel;
    QPushButton* m_do;
};

} // namespace layerline
