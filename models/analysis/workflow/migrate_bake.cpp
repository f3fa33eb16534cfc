// docker/bake-action on native runners. Bake's files are neither edited nor copied: which targets there are, and under which tags, is
// asked of `docker buildx bake --print` in the run, by the same files and variables the action is given.
#include "analysis/workflow/action_table.h"
#include "analysis/workflow/bake_step.h"
#include "analysis/workflow/migrate_plan.h"

#include <algorithm>

namespace layerline {

namespace {

/// Images among what `--print` told: targets with tags that are not only there for others.
const char* const imagesOnly = R"sh(.target | to_entries[] | select(.value.tags and (.value.output | tostring | contains("cacheonly") | not)))sh";

const char* const printScript = R"sh(args=()
while read -r line; do args+=(--file "${line#cwd://}"); done < <(grep . <<< "$FILES")
while read -r line; do export "${line?}"; done < <(grep . <<< "$VARIABLES")
while read -r line; do args+=(--set "$line"); done < <(grep . <<< "$SET")
docker buildx bake --print "${args[@]}" $TARGETS > "$RUNNER_TEMP/bake.json"
)sh";

const char* const mergeScript = R"sh(merged='{}'
for target in $(jq -r 'IMAGES | .key' "$RUNNER_TEMP/bake.json"); do
  cd "$DIGESTS/$target" || { echo "::error::no digest of $target came from any platform"; exit 1; }
  count=$(find . -type f | wc -l)
  wanted=$(jq --arg target "$target" '[.target[$target].platforms[] | split(",")[]] | length' "$RUNNER_TEMP/bake.json")
  if [ "$count" -ne "$wanted" ]; then
    echo "::error::$count digests of $target for $wanted platforms"
    exit 1
  fi
  # Each image gets its tags from the digests that were pushed to it.
  for tag in $(jq -r --arg target "$target" '.target[$target].tags[]' "$RUNNER_TEMP/bake.json"); do
    name=$(sed -E 's|:[^:/]+$||' <<< "$tag")
    docker buildx imagetools create --tag "$tag" $(printf "$name@sha256:%s " *)
    digest=$(docker buildx imagetools inspect --format '{{.Manifest.Digest}}' "$tag")
  done
  merged=$(jq -c --arg target "$target" --arg digest "$digest" '.[$target] = {"containerimage.digest": $digest}' <<< "$merged")
done
if [ "$merged" = '{}' ]; then
  echo "::error::bake names no image"
  exit 1
fi
echo "metadata=$merged" >> "$GITHUB_OUTPUT"
)sh";

const char* const verifyScript = R"sh(jq -r 'IMAGES
  | ([.value.platforms[] | split(",")[]] | join(" ")) as $platforms | .value.tags[] + " " + $platforms' "$RUNNER_TEMP/bake.json" | while read -r tag platforms; do
  docker buildx imagetools inspect --raw "$tag" > "$RUNNER_TEMP/index.json"
  for platform in $platforms; do
)sh";

/// Caches the bake file states, kept apart by architecture.
const char* const cacheScript = R"sh(  jq -r --arg arch "$ARCH" 'def line: if type == "string" then . else to_entries | map("\(.key)=\(.value)") | join(",") end;
    def apart($target): if test("type=gha") then (if test("scope=") then sub("(?<scope>scope=[^,]+)"; "\(.scope)-\($arch)") else . + ",scope=\($target)-\($arch)" end)
      elif test("type=registry") then (if test("ref=[^,]*:[^,/]+(,|$)") then sub("(?<ref>ref=[^,]+)"; "\(.ref)-\($arch)") else sub("(?<ref>ref=[^,]+)"; "\(.ref):cache-\($arch)") end)
      else . end;
    IMAGES | .key as $target | .value | to_entries[] | select(.key == "cache-from" or .key == "cache-to")
      | .key as $key | .value[] | line | apart($target) | "\($target).\($key)=\(.)"' "$RUNNER_TEMP/bake.json"
)sh";

