#include "sources/github/run_watcher.h"

#include <algorithm>

namespace layerline {

struct RunWatcher::Watched {
    struct Known {
        RunPtr run;
        bool jobsRead = false;    ///< of the state that `run` shows
        std::map<std::int64_t, PlatformHint> hints;
    };
    std::string repository;
    std::map<std::int64_t, Known> runs;
    std::optional<std::int64_t> only; ///< watchRun()
    std::optional<Error> problem;
    OptionalTime seen;
    int active = 0;
    std::size_t turn = 0;         ///< whose turn it is among too many active runs
    bool first = true;
};

/// One look at one repository.
struct RunWatcher::Look {
    std::string repository;
    std::vector<RunKey> missing;  ///< to be read by themselves: not among the newest
    std::vector<Run> jobsWanted;
    std::optional<Error> problem;
    int open = 0;
    int requests = 0;
    bool changed = false;
};

namespace {

bool isActive(const Run& run) { return run.state != RunState::Completed; }

/// The parts of a run that its list tells.
bool sameHead(const Run& a, const Run& b)
{
    return a.attempt == b.attempt && a.state == b.state && a.conclusion == b.conclusion && a.updated == b.updated;
}

bool ended(const RunJob& job) { return job.state == RunState::Completed; }

} // namespace

RunWatcher::RunWatcher(GitHubApi& api, const Clock& clock, RunWatchOptions options, QObject* parent)
    : QObject(parent), m_api(api), m_clock(clock), m_options(options), m_plan(options.pace)
{
    qRegisterMetaType<RunPtr>();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &RunWatcher::wake);
    connect(&api.session(), &GitHubSession::budgetChanged, this, [this] {
        m_plan.setBudget(budget());
        Q_EMIT budgetChanged();
    });
    connect(&api.session(), &GitHubSession::tokenChanged, this, [this] {
        m_plan.hurryAll(m_clock.now());
        scheduleWake();
    });
}

RunWatcher::~RunWatcher() = default;

void RunWatcher::watch(const std::string& repository)
{
    auto& watched = m_watched[repository];
    if (!watched) {
        watched = std::make_unique<Watched>();
        watched->repository = repository;
    }
    watched->only.reset();
    m_plan.add(repository, m_clock.now());
    scheduleWake();
}

void RunWatcher::watchRun(const RunKey& run)
{
    watch(run.repository);
    m_watched.at(run.repository)->only = run.id;
}

void RunWatcher::unwatch(const std::string& repository)
{
    const auto at = m_watched.find(repository);
    if (at == m_watched.end())
        return;
    const std::unique_ptr<Watched> gone = std::move(at->second);
    m_watched.erase(at);
    m_plan.remove(repository);
    for (const auto& [id, known] : gone->runs)
        Q_EMIT runForgotten(QString::fromStdString(repository), id);
    Q_EMIT repositoryChanged(QString::fromStdString(repository));
}

std::vector<std::string> RunWatcher::repositories() const
{
    std::vector<std::string> names;
    for (const auto& [name, watched] : m_watched)
        names.push_back(name);
    return names;
}

void RunWatcher::refresh(const std::string& repository)
{
    m_plan.hurry(repository, m_clock.now());
    scheduleWake();
}

void RunWatcher::setFocus(std::optional<RunKey> run)
{
    if (run == m_focus)
        return;
    m_focus = std::move(run);
    if (!m_focus)
        return;
    const auto at = m_watched.find(m_focus->repository);
    if (at == m_watched.end())
        return;
    const auto known = at->second->runs.find(m_focus->id);
    if (known == at->second->runs.end() || !known->second.jobsRead || isActive(*known->second.run))
        refresh(m_focus->repository);
}

void RunWatcher::setPlatformHints(const RunKey& key, std::map<std::int64_t, PlatformHint> hints)
{
    const auto at = m_watched.find(key.repository);
    if (at == m_watched.end())
        return;
    const auto known = at->second->runs.find(key.id);
    if (known == at->second->runs.end())
        return;
    known->second.hints = std::move(hints);
    keep(*at->second, Run(*known->second.run), false);
}

std::vector<RunPtr> RunWatcher::runs(const std::string& repository) const
{
    std::vector<RunPtr> list;
    if (const auto at = m_watched.find(repository); at != m_watched.end()) {
        for (const auto& [id, known] : at->second->runs)
            list.push_back(known.run);
    }
    std::stable_sort(list.begin(), list.end(), [](const RunPtr& a, const RunPtr& b) { return a->key.id > b->key.id; });
    return list;
}

RunPtr RunWatcher::run(const RunKey& key) const
{
    const auto at = m_watched.find(key.repository);
    if (at == m_watched.end())
        return nullptr;
    const auto known = at->second->runs.find(key.id);
    return known == at->second->runs.end() ? nullptr : known->second.run;
}

