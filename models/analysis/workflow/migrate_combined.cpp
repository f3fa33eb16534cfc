// What a job that builds several platforms at once has, and whether it can be carried over.
#include "analysis/workflow/migrate_plan.h"

#include <algorithm>

namespace layerline {

namespace {

class CombinedPlanner {
public:
    CombinedPlanner(const Editing& editing, const MigrateOptions& options, MigratePlan& plan)
        : m_editing(editing), m_job(*plan.job), m_options(options), m_plan(plan)
    {
    }

    std::optional<Error> fill()
    {
        for (const auto part : {&CombinedPlanner::planBuilds, &CombinedPlanner::planMatrix, &CombinedPlanner::planScripts}) {
            if (const auto refused = (this->*part)())
                return refused;
        }
        return std::nullopt;
    }

private:
    static constexpr const char* unfit = "\"/:<>|*?\\\r\n{"; ///< for an artifact's name
    std::optional<Error> wrong(const YamlNode& node, const std::string& what) const { return Error{ErrorKind::Unsupported, atPlace(node, what), false}; }

    static bool pushing(const WorkflowStep& step)
    {
        const std::string outputs = valueOf(step.with, "outputs"), push = valueOf(step.with, "push");
        return (!push.empty() && push != "false") || settingOf(outputs, "push") == "true" || outputs.find("type=registry") != std::string::npos;
    }

    std::optional<Error> planBuilds()
    {
        std::set<std::string> ids;
        for (const WorkflowStep& step : m_job.steps)
            ids.insert(step.id);
        for (const BuildCall& call : m_editing.legsOf(m_job)[0]->builds) {
            const YamlNode& node = *call.step->entry->value;
            if (call.pushByDigest)
                return wrong(node, "several platforms are pushed by digest at once");
            if (call.kind == ActionKind::Bake) {
                if (const auto refused = planBakeCall(call, ids))
                    return refused;
                continue;
            }
            if (call.kind == ActionKind::Run) {
                if (const auto refused = planScript(call, ids))
                    return refused;
                continue;
            }
            if (!pushing(*call.step)) {
                // Without platforms it builds its runner's, which is what a leg wants.
                if (hasKey(call.step->with, "platforms"))
                    m_plan.plain.push_back(call.step);
                continue;
            }
            if (mostPlatforms(call) < 2)
                return wrong(node, "an image of one platform is pushed beside one of several: give it a job of its own");
            const std::string outputs = valueOf(call.step->with, "outputs");
            if (textLines(outputs).size() > 1)
                return wrong(node, "several outputs");
            MergedBuild build;
            build.step = call.step;
            build.id = call.step->id.empty() ? freeStepId(ids) : call.step->id;
            build.tags = valueOf(call.step->with, "tags");
            if (textLines(build.tags).empty())
                return wrong(node, "a build that is pushed without tags");
            const std::string push = valueOf(call.step->with, "push");
            build.pushes = bothConditions(call.step->condition, push);
            if (build.pushes.empty())
                build.pushes = "true";
            build.names = literalNames(build.tags);
            m_plan.builds.push_back(std::move(build));
        }
        return std::nullopt;
    }

    static std::string freeStepId(std::set<std::string>& ids)
    {
        for (int n = 1;; ++n) {
            const std::string id = n == 1 ? "build" : "build-" + std::to_string(n);
            if (ids.insert(id).second)
                return id;
        }
    }

    /// The most platforms any entry of the matrix has of this build.
    std::size_t mostPlatforms(const BuildCall& call) const
    {
        std::size_t most = 0;
        for (const JobLeg* leg : m_editing.legsOf(m_job)) {
            for (const BuildCall& other : leg->builds)
                most = other.step == call.step ? std::max(most, other.platforms.size()) : most;
        }
        return most;
    }

    std::optional<Error> planBakeCall(const BuildCall& call, std::set<std::string>& ids)
    {
        if (!pushesBake(call)) {
            m_plan.plain.push_back(call.step);
            return std::nullopt;
        }
        const YamlNode& node = *call.step->entry->value;
        if (mostPlatforms(call) < 2)
            return wrong(node, "an image of one platform is pushed beside one of several: give it a job of its own");
        auto bake = planBake(m_job, call, m_options);
        if (!bake)
            return bake.error();
        MergedBuild build;
        build.step = call.step;
        build.id = call.step->id.empty() ? freeStepId(ids) : call.step->id;
        const std::string push = valueOf(call.step->with, "push");
        build.pushes = bothConditions(call.step->condition, push == "false" ? "" : push);
        if (build.pushes.empty())
            build.pushes = "true";
        build.bake = std::move(*bake);
        m_plan.builds.push_back(std::move(build));
        return std::nullopt;
    }

