#include "analysis/workflow/bake_step.h"

#include "analysis/workflow/migrate_plan.h"

#include <algorithm>
#include <cctype>

namespace layerline {

namespace {

const char* const metadataOutput = ".outputs.bake-file";

bool holds(const std::string& text, const char* what) { return text.find(what) != std::string::npos; }

/// "./docker//bake.hcl" -> "docker/bake.hcl"; empty when it leads out of the repository.
std::string cleanPath(const std::string& path)
{
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string part = path.substr(begin, end - begin);
        begin = end + 1;
        if (part == "..") {
            if (parts.empty())
                return {};
            parts.pop_back();
        } else if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
    }
    std::string clean;
    for (const std::string& part : parts)
        clean += (clean.empty() ? "" : "/") + part;
    return clean;
}

std::string folderOf(const std::string& path)
{
    const std::string clean = cleanPath(path);
    return clean.empty() ? clean : clean + "/";
}

/// Where bake finds its definition below the repository's root; nothing when it is another one's.
std::optional<std::string> sourceFolder(const std::string& source)
{
    const std::string own = "{{defaultContext}}";
    if (source.empty() || source == "." || source == "./" || source == own)
        return std::string();
    if (source.compare(0, own.size() + 1, own + ":") == 0)
        return folderOf(source.substr(own.size() + 1));
    if (source[0] == '.' && !hasExpression(source))
        return folderOf(source);
    return std::nullopt;
}

/// The variables a step sees, as far as the file tells. What a script exports is not to be told.
BakeEnvironment environmentOf(const BakeInputs& inputs, const TextMap& stepEnv, const JobLeg& leg, const BakeScope& scope)
{
    BakeEnvironment environment;
    for (const TextMap* map : {scope.workflowEnv, &leg.job->env, &stepEnv}) {
        for (const auto& [name, value] : map ? *map : TextMap()) {
            const auto outcome = evaluateTemplate(value, leg.context);
            environment[name] = outcome && outcome->known() ? std::optional(expressionText(outcome->values[0])) : std::nullopt;
        }
    }
    for (const std::string& line : inputs.variables) {
        const std::size_t sign = line.find('=');
        if (sign != std::string::npos)
            environment[line.substr(0, sign)] = hasExpression(line) ? std::nullopt : std::optional(line.substr(sign + 1));
    }
    if (leg.runsOn.platform)
        environment["BAKE_LOCAL_PLATFORM"] = leg.runsOn.platform->str();
    for (const WorkflowStep& step : leg.job->steps) {
        if (!holds(step.run, "GITHUB_ENV"))
            continue;
        // Any word of such a script may be a variable's name.
        std::string word;
        for (const char c : step.run + " ") {
            if (std::isalnum(static_cast<unsigned char>(c)) || c == '_') {
                word += c;
            } else if (!word.empty()) {
                environment[word] = std::nullopt;
                word.clear();
            }
        }
    }
    return environment;
}

/// The files bake is given, or those it looks for.
class Gatherer {
public:
    Gatherer(const BakeInputs& inputs, const BakeScope& scope) : m_inputs(inputs), m_scope(scope) {}

    void gather()
    {
        if (m_inputs.elsewhere)
            return refuse("the bake file is another repository's");
        for (const std::string& file : m_inputs.files)
            addNamed(file);
        if (m_inputs.files.empty())
            addDefaults();
    }

    std::vector<BakeText> texts;
    std::vector<BakeFileTarget> added;
    std::string why; ///< it can't be told

private:
    void refuse(const std::string& reason)
    {
        if (why.empty())
            why = reason;
    }

