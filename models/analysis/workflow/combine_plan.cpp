// Whether a matrix only splits architectures, and what it takes to make one job of it again.
#include "analysis/workflow/combine_plan.h"

#include "analysis/workflow/build_calls.h"
#include "analysis/workflow/expression_tokens.h"
#include "analysis/workflow/migrate_plan.h"
#include "analysis/workflow/shell_text.h"

#include <algorithm>

namespace layerline {

namespace {

using Reason = std::optional<std::string>;
using Steps = std::vector<const WorkflowStep*>;

bool holds(const Steps& steps, const WorkflowStep& step)
{
    return std::find(steps.begin(), steps.end(), &step) != steps.end();
}

std::string calledStep(const WorkflowStep& step)
{
    return "line " + std::to_string(step.line) + (step.name.empty() ? std::string() : " (" + step.name + ")");
}

/// Every reference in the expressions below a node.
void addReferences(const YamlNode& node, bool condition, std::set<std::string>& to)
{
    if (node.isScalar()) {
        for (const std::string& path : condition ? conditionReferences(node.scalar) : expressionReferences(node.scalar))
            to.insert(path);
    }
    for (const YamlEntry& entry : node.entries)
        addReferences(*entry.value, entry.key && entry.key->scalar == "if", to);
}

/// What a step does, whatever it is called.
nlohmann::ordered_json deedOf(const WorkflowStep& step)
{
    auto json = toJson(*step.entry->value);
    json.erase("name");
    return json;
}

class CombinePlanner {
public:
    CombinePlanner(const Editing& editing, const WorkflowJob& job, CombinePlan& plan) : m_editing(editing), m_job(job), m_plan(plan) {}

    Reason plan()
    {
        for (const auto part : {&CombinePlanner::planMatrix, &CombinePlanner::planMergeJob, &CombinePlanner::planBuilds, &CombinePlanner::planPlumbing,
                                &CombinePlanner::planMoves, &CombinePlanner::planRest}) {
            if (const Reason why = (this->*part)())
                return why;
        }
        return std::nullopt;
    }

private:
    // ---- what is there -------------------------------------------------------------------------------------------------

    /// Keys that only tell the platform are to go; the others stay.
    Reason planMatrix()
    {
        if (!m_job.matrix || !m_job.matrix->isMap() || m_plan.legs.size() < 2 || m_editing.legs.open)
            return "its platforms are no matrix";
        std::set<std::string> seen;
        for (const JobLeg* leg : m_plan.legs) {
            if (leg->builds.empty() || leg->builds[0].platforms.size() > 1 || (leg->builds[0].platforms.empty() && !leg->runsOn.platform))
                return "a leg's platform can't be told from the file";
            const Platform platform = platformOf(*leg);
            if (seen.insert(platform.str()).second)
                m_plan.platforms.push_back(platform);
        }
        const bool lists = std::any_of(m_job.matrix->entries.begin(), m_job.matrix->entries.end(),
                                       [](const YamlEntry& entry) { return entry.key->scalar != "include" && entry.key->scalar != "exclude"; });
        for (auto it = m_plan.legs[0]->matrix.begin(); it != m_plan.legs[0]->matrix.end(); ++it)
            (tellsPlatform(it.key()) || !lists ? m_plan.platformKeys : m_plan.otherKeys).insert(it.key());
        for (const JobLeg* leg : m_plan.legs) {
            for (auto it = leg->matrix.begin(); it != leg->matrix.end(); ++it) {
                if (!m_plan.otherKeys.count(it.key()))
                    m_plan.platformKeys.insert(it.key());
            }
        }
        if (m_plan.legs.size() % m_plan.platforms.size() != 0 || (m_plan.otherKeys.empty() && m_plan.legs.size() != m_plan.platforms.size()))
            return "the matrix splits more than the platforms";
        std::set<std::string> combinations;
        for (const JobLeg* leg : m_plan.legs)
            combinations.insert(platformOf(*leg).str() + m_plan.others(*leg));
        if (combinations.size() != m_plan.legs.size())
            return "the matrix splits more than the platforms";
        for (const char* key : {"include", "exclude"}) {
            if (!m_plan.otherKeys.empty() && m_job.matrix->find(key))
                return std::string("the matrix has '") + key + "' beside its lists";
        }
        return std::nullopt;
    }

