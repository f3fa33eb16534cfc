#include "analysis/workflow/build_calls.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace layerline {

using Json = nlohmann::ordered_json;

namespace {

bool contains(std::string_view text, std::string_view what)
{
    return text.find(what) != std::string_view::npos;
}

/// Can the condition only be false in this leg?
bool skipped(std::string_view condition, const ExpressionContext& context)
{
    if (condition.empty())
        return false;
    const auto outcome = hasExpression(condition) ? evaluateTemplate(condition, context) : evaluateExpression(condition, context);
    if (!outcome || outcome->open)
        return false;
    return std::none_of(outcome->values.begin(), outcome->values.end(), [](const Json& value) { return truthy(value); });
}

bool isFalse(std::string_view text, const ExpressionContext& context)
{
    if (text.empty() || text == "false")
        return true;
    const auto outcome = evaluateTemplate(text, context);
    return outcome && !outcome->open
           && std::all_of(outcome->values.begin(), outcome->values.end(),
                          [](const Json& value) { return !truthy(value) || value == "false"; });
}

/// Adds the platforms of a list; several outcomes are all possible.
void addPlatforms(BuildCall& build, std::string_view text, const ExpressionContext& context)
{
    const auto outcome = evaluateTemplate(text, context);
    if (!outcome || outcome->open || outcome->openFalsy || outcome->values.size() > 1)
        build.platformsOpen = true;
    if (!outcome)
        return;
    for (const Json& value : outcome->values) {
        for (const std::string& item : listItems(expressionText(value))) {
            if (const auto platform = parsePlatform(item)) {
                if (std::find(build.platforms.begin(), build.platforms.end(), *platform) == build.platforms.end())
                    build.platforms.push_back(*platform);
            } else if (item != "local") {
                build.platformsOpen = true;
            }
        }
    }
}

std::vector<std::string> resolvedLines(std::string_view text, const ExpressionContext& context)
{
    return textLines(resolvedText(text, context));
}

BuildCall buildPushCall(const WorkflowStep& step, const ExpressionContext& context)
{
    BuildCall build;
    build.step = &step;
    build.kind = ActionKind::BuildPush;
    addPlatforms(build, valueOf(step.with, "platforms"), context);
    const std::string outputs = resolvedText(valueOf(step.with, "outputs"), context);
    build.pushByDigest = settingOf(outputs, "push-by-digest") == "true";
    const std::string pushed = settingOf(outputs, "push");
    build.pushes = !isFalse(valueOf(step.with, "push"), context) || (!pushed.empty() && !isFalse(pushed, context)) || contains(outputs, "type=registry");
    build.cacheTo = resolvedLines(valueOf(step.with, "cache-to"), context);
    build.cacheFrom = resolvedLines(valueOf(step.with, "cache-from"), context);
    build.tags = listItems(resolvedText(valueOf(step.with, "tags"), context));
    build.buildArgs = resolvedLines(valueOf(step.with, "build-args"), context);
    build.labels = resolvedLines(valueOf(step.with, "labels"), context);
    return build;
}

/// `set:` lines of bake, "target.key=value" with target "*" or a name; what they leave open the bake file says.
BuildCall bakeCall(const WorkflowStep& step, const JobLeg& leg, const BakeScope& scope)
{
    BuildCall build;
    build.step = &step;
    build.kind = ActionKind::Bake;
    build.pushes = !isFalse(valueOf(step.with, "push"), leg.context);
    std::set<std::string> settled;
    for (const BakeSetting& setting : bakeSettings(resolvedLines(valueOf(step.with, "set"), leg.context))) {
        const auto& [target, key, value] = setting;
        if (target == "*")
            settled.insert(key);
        if (key == "platform") {
            addPlatforms(build, value, leg.context);
        } else if (key == "cache-to") {
            build.cacheTo.push_back(value);
        } else if (key == "cache-from") {
            build.cacheFrom.push_back(value);
        } else if (key == "output") {
            build.pushByDigest |= settingOf(value, "push-by-digest") == "true";
            const std::string pushed = settingOf(value, "push");
            build.pushes |= (!pushed.empty() && !isFalse(pushed, leg.context)) || contains(value, "type=registry");
        } else if (key == "tags") {
            build.tags.push_back(value);
        } else if (key.rfind("args.", 0) == 0) {
            build.buildArgs.push_back(key.substr(5) + "=" + value);
        }
    }
    BakeInputs inputs = bakeInputs(step.with, leg.context);
    const WorkflowStep* asked = askedBefore(*leg.job, step);
    if (asked && contains(valueOf(step.with, "targets"), "steps." + asked->id + "."))
        inputs.targets = listItems(resolvedText(valueOf(asked->env, "TARGETS"), leg.context));
    addBakeFile(build, planOfStep(inputs, step.env, leg, scope), leg, settled);
    if (asked)
        keepCachesApart(build, *asked, leg);
    return build;
}

/// The values of "--name value" and "--name=value" in a script.
std::vector<std::string> optionValues(std::string_view script, std::string_view name)
{
    std::vector<std::string> values;
    for (std::size_t at = script.find(name); at != std::string_view::npos; at = script.find(name, at + 1)) {
        std::size_t begin = at + name.size();
        if (begin >= script.size() || (script[begin] != '=' && script[begin] != ' '))
            continue;
        while (begin < script.size() && (script[begin] == '=' || script[begin] == ' ' || script[begin] == '"' || script[begin] == '\''))
            ++begin;
        std::size_t end = begin;
        int braces = 0; // "${{ a b }}" is one value
        while (end < script.size() && (braces > 0 || (!std::isspace(static_cast<unsigned char>(script[end])) && script[end] != '"' && script[end] != '\''))) {
            braces += script[end] == '{' ? 1 : script[end] == '}' ? -1 : 0;
            ++end;
        }
        values.emplace_back(script.substr(begin, end - begin));
    }
    return values;
}

bool buildsImage(std::string_view script)
{
    for (const char* command : {"docker buildx build", "docker build ", "podman build", "buildah bud"}) {
        if (contains(script, command))
            return true;
    }
    const std::string_view bake = "docker buildx bake", asks = " --print";
    for (std::size_t at = script.find(bake); at != std::string_view::npos; at = script.find(bake, at + 1)) {
        if (script.compare(at + bake.size(), asks.size(), asks) != 0)
            return true;
    }
    return false;
}

BuildCall scriptCall(const WorkflowStep& step, const ExpressionContext& context)
{
    BuildCall build;
    build.step = &step;
    build.kind = ActionKind::Run;
    for (const std::string& value : optionValues(step.run, "--platform"))
        addPlatforms(build, value, context);
    build.pushes = (contains(step.run, "--push") && !contains(step.run, "--push=false")) || contains(step.run, "docker push") || contains(step.run, "push=true");
    build.pushByDigest = contains(step.run, "push-by-digest=true");
    for (const std::string& value : optionValues(step.run, "--cache-to"))
        build.cacheTo.push_back(resolvedText(value, context));
    for (const std::string& value : optionValues(step.run, "--cache-from"))
        build.cacheFrom.push_back(resolvedText(value, context));
    for (const char* option : {"--tag", "-t"}) {
        for (const std::string& value : optionValues(step.run, option))
            build.tags.push_back(resolvedText(value, context));
    }
    if (contains(step.run, "buildx bake") && build.platforms.empty())
        build.platformsOpen = true;
    return build;
}

BuildCall githubBuilderCall(const JobLeg& leg, const BakeScope& around)
{
    const WorkflowJob& job = *leg.job;
    const ExpressionContext& context = leg.context;
    BuildCall build;
    build.kind = contains(job.uses->path, "bake") ? ActionKind::Bake : ActionKind::BuildPush;
    addPlatforms(build, valueOf(job.with, "platforms"), context);
    if (build.kind == ActionKind::Bake) {
        for (const auto& [target, key, value] : bakeSettings(resolvedLines(valueOf(job.with, "set"), context))) {
            if (key == "platform")
                addPlatforms(build, value, context);
        }
        // Names and tags are its own inputs.
        addBakeFile(build, planOfStep(bakeInputs(job.with, context), {}, leg, around), leg, {"tags", "output", "cache-to", "cache-from", build.platforms.empty() ? "" : "platform"});
    }
    build.pushes = !isFalse(valueOf(job.with, "push"), context);
    build.buildArgs = resolvedLines(valueOf(job.with, "build-args"), context);
    build.labels = resolvedLines(valueOf(job.with, "labels"), context);
    if (!isFalse(valueOf(job.with, "cache"), context)) {
        std::string scope = resolvedText(valueOf(job.with, "cache-scope"), context);
        if (scope.empty())
            scope = resolvedText(valueOf(job.with, "target"), context);
        const std::string mode = resolvedText(valueOf(job.with, "cache-mode"), context), named = scope.empty() ? std::string() : ",scope=" + scope;
        build.cacheTo.push_back("type=gha" + (mode.empty() ? std::string() : ",mode=" + mode) + named);
        build.cacheFrom.push_back("type=gha" + named);
    }
    return build;
}

void addStep(JobLeg& leg, const WorkflowStep& step, const BakeScope& scope)
{
    if (skipped(step.condition, leg.context))
        return;
    leg.qemu |= step.kind == ActionKind::SetupQemu || (step.kind == ActionKind::Run && installsQemu(step.run));
    leg.merges |= mergesDigests(step);
    if (step.kind == ActionKind::BuildPush)
        leg.builds.push_back(buildPushCall(step, leg.context));
    else if (step.kind == ActionKind::Bake)
        leg.builds.push_back(bakeCall(step, leg, scope));
    else if (step.kind == ActionKind::Run && buildsImage(step.run))
        leg.builds.push_back(scriptCall(step, leg.context));
}

} // namespace

