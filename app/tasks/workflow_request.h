// What is asked of a rollback or a migration: the options of the command, which the dialog gives as well.
#pragma once

#include "analysis/workflow/workflow_edit.h"
#include "app/tasks/command_options.h"
#include "domain/result.h"

#include <QString>
#include <QStringList>

#include <map>
#include <string>

namespace layerline {

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

/// "docker.yml" -> ".github/workflows/docker.yml"; a path stays one. Relative to the folder.
QString workflowPath(const QString& name);

/// The file that is written: `file` itself, or what --as names.
QString targetPath(const WorkflowRequest& request, const QString& file);

OptionTable rollbackCommandOptions();
OptionTable migrateCommandOptions();

} // namespace layerline
