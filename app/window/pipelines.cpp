#include "app/window/pipelines.h"

#include "app/tasks/settings_store.h"
#include "app/tasks/workflow_tool.h"
#include "domain/summary.h"
#include "sources/github/github_environment.h"
#include "sources/github/repository_name.h"
#include "sources/github/run_events.h"
#include "widgets/pages/pipelines_page.h"

#include <QDir>

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
      m_account(m_http, m_api, tokens, std::move(environment), optionsOf(settings)), m_watcher(m_pollApi, clock), m_jobs(m_pollApi, clock),
      m_workflows(m_pollApi), m_permissions(m_pollApi), m_server(m_session.apiUrl()), m_runners(m_pollApi, clock)
{
    auto table = loadRunnerTable();
    if (!table)
        m_runnerTableProblem = table.error();
    m_runnerTable = table ? std::move(table).value() : builtInRunnerTable();
    connect(&m_account, &GitHubAccount::changed, this, &Pipelines::onAccount);
    connect(&m_session, &GitHubSession::tokenChanged, &m_runners, &RunnerWatch::forget);
    connect(&m_runners, &RunnerWatch::changed, this, &Pipelines::refreshRun);
    connect(&m_session, &GitHubSession::tokenChanged, &m_permissions, &PermissionWatch::forget);
    connect(&m_permissions, &PermissionWatch::changed, this, &Pipelines::refreshAccount);
    connect(&settings, &SettingsStore::changed, this, [this](const SettingsValues& before) {
        const PipelineSettings& now = m_settings.values().pipelines;
        m_account.setClientId(now.clientId.toStdString());
        if (now.server != before.pipelines.server)
            m_account.setServer(now.server.toStdString());
        if (m_settings.values().notifications.queueMinutes != before.notifications.queueMinutes)
            refreshRun(); // the offer to roll back goes by it
    });
    connect(&m_watcher, &RunWatcher::runChanged, this, &Pipelines::onRunChanged);
    connect(&m_watcher, &RunWatcher::runForgotten, this, [this](const QString& repository, qint64 id) {
        const RunKey key{repository.toStdString(), id};
        std::vector<BuildId> gone;
        for (const auto& [build, run] : m_runOf) {
            if (run.run == key)
                gone.push_back(build);
        }
        for (const BuildId& build : gone) {
            m_attempts.erase(m_runOf.at(build));
            m_runOf.erase(build);
            m_store.remove(build);
        }
        m_hints.erase(key);
        m_collisions.erase(key);
    });
    connect(&m_watcher, &RunWatcher::jobEnded, this, [this](const RunPtr& run) {
        if (const RunPtr shown = selectedRun(); shown && shown->key == run->key && shown->attempt == run->attempt)
            m_jobs.load(*run);
    });
    connect(&m_watcher, &RunWatcher::repositoryChanged, this, &Pipelines::refreshRepositories);
    connect(&m_watcher, &RunWatcher::budgetChanged, this, &Pipelines::refreshAccount);
    connect(&m_watcher, &RunWatcher::offlineChanged, this, [this] {
        refreshAccount();
        if (!m_watcher.offline())
            loadMissed();
    });
    connect(&m_jobs, &JobReader::read, this, &Pipelines::onDetails);
    connect(&m_jobs, &JobReader::changed, this, &Pipelines::refreshRun);
    connect(&m_jobs, &JobReader::due, this, [this](const RunKey& due) {
        if (const RunPtr shown = selectedRun(); shown && shown->key == due)
            m_jobs.load(*shown);
    });
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
    connect(&page, &PipelinesPage::exampleRequested, this, &Pipelines::showExample);
    connect(&page, &PipelinesPage::exampleClosed, this, &Pipelines::closeExample);
    connect(&page, &PipelinesPage::anotherTryRequested, this, &Pipelines::loadMissed);
    refreshAccount();
    refreshRepositories();
    refreshRun();
}

void Pipelines::start()
{
    m_account.restore();
}

/// The repositories of the settings that lie on the server that is asked.
std::vector<std::string> Pipelines::wanted() const
{
    std::vector<std::string> names;
    const std::string host = repositoryHost(hostOfApi(m_session.apiUrl()));
    for (const QString& kept : m_settings.values().pipelines.repositories) {
        if (const auto repository = fromKeptName(kept.toStdString()); repository && repository->host == host)
            names.push_back(repository->fullName);
    }
    return names;
}

