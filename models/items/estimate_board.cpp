#include "items/estimate_board.h"

namespace layerline {

const BuildEstimate* EstimateBoard::find(const BuildId& id) const
{
    const auto found = m_estimates.find(id);
    return found == m_estimates.end() ? nullptr : &found->second;
}

void EstimateBoard::set(const BuildId& id, const BuildEstimate& estimate)
{
    if (!estimate.left && estimate.lanes.empty() && estimate.steps.empty()) {
        remove(id);
        return;
    }
    BuildEstimate& known = m_estimates[id];
    if (known == estimate)
        return;
    known = estimate;
    Q_EMIT changed(id);
}

void EstimateBoard::remove(const BuildId& id)
{
    if (m_estimates.erase(id) > 0)
        Q_EMIT changed(id);
}

} // namespace layerline
