#include "analysis/workflow/job_legs.h"

#include "analysis/workflow/build_calls.h"
#include "analysis/workflow/matrix.h"

#include <algorithm>
#include <set>

namespace layerline {

using Json = nlohmann::ordered_json;

namespace {

constexpr int deepestCall = 4; // GitHub's limit for reusable workflows that call others

/// "build (linux/arm64, ubuntu-24.04-arm)": values of the leg, objects left out, as GitHub does.
std::string legName(const WorkflowJob& job, const Json& matrix, const ExpressionContext& context)
{
    if (!job.name.empty())
        return resolvedText(job.name, context);
    std::string values;
    for (const Json& value : matrix) {
        if (!value.is_structured())
            values += (values.empty() ? "" : ", ") + expressionText(value);
    }
    return values.empty() ? job.id : job.id + " (" + values + ")";
}

Json knownTexts(const TextMap& map, const ExpressionContext& context, Json object)
{
    for (const auto& [key, value] : map) {
        const auto outcome = evaluateTemplate(value, context);
        if (outcome && outcome->known())
            object[key] = expressionText(outcome->values[0]);
        else
            object.erase(key);
    }
    return object;
}

void addChoices(RunsOn& to, const Outcomes& outcome)
{
    to.open |= outcome.open || outcome.openFalsy;
    for (const Json& value : outcome.values) {
        std::vector<std::string> labels;
        if (value.is_array()) {
            for (const Json& label : value)
                labels.push_back(expressionText(label));
        } else {
            labels.push_back(expressionText(value));
        }
        to.choices.push_back(std::move(labels));
    }
}

/// A list's labels one by one: each must be known for the choice to be.
void addList(RunsOn& to, const YamlNode& list, const ExpressionContext& context)
{
    std::vector<std::string> labels;
    for (const YamlEntry& entry : list.entries) {
        const auto outcome = evaluateTemplate(entry.value->scalar, context);
        if (outcome && outcome->known())
            labels.push_back(expressionText(outcome->values[0]));
        else
            to.open = true;
    }
    to.choices.push_back(std::move(labels));
}

void findPlatform(RunsOn& runsOn, const RunnerTable& runners)
{
    std::set<Platform> found;
    for (const auto& labels : runsOn.choices) {
        auto platform = runnerPlatform(labels, runners);
        const bool unknown = !platform && labels.size() == 1 && !selfHosted(labels, runners);
        if (unknown) {
            const auto nearest = nearestLabel(labels[0], runners);
            // Without a likely meaning it may be a larger runner somebody named.
            if (nearest) {
                runsOn.unknownLabel = labels[0];
                platform = runners.find(*nearest)->platform;
            }
        }
        found.insert(platform.value_or(Platform()));
    }
    if (!runsOn.open && found.size() == 1 && !found.begin()->empty())
        runsOn.platform = *found.begin();
}

RunsOn runsOnOf(const YamlNode* node, const ExpressionContext& context, const RunnerTable& runners)
{
    RunsOn result;
    if (!node)
        return result;
    const YamlNode* labels = node->isMap() ? node->find("labels") : node;
    if (node->isMap() && node->find("group"))
        result.group = resolvedText(node->find("group")->scalar, context);
    if (!labels)
        result.open = true;
    else if (labels->isSequence())
        addList(result, *labels, context);
    else if (const auto outcome = evaluateTemplate(labels->scalar, context))
        addChoices(result, *outcome);
    findPlatform(result, runners);
    return result;
}

/// What runner.arch is on a machine of that platform.
const char* runnerArch(const Platform& platform)
{
    return platform.arch == "arm64" ? "ARM64" : platform.arch == "arm" ? "ARM" : "X64";
}

/// The file whose jobs are multiplied out.
struct Caller {
    std::string prefix;                     ///< of its jobs' names: "images / "
    std::shared_ptr<const Workflow> called; ///< null for the file it began with
    std::string origin;                     ///< "owner/repo@ref" of a file of another repository
    int depth = 0;
};

class Expander {
public:
    Expander(const RunnerTable& runners, const WorkflowLookup& lookup, const BakeSources* bake) : m_runners(runners), m_lookup(lookup), m_bake(bake) {}

