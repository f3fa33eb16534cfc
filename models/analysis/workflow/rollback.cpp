// From native runners back to QEMU. A matrix that only splits platforms becomes one job again; other jobs stay as they are, and their
// foreign legs move to an amd64 runner with emulation: tags, digests, caches and everything that follows need no change then.
#include "analysis/workflow/build_calls.h"
#include "analysis/workflow/edit_steps.h"
#include "analysis/workflow/rollback_combine.h"
#include "analysis/workflow/write_out.h"

#include <algorithm>

namespace layerline {

namespace {

const Platform amd64{"linux", "amd64", {}};
const char* const usualRunner = "ubuntu-latest";

bool foreign(const JobLeg& leg)
{
    return !leg.builds.empty() && leg.job->runsOn && !(leg.runsOn.platform && leg.runsOn.platform->arch == "amd64");
}

/// What a leg builds; a build that names no platform builds its runner's.
std::vector<Platform> platformsOf(const JobLeg& leg)
{
    std::vector<Platform> platforms;
    for (const BuildCall& build : leg.builds) {
        std::vector<Platform> own = build.platforms;
        if (own.empty() && !build.platformsOpen && leg.runsOn.platform)
            own.push_back(*leg.runsOn.platform);
        for (const Platform& platform : own) {
            if (std::find(platforms.begin(), platforms.end(), platform) == platforms.end())
                platforms.push_back(platform);
        }
    }
    return platforms;
}

/// Labels for the emulated builds: those the job's, else the file's amd64 builds use.
std::vector<std::string> emulatedRunner(const Editing& editing, const WorkflowJob& job, const RollbackOptions& options)
{
    if (!options.runner.empty())
        return {options.runner};
    for (const bool sameJob : {true, false}) {
        for (const JobLeg& leg : editing.legs.legs) {
            const bool native = leg.runsOn.platform == amd64 && leg.runsOn.choices.size() == 1 && !leg.builds.empty() && leg.job->runsOn;
            if (native && (!sameJob || leg.job == &job))
                return leg.runsOn.choices[0];
        }
    }
    return {usualRunner};
}

/// The key of the matrix whose value tells the legs' architectures apart; text only.
std::string tellingKey(const std::vector<const JobLeg*>& legs)
{
    if (legs.empty())
        return {};
    std::string best;
    for (auto it = legs[0]->matrix.begin(); it != legs[0]->matrix.end(); ++it) {
        std::map<std::string, std::string> seen; // value to architecture
        bool tells = true;
        for (const JobLeg* leg : legs) {
            const auto value = leg->matrix.find(it.key());
            if (value == leg->matrix.end() || !value->is_string() || !leg->runsOn.platform) {
                tells = false;
                break;
            }
            const auto known = seen.emplace(value->get<std::string>(), leg->runsOn.platform->arch).first;
            tells &= known->second == leg->runsOn.platform->arch;
        }
        const bool better = best.empty() || it.key() == "platform" || (it.key() == "arch" && best != "platform");
        if (tells && better)
            best = it.key();
    }
    return best;
}

/// An expression for what differs by leg: "fromJSON('{...}')[matrix.platform]", or the one text in quotes.
std::string byLeg(const std::vector<const JobLeg*>& legs, const std::string& key, const std::function<std::string(const JobLeg&)>& valueOfLeg)
{
    std::map<std::string, std::string> table;
    for (const JobLeg* leg : legs)
        table[key.empty() ? std::string() : leg->matrix[key].get<std::string>()] = valueOfLeg(*leg);
    if (table.size() == 1)
        return "'" + table.begin()->second + "'";
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    for (const auto& [from, to] : table)
        json[from] = to;
    return "fromJSON('" + json.dump() + "')[matrix." + key + "]";
}

/// A build that names no platform got its runner's: from now on it must say so.
std::optional<Error> statePlatforms(Editing& editing, const WorkflowJob& job, const std::vector<const JobLeg*>& legs, const std::string& key)
{
    for (const WorkflowStep& step : job.steps) {
        const auto calls = [&](const JobLeg& leg) -> const BuildCall* {
            const auto found = std::find_if(leg.builds.begin(), leg.builds.end(), [&](const BuildCall& build) { return build.step == &step; });
            return found == leg.builds.end() ? nullptr : &*found;
        };
        const bool silent = std::any_of(legs.begin(), legs.end(), [&](const JobLeg* leg) {
            const BuildCall* build = calls(*leg);
            return build && build->platforms.empty() && !build->platformsOpen;
        });
        if (!silent)
            continue;
        const YamlNode* with = step.entry->value->find("with");
        const bool known = std::all_of(legs.begin(), legs.end(), [](const JobLeg* leg) { return leg->runsOn.platform.has_value(); });
        if (step.kind != ActionKind::BuildPush || !known || (key.empty() && legs.size() > 1))
            return Error{ErrorKind::Unsupported, atPlace(*step.entry->value, "this build takes its platform from the runner: name it in the file first"), false};
        const std::string value = byLeg(legs, key, [](const JobLeg& leg) { return leg.runsOn.platform->str(); });
        const std::string line = "platforms: " + (value[0] == '\'' ? value.substr(1, value.size() - 2) : "${{ " + value + " }}") + "\n";
        if (const YamlNode* empty = with ? with->find("platforms") : nullptr)
            editing.edits.setValue(*empty, line.substr(11, line.size() - 12));
        else if (with)
            editing.edits.addEntry(*with, nullptr, line);
        else
            editing.edits.addEntry(*step.entry->value, nullptr, "with:\n  " + line);
        editing.changed(EditKind::PlatformsStated, job.id, step.line, line.substr(11, line.size() - 12));
    }
    return std::nullopt;
}

/// `runner.arch` in the job's expressions would be the same in every leg: artifacts and caches would collide.
void replaceRunnerArch(Editing& editing, const WorkflowJob& job, const std::vector<const JobLeg*>& legs, const std::string& key)
{
    const std::string& text = editing.workflow.text();
    const YamlNode& node = *job.entry->value;
    const std::string what = "runner.arch";
    std::string value;
    for (std::size_t at = text.find(what, node.begin); at != std::string::npos && at < node.end; at = text.find(what, at + 1)) {
        const std::size_t open = text.rfind("${{", at), close = text.rfind("}}", at);
        const bool inside = open != std::string::npos && open > node.begin && (close == std::string::npos || close < open);
        const bool known = std::all_of(legs.begin(), legs.end(), [](const JobLeg* leg) { return leg->runsOn.platform.has_value(); });
        const int line = 1 + int(std::count(text.begin(), text.begin() + std::ptrdiff_t(at), '\n'));
        if (!inside || !known || (key.empty() && legs.size() > 1)) {
            editing.warn(EditKind::ArchInScript, job.id, line, what);
            continue;
        }
        if (value.empty())
            value = byLeg(legs, key, [](const JobLeg& leg) { return leg.context.values.at("runner").at("arch").get<std::string>(); });
        editing.edits.replace(at, at + what.size(), value);
        editing.changed(EditKind::RunnerArchReplaced, job.id, line, what, value);
    }
}

std::optional<Error> emulateJob(Editing& editing, const WorkflowJob& job, const RollbackOptions& options)
{
    const auto legs = editing.legsOf(job);
    std::vector<Platform> emulated;
    for (const JobLeg* leg : legs) {
        for (const Platform& platform : platformsOf(*leg)) {
            if (executionOn(amd64, platform) != Execution::Native && std::find(emulated.begin(), emulated.end(), platform) == emulated.end())
                emulated.push_back(platform);
        }
        for (const BuildCall& build : leg->builds) {
            if (build.platformsOpen)
                editing.warn(EditKind::PlatformsOpen, job.id, build.step ? build.step->line : job.line);
        }
    }
    std::sort(emulated.begin(), emulated.end());
    if (job.matrix && legs.size() > 1 && !options.keepMatrix) {
        const auto why = combineLegs(editing, job, emulatedRunner(editing, job, options));
        if (!why)
            return std::nullopt;
        editing.warn(EditKind::MatrixKept, job.id, job.matrix->line, *why);
    }
    const std::string key = tellingKey(legs);
    if (const auto wrong = statePlatforms(editing, job, legs, key))
        return wrong;
    const std::vector<std::string> labels = emulatedRunner(editing, job, options);
    const YamlNode& runsOn = *job.runsOn;
    const std::string& text = editing.workflow.text();
    editing.edits.setValue(runsOn, runsOnYaml(labels));
    editing.changed(EditKind::RunnerChanged, job.id, runsOn.line, text.substr(runsOn.begin, runsOn.end - runsOn.begin), runsOnYaml(labels));
    if (emulated.empty())
        emulated.push_back({"linux", "arm64", {}}); // not to be told from the file: what native runners are for
    addQemuStep(editing, job, emulated);
    replaceRunnerArch(editing, job, legs, key);
    warnAboutScripts(editing, job);
    return std::nullopt;
}

/// One runner for all platforms, with emulation.
void flipInputs(Editing& editing, const WorkflowJob& job, const std::vector<const JobLeg*>& legs, const RunnerTable& runners, const RollbackOptions& options)
{
    if (legs.size() > 1)
        warnAboutBuilderCaches(editing, EditKind::CacheTogether, job, legs);
    std::string label = options.runner;
    if (label.empty()) {
        label = githubBuilderRunner(resolvedText(valueOf(job.with, "runner"), {}), amd64);
        if (runnerPlatform({label}, runners) != amd64)
            label = "ubuntu-24.04";
    }
    setInputs(editing, job, {{"distribute", "false"}, {"setup-qemu", "true"}, {"runner", label}});
}

Result<WorkflowEdit> rollback(const std::string& text, const RunnerTable& runners, const RollbackOptions& options, bool inputsOnly)
{
    auto begun = beginEditing(text, runners);
    if (!begun)
        return begun.error();
    Editing& editing = **begun;
    bool found = false;
    for (const WorkflowJob& job : editing.workflow.jobs) {
        const auto legs = editing.legsOf(job);
        if (isGithubBuilder(job)) {
            const bool emulated = std::all_of(legs.begin(), legs.end(), [](const JobLeg* leg) { return leg->qemu && leg->runsOn.platform == amd64; });
            found |= !emulated;
            if (!emulated)
                flipInputs(editing, job, legs, runners, options);
        } else if (!inputsOnly && std::any_of(legs.begin(), legs.end(), [](const JobLeg* leg) { return foreign(*leg); })) {
            found = true;
            if (const auto wrong = emulateJob(editing, job, options))
                return *wrong;
        }
    }
    for (const std::string& path : editing.legs.unread)
        editing.warn(EditKind::CalledWorkflow, {}, 0, path);
    if (!found)
        return Error{ErrorKind::NotFound, inputsOnly ? "no job uses docker/github-builder on native runners"
                                          : editing.legs.unread.empty()
                                              ? "no build of this workflow runs on a native runner of another architecture"
                                              : "the builds are in " + editing.legs.unread.front() + ": roll that back",
                     false};
    if (options.addDispatch)
        addDispatchTrigger(editing);
    return finishEditing(editing, runners);
}

} // namespace

Result<WorkflowEdit> rollbackToQemu(const std::string& text, const RunnerTable& runners, const RollbackOptions& options)
{
    return editWrittenOut(text, runners, [&](const std::string& each) { return rollback(each, runners, options, false); });
}

Result<WorkflowEdit> flipBuilderInputs(const std::string& text, const RunnerTable& runners, const RollbackOptions& options)
{
    return rollback(text, runners, options, true);
}

Result<WorkflowEdit> withDispatch(const std::string& text, const RunnerTable& runners)
{
    auto begun = beginEditing(text, runners);
    if (!begun)
        return begun.error();
    addDispatchTrigger(**begun);
    return finishEditing(**begun, runners);
}

} // namespace layerline