bool isGithubBuilder(const WorkflowJob& job)
{
    return job.uses && (job.uses->name == "docker/github-builder" || job.uses->name == "docker/github-builder-experimental")
           && (contains(job.uses->path, "/build.yml") || contains(job.uses->path, "/bake.yml"));
}

std::string githubBuilderRunner(std::string_view mapping, const Platform& platform)
{
    const std::vector<std::string> lines = mapping.empty() || mapping == "auto"
                                               ? std::vector<std::string>{"default=ubuntu-24.04", "linux/arm=ubuntu-24.04-arm", "linux/arm64=ubuntu-24.04-arm"}
                                               : textLines(mapping);
    if (lines.size() == 1 && !contains(lines[0], "="))
        return lines[0] == "amd64" ? "ubuntu-24.04" : lines[0] == "arm64" ? "ubuntu-24.04-arm" : lines[0]; // the two old short forms
    std::string best, label;
    const std::string wanted = platform.str();
    for (const std::string& line : lines) {
        const std::size_t sign = line.find('=');
        const std::string prefix = line.substr(0, sign), value = sign == std::string::npos ? std::string() : line.substr(sign + 1);
        const bool fits = wanted == prefix || wanted.rfind(prefix + "/", 0) == 0;
        if ((prefix == "default" && best.empty() && label.empty()) || (fits && !platform.empty() && prefix.size() > best.size())) {
            label = value;
            best = prefix == "default" ? "" : prefix;
        }
    }
    return label;
}