    static Platform platformOf(const JobLeg& leg)
    {
        return leg.builds[0].platforms.empty() ? *leg.runsOn.platform : leg.builds[0].platforms[0];
    }

    /// Is the key's value the same for every leg of a platform, and another one for another platform?
    bool tellsPlatform(const std::string& key) const
    {
        std::map<std::string, std::string> values;
        std::set<std::string> different;
        for (const JobLeg* leg : m_plan.legs) {
            const std::string value = leg->matrix.contains(key) ? leg->matrix[key].dump() : std::string();
            if (values.emplace(platformOf(*leg).str(), value).first->second != value)
                return false;
            different.insert(value);
        }
        return different.size() > 1;
    }

    Reason planMergeJob()
    {
        for (const WorkflowJob& job : m_editing.workflow.jobs) {
            const bool follows = std::find(job.needs.begin(), job.needs.end(), m_job.id) != job.needs.end();
            const bool merges = std::any_of(job.steps.begin(), job.steps.end(), mergesDigests);
            if (!follows || !merges)
                continue;
            if (m_plan.merge)
                return "several jobs merge its digests";
            m_plan.merge = &job;
        }
        if (!m_plan.merge)
            return "no job of this file merges its digests";
        for (const std::string& need : m_plan.merge->needs) {
            if (need != m_job.id && std::find(m_job.needs.begin(), m_job.needs.end(), need) == m_job.needs.end())
                return "the job that merges waits for '" + need + "' too";
        }
        const YamlNode& body = *m_plan.merge->entry->value;
        for (const char* key : {"container", "services", "defaults", "concurrency"}) {
            if (body.find(key))
                return std::string("the job that merges has '") + key + "' of its own";
        }
        for (const char* key : {"permissions", "environment", "env"}) {
            const YamlNode* there = body.find(key);
            const YamlNode* here = m_job.entry->value->find(key);
            if (there && (!here || toJson(*here) != toJson(*there)))
                return std::string("the job that merges has '") + key + "' of its own";
        }
        if (m_plan.merge->matrix && toJson(*m_plan.merge->matrix) != remainingMatrix())
            return "the job that merges has a matrix of its own";
        for (const std::string& path : referencesBelow(body)) {
            if (path.rfind("needs." + m_job.id + ".", 0) == 0)
                return "the job that merges uses " + path;
        }
        return conditionOfMerge();
    }

    nlohmann::ordered_json remainingMatrix() const
    {
        auto json = toJson(*m_job.matrix);
        for (const std::string& key : m_plan.platformKeys)
            json.erase(key);
        return json;
    }

    Reason conditionOfMerge()
    {
        if (m_plan.merge->condition.empty() || withoutBraces(m_plan.merge->condition) == withoutBraces(m_job.condition))
            return std::nullopt;
        m_plan.condition = withoutBraces(m_plan.merge->condition);
        for (const std::string& path : conditionReferences(m_plan.merge->condition)) {
            if (path.rfind("github.", 0) != 0 && path.rfind("inputs.", 0) != 0 && path.rfind("vars.", 0) != 0)
                return "the condition of the job that merges uses " + path;
        }
        for (const char* status : {"always(", "failure(", "cancelled(", "success("}) {
            if (m_plan.condition.find(status) != std::string::npos)
                return "the condition of the job that merges asks how other jobs went";
        }
        return std::nullopt;
    }

    // ---- builds --------------------------------------------------------------------------------------------------------

    Reason planBuilds()
    {
        Steps merges;
        for (const WorkflowStep& step : m_plan.merge->steps) {
            if (mergesDigests(step))
                merges.push_back(&step);
        }
        for (const BuildCall& call : m_plan.legs[0]->builds) {
            if ((call.kind != ActionKind::BuildPush && call.kind != ActionKind::Bake) || !call.step)
                return "a build in a script";
            if (!call.pushByDigest)
                return calledStep(*call.step) + " is not pushed by digest";
            CombinedBuild build;
            build.step = call.step;
            const auto same = std::find_if(merges.begin(), merges.end(), [&](const WorkflowStep* step) { return step->id == call.step->id && !step->id.empty(); });
            build.merge = same != merges.end() ? *same : merges.front();
            if (const Reason why = call.kind == ActionKind::Bake ? planBake(build) : planBuild(build))
                return why;
            m_plan.builds.push_back(std::move(build));
        }
        std::set<const WorkflowStep*> used;
        for (const CombinedBuild& build : m_plan.builds) {
            if (!used.insert(build.merge).second)
                return "it can't be told which digests go together";
        }
        return used.size() == merges.size() ? Reason() : Reason("more is merged than is built here");
    }