    std::optional<Error> add(const Workflow& workflow, const ExpressionContext& outer, const Caller& caller)
    {
        for (const WorkflowJob& job : workflow.jobs) {
            ExpressionContext context = outer;
            context.values["env"] = knownTexts(workflow.env, context, Json::object());
            const auto matrix = expandMatrix(job.matrix, context);
            if (!matrix)
                return matrix.error();
            m_result.open |= matrix->open;
            for (const Json& values : matrix->legs) {
                if (const auto wrong = addLeg(workflow, job, values, context, caller))
                    return wrong;
            }
        }
        return std::nullopt;
    }

    Legs take()
    {
        m_result.bakeUnread.assign(m_bakeUnread.begin(), m_bakeUnread.end());
        return std::move(m_result);
    }

private:
    std::optional<Error> addLeg(const Workflow& workflow, const WorkflowJob& job, const Json& matrix, ExpressionContext context, const Caller& caller)
    {
        context.values["matrix"] = matrix;
        context.complete.insert("matrix");
        context.values["env"] = knownTexts(job.env, context, context.values["env"]);
        const std::string name = caller.prefix + legName(job, matrix, context);
        if (job.uses && !isGithubBuilder(job))
            return addCalled(job, context, name, caller);
        JobLeg leg;
        leg.job = &job;
        leg.called = caller.called;
        leg.matrix = matrix;
        leg.name = name;
        leg.runsOn = runsOnOf(job.runsOn, context, m_runners);
        if (leg.runsOn.platform)
            context.values["runner"] = {{"arch", runnerArch(*leg.runsOn.platform)}};
        leg.context = std::move(context);
        const BakeScope scope{&workflow.env, m_bake, &m_bakeUnread};
        if (isGithubBuilder(job)) {
            for (JobLeg& part : githubBuilderLegs(leg, m_runners, scope))
                m_result.legs.push_back(std::move(part));
            return std::nullopt;
        }
        findBuildCalls(leg, scope);
        m_result.legs.push_back(std::move(leg));
        return std::nullopt;
    }

    std::optional<Error> addCalled(const WorkflowJob& job, const ExpressionContext& context, const std::string& name, const Caller& caller)
    {
        const std::string key = workflowKey(*job.uses, caller.origin);
        const auto workflow = m_lookup && caller.depth < deepestCall ? m_lookup(key) : nullptr;
        if (!workflow) {
            m_result.unread.push_back(key);
            return std::nullopt;
        }
        ExpressionContext inner;
        Json inputs = Json::object();
        if (const WorkflowTrigger* trigger = workflow->trigger("workflow_call")) {
            for (const DeclaredInput& input : trigger->inputs)
                inputs[input.name] = input.type == "boolean" ? Json(input.defaultValue == "true") : Json(input.defaultValue);
        }
        for (const auto& [input, value] : job.with) {
            const auto outcome = evaluateTemplate(value, context);
            if (outcome && outcome->known())
                inputs[input] = outcome->values[0];
            else
                inputs.erase(input);
        }
        inner.values["inputs"] = inputs;
        return add(*workflow, inner, {name + " / ", workflow, workflowOrigin(*job.uses, caller.origin), caller.depth + 1});
    }