std::string withImages(std::string script, const std::string& filter = imagesOnly)
{
    for (std::size_t at = script.find("IMAGES"); at != std::string::npos; at = script.find("IMAGES", at + filter.size()))
        script.replace(at, 6, filter);
    return script;
}

Error unsupported(const BuildCall& call, const std::string& what) { return {ErrorKind::Unsupported, atPlace(*call.step->entry->value, what), false}; }

bool isImage(const std::string& output)
{
    const std::string type = settingOf(output, "type");
    return type == "registry" || type == "image" || type == "docker" || output == "registry" || output == "image";
}

/// The whole of an output but for what says that and where it is pushed.
std::string otherSettings(const std::string& output)
{
    std::string other;
    for (const std::string& item : listItems(output)) {
        const std::string name = item.substr(item[0] == '"' ? 1 : 0, item.find('=') - (item[0] == '"' ? 1 : 0));
        if (name != "type" && name != "name" && name != "push" && name != "push-by-digest" && name != "name-canonical" && item.find('=') != std::string::npos)
            other += "," + item;
    }
    return other;
}

std::vector<std::string> settingLines(const WorkflowStep& step) { return textLines(valueOf(step.with, "set")); }

class BakePlanner {
public:
    BakePlanner(const WorkflowJob& job, const BuildCall& call, const MigrateOptions& options) : m_job(job), m_call(call), m_options(options) {}

    Result<BakeBuild> plan()
    {
        for (const auto part : {&BakePlanner::planInputs, &BakePlanner::planSettings, &BakePlanner::planTargets}) {
            if (const auto refused = (this->*part)())
                return *refused;
        }
        return std::move(m_build);
    }

private:
    const TextMap& with() const { return m_call.step->with; }

    std::optional<Error> planInputs()
    {
        const BakeInputs inputs = bakeInputs(with(), {});
        if (inputs.elsewhere)
            return unsupported(m_call, "the bake file is another repository's: check it out and name it in `files`");
        for (const std::string& file : listItems(valueOf(with(), "files"))) {
            const auto references = expressionReferences(file);
            const bool made = std::any_of(references.begin(), references.end(), [](const std::string& path) { return path.rfind("runner.", 0) == 0; });
            if (made)
                return unsupported(m_call, "the bake file " + file + " is made while the job runs: the job that merges would not have it");
            m_metadata |= metadataFileIn(file).has_value();
            m_build.files += file + "\n";
        }
        for (const std::string& target : listItems(valueOf(with(), "targets")))
            m_build.targets += (m_build.targets.empty() ? "" : " ") + target;
        for (const std::string& line : textLines(valueOf(with(), "vars")))
            m_build.variables += line + "\n";
        m_build.folder = inputs.folder;
        return std::nullopt;
    }

    std::optional<Error> planSettings()
    {
        for (const std::string& line : settingLines(*m_call.step)) {
            const auto setting = bakeSetting(line);
            if (!setting)
                return unsupported(m_call, "'" + line + "' among `set`");
            if (setting->key == "tags") {
                m_build.tags += line + "\n";
                m_tags.insert(setting->target);
                m_build.names += setting->target + ".tags=" + splitTag(setting->value).first + "\n";
            } else if (setting->key == "platform") {
                m_allPlatforms |= setting->target == "*";
                m_platforms.insert(setting->target);
            } else if (setting->key == "cache-to" || setting->key == "cache-from") {
                m_caches.insert(setting->target);
            } else if (setting->key == "output" && !isImage(setting->value)) {
                return unsupported(m_call, "the output " + setting->value + " besides a pushed image");
            } else if (setting->key == "output" && setting->target != "*") {
                return unsupported(m_call, "an output for some targets only: give '" + setting->target + "' a step of its own");
            } else if (setting->key == "output") {
                m_build.outputs = otherSettings(setting->value);
            }
        }
        return std::nullopt;
    }

