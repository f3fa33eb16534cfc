#include "widgets/timeline/timeline_labels.h"

#include "items/step_label.h"

#include <QFontMetricsF>

#include <cmath>

namespace layerline {

namespace {
constexpr int readable = 190; ///< pixels a label may ask for in packing
}

void TimelineLabels::setBuild(const Build* build, const QFont& font)
{
    const BuildId id = build ? build->id : BuildId{};
    const std::uint64_t structure = build ? build->structureRevision : 0;
    if (id != m_id || structure != m_structure || font != m_font)
        m_labels.clear();
    m_build = build;
    m_id = id;
    m_structure = structure;
    m_font = font;
}

const std::vector<TimelineLabels::Label>& TimelineLabels::of(StepIndex step) const
{
    const auto [found, added] = m_labels.try_emplace(raw(step));
    if (added && m_build && raw(step) < m_build->steps.size()) {
        const QFontMetricsF metrics(m_font);
        for (const QString& text : stepLabels(m_build->step(step)))
            found->second.push_back({text, int(std::ceil(metrics.horizontalAdvance(text)))});
    }
    return found->second;
}

const TimelineLabels::Label* TimelineLabels::fitting(StepIndex step, int width) const
{
    for (const Label& label : of(step)) {
        if (label.width <= width)
            return &label;
    }
    return nullptr;
}

int TimelineLabels::wantedWidth(StepIndex step) const
{
    const Label* label = fitting(step, readable);
    return label ? label->width : 0;
}

} // namespace layerline
