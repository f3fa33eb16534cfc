// `layerline rollback` and `layerline migrate`.
#pragma once

#include "analysis/workflow/workflow_edit.h"

#include <QStringList>

class QCoreApplication;

namespace layerline {

int runRollback(QCoreApplication& app, const QStringList& arguments);
int runMigrate(QCoreApplication& app, const QStringList& arguments);

/// Where the wanted version comes from. A migration knows history and generate.
enum class RollbackSource { Automatic, Existing, History, Generate, Inputs };

struct WorkflowRequest {
    bool rollback = true;
    QString place;     ///< a folder, or "owner/name" on GitHub
    bool remote = false;
    QString workflow;  ///< "docker.yml", or a path below the folder
    QString as;        ///< the file to write instead
    RollbackSource source = RollbackSource::Automatic;
    RollbackOptions rollbackOptions;
    MigrateOptions migrateOptions;
    bool write = false, json = false, undo = false;
    bool trial = false; ///< builds everything and publishes nothing
    bool publish = false; ///< confirmed: the trial pushes what the workflow pushes
    bool direct = false; ///< on GitHub: a commit to the default branch instead of a pull request
};

/// Errors: BadInput, one line.
Result<WorkflowRequest> parseWorkflowRequest(bool rollback, const QStringList& arguments);

/// The table of runners: the user's ~/.config/layerline/runners.json when there is one, else the built-in one.
Result<RunnerTable> loadRunnerTable();

/// "docker.yml" -> ".github/workflows/docker.yml"; a path stays one. Relative to the folder.
QString workflowPath(const QString& name);

/// What came of a request on a folder, before anything is written.
struct WorkflowPlan {
    WorkflowEdit edit;
    QString file;         ///< relative to the folder: what was read
    QString target;       ///< what would be written
    std::string targetBefore; ///< bytes of the target now; empty and !targetExists for a new file
    bool targetExists = false;
    RollbackSource source = RollbackSource::Generate;
    std::string commit;   ///< of the version found in history
    std::vector<QString> existing; ///< workflows of the folder that build the same with QEMU
};

/// `after` (on request with workflow_dispatch) in the place of `before`: everything that differs between the two is told.
Result<WorkflowEdit> replacedBy(const std::string& before, const std::string& after, const RunnerTable& runners, bool addDispatch);
/// Does the request want workflow_dispatch added? A rollback does unless told otherwise, a migration when told.
bool wantsDispatch(const WorkflowRequest& request);

/// Is it what the command leads to: QEMU for a rollback, native runners for a migration? Of versions in the history.
bool leadsThere(const WorkflowRequest& request, const std::string& text, const RunnerTable& runners);

/// Of a folder.
Result<WorkflowPlan> planWorkflow(const WorkflowRequest& request, const RunnerTable& runners);

/// Writes the plan's target and keeps the old bytes for undo. Fails when the target changed since it was planned.
Result<void> writePlan(const WorkflowRequest& request, const WorkflowPlan& plan);
/// Puts back the bytes kept by writePlan. Fails when the file was changed since.
Result<QString> undoWrite(const WorkflowRequest& request);

} // namespace layerline
