// rollback and migrate in a repository on GitHub: read, plan, and on request branch, commit, pull request and a trial.
#pragma once

#include "app/workflow_tool.h"
#include "domain/clock.h"
#include "sources/github/run_actions.h"

#include <QObject>

namespace layerline {

enum class RewriteState { Pending, Done, Existed, Failed };
const char* toString(RewriteState state);

/// One change on GitHub. What is there already counts as done, so that a rewrite that broke off is taken up by the same command.
struct RewriteStep {
    std::string name;   ///< "branch", "commit", "pull-request", "trial-branch", "trial-commit", "trial-run", "run", "delete-branch"
    std::string call;   ///< "POST /repos/o/r/git/refs"
    RewriteState state = RewriteState::Pending;
    std::string detail; ///< branch, commit, URL; what went wrong
};

/// Everything happens on the thread of `api`. Ends with finished(), once.
class RemoteRewrite : public QObject {
    Q_OBJECT
public:
    /// `request.place` is "owner/name". `api` and `clock` must outlive this.
    RemoteRewrite(GitHubApi& api, const Clock& clock, WorkflowRequest request, RunnerTable runners, ConfirmPace pace = {}, QObject* parent = nullptr);

    void start();

    const WorkflowPlan& plan() const { return m_plan; }
    const std::vector<RewriteStep>& steps() const { return m_steps; }
    /// Why there is no plan, or which step failed.
    const std::optional<Error>& error() const { return m_error; }
    bool planned() const { return m_planned; }
    const std::string& base() const { return m_base; }     ///< branch
    const std::string& branch() const { return m_branch; } ///< that is made

Q_SIGNALS:
    void finished();

private:
    void readFile();
    void chooseSource();
    void readHistory();
    void readVersion(std::size_t index);
    void readExisting();
    void readWorkflow(std::size_t index);
    void take(Result<WorkflowEdit> edit);
    void readTarget();
    void makeSteps();
    void nextStep();

    void ensureBranch(const std::string& branch);
    void createBranch(const std::string& branch, const std::string& sha);
    void ensureCommit(const std::string& branch, const std::string& text);
    void commit(const std::string& branch, const std::string& text, const std::string& sha);
    void ensurePull();
    void createPull();
    void dispatchOn(const std::string& branch);
    void deleteBranch(const std::string& branch);

    void stepDone(RewriteState state, std::string detail);
    void fail(Error error);
    std::string pullBody() const;

    GitHubApi& m_api;
    RunActions m_actions;
    WorkflowRequest m_request;
    RunnerTable m_runners;
    std::string m_repository, m_base, m_branch;
    std::string m_targetSha;       ///< of the blob that is replaced
    std::string m_text, m_trial;
    std::vector<CommitInfo> m_commits;
    std::vector<WorkflowInfo> m_workflows;
    WorkflowPlan m_plan;
    std::vector<RewriteStep> m_steps;
    std::size_t m_next = 0;
    bool m_planned = false;
    std::optional<Error> m_error;
};

} // namespace layerline