    std::optional<Error> planScript(const BuildCall& call, std::set<std::string>& ids)
    {
        const YamlNode& node = *call.step->entry->value;
        if (!call.pushes)
            return wrong(node, "a script that builds several platforms and pushes none of them");
        if (call.platforms.size() < 2)
            return wrong(node, "an image of one platform is pushed beside one of several: give it a job of its own");
        MergedBuild build;
        build.step = call.step;
        build.script = true;
        build.id = call.step->id.empty() ? freeStepId(ids) : call.step->id;
        build.pushes = call.step->condition.empty() ? "true" : withoutBraces(call.step->condition);
        m_plan.builds.push_back(std::move(build));
        return std::nullopt;
    }

    /// What scripts become can be told when the matrix is known.
    std::optional<Error> planScripts()
    {
        std::vector<std::string> env;
        for (const TextMap* map : {&m_editing.workflow.env, &m_job.env}) {
            for (const auto& [name, value] : *map)
                env.push_back(name);
        }
        for (MergedBuild& build : m_plan.builds) {
            if (!build.script)
                continue;
            if (!m_options.warmCron.empty())
                return wrong(*build.step->entry->value, "a script pushes when it builds: runs that only warm the cache need docker/build-push-action");
            auto script = migrateScript(m_editing, m_plan, *build.step, "$RUNNER_TEMP/" + build.id + ".json", env);
            if (!script)
                return script.error();
            for (const std::string& tag : script->tags)
                build.tags += tag + "\n";
            build.names = literalNames(build.tags);
            build.changes = std::move(*script);
        }
        return std::nullopt;
    }

    /// Names that can be written down: those of tags no step puts out.
    static std::string literalNames(const std::string& tags)
    {
        std::string names;
        std::set<std::string> seen;
        for (const std::string& tag : listItems(tags)) {
            const auto [image, rule] = splitTag(tag);
            if (tag.find("steps.") != std::string::npos || rule.empty())
                return {};
            if (seen.insert(image).second)
                names += (names.empty() ? "" : ",") + image;
        }
        return names;
    }

    std::optional<Error> planMatrix()
    {
        m_plan.listMatrix = !m_options.paths.empty();
        const bool always = std::any_of(m_plan.builds.begin(), m_plan.builds.end(), [](const MergedBuild& build) { return build.pushes == "true"; });
        if (m_plan.listMatrix && always && m_editing.workflow.trigger("pull_request"))
            return wrong(*m_job.entry->key, "pull requests push images too: they need every platform");
        m_plan.mergeId = freeJobId(m_editing.workflow, m_editing.workflow.jobs.size() == 1 || m_job.id == "build" ? "merge" : m_job.id + "-merge");
        if (m_job.strategy && m_job.strategy->style == YamlStyle::Flow)
            return wrong(*m_job.strategy, "a strategy in braces is not edited");
        if (!m_job.matrix)
            return std::nullopt;
        m_plan.listMatrix = true;
        if (!m_job.matrix->isMap() || m_job.matrix->style == YamlStyle::Flow)
            return wrong(*m_job.matrix, "a matrix that is no block of lists is not edited");
        bool lists = false;
        for (const YamlEntry& entry : m_job.matrix->entries) {
            const std::string& key = entry.key->scalar;
            if (key == "platform" || key == "exclude")
                return wrong(*entry.key, "the matrix has '" + key + "' already");
            if (key != "include") {
                lists = true;
                m_plan.otherKeys.push_back(key);
            }
        }
        if (!lists)
            return planIncludes();
        const auto legs = m_editing.legsOf(m_job);
        if (legs.size() != listedLegs())
            return wrong(*m_job.matrix, "entries of 'include' stand beside the combinations of the lists: write all of them as 'include', or none");
        for (const JobLeg* leg : legs) {
            if (builtPlatforms(*leg) != builtPlatforms(*legs[0]))
                return wrong(*m_job.matrix, "the platforms differ between the legs of the matrix");
        }
        for (const JobLeg* leg : m_editing.legsOf(m_job)) {
            for (const std::string& key : m_plan.otherKeys) {
                const std::string value = leg->matrix.contains(key) ? expressionText(leg->matrix[key]) : std::string();
                if (value.find_first_of(unfit) != std::string::npos)
                    return wrong(*m_job.matrix, "'" + value + "' can't be part of an artifact's name");
            }
        }
        return std::nullopt;
    }