    void addNamed(const std::string& file)
    {
        if (const auto metadata = metadataFileIn(file)) {
            BakeFileTarget target;
            target.name = m_inputs.metadataTarget;
            if (metadata->tags)
                target.tags = {{"${{ steps." + metadata->step + ".outputs.tags }}"}, true, false};
            added.push_back(std::move(target));
            return;
        }
        std::string path = file.rfind("cwd://", 0) == 0 ? file.substr(6) : file;
        if (hasExpression(path) || holds(path, "://") || path.empty() || path[0] == '/')
            return refuse("where " + file + " is can't be told");
        path = cleanPath(m_inputs.folder + path);
        if (path.empty())
            return refuse(file + " is outside of the repository");
        add(path);
    }

    void addDefaults()
    {
        const std::string folder = m_inputs.folder.empty() ? "/" : m_inputs.folder;
        const auto found = m_scope.sources->find(folder);
        if (found == m_scope.sources->end()) {
            m_scope.unread->insert(folder);
            return refuse("the files of the folder are not known");
        }
        const auto names = textLines(found->second.value_or(std::string()));
        for (const std::string& name : defaultBakeFiles()) {
            if (std::find(names.begin(), names.end(), name) != names.end())
                add(m_inputs.folder + name);
        }
        if (texts.empty())
            refuse("there is no bake file");
    }

    void add(const std::string& path)
    {
        if (isComposeFile(path))
            return refuse(path + " is a compose file");
        const auto found = m_scope.sources->find(path);
        if (found == m_scope.sources->end())
            m_scope.unread->insert(path);
        if (found != m_scope.sources->end() && found->second)
            texts.push_back({path, *found->second});
        else
            refuse(path + " is not at hand");
    }

    const BakeInputs& m_inputs;
    const BakeScope& m_scope;
};

void addOnce(std::vector<Platform>& platforms, const Platform& platform)
{
    if (std::find(platforms.begin(), platforms.end(), platform) == platforms.end())
        platforms.push_back(platform);
}

void addPlatforms(BuildCall& build, const BakePlan& plan, const JobLeg& leg)
{
    build.platformsOpen |= plan.anyOpenPlatform();
    const bool silent = std::none_of(plan.targets.begin(), plan.targets.end(), [](const BakeFileTarget& target) { return target.platforms.stated; });
    if (silent)
        return; // the runner's
    for (const BakeFileTarget& target : plan.targets) {
        if (!target.platforms.stated && leg.runsOn.platform)
            addOnce(build.platforms, *leg.runsOn.platform);
        build.platformsOpen |= !target.platforms.stated && !leg.runsOn.platform;
        for (const std::string& text : target.platforms.values) {
            for (const std::string& item : listItems(text)) {
                const auto platform = parsePlatform(item);
                build.platformsOpen |= !platform && item != "local";
                if (platform)
                    addOnce(build.platforms, *platform);
            }
        }
    }
}

} // namespace

std::optional<BakeSetting> bakeSetting(const std::string& line)
{
    const std::size_t sign = line.find('='), dot = line.find('.');
    if (sign == std::string::npos || dot > sign)
        return std::nullopt;
    BakeSetting setting{line.substr(0, dot), line.substr(dot + 1, sign - dot - 1), line.substr(sign + 1)};
    if (!setting.key.empty() && setting.key.back() == '+') // newer versions append by "+="
        setting.key.pop_back();
    if (setting.key == "platforms")
        setting.key = "platform";
    return setting;
}

std::vector<BakeSetting> bakeSettings(const std::vector<std::string>& lines)
{
    std::vector<BakeSetting> settings;
    for (const std::string& line : lines) {
        if (auto setting = bakeSetting(line))
            settings.push_back(std::move(*setting));
    }
    return settings;
}

BakeInputs bakeInputs(const TextMap& with, const ExpressionContext& context)
{
    const auto resolved = [&](const char* name) { return resolvedText(valueOf(with, name), context); };
    BakeInputs inputs;
    inputs.files = listItems(resolved("files"));
    inputs.targets = listItems(resolved("targets"));
    if (inputs.targets.empty())
        inputs.targets = listItems(resolved("target"));
    inputs.variables = textLines(resolved("vars"));
    const auto below = sourceFolder(resolved("source").empty() ? resolved("context") : resolved("source"));
    const auto folder = sourceFolder(resolved("workdir").empty() ? "" : "./" + resolved("workdir"));
    inputs.elsewhere = !below || !folder;
    inputs.folder = inputs.elsewhere ? std::string() : *folder + *below;
    inputs.metadataTarget = "docker-metadata-action";
    return inputs;
}

