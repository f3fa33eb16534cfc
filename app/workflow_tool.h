// `layerline rollback` and `layerline migrate`.
#pragma once

#include "app/workflow_world.h"

#include <QStringList>

class QCoreApplication;

namespace layerline {

int runRollback(QCoreApplication& app, const QStringList& arguments);
int runMigrate(QCoreApplication& app, const QStringList& arguments);

/// Where the wanted version comes from. A migration knows history and generate.
enum class RollbackSource { Automatic, Existing, History, Generate, Inputs };
const char* toString(RollbackSource source); ///< "generate", also of Automatic

/// How it gets to GitHub.
enum class RewriteRoute {
    PullRequest, ///< a branch and a pull request
    Direct,      ///< a commit to the branch it was planned from
    TrialOnly,   ///< a run on a branch of its own and nothing else
};

struct WorkflowRequest {
    bool rollback = true;
    QString place;     ///< a folder, or "owner/name" on GitHub
    bool remote = false;
    QString workflow;  ///< "docker.yml", or a path below the folder
    QString as;        ///< the file to write instead
    QString branch;    ///< on GitHub: read from there and change that; empty: the default branch
    RollbackSource source = RollbackSource::Automatic;
    QString from;      ///< the commit or the workflow to take, when there are several; empty: the first
    RollbackOptions rollbackOptions;
    MigrateOptions migrateOptions;
    std::map<std::string, std::string> inputs; ///< of workflow_dispatch, for the runs that are started
    bool write = false, json = false, undo = false;
    bool trial = false; ///< builds everything and publishes nothing
    bool publish = false; ///< the trial may publish: it is the new version itself that runs
    RewriteRoute route = RewriteRoute::PullRequest; ///< on GitHub
};

/// Errors: BadInput, one line.
Result<WorkflowRequest> parseWorkflowRequest(bool rollback, const QStringList& arguments);

/// The table of runners: the user's ~/.config/layerline/runners.json when there is one, else the built-in one.
Result<RunnerTable> loadRunnerTable();

/// "docker.yml" -> ".github/workflows/docker.yml"; a path stays one. Relative to the folder.
QString workflowPath(const QString& name);

/// The file that is written: `file` itself, or what --as names.
QString targetPath(const WorkflowRequest& request, const QString& file);

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
