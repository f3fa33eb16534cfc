// The job that puts the platforms' digests together, and what hands them over.
#include "analysis/workflow/action_table.h"
#include "analysis/workflow/build_calls.h"
#include "analysis/workflow/migrate_plan.h"

#include <algorithm>
#include <set>

namespace layerline {

namespace {

/// Every text of a step in which it may refer to others.
std::vector<std::string> textsOf(const WorkflowStep& step)
{
    std::vector<std::string> texts{step.name, step.run};
    for (const auto& [key, value] : step.with)
        texts.push_back(value);
    for (const auto& [key, value] : step.env)
        texts.push_back(value);
    return texts;
}

struct Needed {
    std::set<std::string> steps, variables;
};

void addNeeded(const std::string& text, bool condition, Needed& to)
{
    for (const std::string& path : condition ? conditionReferences(text) : expressionReferences(text)) {
        const std::size_t dot = path.find('.', path.find('.') + 1);
        const std::string head = path.substr(0, path.find('.'));
        const std::size_t begin = head.size() + 1;
        if (head == "steps" && path.size() > begin)
            to.steps.insert(path.substr(begin, dot == std::string::npos ? dot : dot - begin));
        else if (head == "env" && path.size() > begin)
            to.variables.insert(path.substr(begin));
    }
}

bool logsIn(const WorkflowStep& step)
{
    if (step.kind == ActionKind::Login || step.kind == ActionKind::EcrLogin || step.kind == ActionKind::AwsCredentials)
        return true;
    if (step.run.find("docker login") != std::string::npos || step.run.find("get-login-password") != std::string::npos)
        return true;
    return step.kind == ActionKind::Other && step.uses
           && (step.uses->name.find("auth") != std::string::npos || step.uses->name.find("login") != std::string::npos);
}

bool setsVariable(const WorkflowStep& step, const std::set<std::string>& variables)
{
    return step.run.find("GITHUB_ENV") != std::string::npos
           && std::any_of(variables.begin(), variables.end(), [&](const std::string& name) { return step.run.find(name) != std::string::npos; });
}

std::string platformList(const MigratePlan& plan)
{
    std::string text;
    for (const NativeLeg& leg : plan.legs)
        text += (text.empty() ? "" : ",") + leg.platform.str();
    return text;
}

const char* const mergeScript = R"sh(cd "$DIGESTS" || { echo "::error::no digest came from any platform"; exit 1; }
count=$(find . -type f | wc -l)
wanted=$(tr ',' '\n' <<< "$PLATFORMS" | grep -c .)
if [ "$count" -ne "$wanted" ]; then
  echo "::error::$count digests for $wanted platforms ($PLATFORMS)"
  exit 1
fi
# Each image gets its tags from the digests that were pushed to it.
tr ',' '\n' <<< "$TAGS" | tr -d '[:blank:]' | grep . | while read -r tag; do
  docker buildx imagetools create --tag "$tag" $(printf "${tag%:*}@sha256:%s " *)
done
first=$(tr ',' '\n' <<< "$TAGS" | tr -d '[:blank:]' | grep -m1 .)
digest=$(docker buildx imagetools inspect --format '{{.Manifest.Digest}}' "$first")
echo "digest=$digest" >> "$GITHUB_OUTPUT"
)sh";

const char* const verifyScript = R"sh(tr ',' '\n' <<< "$TAGS" | tr -d '[:blank:]' | grep . | while read -r tag; do
  docker buildx imagetools inspect --raw "$tag" > "$RUNNER_TEMP/index.json"
  for platform in ${PLATFORMS//,/ }; do
)sh";

std::string mergeSteps(const Editing& editing, const MigratePlan& plan, const MergedBuild& build, bool conditions)
{
    const std::string condition = conditions && build.pushes != "true" ? "  if: ${{ " + build.pushes + " }}\n" : "";
    if (build.bake)
        return bakeMergeSteps(editing, plan, build, condition);
    const std::string folder = "${{ runner.temp }}/" + plan.artifact(build);
    const std::string platforms = plan.platformsText.empty() ? platformList(plan) : yamlScalar(plan.platformsText);
    const std::string env = "  env:\n    TAGS:" + yamlLines(build.tags, 6) + "    PLATFORMS: " + platforms + "\n";
    const std::string merge = "  env:\n    DIGESTS: " + folder + env.substr(6);
    return "- name: Fetch the digests\n" + condition + "  uses: " + actionToUse(editing.workflow, "actions/download-artifact") + "\n  with:\n    path: "
           + folder + "\n    pattern: " + plan.artifact(build) + ".*\n    merge-multiple: true\n\n" + "- name: Merge the platforms and push their tags\n  id: "
           + build.id + "\n" + condition + merge + "  run: |\n" + indented(mergeScript, 4)
           + "\n- name: Check that every platform is published\n" + condition + env + "  run: |\n" + indented(std::string(verifyScript) + publishedCheck, 4);
}

/// A member of the old job, copied as it stands: "permissions", "env", "outputs"...
std::string copiedMember(const Editing& editing, const WorkflowJob& job, const char* key)
{
    const YamlEntry* entry = job.entry->value->entry(key);
    return entry ? editing.edits.elementText(*entry) : std::string();
}

} // namespace

