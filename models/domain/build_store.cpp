#include "domain/build_store.h"

namespace layerline {

BuildStore::BuildStore(QObject* parent) : QObject(parent)
{
    qRegisterMetaType<ChangeSet>();
    m_frame.setSingleShot(true);
    m_frame.setInterval(16); // one change set a frame at most
    connect(&m_frame, &QTimer::timeout, this, &BuildStore::flush);
}

void BuildStore::apply(const EventBatchPtr& batch)
{
    auto [id, change] = m_set.apply(*batch);
    if (change.flags == Change::None)
        return;
    m_pending.builds[id].merge(change);
    if (!m_frame.isActive())
        m_frame.start();
}

void BuildStore::adopt(BuildSet&& builds)
{
    const std::vector<BuildId> ids = builds.ids();
    for (const BuildId& id : ids) {
        for (const Record& record : builds.find(id)->records) {
            if (const Build* old = m_set.owner(record.key))
                remove(old->id);
        }
    }
    m_set.adopt(std::move(builds));
    for (const BuildId& id : ids)
        m_pending.builds[id].flags |= Change::Added | Change::Summary | Change::Structure;
    if (!m_frame.isActive() && !ids.empty())
        m_frame.start();
}

void BuildStore::remove(const BuildId& which)
{
    const BuildId id = which; // the caller's may live in what is removed
    flush();
    if (!m_set.remove(id))
        return;
    m_pending.builds[id].flags |= Change::Removed;
    flush();
}

void BuildStore::flush()
{
    m_frame.stop();
    if (m_pending.builds.empty())
        return;
    const ChangeSet changes = std::move(m_pending);
    m_pending = {};
    Q_EMIT changed(changes);
}

} // namespace layerline
