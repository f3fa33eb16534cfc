// GitHub Actions behind the Pipelines page: what is watched, what is shown of it, what was asked for.
#pragma once

#include "app/tasks/runner_watch.h"
#include "app/tasks/workflow_reader.h"
#include "app/window/job_reader.h"
#include "app/window/permission_watch.h"
#include "app/window/release_promises.h"
#include "app/window/run_notices.h"
#include "domain/build_store.h"
#include "domain/clock.h"
#include "items/pipeline_values.h"
#include "items/selection_state.h"
#include "sources/github/github_account.h"
#include "sources/github/github_api.h"
#include "sources/github/run_watcher.h"
#include "sources/http/http_client.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>

namespace layerline {

class PipelinesPage;
class SettingsStore;

/// Lives on the GUI thread. Holds the runs as builds in a store of their own, so that every pane of a local build shows them.
class Pipelines : public QObject {
    Q_OBJECT
public:
    /// All references must outlive this.
    Pipelines(SettingsStore& settings, TokenStore& tokens, const Clock& clock, GitHubEnvironment environment, QObject* parent = nullptr);
    ~Pipelines() override;

    BuildStore& store() { return m_store; }
    SelectionState& selection() { return m_selection; }
    WorkflowReader& workflows() { return m_workflows; }
    /// How the Releases page asks about runs: at the pace of what nobody waits for.
    ReleaseGitHub releaseGitHub();
    GitHubApi& api() { return m_api; }
    GitHubSession& session() { return m_session; }
    RunWatcher& watcher() { return m_watcher; }
    const Clock& clock() const { return m_clock; }
    /// The user's own table when there is one that can be read, else the one that came with the program.
    const RunnerTable& runnerTable() const { return m_runnerTable; }
    /// What is wrong with the user's own; empty: nothing, or there is none.
    const std::optional<Error>& runnerTableProblem() const { return m_runnerTableProblem; }
    /// The log of a job that has just ended, like what a fault kept back, is asked for again after this, then after twice as long, six times in all. For tests.
    void setLogWait(std::chrono::milliseconds wait) { m_jobs.setWait(wait); }
    GitHubAccount& account() { return m_account; }
    /// What the page shows of it.
    const AccountRow& accountRow() const { return m_row; }

    /// The page is told everything from now on; call once.
    void show(PipelinesPage& page);
    /// Takes the token that is there and begins to watch. Nothing is asked of GitHub without one.
    void start();
    /// A name, an address or a folder; what is watched is kept in the settings.
    Result<void> addRepository(const QString& text);
    void removeRepository(const std::string& repository);
    /// What is watched on the present server.
    std::vector<RepositoryRow> repositoryRows() const;
    /// Whether the token works and what it may do, anew.
    void checkAccount();
    /// Clones of it on this machine, as far as somebody named them.
    QStringList foldersOf(const std::string& repository) const;
    void rememberFolder(const QString& folder);
    /// The run whose build is selected; null when there is none.
    RunPtr selectedRun() const;
    /// What the jobs of the selected run built, from the records and logs read so far, as one build of its own without the jobs' steps:
    /// equal to the local build it was recorded from. Empty while nothing is read.
    std::vector<EventBatch> builtBySelected() const;
    /// Of a run; 0 when it is not known.
    int latestAttempt(const RunKey& run) const;
    /// Chooses another attempt of the selected run, which is asked for when nobody saw its end.
    void selectAttempt(int attempt);
    /// Chooses the run, its newest attempt that is known.
    void select(const RunKey& run);
    /// The same, and the step that stands for step `step` of a job (0: its wait for a runner, or its end); job 0: the first
    /// that failed.
    void select(const RunKey& run, std::int64_t job, int step);

    /// A recorded example beside whatever is there; the first real run that comes takes its place.
    void showExample();
    void closeExample();

Q_SIGNALS:
    void accountChanged();
    void repositoriesChanged();
    void runChanged(const layerline::RunPtr& run);
    /// One that was chosen can't be shown.
    void attemptFailed(int attempt, const layerline::Error& error);

private:
    struct RunAttempt {
        RunKey run;
        int attempt = 1;
        friend auto operator<=>(const RunAttempt&, const RunAttempt&) = default;
    };

    void onAccount();
    void onServer();
    void keepServer();
    std::vector<std::string> wanted() const;
    void onRunChanged(const RunPtr& run);
    void keep(const RunPtr& run);
    RunPtr runOf(const RunAttempt& wanted) const;
    bool unfinished(const RunAttempt& wanted) const;
    void askForAttempt(const RunAttempt& wanted);
    void takeAttempt(Run run);
    void useHints(const RunAttempt& of);
    void onSelected();
    void onDetails(const JobDetailsPtr& details, bool other);
    void rebuild(const Run& run);
    void loadMissed();
    void refreshAccount();
    void refreshRepositories();
    void refreshRun();
    std::vector<RunPtr> runsOf(const std::string& repository) const;
    std::vector<Run> runsOfWorkflow(const Run& run) const;
    RunKnowledge knowledgeOf(const Run& run);
    void askForWorkflow(const Run& run);
    void askForOthers(const Run& shown);

    SettingsStore& m_settings;
    const Clock& m_clock;
    HttpClient m_http;
    GitHubSession m_session;
    GitHubApi m_api;
    GitHubApi m_pollApi;
    GitHubAccount m_account;
    RunWatcher m_watcher;
    JobReader m_jobs;
    WorkflowReader m_workflows;
    PermissionWatch m_permissions;
    BuildStore m_store;
    SelectionState m_selection;
    PipelinesPage* m_page = nullptr;
    AccountRow m_row;
    std::string m_server; ///< API address whose runs are held
    std::map<BuildId, RunAttempt> m_runOf;
    std::map<RunAttempt, RunPtr> m_attempts; ///< as last seen; of the latest ones the watcher knows better
    std::set<RunAttempt> m_attemptsAsked;    ///< on their way
    std::map<RunKey, RunPtr> m_example; ///< the recorded runs while they are shown
    std::map<RunKey, std::map<std::int64_t, PlatformHint>> m_hints;
    std::map<RunKey, std::vector<ScopeCollision>> m_collisions; ///< as its workflow file tells
    RunnerTable m_runnerTable;
    std::optional<Error> m_runnerTableProblem;
    RunnerWatch m_runners;
    std::set<RunAttempt> m_workflowAsked;
    QTimer m_tick; ///< queue times grow without news
};

} // namespace layerline