RepositoryStatus RunWatcher::status(const std::string& repository) const
{
    RepositoryStatus status;
    status.repository = repository;
    if (const auto at = m_watched.find(repository); at != m_watched.end()) {
        status.problem = at->second->problem;
        status.lastSeen = at->second->seen;
        status.activeRuns = at->second->active;
    }
    status.nextLook = m_plan.nextOf(repository);
    return status;
}

void RunWatcher::wake()
{
    for (const std::string& repository : m_plan.due(m_clock.now()))
        look(repository);
    scheduleWake();
}

void RunWatcher::scheduleWake()
{
    const OptionalTime next = m_plan.next();
    if (!next)
        return m_timer.stop();
    const std::int64_t wait = std::max<std::int64_t>(0, (*next - m_clock.now()).ns + 999'999) / 1'000'000;
    m_timer.start(int(std::min<std::int64_t>(wait, 60'000)));
}

void RunWatcher::look(const std::string& repository)
{
    const auto look = std::make_shared<Look>();
    look->repository = repository;
    const Watched& watched = *m_watched.at(repository);
    if (watched.only) {
        look->missing = {{repository, *watched.only}};
        return lookAtMissing(look);
    }
    ++look->requests;
    RunQuery query;
    query.limit = m_options.runsPerRepository;
    m_api.runs(repository, query, this, [this, look](Result<Listing<Run>> got) { takeRuns(look, std::move(got)); });
}

/// Reads the missing runs one after the other, then the jobs.
void RunWatcher::lookAtMissing(const std::shared_ptr<Look>& look)
{
    if (look->missing.empty() || look->problem)
        return readJobs(look);
    const RunKey key = look->missing.back();
    look->missing.pop_back();
    ++look->requests;
    m_api.run(key, this, [this, look, key](Result<Run> got) {
        const auto at = m_watched.find(look->repository);
        if (at == m_watched.end())
            return;
        Watched& watched = *at->second;
        if (got) {
            for (Run& run : wantedJobs(watched, {got.value()}))
                look->jobsWanted.push_back(std::move(run));
            look->changed = keep(watched, std::move(got.value()), false) || look->changed;
        } else if (got.error().kind == ErrorKind::NotFound && !watched.only) {
            forget(watched, key.id);
        } else {
            look->problem = got.error();
        }
        lookAtMissing(look);
    });
}

void RunWatcher::forget(Watched& watched, std::int64_t run)
{
    if (watched.runs.erase(run))
        Q_EMIT runForgotten(QString::fromStdString(watched.repository), run);
}

void RunWatcher::takeRuns(const std::shared_ptr<Look>& look, Result<Listing<Run>> got)
{
    const auto at = m_watched.find(look->repository);
    if (at == m_watched.end())
        return;
    Watched& watched = *at->second;
    if (!got) {
        look->problem = got.error();
        return finish(look);
    }
    look->jobsWanted = wantedJobs(watched, got->items);
    const auto listed = [&got](const RunKey& key) {
        return std::any_of(got->items.begin(), got->items.end(), [&](const Run& run) { return run.key == key; });
    };
    // An old run may still be under way, or be the one on screen, when newer ones have pushed it off the list.
    for (const auto& [id, known] : watched.runs) {
        if (isActive(*known.run) && !listed(known.run->key) && int(look->missing.size()) < m_options.activeAtOnce)
            look->missing.push_back(known.run->key);
    }
    if (m_focus && m_focus->repository == look->repository && !listed(*m_focus)) {
        const auto known = watched.runs.find(m_focus->id);
        if (known == watched.runs.end() || (!isActive(*known->second.run) && !known->second.jobsRead))
            look->missing.push_back(*m_focus);
    }
    for (Run& run : got->items)
        look->changed = keep(watched, std::move(run), false) || look->changed;
    watched.first = false;
    lookAtMissing(look);
}

/// The runs whose jobs this look should read, the focused one first.
std::vector<Run> RunWatcher::wantedJobs(Watched& watched, const std::vector<Run>& runs) const
{
    std::vector<Run> urgent, active;
    int newest = 0;
    for (const Run& run : runs) {
        const auto known = watched.runs.find(run.key.id);
        const bool read = known != watched.runs.end() && known->second.jobsRead && sameHead(*known->second.run, run);
        const bool shown = known != watched.runs.end() && !known->second.run->jobs.empty();
        const bool focused = (m_focus && run.key == *m_focus) || watched.only;
        const bool wanted = focused || shown || (watched.first && newest++ < m_options.jobsOfNewest) || known == watched.runs.end();
        if (focused && (isActive(run) || !read))
            urgent.insert(urgent.begin(), run);
        else if (isActive(run))
            active.push_back(run);
        else if (!read && wanted && (!watched.first || newest <= m_options.jobsOfNewest))
            urgent.push_back(run); // it has ended since: its jobs' last state
    }
    const std::size_t room = std::size_t(m_options.activeAtOnce);
    for (std::size_t i = 0; i < std::min(room, active.size()); ++i)
        urgent.push_back(active[(watched.turn + i) % active.size()]);
    if (active.size() > room)
        watched.turn = (watched.turn + room) % active.size();
    return urgent;
}

void RunWatcher::readJobs(const std::shared_ptr<Look>& look)
{
    look->open = int(look->jobsWanted.size());
    if (look->open == 0)
        return finish(look);
    look->requests += look->open;
    for (const Run& run : look->jobsWanted)
        m_api.jobs(run.key, 0, this, [this, look, run](Result<Listing<RunJob>> got) { takeJobs(look, run, std::move(got)); });
}

void RunWatcher::takeJobs(const std::shared_ptr<Look>& look, Run run, Result<Listing<RunJob>> got)
{
    const auto at = m_watched.find(look->repository);
    if (at == m_watched.end())
        return;
    if (got) {
        run.jobs = std::move(got->items);
        look->changed = keep(*at->second, std::move(run), true) || look->changed;
    } else if (got.error().kind != ErrorKind::NotFound) {
        look->problem = got.error(); // a run deleted meanwhile is no problem of the repository's
    }
    if (--look->open == 0)
        finish(look);
}

/// Takes a run's new state; true when it differs. A list's run has no jobs: those it had stay.
bool RunWatcher::keep(Watched& watched, Run run, bool jobsRead)
{
    if (run.key.id <= 0)
        return false; // a hole in the list
    Watched::Known& known = watched.runs[run.key.id];
    const RunPtr before = known.run;
    if (!jobsRead && before && before->attempt == run.attempt) {
        run.jobs = before->jobs;
        known.jobsRead = known.jobsRead && sameHead(*before, run);
    } else {
        known.jobsRead = jobsRead;
    }
    findPlatforms(run, known.hints);
    if (before && *before == run)
        return false;
    known.run = std::make_shared<const Run>(std::move(run));
    const RunPtr after = known.run;
    Q_EMIT runChanged(after);
    announceEnds(before, after);
    return true;
}

void RunWatcher::announceEnds(const RunPtr& before, const RunPtr& after)
{
    for (const RunJob& job : after->jobs) {
        if (!ended(job))
            continue;
        const bool knew = before && std::any_of(before->jobs.begin(), before->jobs.end(), [&](const RunJob& old) { return old.id == job.id && ended(old); });
        if (!knew)
            Q_EMIT jobEnded(after, job.id);
    }
}

void RunWatcher::forgetOld(Watched& watched)
{
    while (int(watched.runs.size()) > m_options.keptRuns) {
        const auto oldest = std::find_if(watched.runs.begin(), watched.runs.end(), [this](const auto& each) {
            return !isActive(*each.second.run) && !(m_focus && each.second.run->key == *m_focus);
        });
        if (oldest == watched.runs.end())
            return;
        forget(watched, oldest->first);
    }
}

void RunWatcher::finish(const std::shared_ptr<Look>& look)
{
    const auto at = m_watched.find(look->repository);
    if (at == m_watched.end())
        return;
    Watched& watched = *at->second;
    const Timestamp now = m_clock.now();
    LookOutcome outcome = look->changed ? LookOutcome::Changed : LookOutcome::Same;
    watched.problem = look->problem;
    if (look->problem) {
        const ErrorKind kind = look->problem->kind;
        outcome = kind == ErrorKind::Permission || kind == ErrorKind::NotFound ? LookOutcome::Refused : LookOutcome::Failed;
    } else {
        watched.seen = now;
    }
    watched.active = int(std::count_if(watched.runs.begin(), watched.runs.end(), [](const auto& each) { return isActive(*each.second.run); }));
    forgetOld(watched);
    m_plan.looked(look->repository, now, outcome, watched.active, look->requests);
    const bool nobody = outcome == LookOutcome::Failed && (look->problem->kind == ErrorKind::Unreachable || look->problem->kind == ErrorKind::Timeout)
        && look->problem->detail.rfind("GitHub", 0) != 0; // it did answer
    if (nobody || outcome != LookOutcome::Failed)
        setOffline(nobody);
    scheduleWake();
    Q_EMIT repositoryChanged(QString::fromStdString(look->repository));
}

void RunWatcher::setOffline(bool offline)
{
    if (offline == m_offline)
        return;
    m_offline = offline;
    if (!offline)
        m_plan.hurryAll(m_clock.now()); // back: the others need not wait for their turn
    Q_EMIT offlineChanged(offline);
}

} // namespace layerline