    Reason planBuild(CombinedBuild& build)
    {
        const WorkflowStep& step = *build.step;
        const YamlNode* with = step.entry->value->find("with");
        for (const YamlEntry& entry : with->entries) {
            const std::string& key = entry.key->scalar;
            const std::string leg = m_plan.legReference(referencesBelow(*entry.value));
            if (!leg.empty() && key != "platforms" && key != "cache-from" && key != "cache-to")
                return calledStep(step) + ": '" + key + "' differs by " + leg;
        }
        const auto lines = textLines(valueOf(step.with, "outputs"));
        if (lines.size() != 1)
            return calledStep(step) + " has several outputs";
        build.pushes = "true";
        for (const std::string& item : listItems(lines[0])) {
            const std::string name = item.substr(item[0] == '"' ? 1 : 0, item.find('=') - (item[0] == '"' ? 1 : 0));
            if (name == "push")
                build.pushes = withoutBraces(item.substr(item.find('=') + 1));
            else if (name != "type" && name != "name" && name != "push-by-digest" && name != "name-canonical")
                build.outputs += "," + item;
        }
        pushWhenMerged(build);
        return planTags(build);
    }

    Reason planBake(CombinedBuild& build)
    {
        const Reason why = planBakeTogether(m_editing, m_plan, build);
        pushWhenMerged(build);
        return why;
    }

    void pushWhenMerged(CombinedBuild& build) const
    {
        build.pushes = bothConditions(build.pushes, m_plan.condition);
        build.pushes = bothConditions(build.pushes, withoutBraces(build.merge->condition));
        if (build.pushes.empty())
            build.pushes = "true";
    }

    Reason planTags(CombinedBuild& build)
    {
        std::vector<std::string> env;
        for (const TextMap* map : {&m_editing.workflow.env, &m_job.env}) {
            for (const auto& [name, value] : *map)
                env.push_back(name);
        }
        const MergeTags found = tagsOfMerge(*build.merge, env);
        if (!found.wrong.empty())
            return calledStep(*build.merge) + " can't be carried over: " + found.wrong;
        for (const std::string& tag : found.tags)
            build.tags += tag + "\n";
        if (!found.fromMetadata)
            return std::nullopt;
        const WorkflowStep* metadata = nullptr;
        for (const WorkflowStep& step : m_plan.merge->steps) {
            if (step.kind == ActionKind::Metadata && metadata)
                return "the job that merges has several metadata steps";
            if (step.kind == ActionKind::Metadata)
                metadata = &step;
        }
        if (!metadata || metadata->id.empty())
            return "the metadata step of the job that merges has no id";
        build.tags += "${{ steps." + metadata->id + ".outputs.tags }}\n";
        return std::nullopt;
    }

    // ---- steps that only carry digests ---------------------------------------------------------------------------------

    Reason planPlumbing()
    {
        for (const WorkflowStep& step : m_plan.merge->steps) {
            const bool inspects = step.run.find("imagetools inspect") != std::string::npos;
            const bool checks = inspects && (hasKey(step.env, "PLATFORMS") || step.run.find("$RUNNER_TEMP/bake.json") != std::string::npos);
            if (step.kind == ActionKind::DownloadArtifact || mergesDigests(step) || checks)
                m_plan.dropped.push_back(&step);
        }
        for (const WorkflowJob& job : m_editing.workflow.jobs) {
            const bool reads = std::any_of(job.steps.begin(), job.steps.end(), [](const WorkflowStep& step) { return step.kind == ActionKind::DownloadArtifact; });
            if (reads && &job != m_plan.merge && std::find(job.needs.begin(), job.needs.end(), m_job.id) != job.needs.end())
                return "job '" + job.id + "' reads its artifacts too";
        }
        for (const WorkflowStep& step : m_job.steps) {
            const bool digests = step.kind == ActionKind::UploadArtifact
                                 && (valueOf(step.with, "name").find("digest") != std::string::npos || valueOf(step.with, "path").find("digest") != std::string::npos);
            if (digests || keepsDigest(step) || findsNames(step) || (step.kind == ActionKind::Checkout && step.name == bakeCheckoutName))
                m_plan.dropped.push_back(&step);
        }
        // What sets a variable for those alone goes with them.
        for (const WorkflowStep& step : m_job.steps) {
            if (!holds(m_plan.dropped, step) && onlyForDropped(step))
                m_plan.dropped.push_back(&step);
        }
        return std::nullopt;
    }

