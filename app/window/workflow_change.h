// Behind the dialog that changes a workflow: reads, plans, carries out, follows, takes back.
#pragma once

#include "app/tasks/world_reader.h"
#include "app/window/workflow_texts.h"
#include "sources/github/run_watcher.h"
#include "widgets/dialogs/workflow_dialog.h"

#include <QThreadPool>

#include <memory>

namespace layerline {

class Pipelines;

/// Belongs to its dialog. Texts are parsed and folders read on a thread of its own, requests go out on this one.
class WorkflowChange : public QObject {
    Q_OBJECT
public:
    WorkflowChange(Pipelines& pipelines, RunnerTable runners, ConfirmPace pace, WorkflowDialog& dialog);
    ~WorkflowChange() override;

    /// Is something being done, or could still be taken up or back?
    bool started() const { return m_steps || m_written; }
    /// Does the run come of this change?
    bool owns(const Run& run) const;
    QString workflow() const;

Q_SIGNALS:
    /// A merged change is taken back by another one.
    void otherRequested(const layerline::WorkflowWish& wish);
    /// What there is to follow is another.
    void progressed();

private:
    struct Made; ///< what a thread worked out

    void survey(const WorkflowWish& wish);
    /// What the token may do, once for a place: the preview says it as soon as it is known.
    void judge(const QString& place);
    void showPreview();
    void surveyed(const WorkflowWish& wish, Result<WorkflowWorld> world);
    void plan(const WorkflowWish& wish);
    void planned(const WorkflowWish& wish, const Made& made);
    void go(const WorkflowWish& wish);
    void goLocal();
    void resume();
    void undo();
    void undoLocal();
    void showProgress();
    void showLocal(WorkflowStepRow::State state, bool undoing, const Result<void>& result);
    void onRun(const RunPtr& run);
    /// Runs `work` on the thread and `then` here, unless another survey or plan was asked for meanwhile.
    template <class Work, class Then>
    void away(Work work, Then then);

    Pipelines& m_pipelines;
    RunnerTable m_runners;
    ConfirmPace m_pace;
    WorkflowDialog& m_dialog;
    QThreadPool m_pool;
    unsigned m_asked = 0; ///< surveys and plans
    std::unique_ptr<WorldReader> m_reader;
    std::shared_ptr<const WorkflowWorld> m_world;
    std::optional<WorkflowWish> m_wish; ///< that m_order is of
    RewriteOrder m_order;
    WorkflowPreview m_preview; ///< of m_order, without what is said of the token
    QString m_judged; ///< the place m_report is of
    std::optional<PermissionReport> m_report;
    std::unique_ptr<RewriteSteps> m_steps;
    bool m_written = false; ///< the file of a clone
    std::map<RunKey, WorkflowRunRow> m_runs;
};

} // namespace layerline