const char* const publishedCheck = R"sh(    jq -e --arg platform "$platform" '[.manifests[].platform
      | .os + "/" + .architecture + (if (.variant // "") == "" or .architecture == "arm64" then "" else "/" + .variant end)]
      | index($platform) != null' "$RUNNER_TEMP/index.json" > /dev/null || {
      echo "::error::$tag lacks $platform"
      exit 1
    }
  done
done
)sh";

std::string yamlLines(const std::string& value, int blanks)
{
    const auto lines = textLines(value);
    if (lines.size() == 1)
        return " " + yamlScalar(lines[0]) + "\n";
    std::string block;
    for (const std::string& line : lines)
        block += line + "\n";
    return " |\n" + indented(block, blanks);
}

std::string withoutBraces(const std::string& condition)
{
    const auto lines = textLines(condition);
    const std::string text = lines.empty() ? std::string() : lines[0];
    if (lines.size() == 1 && text.rfind("${{", 0) == 0 && text.size() > 5 && text.substr(text.size() - 2) == "}}" && text.find("${{", 3) == std::string::npos)
        return textLines(text.substr(3, text.size() - 5)).at(0);
    std::string joined;
    for (const std::string& line : lines)
        joined += (joined.empty() ? "" : " ") + line;
    return joined;
}

std::string bothConditions(const std::string& a, const std::string& b)
{
    const std::string first = withoutBraces(a), second = withoutBraces(b);
    if (first.empty() || first == "true")
        return second;
    if (second.empty() || second == "true")
        return first;
    if (first == second)
        return first;
    const auto guarded = [](const std::string& text) { return text.find("||") == std::string::npos ? text : "(" + text + ")"; };
    return guarded(first) + " && " + guarded(second);
}

std::string MigratePlan::lookup(const std::function<std::string(const NativeLeg&)>& value) const
{
    nlohmann::ordered_json table = nlohmann::ordered_json::object();
    for (const NativeLeg& leg : legs)
        table[leg.platform.str()] = value(leg);
    return "fromJSON('" + table.dump() + "')[matrix.platform]";
}

std::string MigratePlan::archText() const
{
    return "${{ " + (listMatrix ? lookup([](const NativeLeg& leg) { return leg.shortName; }) : std::string("matrix.arch")) + " }}";
}

std::string MigratePlan::artifact(const MergedBuild& build) const
{
    std::string name = "digests-" + build.id;
    for (const std::string& key : otherKeys)
        name += ".${{ matrix." + key + " }}";
    return name;
}