    std::optional<Error> planTargets()
    {
        const BakePlan* plan = m_call.bake.get();
        const bool known = plan && !plan->open;
        for (const BakeFileTarget& target : known ? plan->targets : std::vector<BakeFileTarget>()) {
            for (const std::string& output : target.outputs.values) {
                if (!isImage(output))
                    return unsupported(m_call, "target '" + target.name + "' puts out " + output + " too: give it a step of its own");
            }
            if (!target.tags.stated && !target.tags.open && !m_tags.count("*") && !m_tags.count(target.name))
                return unsupported(m_call, "target '" + target.name + "' is pushed without tags");
        }
        if (const BakeFileTarget* silent = known ? targetWithoutPlatforms(*plan) : nullptr)
            return unsupported(m_call, "target '" + silent->name + "' names no platforms and others do: name its platforms in the bake file, or give it a step of its own");
        m_build.differ = known && !m_allPlatforms && differ(*plan);
        if (m_build.differ && !m_options.extraPlatforms.empty())
            return unsupported(m_call, "its targets are for different platforms: add the platform in the bake file");
        if (m_build.differ)
            m_build.platforms = platformLines();
        const bool silent = known && std::all_of(plan->targets.begin(), plan->targets.end(), [](const BakeFileTarget& target) {
            return !target.cacheTo.stated && !target.cacheTo.open && !target.cacheFrom.stated && !target.cacheFrom.open;
        });
        m_build.caches = m_caches.empty() && !silent;
        planNames(known ? plan : nullptr);
        return std::nullopt;
    }

    /// It would be built for whatever runner a leg has, and be merged by platforms nobody named.
    const BakeFileTarget* targetWithoutPlatforms(const BakePlan& plan) const
    {
        const auto names = [&](const BakeFileTarget& target) {
            const bool bySetting = std::any_of(m_platforms.begin(), m_platforms.end(), [&](const std::string& pattern) {
                return pattern == target.name || pattern.find_first_of("*?[") != std::string::npos; // a pattern may mean it
            });
            return bySetting || target.platforms.stated || target.platforms.open;
        };
        if (std::none_of(plan.targets.begin(), plan.targets.end(), names))
            return nullptr; // all of them the runner's
        const auto silent = std::find_if_not(plan.targets.begin(), plan.targets.end(), names);
        return silent == plan.targets.end() ? nullptr : &*silent;
    }

    static bool differ(const BakePlan& plan)
    {
        std::set<std::set<std::string>> kinds;
        for (const BakeFileTarget& target : plan.targets) {
            std::set<std::string> platforms;
            for (const std::string& text : target.platforms.values) {
                for (const std::string& item : listItems(text))
                    platforms.insert(item);
            }
            kinds.insert(std::move(platforms));
        }
        return kinds.size() > 1;
    }

    std::string platformLines() const
    {
        std::string lines;
        for (const std::string& line : settingLines(*m_call.step)) {
            const auto setting = bakeSetting(line);
            if (setting && setting->key == "platform")
                lines += line + "\n";
        }
        return lines;
    }

    /// The names without tags, where this file tells those of all targets; bake's own word in the run otherwise.
    void planNames(const BakePlan* plan)
    {
        const bool all = m_tags.count("*") > 0 || (plan && std::all_of(plan->targets.begin(), plan->targets.end(), [&](const BakeFileTarget& target) {
                             return m_tags.count(target.name) > 0;
                         }));
        const bool patterns = std::any_of(m_tags.begin(), m_tags.end(), [](const std::string& target) { return target != "*" && target.find_first_of("*?[") != std::string::npos; });
        if (!all || patterns || m_build.names.find("steps.") != std::string::npos || (m_tags.size() > 1 && m_tags.count("*")))
            m_build.names.clear();
        else
            dropTwice();
        const bool onlyMetadata = m_tags.empty() && plan && plan->targets.size() == 1 && plan->targets[0].tags.values.size() == 1 && !plan->targets[0].tags.open && !plan->targets[0].several;
        if (onlyMetadata && m_metadata)
            m_build.names = metadataNames(plan->targets[0].tags.values[0]);
    }

