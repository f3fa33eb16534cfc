// What is known about the rest of each running build, for all who show it.
#pragma once

#include "domain/estimate.h"

#include <QObject>

#include <unordered_map>

namespace layerline {

/// Written by whoever estimates, read by the list, the header, the timeline and the inspector. Lives on the GUI thread.
class EstimateBoard : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Null when nothing is known about the build; good until the next change.
    const BuildEstimate* find(const BuildId& id) const;
    /// Announces only what differs. An empty estimate is none.
    void set(const BuildId& id, const BuildEstimate& estimate);
    void remove(const BuildId& id);

Q_SIGNALS:
    void changed(const layerline::BuildId& id);

private:
    std::unordered_map<BuildId, BuildEstimate> m_estimates;
};

} // namespace layerline