void Pipelines::onAccount()
{
    if (m_session.apiUrl() != m_server)
        onServer();
    const AccountState::Phase phase = m_account.state().phase;
    if (phase == AccountState::Phase::SignedIn) {
        keepServer();
        const std::vector<std::string> watched = m_watcher.repositories();
        for (const std::string& repository : wanted()) {
            if (std::find(watched.begin(), watched.end(), repository) == watched.end())
                m_watcher.watch(repository);
        }
    } else if (phase == AccountState::Phase::None || phase == AccountState::Phase::Refused) {
        for (const std::string& repository : m_watcher.repositories())
            m_watcher.unwatch(repository);
    }
    m_permissions.setRepositories(phase == AccountState::Phase::SignedIn ? wanted() : std::vector<std::string>());
    refreshAccount();
    refreshRepositories();
}

/// Another server: nothing of the first one's is true there, and its numbers mean other runs and jobs.
void Pipelines::onServer()
{
    m_server = m_session.apiUrl();
    for (const std::string& repository : m_watcher.repositories())
        m_watcher.unwatch(repository);
    m_jobs.forget();
    m_runners.forget();
    m_workflowAsked.clear();
    m_attemptsAsked.clear();
}

/// The next start asks the server that was signed in to, not another one with its token.
void Pipelines::keepServer()
{
    const AccountState& state = m_account.state();
    const QString server = state.server == "github.com" ? QString() : QString::fromStdString(state.server);
    SettingsValues values = m_settings.values();
    if (state.serverFixed || values.pipelines.server == server)
        return;
    values.pipelines.server = server;
    (void)m_settings.set(values);
}

void Pipelines::checkAccount()
{
    m_permissions.forget();
    m_account.checkAgain();
}

Result<void> Pipelines::addRepository(const QString& text)
{
    const auto named = repositoryOn(hostOfApi(m_session.apiUrl()), text.toStdString());
    if (!named)
        return named.error();
    const QString kept = QString::fromStdString(keptName(named.value()));
    if (text.startsWith(QLatin1Char('/')) || text.startsWith(QLatin1Char('~')) || text.startsWith(QLatin1Char('.')))
        rememberFolder(QDir(text.startsWith(QLatin1Char('~')) ? QDir::homePath() + text.mid(1) : text).absolutePath());
    SettingsValues values = m_settings.values();
    if (!values.pipelines.repositories.contains(kept))
        values.pipelines.repositories.append(kept);
    const auto written = m_settings.set(values);
    onAccount();
    return written;
}

void Pipelines::removeRepository(const std::string& repository)
{
    SettingsValues values = m_settings.values();
    values.pipelines.repositories.removeAll(QString::fromStdString(keptName({repositoryHost(hostOfApi(m_session.apiUrl())), repository})));
    (void)m_settings.set(values);
    m_watcher.unwatch(repository);
    onAccount();
}

RunPtr Pipelines::selectedRun() const
{
    const auto found = m_runOf.find(m_selection.build());
    if (found == m_runOf.end())
        return nullptr;
    const auto recorded = m_example.find(found->second.run);
    return recorded == m_example.end() ? runOf(found->second) : recorded->second;
}

std::vector<EventBatch> Pipelines::builtBySelected() const
{
    std::vector<EventBatch> all;
    const RunPtr run = selectedRun();
    for (std::size_t i = 0; run && i < run->jobs.size(); ++i) {
        const JobDetailsPtr read = m_jobs.of(run->jobs[i].id);
        if (!read || read->attempt != run->attempt)
            continue;
        for (EventBatch& batch : detailsOfJob(*run, run->jobs[i], read->batches, DetailPlace::OwnBuild))
            all.push_back(std::move(batch));
    }
    return all;
}

void Pipelines::select(const RunKey& run)
{
    const std::pair<const BuildId, RunAttempt>* newest = nullptr;
    for (const auto& each : m_runOf) {
        if (each.second.run == run && (!newest || each.second.attempt > newest->second.attempt))
            newest = &each;
    }
    if (newest)
        m_selection.setBuild(BuildId(newest->first));
}

void Pipelines::select(const RunKey& run, std::int64_t job, int step)
{
    select(run);
    const Build* build = m_store.find(m_selection.build());
    if (!build)
        return;
    const auto candidates = step > 0 ? std::vector{jobStepDigest(job, step)} : std::vector{jobEndDigest(job), jobStepDigest(job, 0)};
    StepIndex found = job == 0 ? firstFailed(*build) : noStep;
    for (const StepDigest& digest : candidates) {
        for (std::uint32_t record = 0; record < build->records.size() && found == noStep; ++record)
            found = build->find(record, digest);
    }
    m_selection.setStep(found);
}