    void dropTwice()
    {
        std::string lines;
        std::set<std::string> seen;
        for (const std::string& line : textLines(m_build.names)) {
            if (seen.insert(line).second)
                lines += line + "\n";
        }
        m_build.names = lines;
    }

    /// As docker's documentation does it; only names that are what they say (metadata-action makes others lower case).
    std::string metadataNames(const std::string& tags) const
    {
        for (const WorkflowStep& step : m_job.steps) {
            if (step.kind != ActionKind::Metadata || step.id.empty() || tags != "${{ steps." + step.id + ".outputs.tags }}")
                continue;
            const std::string images = valueOf(step.with, "images");
            const bool plain = !hasExpression(images) && images.find('=') == std::string::npos && std::none_of(images.begin(), images.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
            std::string lines;
            for (const std::string& name : plain ? imageNames(images) : std::vector<std::string>())
                lines += "*.tags=" + name + "\n";
            return lines;
        }
        return {};
    }

    const WorkflowJob& m_job;
    const BuildCall& m_call;
    const MigrateOptions& m_options;
    BakeBuild m_build;
    std::set<std::string> m_tags, m_caches, m_platforms; ///< targets the settings name
    bool m_allPlatforms = false, m_metadata = false;
};

/// "env:" of a step that asks bake: the action's inputs, and what its own step has.
std::string printEnv(const MergedBuild& build, const std::string& settings, const std::string& more)
{
    const BakeBuild& bake = *build.bake;
    std::string env = more;
    for (const auto& [name, value] : build.step->env)
        env += "    " + name + ":" + yamlLines(value, 6);
    const auto add = [&](const char* name, const std::string& value) { env += value.empty() ? std::string() : "    " + std::string(name) + ":" + yamlLines(value, 6); };
    add("FILES", bake.files);
    add("TARGETS", bake.targets);
    add("VARIABLES", bake.variables);
    add("SET", settings);
    return env.empty() ? env : "  env:\n" + env;
}

/// Only the lines whose input is there.
std::string printing(const MergedBuild& build, const std::string& settings)
{
    const BakeBuild& bake = *build.bake;
    std::string script;
    for (const std::string& line : textLines(printScript)) {
        const bool left = (bake.files.empty() && line.find("$FILES") != std::string::npos) || (bake.variables.empty() && line.find("$VARIABLES") != std::string::npos)
                          || (settings.empty() && line.find("$SET") != std::string::npos);
        if (!left)
            script += line + "\n";
    }
    if (const std::size_t at = script.find(" $TARGETS"); bake.targets.empty() && at != std::string::npos)
        script.erase(at, 9);
    return script;
}

std::string folderLine(const BakeBuild& bake) { return bake.folder.empty() ? std::string() : "  working-directory: " + bake.folder.substr(0, bake.folder.size() - 1) + "\n"; }

} // namespace

bool pushesBake(const BuildCall& call)
{
    const std::string push = valueOf(call.step->with, "push");
    if (!push.empty() && push != "false")
        return true;
    for (const BakeSetting& setting : bakeSettings(settingLines(*call.step))) {
        if (setting.key == "output" && (settingOf(setting.value, "type") == "registry" || (!settingOf(setting.value, "push").empty() && settingOf(setting.value, "push") != "false")))
            return true;
    }
    return call.pushes && push.empty();
}

Result<BakeBuild> planBake(const WorkflowJob& job, const BuildCall& call, const MigrateOptions& options)
{
    return BakePlanner(job, call, options).plan();
}

