#include "items/progress_groups.h"

#include <algorithm>
#include <map>

namespace layerline {

namespace {

StepIndex leaderOf(const Build& build, const ProgressGroup& group)
{
    const auto named = std::find_if(group.steps.begin(), group.steps.end(), [&](StepIndex step) { return build.step(step).name == group.name; });
    if (named != group.steps.end())
        return *named;
    const auto strong = std::find_if(group.steps.begin(), group.steps.end(), [&](StepIndex step) { return !build.step(step).groupWeak; });
    return strong != group.steps.end() ? *strong : group.steps.front();
}

} // namespace

ProgressGroups::ProgressGroups(const Build& build)
{
    std::map<std::pair<std::uint32_t, std::string>, std::vector<StepIndex>> byName;
    for (std::uint32_t i = 0; i < build.steps.size(); ++i) {
        const Step& step = build.steps[i];
        if (!step.group.empty())
            byName[{step.record, step.group}].push_back(StepIndex{i});
    }
    for (auto& [id, steps] : byName) {
        if (steps.size() < 2)
            continue;
        if (m_groupOf.empty())
            m_groupOf.assign(build.steps.size(), -1);
        for (const StepIndex step : steps)
            m_groupOf[raw(step)] = int(m_groups.size());
        m_groups.push_back({id.second, id.first, noStep, std::move(steps)});
        m_groups.back().leader = leaderOf(build, m_groups.back());
    }
}

const ProgressGroup* ProgressGroups::of(StepIndex step) const
{
    if (raw(step) >= m_groupOf.size() || m_groupOf[raw(step)] < 0)
        return nullptr;
    return &m_groups[std::size_t(m_groupOf[raw(step)])];
}

Step stepForGroup(const ProgressGroup& group)
{
    Step step;
    step.name = group.name;
    step.parsed = parseStepName(group.name);
    return step;
}

} // namespace layerline
