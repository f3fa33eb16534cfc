#include "app/tasks/past_times.h"

#include "app/tasks/history.h"

#include <QThread>

#include <algorithm>

namespace layerline {

namespace {

constexpr std::size_t mostPast = 12; ///< as in the window: older ones are of another Dockerfile

bool over(const Build& build)
{
    const BuildStatus status = build.status();
    return status == BuildStatus::Completed || status == BuildStatus::Failed || status == BuildStatus::Canceled;
}

} // namespace

int coresOf(const std::vector<NodeStatus>& nodes, const std::string& builder)
{
    bool here = false;
    for (const NodeStatus& node : nodes) {
        if (node.builder != builder)
            continue;
        // A context's name may lead anywhere, and two nodes are two machines or share one: then nothing is known.
        if (here || node.endpoint.compare(0, 7, "unix://") != 0)
            return 0;
        here = true;
    }
    return here ? QThread::idealThreadCount() : 0;
}

BuilderLoad loadBeside(const Build& build, const BuildSet& all, const std::vector<NodeStatus>& nodes, Timestamp now)
{
    BuilderLoad load;
    load.cores = coresOf(nodes, builderOf(build));
    for (const BuildId& id : all.ids()) {
        const Build* other = all.find(id);
        if (other && other->id != build.id && other->status() == BuildStatus::Running && builderOf(*other) == builderOf(build))
            load.otherSteps += commandsAt(*other, nowOf(*other, now));
    }
    return load;
}

std::vector<const Build*> comparableTo(const Build& build, const std::vector<const BuildSet*>& sets, std::size_t most)
{
    std::vector<const Build*> candidates;
    for (const BuildSet* set : sets) {
        for (const BuildId& id : set->ids()) {
            const Build* other = set->find(id);
            if (other && other->id != build.id && over(*other) && comparable(build, *other))
                candidates.push_back(other);
        }
    }
    std::stable_sort(candidates.begin(), candidates.end(), [](const Build* a, const Build* b) { return a->started().value_or(Timestamp{}) > b->started().value_or(Timestamp{}); });
    candidates.resize(std::min(candidates.size(), most));
    return candidates;
}

PastTimes::PastTimes(const BuildSet& live) : m_live(live) {}

PastTimes::~PastTimes() = default;

std::vector<const Build*> PastTimes::candidates(const Build& build)
{
    if (!m_history) {
        m_history = std::make_unique<History>();
        for (const EventBatch& batch : m_history->list()) {
            if (!m_live.owner(batch.record))
                m_kept.apply(batch);
        }
    }
    return comparableTo(build, {&m_live, &m_kept}, mostPast);
}

std::vector<RecordKey> PastTimes::unread(const Build& build)
{
    std::vector<RecordKey> keys;
    for (const Build* past : candidates(build)) {
        if (!past->steps.empty() || m_live.find(past->id) != past)
            continue;
        for (const Record& record : past->records)
            keys.push_back(record.key);
    }
    return keys;
}

bool PastTimes::readHistory(const Build& build, int most)
{
    for (const Build* past : candidates(build)) {
        if (m_kept.find(past->id) != past || m_times.count(past->id))
            continue;
        if (most-- <= 0)
            return true;
        Caps noLogs;
        noLogs.logBytes = 1;
        BuildSet set;
        set.setCaps(noLogs);
        for (const Record& record : past->records) {
            if (const auto batch = m_history->load(record.key))
                set.apply(*batch);
        }
        const Build* read = set.owner(past->records.front().key);
        m_times[past->id] = read && !read->steps.empty() ? std::optional(buildTimesOf(*read, nowOf(*read, {}))) : std::nullopt;
    }
    return false;
}

const BuildTimes* PastTimes::timesOf(const Build& past, Timestamp now)
{
    if (past.steps.empty()) {
        const auto known = m_times.find(past.id);
        return known != m_times.end() && known->second ? &*known->second : nullptr;
    }
    const auto [found, added] = m_read.try_emplace(past.id);
    if (added || found->second.revision != past.revision)
        found->second = {past.revision, buildTimesOf(past, nowOf(past, now))};
    return &found->second.times;
}

BuildEstimate PastTimes::estimate(const Build& build, const std::vector<NodeStatus>& nodes, Timestamp now)
{
    std::vector<BuildTimes> past;
    for (const Build* other : candidates(build)) {
        if (const BuildTimes* times = timesOf(*other, now); times && fits(*times, build))
            past.push_back(*times);
    }
    return estimateOf(build, past, nowOf(build, now), loadBeside(build, m_live, nodes, now));
}

} // namespace layerline
