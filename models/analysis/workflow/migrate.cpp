// From QEMU to native runners: a leg a platform, a cache for each, digests as artifacts, a job that merges and verifies.
#include "analysis/workflow/build_calls.h"
#include "analysis/workflow/migrate_plan.h"
#include "analysis/workflow/write_out.h"
#include "analysis/workflow/yaml_scan.h"

#include <algorithm>

namespace layerline {

std::vector<std::string> runnerFor(const Platform& platform, const JobLeg& leg, const RunnerTable& runners, const MigrateOptions& options, bool& native)
{
    native = true;
    const auto stated = options.runners.find(platform.arch);
    if (stated != options.runners.end())
        return {stated->second};
    const std::vector<std::string> present = leg.runsOn.choices.empty() ? std::vector<std::string>{"ubuntu-latest"} : leg.runsOn.choices[0];
    const bool presentFits = leg.runsOn.platform && executionOn(*leg.runsOn.platform, platform) == Execution::Native;
    if (presentFits && !options.cheapest)
        return present;
    if (const auto label = cheapestLabel(platform, runners, present[0]))
        return {*label};
    native = presentFits;
    return present;
}

namespace {

Error unsupported(const YamlNode& node, const std::string& what)
{
    return {ErrorKind::Unsupported, atPlace(node, what), false};
}

std::string dashed(std::string name)
{
    std::replace(name.begin(), name.end(), '/', '-');
    return name;
}

bool emulates(const JobLeg& leg)
{
    return std::any_of(leg.builds.begin(), leg.builds.end(), [&](const BuildCall& build) {
        return std::any_of(build.platforms.begin(), build.platforms.end(),
                           [&](const Platform& platform) { return executionOf(leg, platform) == Execution::Emulated; });
    });
}

Result<std::vector<NativeLeg>> nativeLegs(const WorkflowJob& job, const std::vector<const JobLeg*>& legs, const RunnerTable& runners, const MigrateOptions& options)
{
    std::vector<Platform> platforms;
    const auto add = [&](const Platform& platform) {
        if (std::find(platforms.begin(), platforms.end(), platform) == platforms.end())
            platforms.push_back(platform);
    };
    for (const JobLeg* leg : legs) {
        for (const BuildCall& build : leg->builds) {
            if (build.platformsOpen)
                return unsupported(*job.entry->key, "the platforms of job '" + job.id + "' can't be told from the file");
            for (const Platform& platform : build.platforms)
                add(platform);
        }
    }
    for (const Platform& platform : options.extraPlatforms)
        add(platform);
    std::vector<NativeLeg> result;
    for (const Platform& platform : platforms) {
        bool native = true;
        NativeLeg leg{platform, dashed(platform.shortName()), runnerFor(platform, *legs[0], runners, options, native), false};
        leg.emulated = !native;
        result.push_back(std::move(leg));
    }
    return result;
}

/// The part of a job that is done when every leg already builds one platform: only where it runs changes.
class SplitJob {
public:
    SplitJob(Editing& editing, const WorkflowJob& job, const RunnerTable& runners, const MigrateOptions& options)
        : m_editing(editing), m_job(job), m_runners(runners), m_options(options)
    {
    }

    std::optional<Error> migrate()
    {
        const auto jobLegs = m_editing.legsOf(m_job);
        auto legs = nativeLegs(m_job, jobLegs, m_runners, m_options);
        if (!legs)
            return legs.error();
        m_plan.job = &m_job;
        m_plan.legs = std::move(*legs);
        if (!m_options.paths.empty())
            return unsupported(*m_job.entry->key, "job '" + m_job.id + "' has a leg a platform already: which of them a change needs is for its own matrix to say");
        const std::string key = platformKey(jobLegs);
        if (key.empty() || !m_options.extraPlatforms.empty())
            return unsupported(*m_job.entry->key, "no key of the matrix tells the platforms of job '" + m_job.id + "' apart, or a platform is to be added: do that by hand");
        const std::string runner = expression(key, [](const NativeLeg& leg) { return leg.runner[0]; });
        const YamlNode& runsOn = *m_job.runsOn;
        m_editing.changed(EditKind::RunnerChanged, m_job.id, runsOn.line,
                          m_editing.workflow.text().substr(runsOn.begin, runsOn.end - runsOn.begin), runner);
        m_editing.edits.setValue(runsOn, runner);
        const bool bakes = std::any_of(jobLegs.begin(), jobLegs.end(), [](const JobLeg* leg) {
            return std::any_of(leg->builds.begin(), leg->builds.end(), [](const BuildCall& build) { return build.kind == ActionKind::Bake; });
        });
        if (bakes && !m_options.warmCron.empty())
            return unsupported(*m_job.entry->key, "runs that only warm the cache can't be told bake's pushes in job '" + m_job.id + "'");
        limitQemu(key);
        turnFailFastOff();
        scopeCaches(key);
        return m_options.warmCron.empty() ? std::nullopt : keepFromPublishing();
    }

private:
    /// The key whose value is the leg's platform, or names its architecture.
    std::string platformKey(const std::vector<const JobLeg*>& legs) const
    {
        for (auto it = legs[0]->matrix.begin(); it != legs[0]->matrix.end(); ++it) {
            std::map<std::string, Platform> seen;
            const bool tells = std::all_of(legs.begin(), legs.end(), [&](const JobLeg* leg) {
                const auto value = leg->matrix.find(it.key());
                if (value == leg->matrix.end() || !value->is_string() || leg->builds.empty() || leg->builds[0].platforms.size() != 1)
                    return false;
                return seen.emplace(value->get<std::string>(), leg->builds[0].platforms[0]).first->second == leg->builds[0].platforms[0];
            });
            if (tells)
                return it.key();
        }
        return {};
    }

