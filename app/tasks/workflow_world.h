// What is read of a repository or a folder before a rollback or a migration is planned: plain texts, whoever fetched them.
#pragma once

#include "analysis/workflow/workflow_edit.h"
#include "app/tasks/git_history.h"

#include <QString>

#include <optional>
#include <vector>

namespace layerline {

struct WorkflowFile {
    QString path;     ///< ".github/workflows/image.yml"
    std::string text;
    std::string sha;  ///< of the blob on GitHub; empty in a folder
};

/// What to read besides the file itself.
struct WorkflowNeeds {
    bool others = false; ///< every other workflow of the place
    int versions = 0;    ///< so many earlier versions that lead where the request wants; 0: history is not read
};

struct WorkflowWorld {
    std::string base;                 ///< branch on GitHub
    std::string defaultBranch;        ///< of the repository on GitHub
    QString file;                     ///< the one to change; empty when there is none that could be
    std::vector<WorkflowFile> files;  ///< those that were read, `file` among them
    BakeSources bake;                 ///< the place's bake files, as far as `file` builds by them
    std::vector<FileVersion> versions; ///< newest first
    std::size_t looked = 0;           ///< versions that were read for it
    std::optional<Error> historyProblem; ///< why there are no versions
    /// Null when it was not read or does not exist.
    const WorkflowFile* find(const QString& path) const;
};

struct WorkflowRequest;

/// Of a folder: reads files and asks git, so not on the GUI thread. An empty request.workflow: the file that fits best is chosen.
/// Errors: the file can't be read or is no workflow. A history that can't be read is `historyProblem`.
Result<WorkflowWorld> readFolder(const WorkflowRequest& request, const WorkflowNeeds& needs, const RunnerTable& runners);

/// The file a request without one most likely means: the first whose builds can go the request's way, else the first that builds,
/// else the first. Empty when there is none.
QString likelyWorkflow(const std::vector<WorkflowFile>& files, bool rollback, const RunnerTable& runners);

/// How the images of a text are built; empty when it is no workflow. `files` are looked into for the workflows it calls.
std::optional<BuildSummary> summaryOf(const std::string& text, const RunnerTable& runners, const std::vector<WorkflowFile>& files = {}, const BakeSources& bake = {});

/// Adds what the workflow's builds need of a folder's bake files. Links that lead out of the folder are not followed.
void addBakeFiles(const QString& folder, const std::string& workflow, BakeSources& to);

/// Other workflows that build every promised platform with QEMU.
std::vector<QString> existingQemu(const WorkflowWorld& world, const RunnerTable& runners);

} // namespace layerline
