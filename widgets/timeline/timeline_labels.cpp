#include "widgets/timeline/timeline_labels.h"

#include "items/step_label.h"

#include <QFontMetricsF>

#include <cmath>

namespace layerline {

namespace {
constexpr int mostWidths = 20'000; ///< texts whose width is remembered
constexpr int readable = 190; ///< pixels a label may ask for in packing

/// "COPY <<EOF /etc/app.conf (2)"
QStringList groupLabels(const ProgressGroup& group, const BuildText& shown)
{
    QStringList labels = stepLabels(stepForGroup(group), shown);
    for (QString& label : labels)
        label += QStringLiteral(" (%1)").arg(group.steps.size());
    return labels;
}
}

void TimelineLabels::setModel(const TimelineModel& model, const QFont& font)
{
    const Build* build = model.build();
    const BuildId id = build ? build->id : BuildId{};
    const std::uint64_t structure = build ? build->structureRevision : 0;
    if (id != m_id || structure != m_structure || font != m_font)
        m_labels.clear();
    if (id != m_id || !m_shown || (build && build->revision != m_revision)) {
        // A record's arguments may come after its steps.
        auto shown = build ? std::optional<BuildText>(*build) : std::nullopt;
        if (shown != m_shown)
            m_labels.clear();
        m_shown = std::move(shown);
        m_revision = build ? build->revision : 0;
    }
    if (model.groupRevision() != m_groupRevision)
        m_labels.clear();
    m_groupRevision = model.groupRevision();
    m_model = &model;
    m_id = id;
    m_structure = structure;
    if (font != m_font || m_widths.size() > mostWidths)
        m_widths.clear();
    m_font = font;
}

const std::vector<TimelineLabels::Label>& TimelineLabels::of(StepIndex step) const
{
    const auto [found, added] = m_labels.try_emplace(raw(step));
    const Build* build = m_model ? m_model->build() : nullptr;
    if (added && build && m_shown && raw(step) < build->steps.size()) {
        const ProgressGroup* group = m_model->groupOf(step);
        const bool folded = group && m_model->folded(*group);
        for (const QString& text : folded ? groupLabels(*group, *m_shown) : stepLabels(build->step(step), *m_shown))
            found->second.push_back({text, widthOf(text)});
    }
    return found->second;
}

int TimelineLabels::widthOf(const QString& text) const
{
    const auto known = m_widths.constFind(text);
    if (known != m_widths.constEnd())
        return *known;
    return *m_widths.insert(text, int(std::ceil(QFontMetricsF(m_font).horizontalAdvance(text))));
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
