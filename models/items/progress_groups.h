// Steps that BuildKit asks to show as one (a vertex's progressGroup): the parts of a COPY with an inline document, the
// package installs of another frontend. Only views fold them; counting, lists and JSON know single steps.
#pragma once

#include "domain/build.h"

#include <string>
#include <vector>

namespace layerline {

struct ProgressGroup {
    std::string name;             ///< as announced, in the form of a step's name or not
    std::uint32_t record = 0;
    StepIndex leader = noStep;    ///< stands for all: the one named like the group, else the first that is not weak
    std::vector<StepIndex> steps; ///< at least two, in order of announcement
    std::string key() const { return std::to_string(record) + "\n" + name; }
};

/// The groups of a build; those of one step only are none.
class ProgressGroups {
public:
    ProgressGroups() = default;
    explicit ProgressGroups(const Build& build);
    const std::vector<ProgressGroup>& all() const { return m_groups; }
    /// Null when the step is in no group.
    const ProgressGroup* of(StepIndex step) const;

private:
    std::vector<ProgressGroup> m_groups;
    std::vector<int> m_groupOf; ///< by step; -1 = none; empty when there are no groups
};

/// The group as a step of its own, for whoever makes titles and labels of steps.
Step stepForGroup(const ProgressGroup& group);

} // namespace layerline
