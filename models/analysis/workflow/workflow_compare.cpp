#include "analysis/workflow/workflow_compare.h"

#include "analysis/workflow/build_calls.h"
#include "analysis/workflow/expression_tokens.h"
#include "analysis/workflow/shell_text.h"

#include <algorithm>

namespace layerline {

namespace {

using Property = WorkflowProperty;

void addReferences(const YamlNode& node, bool condition, std::set<std::string>& secrets)
{
    if (node.isScalar()) {
        for (const std::string& path : condition ? conditionReferences(node.scalar) : expressionReferences(node.scalar)) {
            if (path.rfind("secrets.", 0) == 0 || path == "github.token")
                secrets.insert(path == "github.token" ? "secrets.GITHUB_TOKEN" : path);
        }
    }
    for (const YamlEntry& entry : node.entries) {
        if (entry.key && entry.key->scalar == "secrets" && entry.value->isScalar() && entry.value->scalar == "inherit")
            secrets.insert("inherit");
        addReferences(*entry.value, entry.key && entry.key->scalar == "if", secrets);
    }
}

void addPermissions(const Permissions& permissions, std::set<std::string>& to)
{
    for (const auto& [scope, level] : permissions.scopes) {
        if (level != "none")
            to.insert(scope + ": " + level);
    }
}

/// Tags as image and rule; what other steps put out is no rule of its own.
void addTags(const std::vector<std::string>& tags, WorkflowProperties& to)
{
    for (const std::string& tag : tags) {
        if (tag.find("steps.") != std::string::npos && tag.find("outputs.tags") != std::string::npos)
            continue;
        const auto [image, rule] = splitTag(tag);
        to[Property::Images].insert(image);
        if (!rule.empty())
            to[Property::TagRules].insert(rule);
    }
}

void addLines(const std::vector<std::string>& lines, std::set<std::string>& to)
{
    to.insert(lines.begin(), lines.end());
}

std::vector<std::string> variablesOf(const JobLeg& leg)
{
    std::vector<std::string> names;
    const auto env = leg.context.values.find("env");
    if (env != leg.context.values.end()) {
        for (auto it = env->second.begin(); it != env->second.end(); ++it)
            names.push_back(it.key());
    }
    return names;
}

/// A script's tags with what the shell would put in for its variables, where that is known.
std::vector<std::string> expressionTags(const std::vector<std::string>& tags, const JobLeg& leg)
{
    std::vector<std::string> result;
    for (const std::string& tag : tags) {
        const std::string expression = shellToExpression(tag, variablesOf(leg));
        result.push_back(resolvedText(expression.empty() ? tag : expression, leg.context));
    }
    return result;
}

void addBuild(const BuildCall& build, const JobLeg& leg, WorkflowProperties& to)
{
    for (const Platform& platform : build.platforms)
        to[Property::Platforms].insert(platform.str());
    if (build.platforms.empty() && !build.platformsOpen && leg.runsOn.platform)
        to[Property::Platforms].insert(leg.runsOn.platform->str());
    // A name without a tag is where a digest goes, not a rule.
    addTags(build.kind == ActionKind::Run ? expressionTags(build.tags, leg) : build.tags, to);
    addLines(build.buildArgs, to[Property::BuildArgs]);
    addLines(build.labels, to[Property::Labels]);
    for (const std::string& cache : build.cacheTo)
        to[Property::Caches].insert("to " + cache);
    for (const std::string& cache : build.cacheFrom)
        to[Property::Caches].insert("from " + cache);
    if (!build.step)
        return;
    for (const std::string& secret : textLines(valueOf(build.step->with, "secrets")))
        to[Property::Secrets].insert("build secret " + secret.substr(0, secret.find('=')));
    const std::string names = settingOf(resolvedText(valueOf(build.step->with, "outputs"), leg.context), "name");
    for (const std::string& name : listItems(names)) {
        // What a step finds out from the tags is told by the tags.
        if (name.find("-names.outputs.names") == std::string::npos)
            to[Property::Images].insert(name);
    }
}

/// The tags a merging script gives, as far as it tells.
std::vector<std::string> mergedTags(const WorkflowStep& step, const JobLeg& leg)
{
    std::vector<std::string> tags;
    const bool asksBake = step.run.find("bake --print") != std::string::npos;
    for (const std::string& line : asksBake ? std::vector<std::string>() : tagsOfMerge(step, variablesOf(leg)).tags) {
        for (const std::string& tag : listItems(resolvedText(line, leg.context)))
            tags.push_back(tag);
    }
    // Of what is asked of bake only what the workflow itself sets; the rest its build tells, before and after.
    for (const BakeSetting& setting : bakeSettings(textLines(resolvedText(valueOf(step.env, "SET"), leg.context)))) {
        if (setting.key == "tags" && asksBake)
            tags.push_back(setting.value);
    }
    return tags;
}

void addStep(const WorkflowStep& step, const JobLeg& leg, WorkflowProperties& to)
{
    const auto text = [&](const char* key) { return resolvedText(valueOf(step.with, key), leg.context); };
    switch (step.kind) {
    case ActionKind::Login: to[Property::Registries].insert(text("registry").empty() ? "docker.io" : text("registry")); break;
    case ActionKind::EcrLogin: to[Property::Registries].insert("Amazon ECR"); break;
    case ActionKind::Metadata:
        for (const std::string& name : imageNames(text("images")))
            to[Property::Images].insert(name);
        addLines(textLines(text("tags")), to[Property::TagRules]);
        for (const std::string& flavor : textLines(text("flavor")))
            to[Property::TagRules].insert("flavor " + flavor);
        addLines(textLines(text("labels")), to[Property::Labels]);
        break;
    case ActionKind::Run:
        if (mergesDigests(step))
            addTags(mergedTags(step, leg), to);
        break;
    default: break;
    }
}

void addGithubBuilder(const JobLeg& leg, WorkflowProperties& to)
{
    const auto text = [&](const char* key) { return resolvedText(valueOf(leg.job->with, key), leg.context); };
    for (const std::string& name : imageNames(text("meta-images")))
        to[Property::Images].insert(name);
    addLines(textLines(text("meta-tags")), to[Property::TagRules]);
    addLines(textLines(text("meta-labels")), to[Property::Labels]);
    const YamlNode* secrets = leg.job->entry->value->find("secrets");
    const YamlNode* auths = secrets ? secrets->find("registry-auths") : nullptr;
    for (const std::string& line : auths ? textLines(auths->scalar) : std::vector<std::string>()) {
        const std::size_t at = line.find("registry:");
        if (at != std::string::npos)
            to[Property::Registries].insert(textLines(line.substr(at + 9)).empty() ? "" : textLines(line.substr(at + 9))[0]);
    }
}

} // namespace

const char* toString(WorkflowProperty property)
{
    switch (property) {
    case Property::Triggers: return "triggers";
    case Property::Permissions: return "permissions";
    case Property::Secrets: return "secrets";
    case Property::Registries: return "registries";
    case Property::Images: return "images";
    case Property::TagRules: return "tag-rules";
    case Property::Platforms: return "platforms";
    case Property::BuildArgs: return "build-args";
    case Property::Labels: return "labels";
    case Property::Caches: return "caches";
    case Property::Runners: return "runners";
    }
    return "unknown";
}

std::pair<std::string, std::string> splitTag(std::string_view tag)
{
    std::size_t colon = std::string_view::npos;
    for (std::size_t i = 0; i < tag.size(); ++i) {
        if (tag.substr(i, 3) == "${{") {
            const std::size_t end = expressionEnd(tag, i + 3);
            if (end == std::string_view::npos)
                break;
            i = end + 1;
        } else if (tag[i] == ':') {
            colon = i;
        } else if (tag[i] == '/') {
            colon = std::string_view::npos; // it was a port
        }
    }
    if (colon == std::string_view::npos)
        return {std::string(tag), {}};
    return {std::string(tag.substr(0, colon)), std::string(tag.substr(colon))};
}

std::vector<std::string> imageNames(std::string_view images)
{
    std::vector<std::string> names;
    for (const std::string& line : textLines(images)) {
        // "a,b" are two images, "name=a,enable=true" is one with a setting.
        const bool settings = line.rfind("name=", 0) == 0 || line.find(",name=") != std::string::npos || line.find(",enable=") != std::string::npos;
        if (!settings) {
            for (const std::string& name : listItems(line))
                names.push_back(name);
            continue;
        }
        const std::string name = settingOf(line, "name");
        names.push_back(name.empty() ? listItems(line)[0] : name);
    }
    return names;
}

WorkflowProperties propertiesOf(const Workflow& workflow, const Legs& legs)
{
    WorkflowProperties result;
    for (const WorkflowTrigger& trigger : workflow.triggers)
        result[Property::Triggers].insert(trigger.event + (trigger.config.is_null() ? std::string() : " " + trigger.config.dump()));
    addPermissions(workflow.permissions, result[Property::Permissions]);
    for (const WorkflowJob& job : workflow.jobs)
        addPermissions(job.permissions, result[Property::Permissions]);
    addReferences(*workflow.document->root, false, result[Property::Secrets]);
    for (const JobLeg& leg : legs.legs) {
        for (const auto& labels : leg.runsOn.choices) {
            std::string text;
            for (const std::string& label : labels)
                text += (text.empty() ? "" : " + ") + label;
            result[Property::Runners].insert(text);
        }
        for (const WorkflowStep& step : leg.job->steps)
            addStep(step, leg, result);
        for (const BuildCall& build : leg.builds)
            addBuild(build, leg, result);
        if (isGithubBuilder(*leg.job))
            addGithubBuilder(leg, result);
    }
    for (auto& [property, texts] : result)
        texts.erase("");
    return result;
}

std::vector<PropertyDifference> compareProperties(const WorkflowProperties& before, const WorkflowProperties& after)
{
    std::vector<PropertyDifference> result;
    const auto of = [](const WorkflowProperties& all, Property property) {
        const auto found = all.find(property);
        return found == all.end() ? std::set<std::string>() : found->second;
    };
    for (int i = int(Property::Triggers); i <= int(Property::Runners); ++i) {
        const auto property = Property(i);
        const auto old = of(before, property), now = of(after, property);
        PropertyDifference difference{property, {}, {}};
        std::set_difference(old.begin(), old.end(), now.begin(), now.end(), std::back_inserter(difference.removed));
        std::set_difference(now.begin(), now.end(), old.begin(), old.end(), std::back_inserter(difference.added));
        if (!difference.removed.empty() || !difference.added.empty())
            result.push_back(std::move(difference));
    }
    return result;
}

} // namespace layerline