    const RunnerTable& m_runners;
    const WorkflowLookup& m_lookup;
    const BakeSources* m_bake;
    std::set<std::string> m_bakeUnread;
    Legs m_result;
};

bool isLocal(const ActionRef& uses) { return uses.name.compare(0, 2, "./") == 0; }

} // namespace

std::string workflowOrigin(const ActionRef& uses, const std::string& origin) { return isLocal(uses) ? origin : uses.name + "@" + uses.ref; }

std::string workflowKey(const ActionRef& uses, const std::string& origin)
{
    if (!isLocal(uses))
        return uses.name + "/" + uses.path + "@" + uses.ref;
    const std::size_t sign = origin.find('@');
    return sign == std::string::npos ? uses.name : origin.substr(0, sign) + uses.name.substr(1) + origin.substr(sign);
}

Result<Legs> expandJobs(const Workflow& workflow, const RunnerTable& runners, const WorkflowLookup& lookup, const BakeSources* bake)
{
    Expander expander(runners, lookup, bake);
    if (const auto wrong = expander.add(workflow, {}, {}))
        return *wrong;
    return expander.take();
}

std::vector<Platform> platformsOf(const JobLeg& leg, const BuildCall& build)
{
    if (build.platforms.empty() && !build.platformsOpen && leg.runsOn.platform)
        return {*leg.runsOn.platform};
    return build.platforms;
}

Execution executionOf(const JobLeg& leg, const Platform& platform)
{
    if (!leg.runsOn.platform)
        return leg.qemu ? Execution::Emulated : Execution::Unknown;
    const Execution native = executionOn(*leg.runsOn.platform, platform);
    return native != Execution::Emulated || leg.qemu ? native : Execution::Cross;
}

const char* toString(BuildStyle style)
{
    switch (style) {
    case BuildStyle::None: return "none";
    case BuildStyle::Unknown: return "unknown";
    case BuildStyle::SinglePlatform: return "single-platform";
    case BuildStyle::Qemu: return "qemu";
    case BuildStyle::NativeMatrix: return "native-matrix";
    case BuildStyle::Mixed: return "mixed";
    case BuildStyle::CrossCompile: return "cross-compile";
    }
    return "unknown";
}

namespace {

/// Facts about all builds, to judge the style from.
struct Tally {
    std::set<Platform> native, emulated, cross, pushed, all;
    std::set<std::string> architectures; ///< on which something is built natively
    bool builds = false, unknown = false, open = false, pushes = false;
};

void count(Tally& tally, const JobLeg& leg, const BuildCall& build)
{
    tally.builds = true;
    tally.open |= build.platformsOpen;
    tally.pushes |= build.pushes;
    const std::vector<Platform> platforms = platformsOf(leg, build);
    tally.unknown |= platforms.empty();
    for (const Platform& platform : platforms) {
        tally.all.insert(platform);
        if (build.pushes)
            tally.pushed.insert(platform);
        switch (executionOf(leg, platform)) {
        case Execution::Native:
            tally.native.insert(platform);
            tally.architectures.insert(leg.runsOn.platform->arch);
            break;
        case Execution::Emulated: tally.emulated.insert(platform); break;
        case Execution::Cross: tally.cross.insert(platform); break;
        case Execution::Unknown: tally.unknown = true; break;
        }
    }
}

BuildStyle styleOf(const Tally& tally)
{
    if (!tally.builds)
        return BuildStyle::None;
    const bool severalNative = tally.architectures.size() > 1;
    if (!tally.emulated.empty())
        return severalNative ? BuildStyle::Mixed : BuildStyle::Qemu;
    if (!tally.cross.empty())
        return severalNative ? BuildStyle::Mixed : BuildStyle::CrossCompile;
    if (severalNative)
        return BuildStyle::NativeMatrix;
    return tally.unknown || tally.open ? BuildStyle::Unknown : BuildStyle::SinglePlatform;
}

std::vector<Platform> listOf(const std::set<Platform>& set)
{
    return {set.begin(), set.end()};
}

} // namespace

BuildSummary summarise(const Legs& legs)
{
    Tally tally;
    BuildSummary result;
    std::set<std::string> unknownLabels;
    for (const JobLeg& leg : legs.legs) {
        if (!leg.runsOn.unknownLabel.empty())
            unknownLabels.insert(leg.runsOn.unknownLabel);
        for (const BuildCall& build : leg.builds) {
            count(tally, leg, build);
            for (const std::string& cache : build.cacheTo) {
                if (settingOf(cache, "type") == "gha")
                    result.cacheWriters.push_back({settingOf(cache, "scope").empty() ? defaultCacheScope : settingOf(cache, "scope"), leg.name,
                                                   platformsOf(leg, build), {}});
            }
        }
    }
    result.style = styleOf(tally);
    result.promised = listOf(tally.pushes ? tally.pushed : tally.all);
    result.promisedOpen = tally.open || legs.open || !legs.unread.empty();
    result.native = listOf(tally.native);
    result.emulated = listOf(tally.emulated);
    result.cross = listOf(tally.cross);
    result.unknownLabels.assign(unknownLabels.begin(), unknownLabels.end());
    return result;
}

} // namespace layerline
