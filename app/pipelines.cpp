#include "app/pipelines.h"

#include "app/settings_store.h"
#include "app/workflow_hints.h"
#include "sources/github/permissions.h"
#include "sources/github/repository_name.h"
#include "sources/github/run_events.h"
#include "widgets/pages/pipelines_page.h"

#include <algorithm>

namespace layerline {

namespace {

AccountOptions optionsOf(const SettingsStore& settings)
{
    AccountOptions options;
    const PipelineSettings& values = settings.values().pipelines;
    if (!values.server.isEmpty())
        options.host = values.server.toStdString();
    options.clientId = values.clientId.toStdString();
    return options;
}

AccountRow::State stateOf(AccountState::Phase phase)
{
    switch (phase) {
    case AccountState::Phase::None: return AccountRow::State::None;
    case AccountState::Phase::Checking: return AccountRow::State::Checking;
    case AccountState::Phase::SignedIn: return AccountRow::State::SignedIn;
    case AccountState::Phase::Refused: return AccountRow::State::Refused;
    case AccountState::Phase::Offline: return AccountRow::State::Offline;
    }
    return AccountRow::State::None;
}

} // namespace

Pipelines::Pipelines(SettingsStore& settings, TokenStore& tokens, const Clock& clock, GitHubEnvironment environment, QObject* parent)
    : QObject(parent), m_settings(settings), m_clock(clock), m_session(m_http, clock), m_api(m_session), m_pollApi(m_session, RequestPriority::Poll),
      m_account(m_http, m_api, tokens, std::move(environment), optionsOf(settings)), m_watcher(m_pollApi, clock), m_details(m_pollApi), m_workflows(m_pollApi)
{
    connect(&m_account, &GitHubAccount::changed, this, &Pipelines::onAccount);
    connect(&m_watcher, &RunWatcher::runChanged, this, &Pipelines::onRunChanged);
    connect(&m_watcher, &RunWatcher::runForgotten, this, [this](const QString& repository, qint64 id) {
        const RunKey key{repository.toStdString(), id};
        std::vector<BuildId> gone;
        for (const auto& [build, run] : m_runOf) {
            if (run == key)
                gone.push_back(build);
        }
        for (const BuildId& build : gone) {
            m_runOf.erase(build);
            m_store.remove(build);
        }
        m_hints.erase(key);
        m_collisions.erase(key);
    });
    connect(&m_watcher, &RunWatcher::jobEnded, this, [this](const RunPtr& run) {
        if (const RunPtr shown = selectedRun(); shown && shown->key == run->key)
            loadEnded(run);
    });
    connect(&m_watcher, &RunWatcher::repositoryChanged, this, &Pipelines::refreshRepositories);
    connect(&m_watcher, &RunWatcher::budgetChanged, this, &Pipelines::refreshAccount);
    connect(&m_watcher, &RunWatcher::offlineChanged, this, &Pipelines::refreshAccount);
    connect(&m_details, &RunDetails::ready, this, &Pipelines::onDetails);
    connect(&m_selection, &SelectionState::buildChanged, this, &Pipelines::onSelected);
    m_tick.setInterval(5'000);
    connect(&m_tick, &QTimer::timeout, this, &Pipelines::refreshRun);
}

Pipelines::~Pipelines() = default;

ReleaseGitHub Pipelines::releaseGitHub()
{
    return {&m_pollApi, &m_workflows, [this] { return m_session.hasToken(); }, [this] { return m_settings.values().pipelines.repositories; }};
}

void Pipelines::show(PipelinesPage& page)
{
    m_page = &page;
    refreshAccount();
    refreshRepositories();
    refreshRun();
}

void Pipelines::start()
{
    m_account.restore();
}

void Pipelines::onAccount()
{
    const AccountState& state = m_account.state();
    const bool watching = !m_watcher.repositories().empty();
    if (state.phase == AccountState::Phase::SignedIn && !watching) {
        for (const QString& repository : m_settings.values().pipelines.repositories)
            m_watcher.watch(repository.toStdString());
    } else if (state.phase == AccountState::Phase::None || state.phase == AccountState::Phase::Refused) {
        for (const std::string& repository : m_watcher.repositories())
            m_watcher.unwatch(repository);
    }
    m_row.missing.clear();
    m_checked.clear();
    refreshAccount();
    refreshRepositories();
}

Result<void> Pipelines::addRepository(const QString& text)
{
    std::string name;
    if (text.startsWith(QLatin1Char('/')) || text.startsWith(QLatin1Char('~')) || text.startsWith(QLatin1Char('.'))) {
        const auto found = repositoriesOfFolder(text.toStdString());
        if (!found)
            return found.error();
        name = found->front().fullName;
    } else {
        const auto parsed = parseRepository(text.toStdString());
        if (!parsed)
            return parsed.error();
        name = parsed->fullName;
    }
    SettingsValues values = m_settings.values();
    if (!values.pipelines.repositories.contains(QString::fromStdString(name)))
        values.pipelines.repositories.append(QString::fromStdString(name));
    const auto kept = m_settings.set(values);
    if (m_session.hasToken())
        m_watcher.watch(name);
    refreshRepositories();
    return kept;
}

void Pipelines::removeRepository(const std::string& repository)
{
    SettingsValues values = m_settings.values();
    values.pipelines.repositories.removeAll(QString::fromStdString(repository));
    (void)m_settings.set(values);
    m_watcher.unwatch(repository);
    refreshRepositories();
}

RunPtr Pipelines::selectedRun() const
{
    const auto found = m_runOf.find(m_selection.build());
    return found == m_runOf.end() ? nullptr : m_watcher.run(found->second);
}

std::vector<EventBatch> Pipelines::builtBySelected() const
{
    std::vector<EventBatch> all;
    const RunPtr run = selectedRun();
    for (std::size_t i = 0; run && i < run->jobs.size(); ++i) {
        const auto read = m_read.find(run->jobs[i].id);
        if (read == m_read.end() || read->second->attempt != run->attempt)
            continue;
        for (EventBatch& batch : detailsOfJob(*run, run->jobs[i], read->second->batches, DetailPlace::OwnBuild))
            all.push_back(std::move(batch));
    }
    return all;
}

void Pipelines::select(const RunKey& run)
{
    for (const auto& [build, key] : m_runOf) {
        if (key == run)
            m_selection.setBuild(BuildId(build)); // the newest attempt has the highest id
    }
}

void Pipelines::onRunChanged(const RunPtr& run)
{
    for (const EventBatch& batch : runToBatches(*run))
        m_store.apply(std::make_shared<const EventBatch>(batch));
    if (const Build* build = m_store.builds().owner(recordKeyOf(*run)))
        m_runOf[build->id] = run->key;
    Q_EMIT runChanged(run);
    const RunPtr shown = selectedRun();
    if (shown && shown->key == run->key) {
        loadEnded(run);
        refreshRun();
    }
}

void Pipelines::onSelected()
{
    const RunPtr run = selectedRun();
    m_watcher.setFocus(run ? std::optional(run->key) : std::nullopt);
    if (run)
        loadEnded(run);
    refreshRun();
}

void Pipelines::loadEnded(const RunPtr& run)
{
    for (const RunJob& job : run->jobs) {
        const bool ran = job.state == RunState::Completed && job.conclusion != Conclusion::Skipped && job.started;
        if (ran && m_asked.insert(job.id).second)
            m_details.load(*run, job.id);
    }
}

void Pipelines::onDetails(const std::shared_ptr<const JobDetails>& details)
{
    if (details->problem && details->problem->retryable)
        m_asked.erase(details->job); // asked again with the next news
    m_read[details->job] = details;
    const RunPtr run = m_watcher.run(details->run);
    if (!run || run->attempt != details->attempt)
        return;
    const auto job = std::find_if(run->jobs.begin(), run->jobs.end(), [&](const RunJob& each) { return each.id == details->job; });
    if (job == run->jobs.end())
        return;
    for (const EventBatch& batch : detailsOfJob(*run, *job, details->batches, DetailPlace::InRun))
        m_store.apply(std::make_shared<const EventBatch>(batch));
    if (details->from == JobDetails::From::Record && !details->platforms.empty()) {
        auto& hints = m_hints[run->key];
        hints[details->job].record = details->platforms;
        m_watcher.setPlatformHints(run->key, hints);
    }
    refreshRun();
}

void Pipelines::refreshAccount()
{
    const AccountState& state = m_account.state();
    const RateBudget& budget = m_session.budget();
    m_row.state = m_watcher.offline() && state.phase == AccountState::Phase::SignedIn ? AccountRow::State::Offline : stateOf(state.phase);
    m_row.login = state.login;
    m_row.host = state.host;
    m_row.origin = state.origin;
    m_row.problem = state.problem;
    m_row.limit = budget.limit;
    m_row.remaining = budget.remaining;
    m_row.resets = budget.resets;
    if (m_page)
        m_page->setAccount(m_row);
    Q_EMIT accountChanged();
}

void Pipelines::checkPermissionsOnce()
{
    const auto& kept = m_settings.values().pipelines.repositories;
    if (m_account.state().phase != AccountState::Phase::SignedIn || kept.isEmpty() || !m_checked.insert(kept.front().toStdString()).second)
        return;
    checkPermissions(m_pollApi, kept.front().toStdString(), this, [this](Result<PermissionReport> got) {
        m_row.missing.clear();
        if (got) {
            for (const MissingPermission& missing : got->missing)
                m_row.missing.push_back(missing.name + " (" + toString(missing.disables) + ")");
        }
        refreshAccount();
    });
}

void Pipelines::refreshRepositories()
{
    checkPermissionsOnce();
    if (!m_page)
        return;
    std::vector<RepositoryRow> rows;
    for (const QString& name : m_settings.values().pipelines.repositories) {
        const RepositoryStatus status = m_watcher.status(name.toStdString());
        rows.push_back({name.toStdString(), status.problem ? status.problem->detail : std::string(), status.activeRuns, status.nextLook});
    }
    m_page->setRepositories(std::move(rows));
}

void Pipelines::refreshRun()
{
    const RunPtr run = selectedRun();
    if (run && run->state != RunState::Completed)
        m_tick.start();
    else
        m_tick.stop();
    if (run) {
        askForRunners(*run);
        askForWorkflow(*run);
    }
    if (!m_page)
        return;
    if (!run)
        return m_page->setRun(nullptr, {}, {});
    const bool built = std::any_of(run->jobs.begin(), run->jobs.end(), [this](const RunJob& job) {
        const auto read = m_read.find(job.id);
        return read != m_read.end() && !read->second->batches.empty();
    });
    m_page->setBuildsRead(built);
    const RunKnowledge known = knowledgeOf(*run);
    m_page->setRun(run, runNotices(*run, builtInRunnerTable(), known), costLine(*run, builtInRunnerTable(), known.now));
}

RunKnowledge Pipelines::knowledgeOf(const Run& run) const
{
    RunKnowledge known;
    known.now = m_clock.now() + m_session.clockSkew();
    known.runners = m_runners;
    if (const auto found = m_collisions.find(run.key); found != m_collisions.end())
        known.collisions = found->second;
    for (const RunJob& job : run.jobs) {
        const auto read = m_read.find(job.id);
        if (read == m_read.end())
            continue;
        known.fromLog = known.fromLog || read->second->from == JobDetails::From::Log;
        if (read->second->log)
            known.logs[job.id] = read->second->log;
    }
    for (const RunPtr& earlier : m_watcher.runs(run.key.repository)) {
        if (earlier->key != run.key)
            known.earlier.insert(known.earlier.end(), earlier->jobs.begin(), earlier->jobs.end());
    }
    return known;
}

/// The workflow file names the platforms more reliably than labels and job names do. A request or a few for a run on screen.
void Pipelines::askForWorkflow(const Run& run)
{
    if (run.jobs.empty() || !m_workflowAsked.insert(run.key).second)
        return;
    fetchWorkflowKnowledge(m_workflows, run, builtInRunnerTable(), this, [this, key = run.key](Result<WorkflowKnowledge> got) {
        if (!got) {
            if (got.error().retryable)
                m_workflowAsked.erase(key); // asked again with the next news
            return;
        }
        auto& hints = m_hints[key];
        for (const auto& [job, hint] : got->hints) {
            hints[job].workflow = hint.workflow;
            hints[job].merges = hint.merges;
        }
        m_collisions[key] = std::move(got->collisions);
        m_watcher.setPlatformHints(key, hints);
        refreshRun();
    });
}

/// Self-hosted runners matter only to a job that waits; not everybody may ask for them.
void Pipelines::askForRunners(const Run& run)
{
    const bool waits = std::any_of(run.jobs.begin(), run.jobs.end(), [](const RunJob& job) { return job.state == RunState::Queued; });
    if (!waits || !m_runnersAsked.insert(run.key).second)
        return;
    m_pollApi.runners(run.key.repository, this, [this](Result<Listing<RunnerInfo>> got) {
        if (!got)
            return;
        m_runners.emplace();
        for (const RunnerInfo& info : got->items)
            m_runners->push_back({info.name, info.labels, info.online, info.busy, {}});
        refreshRun();
    });
}

} // namespace layerline
