#include "app/window/estimates.h"

#include "app/tasks/past_times.h"
#include "app/window/session.h"

#include <algorithm>

namespace layerline {

namespace {

constexpr std::size_t mostPast = 12;      ///< builds whose times are looked at: older ones are of another Dockerfile
constexpr std::size_t mostWork = 60'000;  ///< steps times past builds, so that an estimate stays within a frame
constexpr std::size_t mostSteps = 3'000;  ///< of a past build that is evaluated on this thread

} // namespace

Estimates::Estimates(Session& session, QObject* parent) : QObject(parent), m_session(session), m_board(this)
{
    m_timer.setInterval(1000);
    connect(&m_timer, &QTimer::timeout, this, &Estimates::refresh);
    connect(&session.store(), &BuildStore::changed, this, &Estimates::onStoreChanged);
}

void Estimates::onStoreChanged(const ChangeSet& changes)
{
    bool running = false;
    for (const auto& [id, change] : changes.builds) {
        const Build* build = m_session.store().find(id);
        if (!build || build->status() != BuildStatus::Running)
            m_board.remove(id);
        else
            running = true;
        if (!build || (change.flags & Change::Added))
            m_past.erase(id); // a replay that was sought back is another past
    }
    if (running && !m_timer.isActive()) {
        m_timer.start();
        QTimer::singleShot(0, this, &Estimates::refresh);
    }
}

void Estimates::refresh()
{
    bool running = false;
    for (const BuildId& id : m_session.store().builds().ids()) {
        const Build* build = m_session.store().find(id);
        if (!build || build->status() != BuildStatus::Running || build->steps.empty())
            continue;
        running = true;
        const Timestamp now = m_session.clock().now();
        m_board.set(id, estimateOf(*build, pastOf(*build), nowOf(*build, now), loadBeside(*build, m_session.store().builds(), m_session.nodes(), now)));
    }
    if (!running)
        m_timer.stop();
}

std::vector<BuildTimes> Estimates::pastOf(const Build& build)
{
    const std::size_t most = std::clamp<std::size_t>(mostWork / std::max<std::size_t>(1, build.steps.size()), 1, mostPast);
    const auto candidates = comparableTo(build, {&m_session.store().builds()}, most);
    std::vector<BuildTimes> past;
    for (const Build* candidate : candidates) {
        if (const BuildTimes* times = known(*candidate); times && fits(*times, build))
            past.push_back(*times);
    }
    return past;
}

const BuildTimes* Estimates::known(const Build& past)
{
    const auto [found, added] = m_past.try_emplace(past.id);
    Known& known = found->second;
    if (past.steps.empty() || past.steps.size() > mostSteps) {
        if (added)
            m_session.readPast(past, this, [this, id = past.id](const BuildTimes& times) { m_past[id] = {0, times}; });
    } else if (known.revision != past.revision) {
        // Somebody looks at it, and its steps come in parts.
        known = {past.revision, buildTimesOf(past, nowOf(past, m_session.clock().now()))};
    }
    return known.times ? &*known.times : nullptr;
}

} // namespace layerline
