// rollback and migrate in a repository on GitHub, from the command line: read, plan, and on request do it.
#pragma once

#include "app/tasks/rewrite_steps.h"
#include "app/tasks/world_reader.h"

#include <memory>

namespace layerline {

/// What was committed to a branch is taken back by planning it once more from the commit's parent: only when that gives the
/// bytes that are there now do the old ones come back. Everything happens on the thread of `api`. Ends with finished(), once.
class RemoteRewrite : public QObject {
    Q_OBJECT
public:
    /// `request.place` is "owner/name"; without request.write nothing is done, of the way back neither. `api` and `clock` must outlive this.
    RemoteRewrite(GitHubApi& api, const Clock& clock, WorkflowRequest request, RunnerTable runners, ConfirmPace pace = {}, QObject* parent = nullptr);

    void start();

    const WorkflowPlan& plan() const { return m_order.plan; }
    const std::vector<RewriteStep>& steps() const { return m_steps ? m_steps->steps() : m_preview; }
    /// What the token lacks or may lack for the steps; of the way back it is not asked.
    const RewritePermissions& permissions() const { return m_steps ? m_steps->permissions() : m_permissions; }
    /// Why there is no plan, or which step failed.
    const std::optional<Error>& error() const { return m_error; }
    bool planned() const { return m_planned; }
    const std::string& base() const { return m_order.base; } ///< branch
    std::string branch() const { return rewriteBranch(m_order); } ///< that is made

Q_SIGNALS:
    void finished();

private:
    void findCommit();
    void readParent();
    void readAt(const std::string& branch);
    void onRead();
    void fail(Error error);

    GitHubApi& m_api;
    const Clock& m_clock;
    RunnerTable m_runners;
    ConfirmPace m_pace;
    RewriteOrder m_order;
    std::unique_ptr<WorldReader> m_reader;
    std::string m_taken; ///< the commit whose change is taken back
    std::unique_ptr<RewriteSteps> m_steps;
    std::vector<RewriteStep> m_preview;
    RewritePermissions m_permissions; ///< for m_preview
    std::string m_base;  ///< its branch
    bool m_planned = false;
    std::optional<Error> m_error;
};

} // namespace layerline
