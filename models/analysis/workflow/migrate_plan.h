// Migrating a job from QEMU to native runners, in parts.
#pragma once

#include "analysis/workflow/edit_steps.h"

#include <set>

namespace layerline {

/// A platform and where it is to be built.
struct NativeLeg {
    Platform platform;
    std::string shortName;             ///< "arm64", "arm-v7": for caches and artifacts
    std::vector<std::string> runner;
    bool emulated = false;             ///< no runner is native
};

/// A script that builds and pushes an image, understood and turned to pushing one platform by digest.
struct ScriptBuild {
    std::vector<std::string> tags; ///< with expressions in place of the shell's variables
    /// Changes of the workflow's text: begin, end, what takes the place.
    struct Change {
        std::size_t begin, end;
        std::string with;
    };
    std::vector<Change> changes;
    std::string cacheBefore, cacheAfter; ///< the first cache whose scope changes
};

/// A step that bakes, understood. Which targets have which tags is asked of bake itself when the workflow runs (`bake --print`):
/// its files stay the one place that says so.
struct BakeBuild {
    std::string files, targets, variables; ///< the inputs' items: lines, words, lines
    std::string folder;                    ///< where the step works, "" for the checkout
    std::string tags;                      ///< lines of `set` about tags
    std::string platforms;                 ///< and about platforms, where the targets differ in them
    std::string names;                     ///< lines of `set` with the images' names without tags, where the workflow tells them
    std::string outputs;                   ///< what else the output was told: ",compression=zstd"
    bool differ = false;                   ///< not every target is for every platform
    bool caches = false;                   ///< the bake file has caches of its own, or may have
    bool prints() const { return names.empty() || differ || caches; } ///< the build itself needs bake's answer too
};

/// One build step whose result is put together afterwards.
struct MergedBuild {
    const WorkflowStep* step = nullptr;
    std::string id;      ///< of the step, given to it when it had none
    std::string tags;    ///< as in the file
    std::string pushes;  ///< expression without ${{ }}; "true"
    std::string names;   ///< images without tags; empty: found out at run time from the tags
    bool script = false; ///< `docker buildx build` in a script, which leaves its digest in a file
    ScriptBuild changes; ///< of such a script
    std::optional<BakeBuild> bake; ///< docker/bake-action: any number of images
};

struct MigratePlan {
    const WorkflowJob* job = nullptr;
    std::vector<NativeLeg> legs;
    std::vector<MergedBuild> builds;
    std::vector<const WorkflowStep*> plain; ///< builds that are not pushed
    std::string mergeId;               ///< id of the job that merges
    bool listMatrix = false;           ///< the matrix has a list of platforms (with others beside it), not one entry a leg
    bool includeMatrix = false;        ///< the matrix was of `include` alone: each entry is there once a platform
    std::vector<std::string> otherKeys; ///< of the matrix that was there
    std::string platformsText;         ///< the merging job's platforms, where the entries of the matrix differ in them
    std::string schedule;              ///< condition "it is not the run that warms the cache", "" when there is none
    std::string changesId;             ///< id of the job that finds out what a change needs, "" when there is none

