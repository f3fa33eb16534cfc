// What people ask for on the Pipelines page: shown first, done when confirmed, reported as done when GitHub shows it.
#pragma once

#include "sources/github/run_actions.h"

#include <QObject>
#include <QPointer>
#include <QUrl>
#include <QWidget>

namespace layerline {

class ActionDialog;
class ErrorReporter;
class Pipelines;
class PipelinesPage;
class WorkflowChange;
class WorkflowDialog;
struct ActionPreview;
struct WorkflowWish;

/// Lives as long as the page.
class PipelineActions : public QObject {
    Q_OBJECT
public:
    PipelineActions(Pipelines& pipelines, PipelinesPage& page, ErrorReporter& errors);

    void askForAccount();
    void askForRepository();
    void askForCaches(const QString& repository);
    void askForDispatch(const QString& repository);
    void askForChange(const WorkflowWish& wish);

Q_SIGNALS:
    void pageRequested(const QUrl& page);

private:
    /// Opens a dialog with the call, sends it when confirmed, closes when the answer is there.
    void confirm(ActionPreview preview, const QString& busy, const RunCall& call);
    void rerun(bool failedOnly);
    void rerunJob(qint64 job);
    void cancel(bool force);
    void askForFolder(WorkflowDialog& dialog);
    void followChange(WorkflowDialog& dialog, WorkflowChange& change);

    Pipelines& m_pipelines;
    PipelinesPage& m_page;
    ErrorReporter& m_errors;
    RunActions m_actions;
    QPointer<WorkflowDialog> m_change; ///< the newest: kept while there is something to follow or to take back
};

} // namespace layerline