    std::string expression(const std::string& key, const std::function<std::string(const NativeLeg&)>& value) const
    {
        nlohmann::ordered_json table = nlohmann::ordered_json::object();
        for (const JobLeg* leg : m_editing.legsOf(m_job)) {
            for (const NativeLeg& native : m_plan.legs) {
                if (native.platform == leg->builds[0].platforms[0])
                    table[leg->matrix[key].get<std::string>()] = value(native);
            }
        }
        return "${{ fromJSON('" + table.dump() + "')[matrix." + key + "] }}";
    }

    void limitQemu(const std::string& key)
    {
        const WorkflowStep* step = firstStep(m_job, ActionKind::SetupQemu);
        if (!step)
            return;
        std::string condition;
        for (const JobLeg* leg : m_editing.legsOf(m_job)) {
            for (const NativeLeg& native : m_plan.legs) {
                if (native.emulated && native.platform == leg->builds[0].platforms[0])
                    condition += (condition.empty() ? "" : " || ") + ("matrix." + key + " == '" + leg->matrix[key].get<std::string>() + "'");
            }
        }
        if (condition.empty()) {
            m_editing.edits.removeElement(stepsNode(m_job), *step->entry);
            m_editing.changed(EditKind::QemuRemoved, m_job.id, step->line, step->name);
            return;
        }
        const YamlNode& node = *step->entry->value;
        if (const YamlNode* old = node.find("if"))
            m_editing.edits.setValue(*old, "${{ " + bothConditions(step->condition, condition) + " }}");
        else
            m_editing.edits.addEntry(node, nullptr, "if: ${{ " + condition + " }}\n");
        m_editing.changed(EditKind::QemuConditional, m_job.id, step->line, condition);
    }

    void turnFailFastOff()
    {
        const YamlNode* failFast = m_job.strategy->find("fail-fast");
        if (failFast && failFast->scalar == "false")
            return;
        if (failFast)
            m_editing.edits.setValue(*failFast, "false");
        else
            m_editing.edits.addEntry(*m_job.strategy, nullptr, "fail-fast: false\n");
        m_editing.changed(EditKind::FailFastOff, m_job.id, m_job.strategy->line);
    }

    /// Runs that only warm the cache push nothing, and what follows waits for another run.
    std::optional<Error> keepFromPublishing()
    {
        const std::string condition = "github.event_name != 'schedule'";
        const std::string& text = m_editing.workflow.text();
        for (const WorkflowStep& step : m_job.steps) {
            const YamlNode* with = step.kind == ActionKind::BuildPush ? step.entry->value->find("with") : nullptr;
            const YamlNode* outputs = with ? with->find("outputs") : nullptr;
            const std::size_t at = outputs ? text.find("push=true", outputs->begin) : std::string::npos;
            if (with && valueOf(step.with, "push") != "false" && (hasKey(step.with, "push") || at == std::string::npos || at >= outputs->end))
                return unsupported(*step.entry->value, "a build whose pushing can't be left to other runs than those that warm the cache");
            if (with)
                m_editing.edits.replace(at + 5, at + 9, "${{ " + condition + " }}");
        }
        for (const WorkflowJob& job : m_editing.workflow.jobs) {
            if (std::find(job.needs.begin(), job.needs.end(), m_job.id) == job.needs.end())
                continue;
            const YamlNode& body = *job.entry->value;
            if (const YamlNode* old = body.find("if"))
                m_editing.edits.setValue(*old, "${{ " + bothConditions(condition, job.condition) + " }}");
            else
                m_editing.edits.addEntry(body, &body.entries.front(), "if: ${{ " + condition + " }}\n");
        }
        return std::nullopt;
    }

    /// Only where several platforms write to one scope.
    void scopeCaches(const std::string& key)
    {
        const auto collisions = scopeCollisions(summarise(m_editing.legs).cacheWriters);
        const bool collides = std::any_of(collisions.begin(), collisions.end(), [&](const ScopeCollision& collision) {
            return std::any_of(collision.writers.begin(), collision.writers.end(), [&](const CacheWriter& writer) { return writer.job.rfind(m_job.id, 0) == 0; });
        });
        if (!collides)
            return;
        const std::string arch = expression(key, [](const NativeLeg& leg) { return leg.shortName; });
        for (const WorkflowStep& step : m_job.steps) {
            if (step.kind == ActionKind::Bake)
                scopeBakeCaches(m_editing, m_job, step, arch);
            const YamlNode* with = step.kind == ActionKind::BuildPush ? step.entry->value->find("with") : nullptr;
            for (const char* name : {"cache-from", "cache-to"}) {
                const YamlNode* node = with ? with->find(name) : nullptr;
                if (!node)
                    continue;
                const std::string scoped = scopedCaches(node->scalar, arch, m_job.id);
                const auto lines = textLines(scoped);
                const int indent = m_editing.columnOf(with->entry(name)->begin);
                m_editing.edits.setValue(*node, lines.size() == 1 ? yamlScalar(lines[0]) : "|\n" + indented(scoped, indent + 2).substr(0, indented(scoped, indent + 2).size() - 1));
                m_editing.changed(EditKind::CacheScoped, m_job.id, node->line, textLines(node->scalar).at(0), lines.at(0));
            }
        }
    }

