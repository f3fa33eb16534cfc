// BuildSet for a GUI: batches in, at most one change signal a frame out.
#pragma once

#include "domain/build_set.h"

#include <QObject>
#include <QTimer>

namespace layerline {

/// What changed since the last signal.
struct ChangeSet {
    BuildSet::Changes builds;
};

/// Lives on the GUI thread. Sources post batches from any thread with a queued call of apply().
class BuildStore : public QObject {
    Q_OBJECT
public:
    explicit BuildStore(QObject* parent = nullptr);

    void apply(const EventBatchPtr& batch);
    /// Takes over builds that were reduced elsewhere, in place of those that share a record with them. Cheap whatever
    /// their size.
    void adopt(BuildSet&& builds);
    void remove(const BuildId& id);
    /// Limits for what comes from now on.
    void setCaps(const Caps& caps) { m_set.setCaps(caps); }
    const BuildSet& builds() const { return m_set; }
    const Build* find(const BuildId& id) const { return m_set.find(id); }
    /// Sends what is pending now instead of at the next frame (tests, shutdown, screenshots).
    void flush();

Q_SIGNALS:
    void changed(const layerline::ChangeSet& changes);

private:
    BuildSet m_set;
    ChangeSet m_pending;
    QTimer m_frame;
};

} // namespace layerline
