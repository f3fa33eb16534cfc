// What a change to a workflow would do: warnings, the difference, what stays and what does not, the requests and the command.
#pragma once

#include "items/workflow_values.h"

#include <QWidget>

class QFrame;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTabWidget;
class QTableWidget;
class QVBoxLayout;

namespace layerline {

class DiffView;

class WorkflowPreviewPane : public QWidget {
    Q_OBJECT
public:
    explicit WorkflowPreviewPane(QWidget* parent = nullptr);

    void setPreview(const WorkflowPreview& preview);
    /// Reading or planning: what is shown is of before.
    void setBusy(const QString& text);
    DiffView& diff() { return *m_diff; }
    /// Everything that is said, for tests and screen readers.
    QStringList texts() const;

Q_SIGNALS:
    void copyRequested(const QString& text);

private:
    QWidget* makeWarnings();
    QWidget* makeProperties();
    QWidget* makeCalls();
    QPlainTextEdit* field(const char* name, const QString& title, QVBoxLayout* column);
    void fillProperties(const WorkflowPreview& preview);

    QLabel *m_headline, *m_status;
    QFrame* m_warningBox = nullptr;
    QLabel *m_warnings = nullptr, *m_changes = nullptr;
    QTabWidget* m_tabs;
    DiffView* m_diff;
    QTableWidget* m_properties = nullptr;
    QPlainTextEdit *m_calls = nullptr, *m_command = nullptr;
};

} // namespace layerline
