#include "items/selection_state.h"

namespace layerline {

void SelectionState::setBuild(const BuildId& build)
{
    if (m_build == build)
        return;
    m_build = build;
    m_step = noStep;
    m_platform.reset();
    m_range.reset();
    Q_EMIT buildChanged();
    Q_EMIT stepChanged();
    Q_EMIT platformChanged();
    Q_EMIT rangeChanged();
}

void SelectionState::setStep(StepIndex step)
{
    if (m_step == step)
        return;
    m_step = step;
    Q_EMIT stepChanged();
}

void SelectionState::setPlatform(const std::optional<Platform>& platform)
{
    if (m_platform == platform)
        return;
    m_platform = platform;
    Q_EMIT platformChanged();
}

void SelectionState::setRange(const std::optional<TimeRange>& range)
{
    if (m_range == range)
        return;
    m_range = range;
    Q_EMIT rangeChanged();
}

} // namespace layerline