void writeBakeSettings(Editing& editing, const MigratePlan& plan, const WorkflowStep& step, const MergedBuild* build)
{
    const YamlNode& with = *step.entry->value->find("with");
    const YamlNode* set = with.find("set");
    const WorkflowJob& job = *plan.job;
    std::string lines, list, cacheBefore, cacheAfter;
    for (const NativeLeg& leg : plan.legs)
        list += (list.empty() ? "" : ",") + leg.platform.str();
    for (const std::string& line : settingLines(step)) {
        const auto setting = bakeSetting(line);
        const bool cache = setting && (setting->key == "cache-to" || setting->key == "cache-from");
        if (setting && (setting->key == "platform" || (build && (setting->key == "tags" || setting->key == "output"))))
            continue;
        std::string kept = line;
        if (cache) {
            kept = line.substr(0, line.find('=') + 1) + scopedCaches(setting->value, plan.archText(), job.id);
            kept.pop_back();
            if (cacheBefore.empty() && kept != line) {
                cacheBefore = line;
                cacheAfter = kept;
            }
        }
        lines += kept + "\n";
    }
    lines += "*.platform=${{ matrix.platform }}\n";
    if (build) {
        if (!build->bake->names.empty())
            lines += build->bake->names;
        if (build->bake->prints())
            lines += "${{ steps." + build->id + "-names.outputs.set }}\n";
        lines += "*.output=type=image,push-by-digest=true,name-canonical=true,push=" + (build->pushes == "true" ? build->pushes : "${{ " + build->pushes + " }}") + build->bake->outputs + "\n";
        if (const YamlEntry* push = with.entry("push"))
            editing.edits.removeEntry(with, *push);
        const std::string targets = "${{ steps." + build->id + "-names.outputs.targets }}";
        if (build->bake->differ && with.find("targets"))
            editing.edits.setValue(*with.find("targets"), targets);
        else if (build->bake->differ)
            editing.edits.addEntry(with, nullptr, "targets: " + targets + "\n");
        const std::string named = build->bake->names.empty() ? "${{ steps." + build->id + "-names.outputs.set }}" : textLines(build->bake->names)[0];
        editing.changed(EditKind::PushedByDigest, job.id, step.line, named);
    }
    const int unit = job.entry->value->column - job.entry->key->column;
    if (set) {
        std::string block = indented(lines, editing.columnOf(with.entry("set")->begin) + unit);
        block.pop_back();
        editing.edits.setValue(*set, "|\n" + block);
    } else {
        editing.edits.addEntry(with, nullptr, "set: |\n" + indented(lines, unit));
    }
    editing.changed(EditKind::PlatformPerLeg, job.id, step.line, list, "${{ matrix.platform }}");
    if (!cacheBefore.empty())
        editing.changed(EditKind::CacheScoped, job.id, step.line, cacheBefore, cacheAfter);
}

void scopeBakeCaches(Editing& editing, const WorkflowJob& job, const WorkflowStep& step, const std::string& arch)
{
    const YamlNode* with = step.entry->value->find("with");
    const YamlNode* set = with ? with->find("set") : nullptr;
    std::string lines, before, after;
    for (const std::string& line : settingLines(step)) {
        const auto setting = bakeSetting(line);
        std::string kept = line + "\n";
        if (setting && (setting->key == "cache-to" || setting->key == "cache-from"))
            kept = line.substr(0, line.find('=') + 1) + scopedCaches(setting->value, arch, job.id);
        if (before.empty() && kept != line + "\n") {
            before = line;
            after = kept.substr(0, kept.size() - 1);
        }
        lines += kept;
    }
    if (!set || before.empty())
        return;
    std::string block = indented(lines, editing.columnOf(with->entry("set")->begin) + job.entry->value->column - job.entry->key->column);
    block.pop_back();
    editing.edits.setValue(*set, "|\n" + block);
    editing.changed(EditKind::CacheScoped, job.id, set->line, before, after);
}