    bool keepsDigest(const WorkflowStep& step) const
    {
        if (step.kind != ActionKind::Run || (step.run.find("touch") == std::string::npos && step.run.find('>') == std::string::npos))
            return false;
        const auto references = referencesBelow(*step.entry->value);
        return std::any_of(m_plan.builds.begin(), m_plan.builds.end(), [&](const CombinedBuild& build) {
            return references.count("steps." + build.step->id + (build.bake ? ".outputs.metadata" : ".outputs.digest")) > 0;
        });
    }

    bool findsNames(const WorkflowStep& step) const
    {
        return step.kind == ActionKind::Run
               && std::any_of(m_plan.builds.begin(), m_plan.builds.end(), [&](const CombinedBuild& build) { return step.id == build.step->id + "-names"; });
    }

    bool onlyForDropped(const WorkflowStep& step) const
    {
        if (step.kind != ActionKind::Run || step.run.find("GITHUB_ENV") == std::string::npos || m_plan.legReference(referencesBelow(*step.entry->value)).empty())
            return false;
        for (const std::string& command : shellCommands(step.run)) {
            // Assignments and what goes to the environment, nothing else.
            const std::size_t sign = command.find('=');
            const auto words = shellWords(command);
            const bool assigns = sign != std::string::npos && sign < command.find(' ') && command.find("$(") == std::string::npos;
            if (!assigns && (words.empty() || words[0] != "echo" || command.find("GITHUB_ENV") == std::string::npos))
                return false;
            if (assigns)
                continue;
            const std::string name = words.size() > 1 ? words[1].substr(0, words[1].find('=')) : std::string();
            for (const WorkflowStep& other : m_job.steps) {
                const std::string& text = m_editing.workflow.text();
                const std::string_view there = std::string_view(text).substr(other.entry->begin, other.entry->end - other.entry->begin);
                if (&other != &step && !holds(m_plan.dropped, other) && there.find(name) != std::string_view::npos)
                    return false;
            }
        }
        return true;
    }

    // ---- steps of the merging job ---------------------------------------------------------------------------------------

    Reason planMoves()
    {
        bool merged = false;
        for (const WorkflowStep& step : m_plan.merge->steps) {
            merged |= mergesDigests(step);
            if (holds(m_plan.dropped, step))
                continue;
            const bool here = std::any_of(m_job.steps.begin(), m_job.steps.end(), [&](const WorkflowStep& own) {
                return !holds(m_plan.dropped, own) && deedOf(own) == deedOf(step);
            });
            if (here || step.kind == ActionKind::Checkout || step.kind == ActionKind::SetupBuildx)
                continue;
            const bool taken = !step.id.empty() && std::any_of(m_job.steps.begin(), m_job.steps.end(), [&](const WorkflowStep& own) { return own.id == step.id; });
            if (taken)
                m_plan.renamed[step.id] = freeStepId(step.id);
            (merged ? m_plan.after : m_plan.before).push_back(&step);
        }
        return std::nullopt;
    }

    std::string freeStepId(const std::string& id) const
    {
        std::string free = id + "-tags";
        while (std::any_of(m_job.steps.begin(), m_job.steps.end(), [&](const WorkflowStep& own) { return own.id == free; }))
            free += "-2";
        return free;
    }