std::vector<const WorkflowStep*> stepsToCopy(const WorkflowJob& job, const std::vector<const WorkflowStep*>& moved, const std::vector<std::string>& texts, bool files)
{
    Needed needed;
    const auto add = [&](const WorkflowStep& step) {
        for (const std::string& text : textsOf(step))
            addNeeded(text, false, needed);
        addNeeded(step.condition, true, needed);
    };
    for (const std::string& text : texts)
        addNeeded(text, false, needed);
    for (const WorkflowStep* step : moved)
        add(*step);
    std::set<const WorkflowStep*> copied;
    for (bool grown = true; grown;) {
        grown = false;
        for (const WorkflowStep& step : job.steps) {
            const bool isMoved = std::find(moved.begin(), moved.end(), &step) != moved.end();
            const bool builds = step.kind == ActionKind::BuildPush || step.kind == ActionKind::Bake || buildsImage(step);
            const bool wanted = logsIn(step) || step.kind == ActionKind::SetupBuildx || (!step.id.empty() && needed.steps.count(step.id))
                                || setsVariable(step, needed.variables);
            if (isMoved || builds || !wanted || !copied.insert(&step).second)
                continue;
            add(step);
            grown = true;
        }
    }
    const bool readsFiles = files || !moved.empty() || std::any_of(copied.begin(), copied.end(), [](const WorkflowStep* step) {
        return step->kind == ActionKind::Run || (step->uses && step->uses->name.substr(0, 2) == "./");
    });
    std::vector<const WorkflowStep*> result;
    for (const WorkflowStep& step : job.steps) {
        if (copied.count(&step) || (step.kind == ActionKind::Checkout && readsFiles))
            result.push_back(&step);
    }
    return result;
}

std::string namesStep(const MergedBuild& build)
{
    return "- name: Names of the images, without their tags\n  id: " + build.id + "-names\n  env:\n    TAGS:" + yamlLines(build.tags, 6)
           + "  run: |\n"
             "    names=$(tr ',' '\\n' <<< \"$TAGS\" | tr -d '[:blank:]' | sed -E 's|:[^:/]+$||' | grep . | sort -u | paste -sd, -)\n"
             "    echo \"names=$names\" >> \"$GITHUB_OUTPUT\"\n";
}

std::string digestSteps(const Editing& editing, const MigratePlan& plan, const MergedBuild& build)
{
    const std::string condition = build.pushes == "true" ? "" : "  if: ${{ " + build.pushes + " }}\n";
    const std::string folder = "digests-" + build.id;
    const std::string handOver = "- name: Hand the digest over\n" + condition + "  uses: " + actionToUse(editing.workflow, "actions/upload-artifact")
                                 + "\n  with:\n    name: " + plan.artifact(build) + "." + plan.archText() + "\n    path: ${{ runner.temp }}/" + folder
                                 + "/*\n    if-no-files-found: error\n    retention-days: 1\n";
    if (build.bake)
        return "- name: Keep the digests\n" + condition + bakeDigestScript(build) + "\n" + handOver;
    const std::string digest = build.script ? "  run: |\n    DIGEST=$(jq -re '.\"containerimage.digest\"' \"$RUNNER_TEMP/" + build.id + ".json\")\n"
                                            : "  env:\n    DIGEST: ${{ steps." + build.id + ".outputs.digest }}\n  run: |\n";
    return "- name: Keep the digest\n" + condition + digest + "    mkdir -p \"$RUNNER_TEMP/" + folder
           + "\"\n    touch \"$RUNNER_TEMP/" + folder + "/${DIGEST#sha256:}\"\n\n" + handOver;
}