std::string bakeNamesStep(const MigratePlan& plan, const MergedBuild& build)
{
    const BakeBuild& bake = *build.bake;
    const std::string settings = bake.tags + bake.platforms;
    std::string more = bake.caches ? "    ARCH: " + plan.archText() + "\n" : "";
    more += bake.differ ? "    PLATFORM: ${{ matrix.platform }}\n" : "";
    // Of targets for different platforms only those this leg is for.
    std::string filter = imagesOnly;
    if (bake.differ)
        filter += " | select([.value.platforms[] | split(\",\")[]] | index(env.PLATFORM))";
    std::string script = printing(build, settings);
    if (bake.differ)
        script += withImages("echo \"targets=$(jq -r '[IMAGES | .key] | join(\",\")' \"$RUNNER_TEMP/bake.json\")\" >> \"$GITHUB_OUTPUT\"\n",
                             filter);
    script += "{\n  echo \"set<<END\"\n";
    if (bake.names.empty())
        script += withImages("  jq -r 'IMAGES\n    | .key as $target | [.value.tags[] | sub(\":[^:/]+$\"; \"\")] | unique[] | \"\\($target).tags=\\(.)\"' \"$RUNNER_TEMP/bake.json\"\n", filter);
    if (bake.caches)
        script += withImages(cacheScript, filter);
    script += "  echo \"END\"\n} >> \"$GITHUB_OUTPUT\"\n";
    return "- name: Ask bake for the images' names\n  id: " + build.id + "-names\n" + printEnv(build, settings, more) + folderLine(bake) + "  run: |\n" + indented(script, 4);
}

std::string bakeDigestScript(const MergedBuild& build)
{
    const std::string folder = "$RUNNER_TEMP/digests-" + build.id;
    return "  env:\n    METADATA: ${{ steps." + build.id + ".outputs.metadata }}\n  run: |\n"
           + indented(R"sh(jq -r 'to_entries[] | select(.value | type == "object" and has("containerimage.digest"))
  | .key + " " + .value["containerimage.digest"]' <<< "$METADATA" | while read -r target digest; do
)sh" "  mkdir -p \"" + folder + "/$target\"\n  touch \"" + folder + "/$target/${digest#sha256:}\"\ndone\n",
                      4);
}

std::string bakeMergeSteps(const Editing& editing, const MigratePlan& plan, const MergedBuild& build, const std::string& condition)
{
    const BakeBuild& bake = *build.bake;
    std::string all;
    for (const NativeLeg& leg : plan.legs)
        all += (all.empty() ? "*.platform=" : ",") + leg.platform.str();
    const std::string settings = bake.tags + (bake.differ ? bake.platforms : all + "\n");
    const std::string folder = "${{ runner.temp }}/" + plan.artifact(build);
    const bool checkout = firstStep(*plan.job, ActionKind::Checkout) == nullptr;
    return (checkout ? "- uses: " + actionToUse(editing.workflow, "actions/checkout") + "\n\n" : std::string()) + "- name: Fetch the digests\n" + condition
           + "  uses: " + actionToUse(editing.workflow, "actions/download-artifact") + "\n  with:\n    path: " + folder + "\n    pattern: " + plan.artifact(build)
           + ".*\n    merge-multiple: true\n\n- name: Merge the platforms and push their tags\n  id: " + build.id + "\n" + condition
           + printEnv(build, settings, "    DIGESTS: " + folder + "\n") + folderLine(bake) + "  run: |\n" + indented(printing(build, settings) + withImages(mergeScript), 4)
           + "\n- name: Check that every platform is published\n" + condition + "  run: |\n" + indented(withImages(verifyScript) + publishedCheck, 4);
}

std::vector<std::string> bakeTexts(const MergedBuild& build)
{
    const BakeBuild& bake = *build.bake;
    // Whatever exports variables: a bake file may take its own from them.
    std::vector<std::string> texts{bake.files, bake.targets, bake.variables, bake.tags, bake.platforms, "${{ env.GITHUB_ENV }}"};
    for (const auto& [name, value] : build.step->env)
        texts.push_back(value);
    return texts;
}

} // namespace layerline