    Editing& m_editing;
    const WorkflowJob& m_job;
    const RunnerTable& m_runners;
    const MigrateOptions& m_options;
    MigratePlan m_plan;
};

/// A bake whose platforms would be emulated, if they could be told.
std::optional<Error> untoldBake(const WorkflowJob& job, const std::vector<const JobLeg*>& legs)
{
    for (const JobLeg* leg : legs) {
        for (const BuildCall& build : leg->builds) {
            if (build.kind == ActionKind::Run && build.step && leg->qemu && build.step->run.find("buildx bake") != std::string::npos)
                return unsupported(*build.step->entry->value, "bake in a script: use docker/bake-action");
            if (build.kind != ActionKind::Bake || !build.step || !build.platformsOpen || !leg->qemu)
                continue;
            const std::string why = build.bake && !build.bake->why.empty() ? " (" + build.bake->why + ")" : std::string();
            return unsupported(*build.step->entry->value, "the platforms that job '" + job.id + "' bakes can't be told" + why + ": name them by '*.platform=...' in `set`");
        }
    }
    return std::nullopt;
}

Result<WorkflowEdit> migrate(const std::string& text, const RunnerTable& runners, const MigrateOptions& options)
{
    auto begun = beginEditing(text, runners, &options.bake);
    if (!begun)
        return begun.error();
    Editing& editing = **begun;
    bool found = false;
    for (const WorkflowJob& job : editing.workflow.jobs) {
        const auto legs = editing.legsOf(job);
        if (const auto untold = untoldBake(job, legs))
            return *untold;
        if (emulatesByBuilder(job, legs)) {
            found = true;
            if (const auto wrong = migrateBuilderInputs(editing, job, legs, runners, options))
                return *wrong;
            continue;
        }
        if (job.uses || std::none_of(legs.begin(), legs.end(), [](const JobLeg* leg) { return emulates(*leg); }))
            continue;
        found = true;
        const bool split = std::all_of(legs.begin(), legs.end(), [](const JobLeg* leg) {
            return std::all_of(leg->builds.begin(), leg->builds.end(), [](const BuildCall& build) { return build.platforms.size() == 1; });
        });
        std::optional<Error> wrong;
        if (split) {
            wrong = SplitJob(editing, job, runners, options).migrate();
        } else {
            auto native = nativeLegs(job, legs, runners, options);
            wrong = native ? migrateCombinedJob(editing, job, std::move(*native), options) : std::optional(native.error());
        }
        if (wrong)
            return *wrong;
    }
    for (const std::string& path : editing.legs.unread)
        editing.warn(EditKind::CalledWorkflow, {}, 0, path);
    if (!found)
        return Error{ErrorKind::NotFound, editing.legs.unread.empty() ? "no build of this workflow is emulated"
                                                                       : "the builds are in " + editing.legs.unread.front() + ": migrate that", false};
    if (!options.warmCron.empty()) {
        const bool scheduled = editing.workflow.trigger("schedule") != nullptr;
        if (scheduled)
            return unsupported(*editing.workflow.document->root->find("on"), "there is a schedule already: its runs can't be told from those that warm the cache");
        const bool startable = editing.workflow.trigger("workflow_dispatch") || editing.workflow.trigger("workflow_call");
        const bool both = options.addDispatch && !startable;
        addTrigger(editing, "schedule", "- cron: '" + options.warmCron + "'\n", both ? "workflow_dispatch" : "");
        editing.changed(EditKind::ScheduleAdded, {}, 0, options.warmCron);
        if (both)
            editing.changed(EditKind::DispatchAdded, {}, editing.workflow.document->root->entry("on")->key->line);
    } else if (options.addDispatch) {
        addDispatchTrigger(editing);
    }
    return finishEditing(editing, runners);
}

} // namespace

std::vector<std::string> bakeFilesNeeded(const std::string& text, const BakeSources& known)
{
    const auto workflow = parseWorkflow(text);
    const auto legs = workflow ? expandJobs(*workflow, {}, {}, &known) : Result<Legs>(Error{});
    return legs ? legs->bakeUnread : std::vector<std::string>();
}

Result<WorkflowEdit> migrateToNative(const std::string& text, const RunnerTable& runners, const MigrateOptions& options)
{
    return editWrittenOut(text, runners, [&](const std::string& each) { return migrate(each, runners, options); });
}

} // namespace layerline
