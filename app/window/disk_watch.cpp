#include "app/window/disk_watch.h"

#include "app/tasks/engine_disk.h"
#include "app/window/session.h"
#include "domain/post_to.h"

namespace layerline {

DiskWatch::DiskWatch(Session& session, Asker asker, QObject* parent) : QObject(parent), m_session(session), m_asker(std::move(asker))
{
    m_pool.setMaxThreadCount(1);
}

DiskWatch::~DiskWatch()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void DiskWatch::ask(const std::string& builder)
{
    const NodeStatus* node = localNode(m_session.nodes(), builder);
    if (!node)
        return;
    startOn(m_pool, [this, builder, driver = node->driver, endpoint = node->endpoint] {
        const auto disk = m_asker(driver, endpoint);
        if (!disk)
            return; // no forecast is better than a wrong one
        postTo(this, [this, builder, found = disk.value()] {
            m_disks[builder] = found;
            Q_EMIT known(QString::fromStdString(builder));
        });
    });
}

std::optional<EngineDisk> DiskWatch::diskOf(const std::string& builder) const
{
    const auto at = m_disks.find(builder);
    return at == m_disks.end() ? std::optional<EngineDisk>() : at->second;
}

DiskForecast DiskWatch::forecast(const std::string& builder, const std::vector<const Build*>& past) const
{
    return forecastOf(m_session.nodes(), builder, past);
}

} // namespace layerline
