#include "analysis/workflow/edit_steps.h"

#include "analysis/workflow/action_table.h"
#include "analysis/workflow/build_calls.h"
#include "analysis/workflow/yaml_scan.h"

#include <algorithm>

namespace layerline {

std::vector<const JobLeg*> Editing::legsOf(const WorkflowJob& job) const
{
    std::vector<const JobLeg*> result;
    for (const JobLeg& leg : legs.legs) {
        if (leg.job == &job)
            result.push_back(&leg);
    }
    return result;
}

int Editing::columnOf(std::size_t offset) const
{
    return int(offset - lineBegin(workflow.text(), offset));
}

Result<std::unique_ptr<Editing>> beginEditing(const std::string& text, const RunnerTable& runners, const BakeSources* bake)
{
    auto workflow = parseWorkflow(text);
    if (!workflow)
        return workflow.error();
    auto editing = std::make_unique<Editing>(std::move(*workflow), Legs());
    auto legs = expandJobs(editing->workflow, runners, {}, bake);
    if (!legs)
        return legs.error();
    editing->legs = std::move(*legs);
    editing->bake = bake;
    return editing;
}

Result<WorkflowEdit> finishEditing(Editing& editing, const RunnerTable& runners)
{
    WorkflowEdit result;
    result.before = editing.workflow.text();
    auto after = editing.edits.apply();
    if (!after)
        return after.error();
    result.after = std::move(*after);
    const auto workflow = parseWorkflow(result.after);
    if (!workflow)
        return Error{ErrorKind::Unsupported, "this file is written in a way that can't be edited in place (" + workflow.error().detail + ")", false};
    const auto legs = expandJobs(*workflow, runners, {}, editing.bake);
    if (!legs)
        return Error{ErrorKind::Unsupported, "this matrix can't be edited in place (" + legs.error().detail + ")", false};
    result.was = summarise(editing.legs);
    result.becomes = summarise(*legs);
    result.differences = compareProperties(propertiesOf(editing.workflow, editing.legs), propertiesOf(*workflow, *legs));
    result.changes = std::move(editing.changes);
    result.warnings = std::move(editing.warnings);
    for (EditNote& note : workflowWarnings(*workflow, *legs, runners))
        result.warnings.push_back(std::move(note));
    return result;
}

namespace {

/// Lines of a list as one in brackets: "- cron: 'x'" is "[{cron: 'x'}]".
std::string inBrackets(const std::string& lines)
{
    std::string list;
    for (const std::string& line : textLines(lines))
        list += (list.empty() ? "{" : ", {") + line.substr(line.rfind("- ", 0) == 0 ? 2 : 0) + "}";
    return list.empty() ? "null" : "[" + list + "]";
}

} // namespace

void addTrigger(Editing& editing, const std::string& event, const std::string& lines, const std::string& also)
{
    const YamlNode& root = *editing.workflow.document->root;
    const YamlNode& on = *root.find("on");
    TextEdits& edits = editing.edits;
    if (on.isMap() && on.style == YamlStyle::Block) {
        edits.addEntry(on, nullptr, event + ":\n" + indented(lines, 2) + (also.empty() ? "" : also + ":\n"));
    } else if (on.isMap()) {
        edits.replace(on.end - 1, on.end - 1, (on.entries.empty() ? "" : ", ") + event + ": " + inBrackets(lines) + (also.empty() ? "" : ", " + also + ": null"));
    } else if (lines.empty() && on.isScalar()) {
        edits.setValue(on, "[" + on.scalar + ", " + event + "]");
    } else if (lines.empty() && on.style == YamlStyle::Flow) {
        edits.replace(on.end - 1, on.end - 1, (on.entries.empty() ? "" : ", ") + event);
    } else if (lines.empty()) {
        edits.addElement(on, nullptr, "- " + event + "\n");
    } else {
        // Events that need lines below them make a map of the list.
        std::string map = "\n";
        for (const WorkflowTrigger& trigger : editing.workflow.triggers)
            map += "  " + trigger.event + ":\n";
        map += "  " + event + ":\n" + indented(lines, 4) + (also.empty() ? "" : "  " + also + ":\n");
        map.pop_back();
        const std::size_t colon = colonEnd(editing.workflow.text(), root.entry("on")->key->end);
        edits.replace(colon == std::string::npos ? on.begin : colon, on.end, map);
    }
}

void addDispatchTrigger(Editing& editing)
{
    // One that is only called can't be started without what its caller gives it.
    if (editing.workflow.trigger("workflow_dispatch") || editing.workflow.trigger("workflow_call"))
        return;
    addTrigger(editing, "workflow_dispatch", {});
    editing.changed(EditKind::DispatchAdded, {}, editing.workflow.document->root->entry("on")->key->line);
}

std::string shortNames(const std::vector<Platform>& platforms)
{
    std::string text;
    for (const Platform& platform : platforms)
        text += (text.empty() ? "" : ",") + platform.shortName();
    return text;
}

std::string runsOnYaml(const std::vector<std::string>& labels)
{
    if (labels.size() == 1)
        return yamlScalar(labels[0]);
    std::string list;
    for (const std::string& label : labels)
        list += (list.empty() ? "" : ", ") + yamlScalar(label);
    return "[" + list + "]";
}

void renameNeeds(Editing& editing, const std::string& from, const std::string& to)
{
    const std::string& text = editing.workflow.text();
    for (const WorkflowJob& job : editing.workflow.jobs) {
        if (std::find(job.needs.begin(), job.needs.end(), from) == job.needs.end())
            continue;
        const YamlNode& needs = *job.entry->value->find("needs");
        if (std::find(job.needs.begin(), job.needs.end(), to) != job.needs.end()) {
            std::vector<std::string> left;
            std::copy_if(job.needs.begin(), job.needs.end(), std::back_inserter(left), [&](const std::string& need) { return need != from; });
            editing.edits.setValue(needs, runsOnYaml(left));
        } else if (needs.isScalar()) {
            editing.edits.setScalar(needs, to);
        } else {
            for (const YamlEntry& entry : needs.entries) {
                if (entry.value->scalar == from)
                    editing.edits.setScalar(*entry.value, to);
            }
        }
        const std::string path = "needs." + from + ".";
        for (std::size_t at = text.find(path, job.entry->begin); at != std::string::npos && at < job.entry->end; at = text.find(path, at + 1))
            editing.edits.replace(at + 6, at + 6 + from.size(), to);
        editing.changed(EditKind::NeedsChanged, job.id, needs.line, from, to);
    }
}

const WorkflowStep* firstStep(const WorkflowJob& job, ActionKind kind)
{
    const auto found = std::find_if(job.steps.begin(), job.steps.end(), [&](const WorkflowStep& step) { return step.kind == kind; });
    return found == job.steps.end() ? nullptr : &*found;
}

const YamlNode& stepsNode(const WorkflowJob& job)
{
    return *job.entry->value->find("steps");
}

namespace {

/// A step that already sets up emulation must do so everywhere and for all platforms.
void widenQemuStep(Editing& editing, const WorkflowJob& job, const WorkflowStep& step, const std::vector<Platform>& platforms)
{
    const YamlNode& node = *step.entry->value;
    if (const YamlEntry* condition = node.entry("if")) {
        editing.edits.removeEntry(node, *condition);
        editing.changed(EditKind::QemuAdded, job.id, step.line, shortNames(platforms));
    }
    const YamlNode* with = node.find("with");
    const YamlNode* named = with ? with->find("platforms") : nullptr;
    if (!named || named->scalar == "all" || hasExpression(named->scalar))
        return;
    std::string list = named->scalar;
    for (const Platform& platform : platforms) {
        const auto items = listItems(list);
        if (std::find(items.begin(), items.end(), platform.shortName()) == items.end() && std::find(items.begin(), items.end(), platform.str()) == items.end())
            list += "," + platform.shortName();
    }
    if (list != named->scalar)
        editing.edits.setScalar(*named, list);
}

} // namespace

void addQemuStep(Editing& editing, const WorkflowJob& job, const std::vector<Platform>& platforms)
{
    if (const WorkflowStep* step = firstStep(job, ActionKind::SetupQemu)) {
        widenQemuStep(editing, job, *step, platforms);
        return;
    }
    const WorkflowStep* before = firstStep(job, ActionKind::SetupBuildx);
    for (const WorkflowStep& step : job.steps) {
        if (!before && std::any_of(editing.legs.legs.begin(), editing.legs.legs.end(), [&](const JobLeg& leg) {
                return std::any_of(leg.builds.begin(), leg.builds.end(), [&](const BuildCall& build) { return build.step == &step; });
            }))
            before = &step;
    }
    const std::string action = actionToUse(editing.workflow, "docker/setup-qemu-action");
    editing.edits.addElement(stepsNode(job), before ? before->entry : nullptr,
                             "- name: Set up QEMU\n  uses: " + action + "\n  with:\n    platforms: " + shortNames(platforms) + "\n");
    editing.changed(EditKind::QemuAdded, job.id, before ? before->line : job.line, shortNames(platforms));
    if (before && before->uses && before->uses->pinned)
        editing.warn(EditKind::NotPinned, job.id, before->line, action);
}

void warnAboutScripts(Editing& editing, const WorkflowJob& job)
{
    for (const WorkflowStep& step : job.steps) {
        for (const char* asks : {"uname -m", "RUNNER_ARCH", "dpkg --print-architecture", "uname -p", "$(arch)"}) {
            if (step.run.find(asks) != std::string::npos)
                editing.warn(EditKind::ArchInScript, job.id, step.line, asks);
        }
    }
}

void setInputs(Editing& editing, const WorkflowJob& job, const TextMap& inputs)
{
    const YamlNode* with = job.entry->value->find("with");
    std::string added;
    for (const auto& [name, value] : inputs) {
        const YamlNode* old = with ? with->find(name) : nullptr;
        const auto lines = textLines(value);
        if (old && textLines(old->scalar) == lines)
            continue;
        const auto block = [&](int blanks) {
            const std::string text = indented(value + "\n", blanks);
            return "|\n" + text.substr(0, text.size() - 1);
        };
        if (old)
            editing.edits.setValue(*old, lines.size() > 1 ? block(editing.columnOf(with->entry(name)->begin) + 2) : value);
        else
            added += name + ": " + (lines.size() > 1 ? block(2) : value) + "\n";
        std::string told;
        for (const std::string& line : lines)
            told += (told.empty() ? "" : ", ") + line;
        editing.changed(EditKind::InputFlipped, job.id, old ? old->line : job.line, name, told);
    }
    if (!added.empty() && with)
        editing.edits.addEntry(*with, nullptr, added);
    else if (!added.empty())
        editing.edits.addEntry(*job.entry->value, nullptr, "with:\n" + indented(added, 2));
}

void warnAboutBuilderCaches(Editing& editing, EditKind kind, const WorkflowJob& job, const std::vector<const JobLeg*>& legs)
{
    if (std::none_of(legs.begin(), legs.end(), [](const JobLeg* leg) { return !leg->builds.empty() && !leg->builds.front().cacheTo.empty(); }))
        return;
    const auto given = [&](const char* name) { return resolvedText(valueOf(job.with, name), legs.front()->context); };
    std::string scope = given("cache-scope").empty() ? given("target") : given("cache-scope");
    if (scope.empty())
        scope = defaultCacheScope;
    editing.warn(kind, job.id, job.line, scope, given("cache-mode").empty() ? "min" : given("cache-mode"));
}

} // namespace layerline
