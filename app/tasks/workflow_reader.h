// Workflow files on GitHub together with the reusable workflows they call and the bake files they build by.
#pragma once

#include "analysis/workflow/job_legs.h"
#include "sources/github/github_api.h"

#include <QObject>
#include <QPointer>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace layerline {

/// A workflow with what it calls, as far as it could be read. Never changes.
struct WorkflowFiles {
    std::string text;
    std::shared_ptr<const Workflow> workflow;
    std::map<std::string, std::shared_ptr<const Workflow>> called; ///< by workflowKey()
    std::vector<std::string> unread;                               ///< "KEY: why", technical
    BakeSources bake;                                              ///< of the repository it runs in

    /// Jobs multiplied out, reusable workflows and bake files included. Errors as expandJobs().
    Result<Legs> legs(const RunnerTable& runners) const;
};
using WorkflowFilesPtr = std::shared_ptr<const WorkflowFiles>;

/// One value of BakeSources from GitHub: a file's text, or of a folder ("sub/") its files' names as lines. Errors: NotFound among others.
void readBakeSource(GitHubApi& api, const std::string& repository, const std::string& key, const std::string& ref, QObject* context, Reply<std::string> reply);

/// Lives on the thread of `api`, answers never from within. A file at a commit is asked for once; one of a branch or tag again each time, with its ETag.
class WorkflowReader : public QObject {
    Q_OBJECT
public:
    /// `api` must outlive this.
    explicit WorkflowReader(GitHubApi& api, QObject* parent = nullptr);

    /// `ref` "" = the default branch. Follows calls four deep and reads up to 20 called files and 10 bake files; one
    /// that can't be read is named in `unread` and is no error. Errors: as GitHubApi::content(), and BadInput when the file itself is no workflow.
    void read(const std::string& repository, const std::string& path, const std::string& ref, QObject* context, Reply<WorkflowFilesPtr> reply);

private:
    struct Call;
    struct Reading;
    using Parsed = std::shared_ptr<const Workflow>;

    void fetch(const std::string& repository, const std::string& path, const std::string& ref, std::function<void(Result<Parsed>)> then);
    void addCalls(Reading& reading, const Workflow& workflow, const Call& from) const;
    void next(const std::shared_ptr<Reading>& reading);
    void nextBake(const std::shared_ptr<Reading>& reading);
    void fetchBake(const std::string& repository, const std::string& key, const std::string& ref, std::function<void(Result<std::string>)> then);

    GitHubApi& m_api;
    std::map<std::string, Parsed> m_known; ///< "repository path@commit"
    std::map<std::string, std::optional<std::string>> m_bakeKnown; ///< the same of bake files; without a value: not there
};

} // namespace layerline
