#include "domain/graph.h"

#include <algorithm>
#include <map>
#include <set>

namespace layerline {

namespace {

constexpr std::size_t maxPlatforms = 64; ///< one bit each

/// Works on one record: edges never cross records, and platforms of a multi-node build are each node's own.
class RecordGraph {
public:
    RecordGraph(Build& build, std::uint32_t record) : m_build(build), m_record(record) {}

    void analyse();

private:
    void connect();
    void sort();
    void spreadNeeds();
    void findRunsOn();
    void findStages();
    std::vector<Platform> recordPlatforms() const;
    int platformBit(const Platform& platform);
    /// The platform of the nearest step that names one, itself included, towards the inputs.
    struct Nearest {
        const Platform* platform = nullptr;
        std::uint32_t distance = 0;
    };
    std::vector<Nearest> nearestNamed(std::optional<Platform> StepName::*name) const;
    Step& step(StepIndex index) { return m_build.step(index); }

    Build& m_build;
    std::uint32_t m_record;
    std::vector<StepIndex> m_steps; ///< of this record; inputs before dependents after sort()
    std::vector<Platform> m_platforms;
    std::vector<std::uint64_t> m_needs; ///< by raw step index
};

void RecordGraph::connect()
{
    for (std::uint32_t i = 0; i < m_build.steps.size(); ++i) {
        Step& own = m_build.steps[i];
        if (own.record != m_record)
            continue;
        m_steps.push_back(StepIndex{i});
        own.inputSteps.clear();
        own.dependents.clear();
    }
    for (const StepIndex index : m_steps) {
        for (const StepDigest& digest : step(index).inputs) {
            const StepIndex input = m_build.find(m_record, digest);
            auto& inputs = step(index).inputSteps;
            if (input == noStep || input == index || std::find(inputs.begin(), inputs.end(), input) != inputs.end())
                continue;
            inputs.push_back(input);
            step(input).dependents.push_back(index);
        }
    }
}

/// Kahn's order. Digests make cycles impossible in real graphs; hostile input may have one: its steps come last, unsorted.
void RecordGraph::sort()
{
    std::vector<std::uint32_t> open(m_build.steps.size(), 0);
    std::vector<StepIndex> order;
    order.reserve(m_steps.size());
    for (const StepIndex index : m_steps) {
        open[raw(index)] = std::uint32_t(step(index).inputSteps.size());
        if (open[raw(index)] == 0)
            order.push_back(index);
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
        for (const StepIndex dependent : step(order[i]).dependents) {
            if (--open[raw(dependent)] == 0)
                order.push_back(dependent);
        }
    }
    if (order.size() != m_steps.size()) {
        for (const StepIndex index : m_steps) {
            if (open[raw(index)] > 0)
                order.push_back(index);
        }
    }
    m_steps = std::move(order);
}

std::vector<Platform> RecordGraph::recordPlatforms() const
{
    const ev::RecordUpdated& info = m_build.records[m_record].info;
    if (const auto asked = info.frontendAttrs.find("platform"); asked != info.frontendAttrs.end()) {
        if (auto platforms = parsePlatformList(asked->second); !platforms.empty())
            return platforms;
    }
    if (const auto refs = info.exporterResponse.find("refs.platforms"); refs != info.exporterResponse.end()) {
        if (auto platforms = parsePlatformList(refs->second); !platforms.empty())
            return platforms;
    }
    // Without either: those the names promise, else the worker's own.
    std::set<Platform> named;
    for (const StepIndex index : m_steps) {
        const Step& own = m_build.step(index);
        if (own.parsed.target && own.dependents.empty())
            named.insert(*own.parsed.target);
    }
    if (named.empty()) {
        for (const StepIndex index : m_steps) {
            if (m_build.step(index).parsed.target)
                named.insert(*m_build.step(index).parsed.target);
        }
    }
    if (named.empty()) {
        if (const auto native = m_build.records[m_record].nativePlatform())
            named.insert(*native);
    }
    return {named.begin(), named.end()};
}

int RecordGraph::platformBit(const Platform& platform)
{
    const auto at = std::find(m_platforms.begin(), m_platforms.end(), platform);
    if (at != m_platforms.end())
        return int(at - m_platforms.begin());
    if (m_platforms.size() >= maxPlatforms)
        return -1;
    m_platforms.push_back(platform);
    return int(m_platforms.size() - 1);
}

/// By raw step index, for all steps in one pass from the inputs upwards: a build whose names say nothing would be searched
/// to its bottom once per step otherwise. Among equally near ones the first input (the root file system) wins.
std::vector<RecordGraph::Nearest> RecordGraph::nearestNamed(std::optional<Platform> StepName::*name) const
{
    std::vector<Nearest> nearest(m_build.steps.size());
    for (const StepIndex index : m_steps) {
        const Step& own = m_build.step(index);
        Nearest& found = nearest[raw(index)];
        if (const auto& named = own.parsed.*name) {
            found = {&*named, 0};
            continue;
        }
        for (const StepIndex input : own.inputSteps) {
            const Nearest& below = nearest[raw(input)];
            if (below.platform && (!found.platform || below.distance + 1 < found.distance))
                found = {below.platform, below.distance + 1};
        }
    }
    return nearest;
}

/// A step that belongs to no platform's file system: loading, authorising, exporting.
bool servesAll(const Step& step)
{
    return step.inputSteps.empty() && step.dependents.empty() && !step.parsed.target && step.parsed.kind != StepKind::Instruction;
}

void RecordGraph::spreadNeeds()
{
    m_platforms = recordPlatforms();
    if (m_platforms.size() > maxPlatforms)
        m_platforms.resize(maxPlatforms);
    const std::uint64_t all = m_platforms.size() >= 64 ? ~0ull : (1ull << m_platforms.size()) - 1;
    m_needs.assign(m_build.steps.size(), 0);

    const std::vector<Nearest> targets = nearestNamed(&StepName::target);
    std::vector<StepIndex> terminals;
    std::uint64_t seeded = 0;
    for (const StepIndex index : m_steps) {
        if (!step(index).dependents.empty() || servesAll(step(index)))
            continue;
        terminals.push_back(index);
        if (const Platform* target = targets[raw(index)].platform) {
            if (const int bit = platformBit(*target); bit >= 0)
                m_needs[raw(index)] = 1ull << bit;
        } else {
            m_needs[raw(index)] = all;
        }
        seeded |= m_needs[raw(index)];
    }
    // One result for several platforms (FROM --platform=$BUILDPLATFORM, nothing platform specific): it carries one name, and serves all.
    if (terminals.size() == 1)
        m_needs[raw(terminals.front())] |= all;

    for (auto at = m_steps.rbegin(); at != m_steps.rend(); ++at) {
        if (servesAll(step(*at)))
            m_needs[raw(*at)] = all;
        for (const StepIndex input : step(*at).inputSteps)
            m_needs[raw(input)] |= m_needs[raw(*at)];
    }
    for (const StepIndex index : m_steps) {
        auto& needed = step(index).neededBy;
        needed.clear();
        for (std::size_t bit = 0; bit < m_platforms.size(); ++bit) {
            if (m_needs[raw(index)] >> bit & 1)
                needed.push_back(m_platforms[bit]);
        }
        std::sort(needed.begin(), needed.end());
    }
}

void RecordGraph::findRunsOn()
{
    const std::optional<Platform> native = m_build.records[m_record].nativePlatform();
    // A build for one platform names none; without provenance (yet) its RUNs run on what was asked for.
    const std::optional<Platform> only = m_platforms.size() == 1 ? std::optional(m_platforms.front()) : std::nullopt;
    const std::vector<Nearest> named = nearestNamed(&StepName::runsOn);
    for (const StepIndex index : m_steps) {
        Step& own = step(index);
        const Platform* nearest = named[raw(index)].platform;
        own.runsOn = nearest ? std::optional(*nearest) : std::nullopt;
        if (!own.runsOn && own.provenance)
            own.runsOn = own.provenance->platform;
        if (!own.runsOn && only && own.parsed.kind == StepKind::Instruction)
            own.runsOn = only;
        if (!own.runsOn)
            own.runsOn = native;
        own.execution = native && own.runsOn ? executionOn(*native, *own.runsOn) : Execution::Unknown;
        if (own.parsed.cross && own.execution == Execution::Native)
            own.execution = Execution::Cross;
    }
}

/// A FROM that several stages share is one vertex with one stage's name. A step numbered i > 1 whose predecessor
/// (i - 1) bears another stage's name proves that the predecessor belongs to this stage as well.
void RecordGraph::findStages()
{
    for (const StepIndex index : m_steps) {
        Step& own = step(index);
        own.stages.clear();
        if (own.parsed.index > 0)
            own.stages.push_back({own.parsed.stage, own.parsed.index, own.parsed.count});
    }
    for (const StepIndex index : m_steps) {
        const StepName name = step(index).parsed;
        StepIndex below = index;
        for (int position = name.index - 1; position >= 1 && !step(below).inputSteps.empty(); --position) {
            below = step(below).inputSteps.front();
            Step& shared = step(below);
            if (shared.parsed.index != position || shared.parsed.stage == name.stage)
                break;
            const StagePosition also{name.stage, position, name.count};
            if (std::find(shared.stages.begin(), shared.stages.end(), also) == shared.stages.end())
                shared.stages.push_back(also);
        }
    }
}

void RecordGraph::analyse()
{
    connect();
    sort();
    spreadNeeds();
    findRunsOn();
    findStages();
}

void collect(const Build& build, StepIndex from, bool towardsInputs, std::set<StepIndex>& seen)
{
    std::vector<StepIndex> queue{from};
    std::set<StepIndex> visited{from};
    for (std::size_t i = 0; i < queue.size(); ++i) {
        const Step& step = build.step(queue[i]);
        for (const StepIndex next : towardsInputs ? step.inputSteps : step.dependents) {
            if (visited.insert(next).second)
                queue.push_back(next);
        }
    }
    seen.insert(visited.begin(), visited.end());
}

} // namespace

void analyseGraph(Build& build)
{
    if (build.analysedRevision == build.structureRevision)
        return;
    std::set<Platform> platforms;
    for (std::uint32_t record = 0; record < build.records.size(); ++record)
        RecordGraph(build, record).analyse();
    for (const Step& step : build.steps)
        platforms.insert(step.neededBy.begin(), step.neededBy.end());
    build.platforms.assign(platforms.begin(), platforms.end());
    build.analysedRevision = build.structureRevision;
}

std::vector<StepIndex> relatives(const Build& build, StepIndex of)
{
    std::set<StepIndex> seen;
    if (raw(of) < build.steps.size()) {
        collect(build, of, true, seen);
        collect(build, of, false, seen);
    }
    return {seen.begin(), seen.end()};
}

} // namespace layerline
