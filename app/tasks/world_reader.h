// Reads from GitHub what a rollback or a migration is planned from.
#pragma once

#include "app/tasks/workflow_tool.h"
#include "sources/github/github_api.h"

#include <QObject>

namespace layerline {

/// Everything happens on the thread of `api`; only GET requests. Ends with finished(), once; deleting it before ends it too.
class WorldReader : public QObject {
    Q_OBJECT
public:
    /// `request.place` is "owner/name"; with needs.others its workflow may be empty (likelyWorkflow() chooses). `api` must outlive this.
    WorldReader(GitHubApi& api, WorkflowRequest request, WorkflowNeeds needs, RunnerTable runners, QObject* parent = nullptr);

    void start();
    const WorkflowWorld& world() const { return m_world; }
    /// Why there is nothing to plan from. What only some sources need is in the world's problems.
    const std::optional<Error>& error() const { return m_error; }

Q_SIGNALS:
    void finished();

private:
    void listOthers();
    void readOther(std::size_t index);
    void chooseFile();
    void readFile(const QString& path, bool needed, void (WorldReader::*then)());
    void readBake();
    void readTarget();
    void readHistory();
    void readVersion(std::size_t index);
    void fail(Error error);

    GitHubApi& m_api;
    WorkflowRequest m_request;
    WorkflowNeeds m_needs;
    RunnerTable m_runners;
    std::string m_repository;
    WorkflowWorld m_world;
    std::vector<std::string> m_others;
    std::vector<CommitInfo> m_commits;
    std::optional<Error> m_error;
};

} // namespace layerline