std::string mergeJobText(const Editing& editing, const MigratePlan& plan, const std::vector<const WorkflowStep*>& copied,
                         const std::vector<const WorkflowStep*>& moved, int unit)
{
    const WorkflowJob& job = *plan.job;
    const bool sameCondition = std::all_of(plan.builds.begin(), plan.builds.end(), [&](const MergedBuild& build) { return build.pushes == plan.builds[0].pushes; });
    // A job's condition knows neither steps nor the environment.
    const auto references = conditionReferences(plan.builds[0].pushes);
    // A job that is skipped takes its followers with it: only one that nothing waits for may be.
    const bool awaited = job.entry->value->find("outputs") || std::any_of(moved.begin(), moved.end(), [](const WorkflowStep* step) { return step->condition.empty(); })
                         || std::any_of(editing.workflow.jobs.begin(), editing.workflow.jobs.end(), [&](const WorkflowJob& other) {
                                return std::find(other.needs.begin(), other.needs.end(), job.id) != other.needs.end();
                            });
    const bool forJob = sameCondition && !awaited && std::all_of(references.begin(), references.end(), [](const std::string& path) {
        return path.rfind("github.", 0) == 0 || path.rfind("inputs.", 0) == 0 || path.rfind("needs.", 0) == 0 || path.rfind("vars.", 0) == 0;
    });
    const std::string condition = bothConditions(job.condition, forJob ? plan.builds[0].pushes : plan.schedule);
    std::string needs = job.id;
    for (const std::string& need : job.needs)
        needs += ", " + need;
    std::string body = "needs: " + (job.needs.empty() ? needs : "[" + needs + "]") + "\n";
    if (!condition.empty() && condition != "true")
        body += "if: ${{ " + condition + " }}\n";
    const std::string& text = editing.workflow.text();
    body += "runs-on: " + (job.runsOn->style == YamlStyle::Block ? runsOnYaml(plan.legs[0].runner) : text.substr(job.runsOn->begin, job.runsOn->end - job.runsOn->begin)) + "\n";
    for (const char* key : {"strategy", "environment", "permissions", "env", "defaults", "outputs"})
        body += copiedMember(editing, job, key);
    body += "steps:\n";
    std::string steps;
    const auto add = [&](const std::string& step) { steps += (steps.empty() ? "" : "\n") + step; };
    for (const WorkflowStep* step : copied)
        add(editing.edits.elementText(*step->entry));
    for (const MergedBuild& build : plan.builds)
        add(mergeSteps(editing, plan, build, !forJob));
    for (const WorkflowStep* step : moved)
        add(editing.edits.elementText(*step->entry));
    return plan.mergeId + ":\n" + indented(body + indented(steps, unit), unit);
}

std::string changesJobText(const Editing& editing, const MigratePlan& plan, const std::vector<PathRule>& rules, int unit)
{
    std::string table;
    for (const PathRule& rule : rules) {
        table += rule.platform.str();
        for (const std::string& pattern : rule.patterns)
            table += " " + pattern;
        table += "\n";
    }
    const std::string steps = "- uses: " + actionToUse(editing.workflow, "actions/checkout") + "\n  with:\n    fetch-depth: 0\n\n"
                              "- name: Find the architectures this change needs\n  id: plan\n  env:\n    BASE: ${{ github.event.pull_request.base.sha }}\n    PLATFORMS: "
                              + platformList(plan) + "\n    # A platform and the paths that matter to it alone.\n    RULES: |\n" + indented(table, 6)
                              + "  run: |\n" + indented(R"sh(set -f # patterns are git's, not the shell's
exclude='[]'
if [ -n "$BASE" ]; then
  all=$(git diff --name-only "$BASE"...HEAD | wc -l)
  special=$(git diff --name-only "$BASE"...HEAD -- $(cut -d' ' -f2- <<< "$RULES") | wc -l)
  # Only when every changed file belongs to some architectures can the others be left out.
  if [ "$all" -gt 0 ] && [ "$all" -eq "$special" ]; then
    for platform in ${PLATFORMS//,/ }; do
      paths=$(awk -v p="$platform" '$1 == p { $1 = ""; print }' <<< "$RULES")
      if [ -z "$paths" ] || [ -z "$(git diff --name-only "$BASE"...HEAD -- $paths)" ]; then
        exclude=$(jq -c --arg p "$platform" '. + [{platform: $p}]' <<< "$exclude")
      fi
    done
  fi
fi
echo "exclude=$exclude" >> "$GITHUB_OUTPUT"
)sh", 4);
    return plan.changesId + ":\n"
           + indented("runs-on: ubuntu-latest\npermissions:\n  contents: read\noutputs:\n  exclude: ${{ steps.plan.outputs.exclude }}\nsteps:\n" + indented(steps, unit), unit);
}

} // namespace layerline