const WorkflowStep* askedBefore(const WorkflowJob& job, const WorkflowStep& step)
{
    for (const WorkflowStep& other : job.steps) {
        const std::string output = "steps." + other.id + ".outputs.";
        const bool used = !other.id.empty() && (holds(valueOf(step.with, "set"), (output + "set").c_str()) || holds(valueOf(step.with, "targets"), (output + "targets").c_str()));
        if (used && holds(other.run, "bake --print"))
            return &other;
    }
    return nullptr;
}

void keepCachesApart(BuildCall& build, const WorkflowStep& asked, const JobLeg& leg)
{
    const std::string arch = resolvedText(valueOf(asked.env, "ARCH"), leg.context);
    for (auto* caches : {&build.cacheTo, &build.cacheFrom}) {
        for (std::string& cache : *caches) {
            if (!arch.empty()) {
                cache = scopedCaches(cache, arch, leg.job->id);
                cache.pop_back();
            }
        }
    }
}

std::optional<MetadataFile> metadataFileIn(const std::string& text)
{
    for (const std::string& path : expressionReferences(text)) {
        const std::size_t at = path.find(metadataOutput);
        if (path.rfind("steps.", 0) != 0 || at == std::string::npos)
            continue;
        const std::string kind = path.substr(at + std::string(metadataOutput).size());
        return MetadataFile{path.substr(6, at - 6), kind.empty() || kind == "-tags"};
    }
    return std::nullopt;
}

std::shared_ptr<const BakePlan> planOfStep(const BakeInputs& inputs, const TextMap& stepEnv, const JobLeg& leg, const BakeScope& scope)
{
    if (!scope.sources || !scope.unread)
        return nullptr;
    Gatherer gatherer(inputs, scope);
    gatherer.gather();
    BakePlan plan;
    if (gatherer.why.empty()) {
        plan = readBake(gatherer.texts, inputs.targets, environmentOf(inputs, stepEnv, leg, scope), gatherer.added);
        for (const std::string& target : inputs.targets) {
            if (hasExpression(target)) {
                plan.open = true;
                plan.why = "which targets are built can't be told";
            }
        }
    } else {
        plan.open = true;
        plan.why = gatherer.why;
    }
    return std::make_shared<const BakePlan>(std::move(plan));
}

void addBakeFile(BuildCall& build, std::shared_ptr<const BakePlan> plan, const JobLeg& leg, const std::set<std::string>& settled)
{
    build.bake = std::move(plan);
    const bool platforms = !settled.count("platform");
    if (!build.bake) {
        build.platformsOpen |= platforms && build.platforms.empty();
        return;
    }
    // Settings for some targets only leave it to the file which others there are.
    build.platformsOpen |= platforms && !build.platforms.empty() && build.bake->targets.size() != 1;
    if (platforms && build.platforms.empty())
        addPlatforms(build, *build.bake, leg);
    for (const BakeFileTarget& target : build.bake->targets) {
        const auto add = [&](const char* key, const BakeList& from, std::vector<std::string>& to) {
            if (!settled.count(key))
                to.insert(to.end(), from.values.begin(), from.values.end());
        };
        add("tags", target.tags, build.tags);
        add("cache-to", target.cacheTo, build.cacheTo);
        add("cache-from", target.cacheFrom, build.cacheFrom);
        for (const std::string& output : target.outputs.values)
            build.pushes |= !settled.count("output") && (settingOf(output, "push") == "true" || holds(output, "type=registry"));
    }
}

} // namespace layerline