void Pipelines::onRunChanged(const RunPtr& run)
{
    closeExample();
    const auto selected = m_runOf.find(m_selection.build());
    // Who looks at the latest attempt goes on with the one that has begun.
    const bool follow = selected != m_runOf.end() && selected->second.run == run->key && selected->second.attempt < run->attempt && !m_attempts.count({run->key, run->attempt})
        && std::none_of(m_attempts.begin(), m_attempts.end(), [&](const auto& each) { return each.first.run == run->key && each.first.attempt > selected->second.attempt; });
    keep(run);
    Q_EMIT runChanged(run);
    if (follow) {
        m_store.flush();
        select(run->key);
    }
    const RunPtr shown = selectedRun();
    if (shown && shown->key == run->key) {
        m_jobs.load(*shown);
        refreshRun();
    }
}

void Pipelines::onSelected()
{
    const RunPtr run = selectedRun();
    const bool real = run && !m_example.count(run->key);
    m_watcher.setFocus(real ? std::optional(run->key) : std::nullopt);
    if (real) {
        if (const RunAttempt shown{run->key, run->attempt}; unfinished(shown))
            askForAttempt(shown);
        m_jobs.load(*run);
    }
    refreshRun();
}

void Pipelines::onDetails(const JobDetailsPtr& details, bool other)
{
    const RunPtr run = runOf({details->run, details->attempt});
    if (!run)
        return;
    const auto job = std::find_if(run->jobs.begin(), run->jobs.end(), [&](const RunJob& each) { return each.id == details->job; });
    if (job == run->jobs.end())
        return;
    if (other)
        rebuild(*run);
    for (const EventBatch& batch : other ? std::vector<EventBatch>() : detailsOfJob(*run, *job, details->batches, DetailPlace::InRun))
        m_store.apply(std::make_shared<const EventBatch>(batch));
    if (details->from == JobDetails::From::Record && !details->platforms.empty()) {
        m_hints[run->key][details->job].record = details->platforms;
        useHints({run->key, run->attempt});
    }
    refreshRun();
}

/// Events only add: steps that were read from a log are in the way of those of the record that has come after all.
void Pipelines::rebuild(const Run& run)
{
    BuildSet fresh;
    for (const EventBatch& batch : runToBatches(run))
        fresh.apply(batch);
    for (const RunJob& job : run.jobs) {
        const JobDetailsPtr read = m_jobs.of(job.id);
        for (const EventBatch& batch : read ? detailsOfJob(run, job, read->batches, DetailPlace::InRun) : std::vector<EventBatch>())
            fresh.apply(batch);
    }
    const BuildId shown = m_selection.build();
    m_store.adopt(std::move(fresh));
    m_store.flush();
    m_selection.setBuild(shown);
}

void Pipelines::loadMissed()
{
    const RunPtr shown = selectedRun();
    if (shown && !m_example.count(shown->key))
        m_jobs.loadMissed(*shown);
}

void Pipelines::refreshAccount()
{
    const AccountState& state = m_account.state();
    const RateBudget& budget = m_session.budget();
    m_row.state = m_watcher.offline() && state.phase == AccountState::Phase::SignedIn ? AccountRow::State::Offline : stateOf(state.phase);
    m_row.login = state.login;
    m_row.host = state.host;
    m_row.server = state.server;
    m_row.apiUrl = m_session.apiUrl();
    m_row.serverFixed = state.serverFixed;
    m_row.origin = state.origin;
    m_row.keyring = state.keyring;
    m_row.keyringProblem = state.keyringProblem;
    m_row.problem = state.problem;
    m_row.limit = budget.limit;
    m_row.remaining = budget.remaining;
    m_row.resets = budget.resets;
    m_row.blockedUntil = m_session.blockedUntil();
    m_row.permissions = m_permissions.state();
    m_row.permissionProblem = m_permissions.problem();
    m_row.classic = m_permissions.classic();
    m_row.scopes = m_permissions.scopes();
    m_row.gaps = m_permissions.gaps();
    if (m_page)
        m_page->setAccount(m_row);
    Q_EMIT accountChanged();
}

std::vector<RepositoryRow> Pipelines::repositoryRows() const
{
    std::vector<RepositoryRow> rows;
    for (const std::string& name : wanted()) {
        const RepositoryStatus status = m_watcher.status(name);
        rows.push_back({name, status.problem ? status.problem->detail : std::string(), status.activeRuns, status.nextLook});
    }
    return rows;
}

void Pipelines::refreshRepositories()
{
    if (m_page)
        m_page->setRepositories(repositoryRows());
    Q_EMIT repositoriesChanged();
}

