#include "items/build_group.h"

#include "items/log_text.h"

#include <algorithm>

namespace layerline {

namespace {

/// The later one decides.
int weight(BuildStatus status)
{
    switch (status) {
    case BuildStatus::Completed: return 0;
    case BuildStatus::Canceled: return 1;
    case BuildStatus::Lost: return 2;
    case BuildStatus::Failed: return 3;
    case BuildStatus::Running: return 4;
    }
    return 0;
}

Look lookOf(BuildStatus status)
{
    switch (status) {
    case BuildStatus::Completed: return Look::Cached;
    case BuildStatus::Canceled: return Look::Canceled;
    case BuildStatus::Lost: return Look::Pending;
    case BuildStatus::Failed: return Look::Failed;
    case BuildStatus::Running: return Look::Running;
    }
    return Look::Pending;
}

QString targetName(const Build& build)
{
    for (const Record& record : build.records) {
        if (record.info.localState && !record.info.localState->target.empty() && record.info.localState->target != "default")
            return visibleText(record.info.localState->target);
    }
    return visibleText(build.name());
}

} // namespace

BuildStatus wholeStatus(const std::vector<const Build*>& builds)
{
    BuildStatus whole = BuildStatus::Completed;
    for (const Build* build : builds) {
        if (weight(build->status()) > weight(whole))
            whole = build->status();
    }
    return whole;
}

BuildGroupItem buildGroupItem(const std::vector<const Build*>& builds, Timestamp wall)
{
    BuildGroupItem item;
    item.status = wholeStatus(builds);
    item.builds = int(builds.size());
    QStringList names;
    BuildStrip strip;
    Timestamp latest;
    const double gap = std::min(0.01, 0.2 / double(builds.size())); // so that builds of one state are still seen as several
    for (std::size_t i = 0; i < builds.size(); ++i) {
        const Build& build = *builds[i];
        const BuildStatus status = build.status();
        item.running += status == BuildStatus::Running;
        item.failed += status == BuildStatus::Failed;
        if (const OptionalTime start = build.started(); start && (!item.started || *start < *item.started))
            item.started = start;
        latest = std::max({latest, build.completed().value_or(latest), nowOf(build, wall)});
        if (const QString name = targetName(build); !names.contains(name))
            names += name;
        strip.segments.push_back({double(i) / double(builds.size()), double(i + 1) / double(builds.size()) - gap, lookOf(status), false});
        if (!build.records.empty())
            item.clockSkewNs = build.records.front().clockSkewNs;
    }
    item.title = names.join(QStringLiteral(", "));
    item.strips = {strip};
    if (item.status != BuildStatus::Running)
        item.completed = latest;
    if (item.started)
        item.elapsed = std::max(Duration{0}, latest - *item.started);
    return item;
}

} // namespace layerline
