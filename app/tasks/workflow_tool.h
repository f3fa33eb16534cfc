// What `layerline rollback` and `layerline migrate` do, and their dialog.
#pragma once

#include "app/tasks/workflow_request.h"
#include "app/tasks/workflow_world.h"

namespace layerline {

/// The table of runners: the user's ~/.config/layerline/runners.json when there is one, else the built-in one.
Result<RunnerTable> loadRunnerTable();

/// A text of at most 1 MiB. Errors: NotFound, Permission, TooLarge with the path.
Result<std::string> readWorkflowText(const QString& path);

/// What came of a request, before anything is written.
struct WorkflowPlan {
    WorkflowEdit edit;
    QString file;         ///< relative to the folder: what was read
    QString target;       ///< what would be written
    std::string targetBefore; ///< bytes of the target now; empty and !targetExists for a new file
    std::string targetSha;    ///< of its blob on GitHub
    bool targetExists = false;
    RollbackSource source = RollbackSource::Generate;
    std::string commit;   ///< of the version found in history
    std::string trial;    ///< on GitHub, when a trial is wanted: the text that runs on a branch of its own
    std::vector<QString> existing; ///< workflows of the place that build the same with QEMU
};

/// What a request needs to know of its place.
WorkflowNeeds needsOf(const WorkflowRequest& request);

/// Pure: of what was read. Errors: NotFound and Unsupported as the rewriting says, with the file's name.
Result<WorkflowPlan> planFrom(const WorkflowWorld& world, const WorkflowRequest& request, const RunnerTable& runners);

/// `after` (on request with workflow_dispatch) in the place of `before`: everything that differs between the two is told.
Result<WorkflowEdit> replacedBy(const std::string& before, const std::string& after, const RunnerTable& runners, bool addDispatch);
/// Does the request want workflow_dispatch added? A rollback does unless told otherwise, a migration when told.
bool wantsDispatch(const WorkflowRequest& request);

/// Is it what the command leads to: QEMU for a rollback, native runners for a migration? Of versions in the history.
bool leadsThere(const WorkflowRequest& request, const std::string& text, const RunnerTable& runners);

/// Of a folder.
Result<WorkflowPlan> planWorkflow(const WorkflowRequest& request, const RunnerTable& runners);

/// Writes the plan's target and keeps the old bytes for undo, those of earlier writes too while each builds on the one before. Fails
/// when the target changed since it was planned.
Result<void> writePlan(const WorkflowRequest& request, const WorkflowPlan& plan);

/// What taking the last write back does to a file.
struct UndoPlan {
    QString target;      ///< below the folder
    bool removes = false; ///< the write had made the file
    std::string present, before; ///< its text now and then
};
/// The same as undoWrite() without doing it.
Result<UndoPlan> planUndo(const WorkflowRequest& request);
/// Puts back the bytes kept by writePlan. Fails when the file was changed since.
Result<UndoPlan> undoWrite(const WorkflowRequest& request);

} // namespace layerline