bool buildsImage(const WorkflowStep& step)
{
    return step.kind == ActionKind::Run && buildsImage(step.run);
}

bool mergesDigests(const WorkflowStep& step)
{
    return contains(step.run, "imagetools create") || contains(step.run, "docker manifest create") || contains(step.run, "manifest push");
}

bool installsQemu(std::string_view script)
{
    return contains(script, "tonistiigi/binfmt") || contains(script, "multiarch/qemu-user-static") || contains(script, "qemu-user-static");
}

void findBuildCalls(JobLeg& leg, const BakeScope& scope)
{
    for (const WorkflowStep& step : leg.job->steps)
        addStep(leg, step, scope);
}

std::vector<JobLeg> githubBuilderLegs(const JobLeg& caller, const RunnerTable& runners, const BakeScope& scope)
{
    const TextMap& with = caller.job->with;
    const BuildCall build = githubBuilderCall(caller, scope);
    const bool distributes = !hasKey(with, "distribute") || !isFalse(valueOf(with, "distribute"), caller.context);
    std::vector<JobLeg> legs;
    const auto add = [&](BuildCall part, const Platform& platform) {
        JobLeg leg = caller;
        leg.qemu = !isFalse(valueOf(with, "setup-qemu"), caller.context);
        leg.runsOn.choices = {{githubBuilderRunner(resolvedText(valueOf(with, "runner"), caller.context), platform)}};
        leg.runsOn.platform = runnerPlatform(leg.runsOn.choices[0], runners);
        leg.name += " / build" + (platform.empty() ? std::string() : " (" + platform.str() + ")");
        leg.builds.push_back(std::move(part));
        legs.push_back(std::move(leg));
    };
    if (!distributes || build.platforms.empty()) {
        add(build, {});
        return legs;
    }
    for (const Platform& platform : build.platforms) {
        BuildCall part = build;
        part.platforms = {platform};
        part.pushByDigest = build.platforms.size() > 1;
        std::string suffix = "-" + platform.str();
        std::replace(suffix.begin(), suffix.end(), '/', '-');
        // The workflow keeps the platforms' caches apart by itself.
        for (auto* caches : {&part.cacheTo, &part.cacheFrom}) {
            for (std::string& cache : *caches)
                cache += (settingOf(cache, "scope").empty() ? ",scope=" + std::string(defaultCacheScope) : std::string()) + suffix;
        }
        add(std::move(part), platform);
    }
    return legs;
}

std::string settingOf(std::string_view settings, std::string_view key)
{
    for (const std::string& item : listItems(settings)) {
        const std::size_t sign = item.find('=');
        std::string name = item.substr(0, sign);
        name.erase(std::remove(name.begin(), name.end(), '"'), name.end());
        if (sign != std::string::npos && name == key) {
            std::string value = item.substr(sign + 1);
            value.erase(std::remove(value.begin(), value.end(), '"'), value.end());
            return value;
        }
    }
    return {};
}

} // namespace layerline
