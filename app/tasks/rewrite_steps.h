// What a rollback or a migration does on GitHub, step by step: shown before, done one after the other, taken up where it stopped.
#pragma once

#include "app/tasks/rewrite_permissions.h"
#include "app/tasks/workflow_tool.h"
#include "domain/clock.h"
#include "sources/github/run_actions.h"

#include <QObject>

namespace layerline {

enum class RewriteState { Pending, Running, Done, Existed, Failed };
const char* toString(RewriteState state);

/// One change on GitHub. What is there already counts as done, so that a rewrite that broke off is taken up by the same plan.
struct RewriteStep {
    std::string name;   ///< "branch", "commit", "pull-request", "trial-branch", "trial-commit", "trial-run", "run", "delete-branch", "restore", "original"
    std::string call;   ///< "POST /repos/o/r/git/refs"
    std::string body;   ///< what is sent, as JSON; contents as their size
    std::string branch; ///< it is about
    RewriteState state = RewriteState::Pending;
    std::string detail; ///< branch, commit, URL; what went wrong
};

/// A plan and where it is carried out.
struct RewriteOrder {
    WorkflowRequest request; ///< `place` is "owner/name"
    WorkflowPlan plan;
    std::string base;          ///< branch it was planned from
    std::string defaultBranch;
};

/// The branch that is made, or the one that is committed to. The same plan has the same branch.
std::string rewriteBranch(const RewriteOrder& order);
/// What will be done, nothing of it asked for yet.
std::vector<RewriteStep> rewriteSteps(const RewriteOrder& order);
/// The way back: of a pull request and a trial their branches go, of a commit the original bytes come back; then they are read.
std::vector<RewriteStep> undoSteps(const RewriteOrder& order);

/// Everything happens on the thread of `api`. Each start() and undo() ends with finished(), once.
class RewriteSteps : public QObject {
    Q_OBJECT
public:
    /// `api` and `clock` must outlive this.
    RewriteSteps(GitHubApi& api, const Clock& clock, RewriteOrder order, ConfirmPace pace = {}, QObject* parent = nullptr);

    /// From the first step, or from the one that failed. Nothing is begun with a token that lacks a permission for certain.
    void start();
    void undo();

    const RewriteOrder& order() const { return m_order; }
    const std::vector<RewriteStep>& steps() const { return m_steps; }
    /// Which step failed; empty when none did.
    const std::optional<Error>& error() const { return m_error; }
    /// As they were found before the first step.
    const RewritePermissions& permissions() const { return m_permissions; }
    bool undoing() const { return m_undoing; }
    bool running() const { return m_running; }
    const std::string& branch() const { return m_branch; }
    /// The one that was started.
    const std::optional<RunKey>& run() const { return m_run; }

Q_SIGNALS:
    void changed();
    void finished();

private:
    void begin();
    void nextStep();
    void ensureBranch(const std::string& branch);
    void createBranch(const std::string& branch, const std::string& sha);
    void ensureCommit(const std::string& branch, const std::string& text);
    void commit(const std::string& branch, const std::string& text, const std::string& sha);
    void ensurePull();
    void createPull();
    void ensureRun(const std::string& branch, bool trial);
    void dispatchOn(const std::string& branch);
    void deleteBranch(const std::string& branch);
    void restore();
    void checkOriginal();

    void stepDone(RewriteState state, std::string detail);
    void fail(Error error);

    GitHubApi& m_api;
    const Clock& m_clock;
    RunActions m_actions;
    RewriteOrder m_order;
    std::string m_repository, m_branch;
    std::vector<RewriteStep> m_steps;
    std::size_t m_next = 0;
    bool m_undoing = false, m_running = false;
    OptionalTime m_dispatched; ///< when GitHub accepted a run it did not show
    std::optional<RunKey> m_run;
    RewritePermissions m_permissions;
    std::optional<Error> m_error;
};

} // namespace layerline
