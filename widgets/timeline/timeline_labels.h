// Label texts of steps with their widths, measured once.
#pragma once

#include "items/build_text.h"
#include "items/timeline_model.h"

#include <QFont>
#include <QHash>
#include <QString>

#include <optional>
#include <unordered_map>
#include <vector>

namespace layerline {

class TimelineLabels {
public:
    struct Label {
        QString text;
        int width = 0; ///< pixels of the text alone
    };

    /// Forgets everything when the build's structure, what is secret in it, its open groups or the font are others. `model` outlives this.
    void setModel(const TimelineModel& model, const QFont& font);
    const QFont& font() const { return m_font; }

    /// From long to short; the group's when the step stands for a folded one.
    const std::vector<Label>& of(StepIndex step) const;
    /// The longest of at most `width` pixels; nullptr when none is that short.
    const Label* fitting(StepIndex step, int width) const;
    /// What packing makes room for: the longest label of a readable length.
    int wantedWidth(StepIndex step) const;

private:
    const TimelineModel* m_model = nullptr;
    BuildId m_id;
    std::uint64_t m_groupRevision = 0;
    std::uint64_t m_structure = 0;
    std::uint64_t m_revision = 0;
    std::optional<BuildText> m_shown; ///< masks the build's secrets; none without a build
    QFont m_font;
    /// Measuring costs far more than looking up, and the steps of several platforms are called the same.
    int widthOf(const QString& text) const;

    mutable std::unordered_map<std::uint32_t, std::vector<Label>> m_labels;
    mutable QHash<QString, int> m_widths; ///< of texts in m_font
};

} // namespace layerline