    Reason planRest()
    {
        for (const WorkflowStep& step : m_job.steps) {
            const bool build = std::any_of(m_plan.builds.begin(), m_plan.builds.end(), [&](const CombinedBuild& b) { return b.step == &step; });
            if (holds(m_plan.dropped, step) || build || step.kind == ActionKind::SetupQemu)
                continue;
            const std::string leg = m_plan.legReference(referencesBelow(*step.entry->value));
            if (!leg.empty())
                return calledStep(step) + " depends on " + leg;
            for (const char* asks : {"uname -m", "RUNNER_ARCH", "dpkg --print-architecture", "uname -p", "$(arch)"}) {
                if (step.run.find(asks) != std::string::npos)
                    return calledStep(step) + " asks the machine for its architecture";
            }
        }
        for (const YamlEntry& entry : m_job.entry->value->entries) {
            const std::string& key = entry.key->scalar;
            const bool handled = key == "steps" || key == "strategy" || key == "runs-on" || key == "name" || key == "concurrency";
            const std::string leg = handled ? std::string() : m_plan.legReference(referencesBelow(*entry.value));
            if (!leg.empty())
                return "'" + key + "' of the job depends on " + leg;
        }
        if (m_job.entry->value->find("outputs") && m_plan.merge->entry->value->find("outputs"))
            return "both jobs have outputs";
        return std::nullopt;
    }

    const Editing& m_editing;
    const WorkflowJob& m_job;
    CombinePlan& m_plan;
};

} // namespace

std::set<std::string> referencesBelow(const YamlNode& node)
{
    std::set<std::string> found;
    addReferences(node, false, found);
    return found;
}

std::string CombinePlan::platformList() const
{
    std::string list;
    for (const Platform& platform : platforms)
        list += (list.empty() ? "" : ",") + platform.str();
    return list;
}

std::string CombinePlan::others(const JobLeg& leg) const
{
    std::string text;
    for (const std::string& key : otherKeys)
        text += " " + (leg.matrix.contains(key) ? leg.matrix[key].dump() : std::string());
    return text;
}

std::vector<ExpressionContext> CombinePlan::legContexts() const
{
    std::vector<ExpressionContext> contexts;
    for (const JobLeg* leg : legs) {
        if (others(*leg) != others(*legs[0]))
            continue;
        ExpressionContext& context = contexts.emplace_back();
        for (const char* name : {"matrix", "runner"}) {
            const auto found = leg->context.values.find(name);
            if (found != leg->context.values.end())
                context.values[name] = found->second;
        }
        for (const std::string& other : otherKeys)
            context.values["matrix"].erase(other);
    }
    return contexts;
}

std::string CombinePlan::legReference(const std::set<std::string>& references) const
{
    for (const std::string& path : references) {
        const std::size_t dot = path.find('.');
        const std::string head = path.substr(0, dot), rest = dot == std::string::npos ? std::string() : path.substr(dot + 1);
        if (path == "runner.arch" || head == "strategy")
            return path;
        if (head == "matrix" && (rest.empty() || platformKeys.count(rest.substr(0, rest.find('.')))))
            return path;
    }
    return {};
}

std::string CombinePlan::withoutLeg(std::string text) const
{
    for (std::size_t at = text.find("${{"); at != std::string::npos; at = text.find("${{", at + 1)) {
        const std::size_t end = expressionEnd(text, at + 3);
        if (end == std::string::npos)
            break;
        const auto paths = expressionReferences(text.substr(at, end + 2 - at));
        if (legReference({paths.begin(), paths.end()}).empty())
            continue;
        std::size_t from = at, to = end + 2;
        const bool inBrackets = from >= 1 && text[from - 1] == '(' && to < text.size() && text[to] == ')';
        if (inBrackets) {
            --from;
            ++to;
        }
        const bool setOff = from >= 1 && std::string_view("-_. ").find(text[from - 1]) != std::string_view::npos;
        from -= setOff ? 1 : 0;
        const bool alone = from == 0 || text[from - 1] == '=' || text[from - 1] == ',';
        text.replace(from, to - from, alone ? "all" : "");
        at = from;
    }
    return text;
}

std::optional<std::string> planCombination(const Editing& editing, const WorkflowJob& job, CombinePlan& plan)
{
    plan.job = &job;
    plan.legs = editing.legsOf(job);
    return CombinePlanner(editing, job, plan).plan();
}

} // namespace layerline