    /// How many legs the matrix' lists make.
    std::size_t listedLegs() const
    {
        std::size_t product = 1;
        for (const YamlEntry& entry : m_job.matrix->entries) {
            if (entry.key->scalar != "include" && entry.value->isSequence())
                product *= entry.value->entries.size();
        }
        return product;
    }

    /// Every entry of `include` will be there once a platform.
    std::optional<Error> planIncludes()
    {
        const YamlNode* include = m_job.matrix->find("include");
        if (!include || !include->isSequence() || include->style == YamlStyle::Flow)
            return wrong(*m_job.matrix, "a matrix whose 'include' is no list of lines is not edited");
        if (!m_options.paths.empty())
            return wrong(*include, "a matrix of 'include' alone can't leave out platforms: make a list of its first key");
        m_plan.listMatrix = false;
        m_plan.includeMatrix = true;
        const auto legs = m_editing.legsOf(m_job);
        std::vector<std::string> keys;
        for (const YamlEntry& entry : include->entries) {
            for (const YamlEntry& member : entry.value->entries) {
                const std::string& key = member.key->scalar;
                if (key == "platform" || key == "arch" || key == "runner" || key == "qemu")
                    return wrong(*member.key, "the matrix has '" + key + "' already: give it another name");
            }
            if (!entry.value->isMap() || entry.value->style == YamlStyle::Flow || entry.alias)
                return wrong(*entry.value, "an entry of 'include' that is no map of lines");
        }
        if (legs.size() != include->entries.size())
            return wrong(*include, "entries of 'include' that only a run knows");
        for (auto it = legs[0]->matrix.begin(); it != legs[0]->matrix.end() && m_plan.otherKeys.empty(); ++it) {
            std::set<std::string> values;
            const bool tells = std::all_of(legs.begin(), legs.end(), [&](const JobLeg* leg) {
                const std::string value = leg->matrix.contains(it.key()) && !leg->matrix[it.key()].is_structured() ? expressionText(leg->matrix[it.key()]) : std::string();
                return !value.empty() && value.find_first_of(unfit) == std::string::npos && values.insert(value).second;
            });
            if (tells)
                m_plan.otherKeys = {it.key()};
        }
        if (m_plan.otherKeys.empty() && legs.size() > 1)
            return wrong(*include, "no key tells the entries of 'include' apart by a word that can be part of an artifact's name: add one");
        const bool same = std::all_of(legs.begin(), legs.end(), [&](const JobLeg* leg) { return builtPlatforms(*leg) == builtPlatforms(*legs[0]); });
        return same ? std::nullopt : planOwnPlatforms();
    }

    /// The merging job reads each entry's platforms from where the build did.
    std::optional<Error> planOwnPlatforms()
    {
        for (const MergedBuild& build : m_plan.builds) {
            if (build.bake)
                return wrong(*m_job.matrix, "the entries of the matrix bake for different platforms: give each list of platforms a job of its own");
            std::string text;
            for (const std::string& item : listItems(valueOf(build.step->with, "platforms")))
                text += (text.empty() ? "" : ",") + item;
            if (text.empty() || (!m_plan.platformsText.empty() && text != m_plan.platformsText))
                return wrong(*m_job.matrix, "the builds of one entry of the matrix have different platforms");
            m_plan.platformsText = text;
        }
        for (const Platform& platform : m_options.extraPlatforms)
            m_plan.platformsText += "," + platform.str();
        return std::nullopt;
    }

    const Editing& m_editing;
    const WorkflowJob& m_job;
    const MigrateOptions& m_options;
    MigratePlan& m_plan;
};

} // namespace

std::set<std::string> builtPlatforms(const JobLeg& leg)
{
    std::set<std::string> platforms;
    for (const BuildCall& build : leg.builds) {
        for (const Platform& platform : build.platforms)
            platforms.insert(platform.str());
    }
    return platforms;
}

std::string freeJobId(const Workflow& workflow, std::string id)
{
    while (workflow.job(id))
        id += "-images";
    return id;
}

std::optional<Error> planCombinedJob(const Editing& editing, const MigrateOptions& options, MigratePlan& plan)
{
    return CombinedPlanner(editing, options, plan).fill();
}

} // namespace layerline