    std::string archText() const;      ///< "${{ matrix.arch }}" or what comes to the same
    std::string artifact(const MergedBuild& build) const; ///< name without the architecture: "digests-build"
    /// What chooses by platform, without ${{ }}.
    std::string lookup(const std::function<std::string(const NativeLeg&)>& value) const;
};

/// Cache settings of one input with the architecture added: a scope (or tag, or name) for each. `fallback` is the scope of one
/// that names none.
std::string scopedCaches(const std::string& text, const std::string& arch, const std::string& fallback);

/// The steps the merging job needs from the old one, in their order: logins, what they and `texts` refer to.
/// `files`: it works with the repository's files in any case.
std::vector<const WorkflowStep*> stepsToCopy(const WorkflowJob& job, const std::vector<const WorkflowStep*>& moved, const std::vector<std::string>& texts, bool files);

/// The merging job as lines at the left margin. `unit` is the file's indentation.
std::string mergeJobText(const Editing& editing, const MigratePlan& plan, const std::vector<const WorkflowStep*>& copied,
                         const std::vector<const WorkflowStep*>& moved, int unit);
/// Steps behind a build that hand its digest over.
std::string digestSteps(const Editing& editing, const MigratePlan& plan, const MergedBuild& build);
/// The step before a build that finds the images' names.
std::string namesStep(const MergedBuild& build);

/// Shell for the inside of a loop over "$tag" with its index in index.json and one over "$platform": is that one published?
/// Closes both loops.
extern const char* const publishedCheck;
/// An input as YAML behind its key: " one line\n", or a block indented by so many blanks.
std::string yamlLines(const std::string& value, int blanks);

/// What a bake step becomes. Nothing is edited. Errors: Unsupported with what can't be carried over.
Result<BakeBuild> planBake(const WorkflowJob& job, const BuildCall& call, const MigrateOptions& options);
/// Is what the step bakes pushed?
bool pushesBake(const BuildCall& call);
/// `set` for one platform a leg: each of its caches apart, and the new lines of `build` (null for a build that is not pushed).
void writeBakeSettings(Editing& editing, const MigratePlan& plan, const WorkflowStep& step, const MergedBuild* build);
/// The caches among `set` with the architecture added.
void scopeBakeCaches(Editing& editing, const WorkflowJob& job, const WorkflowStep& step, const std::string& arch);
/// The step that is added where nothing was checked out and bake is asked: a rollback knows it by its name and takes it away again.
inline constexpr const char* bakeCheckoutName = "Check out the bake files";
/// Before the build: what bake says about names and caches.
std::string bakeNamesStep(const MigratePlan& plan, const MergedBuild& build);
/// Behind it: a file for each target's digest. Then what merges them and looks whether all is there.
std::string bakeDigestScript(const MergedBuild& build);
std::string bakeMergeSteps(const Editing& editing, const MigratePlan& plan, const MergedBuild& build, const std::string& condition);
/// Texts in which the merging job refers to steps.
std::vector<std::string> bakeTexts(const MergedBuild& build);

/// The job that finds out which platforms a pull request needs.
std::string changesJobText(const Editing& editing, const MigratePlan& plan, const std::vector<PathRule>& rules, int unit);

/// `metadata` is the file for the digest, `env` names the variables both jobs know. Errors: Unsupported with what is in the way.
Result<ScriptBuild> migrateScript(const Editing& editing, const MigratePlan& plan, const WorkflowStep& step, const std::string& metadata,
                                  const std::vector<std::string>& env);

/// The plan's builds and matrix. Nothing is edited. Errors: Unsupported with what can't be carried over.
std::optional<Error> planCombinedJob(const Editing& editing, const MigrateOptions& options, MigratePlan& plan);
/// Every platform a leg's builds name.
std::set<std::string> builtPlatforms(const JobLeg& leg);
/// The id, or one like it that no job has.
std::string freeJobId(const Workflow& workflow, std::string id);

/// Turns a job that builds several platforms at once into a matrix and a merging job.
std::optional<Error> migrateCombinedJob(Editing& editing, const WorkflowJob& job, std::vector<NativeLeg> legs, const MigrateOptions& options);

/// A label for the architecture: as asked for, the present one when it is native, the cheapest, or the one most like the present.
std::vector<std::string> runnerFor(const Platform& platform, const JobLeg& leg, const RunnerTable& runners, const MigrateOptions& options, bool& native);

/// Does docker/github-builder emulate, or may it, where only the run knows the platforms?
bool emulatesByBuilder(const WorkflowJob& job, const std::vector<const JobLeg*>& legs);
/// It distributes the platforms over native runners from now on. Errors: Unsupported with the option its inputs can't do.
std::optional<Error> migrateBuilderInputs(Editing& editing, const WorkflowJob& job, const std::vector<const JobLeg*>& legs, const RunnerTable& runners, const MigrateOptions& options);

/// "a && b" of two conditions, either may be empty or in ${{ }}.
std::string bothConditions(const std::string& a, const std::string& b);
std::string withoutBraces(const std::string& condition);

} // namespace layerline
