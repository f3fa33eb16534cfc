// A change to a workflow while it is made: each step with its state, the runs that came of it.
#pragma once

#include "items/workflow_values.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace layerline {

class WorkflowProgressPane : public QWidget {
    Q_OBJECT
public:
    explicit WorkflowProgressPane(QWidget* parent = nullptr);
    void setProgress(const WorkflowProgress& progress);
    /// A line for each step and run, for tests and screen readers: "done: Open a pull request (https://…)".
    QStringList texts() const;

Q_SIGNALS:
    void pageRequested(const QString& url);
    void runRequested(const layerline::RunKey& run);

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    void addStep(const WorkflowStepRow& step);
    void addRun(const WorkflowRunRow& run);
    QWidget* addLine(const QString& icon, const QColor& color, const QString& text, const QString& detail, const QString& state);

    WorkflowProgress m_progress;
    QVBoxLayout* m_column;
    QLabel *m_title, *m_problem;
    QWidget* m_lines = nullptr;
};

} // namespace layerline
