#include "app/window/clean_up_offer.h"

#include "analysis/builder_plan.h"
#include "app/tasks/cache_records.h"
#include "app/window/session.h"
#include "sources/runner/build_runner.h"
#include "widgets/pages/notice_bar.h"
#include "widgets/style/theme.h"

#include <algorithm>

namespace layerline {

namespace {

/// BuildKit notes when a record was made in its own time.
Timestamp theirs(Timestamp ours, const NodeStatus& node) { return {ours.ns + node.clockSkewNs}; }

} // namespace

CleanUpOffer::CleanUpOffer(Session& session, BuildRunner& runner, NoticeBar& notice) : QObject(&notice), m_session(session), m_notice(notice)
{
    connect(&runner, &BuildRunner::finished, this, &CleanUpOffer::onFinished);
    connect(&session, &Session::nodesChanged, this, &CleanUpOffer::look);
}

void CleanUpOffer::onFinished(const BuildJob& job)
{
    if (!job.started || !job.ended)
        return;
    m_waiting.push_back({job.title, job.builder, *job.started, *job.ended});
    m_session.refreshDiskUsage();
}

void CleanUpOffer::look()
{
    std::erase_if(m_waiting, [this](const Waiting& build) { return weigh(build); });
}

bool CleanUpOffer::weigh(const Waiting& build)
{
    std::int64_t added = 0, held = 0, freed = 0;
    std::string builder;
    for (const NodeStatus& node : m_session.nodes()) {
        if (build.builder.empty() ? !node.current : node.builder != build.builder)
            continue;
        if (node.state == NodeState::Live && (!node.diskUsage || !node.diskUsage->read || *node.diskUsage->read < build.ended)) {
            m_session.refreshDiskUsage(); // an answer that was on its way is too old
            return false;
        }
        if (!node.diskUsage)
            continue;
        builder = node.builder;
        const auto records = cacheRecords(*node.diskUsage);
        added += diskForecast(records, {{theirs(build.started, node), theirs(build.ended, node)}}).most;
        held += node.diskUsage->totalBytes();
        freed += previewPrune(records, {}, m_session.clock().now()).bytes;
    }
    if (added < worthMentioning)
        return true;
    const QString name = QString::fromStdString(builder);
    m_notice.say(tr("%1 added %2 to the cache of %3, which holds %4 now. %5 of it can be freed.")
                     .arg(QString::fromStdString(build.title), humanBytes(added), name, humanBytes(held), humanBytes(freed)),
                 tr("Clean up…"), false, name);
    return true;
}

} // namespace layerline