void Pipelines::refreshRun()
{
    const RunPtr run = selectedRun();
    if (run && run->state != RunState::Completed)
        m_tick.start();
    else
        m_tick.stop();
    if (run && !m_example.count(run->key)) {
        if (std::any_of(run->jobs.begin(), run->jobs.end(), [](const RunJob& job) { return job.state == RunState::Queued; }))
            m_runners.ask(run->key.repository); // they matter only to a job that waits
        askForWorkflow(*run);
        askForOthers(*run);
    }
    if (!m_page)
        return;
    if (!run)
        return m_page->setRun(nullptr, {}, {});
    const bool built = std::any_of(run->jobs.begin(), run->jobs.end(), [this](const RunJob& job) {
        const JobDetailsPtr read = m_jobs.of(job.id);
        return read && !read->batches.empty();
    });
    m_page->setBuildsRead(built);
    const RunKnowledge known = knowledgeOf(*run);
    auto notices = runNotices(*run, m_runnerTable, known);
    if (const auto hint = rollbackNotice(*run, runsOfWorkflow(*run), m_runnerTable, known))
        notices.push_back(*hint);
    std::vector<Run> ofRepository;
    for (const RunPtr& each : runsOf(run->key.repository))
        ofRepository.push_back(*each);
    QStringList cost{costLine(*run, m_runnerTable, known.now), waysLine(ofRepository, m_runnerTable)};
    cost.removeAll(QString());
    m_page->setRun(run, std::move(notices), cost.join(QLatin1Char('\n')), known.latestAttempt);
}

std::vector<RunPtr> Pipelines::runsOf(const std::string& repository) const
{
    std::vector<RunPtr> runs;
    for (const auto& [key, run] : m_example)
        runs.push_back(run);
    return runs.empty() ? m_watcher.runs(repository) : runs;
}

/// Newest first.
std::vector<Run> Pipelines::runsOfWorkflow(const Run& run) const
{
    std::vector<Run> runs;
    for (const RunPtr& each : runsOf(run.key.repository)) {
        if (each->path == run.path)
            runs.push_back(*each);
    }
    std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.key.id > b.key.id; });
    return runs;
}

QStringList Pipelines::foldersOf(const std::string& repository) const
{
    QStringList found;
    for (const QString& folder : m_settings.values().pipelines.clones) {
        const auto remotes = repositoriesOfFolder(folder.toStdString());
        if (remotes && std::any_of(remotes->begin(), remotes->end(), [&](const RepositoryName& name) { return name.fullName == repository; }))
            found << folder;
    }
    return found;
}

void Pipelines::rememberFolder(const QString& folder)
{
    SettingsValues values = m_settings.values();
    if (values.pipelines.clones.contains(folder))
        return;
    values.pipelines.clones.append(folder);
    (void)m_settings.set(values);
}

RunKnowledge Pipelines::knowledgeOf(const Run& run)
{
    RunKnowledge known;
    known.now = m_clock.now() + m_session.clockSkew();
    RunnerWatch::Known runners = m_runners.of(run.key.repository);
    known.runners = std::move(runners.runners);
    known.allRunners = runners.all;
    known.plan = std::move(runners.plan);
    const std::string owner = run.key.repository.substr(0, run.key.repository.find('/') + 1);
    for (const std::string& repository : m_watcher.repositories()) {
        for (const RunPtr& each : repository.rfind(owner, 0) == 0 ? m_watcher.runs(repository) : std::vector<RunPtr>{})
            known.runningHosted += runningHosted(each->jobs, m_runnerTable);
    }
    known.latestAttempt = std::max(run.attempt, m_example.count(run.key) ? 0 : latestAttempt(run.key));
    known.queueLimit = {std::int64_t(m_settings.values().notifications.queueMinutes) * 60 * 1'000'000'000};
    if (const auto found = m_collisions.find(run.key); found != m_collisions.end())
        known.collisions = found->second;
    for (const RunJob& job : run.jobs) {
        const JobDetailsPtr read = m_jobs.of(job.id);
        if (!read)
            continue;
        known.fromLog = known.fromLog || read->from == JobDetails::From::Log || read->partlyLog;
        if (read->log && failed(job.conclusion))
            known.failures[job.id] = m_jobs.failuresOf(*read);
        for (const JobDetails::Missed& missed : read->missed) {
            // A log that is on its way is not missed yet; nor is that of a job whose record tells all there is.
            const bool awaited = missed.error.kind == ErrorKind::NotFound && m_jobs.triesOn(job.id);
            const bool needed = read->from == JobDetails::From::Nothing || failed(job.conclusion);
            if (missed.what != JobDetails::Missed::What::Log || (needed && !awaited))
                known.missed[job.id].push_back(missed);
        }
    }
    for (const RunPtr& earlier : runsOf(run.key.repository)) {
        if (earlier->key != run.key)
            known.earlier.insert(known.earlier.end(), earlier->jobs.begin(), earlier->jobs.end());
    }
    return known;
}

} // namespace layerline
