// A workflow's jobs multiplied out, and what each leg builds: platforms, where they run, caches, pushes.
#pragma once

#include "analysis/ci/cache_keys.h"
#include "analysis/ci/runner_labels.h"
#include "analysis/workflow/bake_file.h"
#include "analysis/workflow/expression.h"
#include "analysis/workflow/workflow.h"

#include <functional>

namespace layerline {

/// What a leg asks for as its runner. More than one possibility when an expression leaves them open.
struct RunsOn {
    std::vector<std::vector<std::string>> choices; ///< each a set of labels
    std::string group;
    bool open = false;            ///< it may be something else too
    std::string unknownLabel;     ///< a label that does not exist, though it is no self-hosted one
    std::optional<Platform> platform; ///< native one, when all choices agree; of an unknown label what it most likely means
};

/// One place where images are built.
struct BuildCall {
    const WorkflowStep* step = nullptr; ///< null for a reusable builder
    ActionKind kind = ActionKind::BuildPush;
    std::vector<Platform> platforms;    ///< empty and not open: what the runner is
    bool platformsOpen = false;         ///< they can't be told from the file
    bool pushByDigest = false;
    bool pushes = false;                ///< in at least one case
    std::vector<std::string> cacheTo, cacheFrom; ///< as far as they are known: "type=gha,scope=app-arm64"
    std::vector<std::string> tags, buildArgs, labels;
    std::shared_ptr<const BakePlan> bake; ///< what the bake file says; null for other builds, and where no file was at hand
};

/// One job of a run.
struct JobLeg {
    const WorkflowJob* job = nullptr;
    std::shared_ptr<const Workflow> called; ///< keeps a reusable workflow's values alive
    std::string name;                 ///< as the page shows it: "build (linux/arm64, ubuntu-24.04-arm)"
    nlohmann::ordered_json matrix;    ///< object
    ExpressionContext context;        ///< with which the leg's texts can be read
    RunsOn runsOn;
    bool qemu = false;                ///< sets up emulation
    bool merges = false;              ///< puts digests together to one image
    std::vector<BuildCall> builds;
};

struct Legs {
    std::vector<JobLeg> legs;
    bool open = false;                ///< a matrix only a run knows
    std::vector<std::string> unread;  ///< reusable workflows nobody gave us, as workflowKey() names them
    std::vector<std::string> bakeUnread; ///< keys of BakeSources that were needed and not there
};

/// What a called workflow is known by: "./.github/workflows/x.yml" in the repository one began with,
/// "owner/repo/.github/workflows/x.yml@ref" in another one. `origin` is that of the file with the call.
std::string workflowKey(const ActionRef& uses, const std::string& origin);
/// Where the calls inside of a called workflow lead: "" = where one began, else "owner/repo@ref".
std::string workflowOrigin(const ActionRef& uses, const std::string& origin);

/// Finds a called workflow by its workflowKey(); null when it is not at hand. docker/github-builder is known without.
using WorkflowLookup = std::function<std::shared_ptr<const Workflow>(const std::string& key)>;

/// The workflow must outlive the result. With `bake` the platforms of bake builds come from the repository's bake files, and what
/// is missing of them is in bakeUnread. Errors: a matrix that can't be expanded.
Result<Legs> expandJobs(const Workflow& workflow, const RunnerTable& runners, const WorkflowLookup& lookup = {}, const BakeSources* bake = nullptr);

/// What a build is for: the platforms it names, else the runner's. Empty when the file does not tell.
std::vector<Platform> platformsOf(const JobLeg& leg, const BuildCall& build);
/// How a platform comes to run on a leg.
Execution executionOf(const JobLeg& leg, const Platform& platform);

enum class BuildStyle {
    None,          ///< builds no image
    Unknown,       ///< builds something, but the file does not tell where or for what
    SinglePlatform,
    Qemu,          ///< foreign platforms are emulated, no second architecture runs natively
    NativeMatrix,  ///< every platform on a runner of its own architecture, more than one
    Mixed,         ///< several native architectures and emulated platforms besides
    CrossCompile,  ///< foreign platforms without emulation
};
const char* toString(BuildStyle style); ///< "native-matrix"

struct BuildSummary {
    BuildStyle style = BuildStyle::None;
    std::vector<Platform> promised;   ///< of all builds that are pushed; of all builds when none is
    bool promisedOpen = false;        ///< there may be more
    std::vector<Platform> native, emulated, cross;
    std::vector<CacheWriter> cacheWriters; ///< of type=gha
    std::vector<std::string> unknownLabels;
};

BuildSummary summarise(const Legs& legs);

/// One value of a comma-separated list of settings: "scope" of "type=gha,scope=app". Empty when it is not there.
std::string settingOf(std::string_view settings, std::string_view key);

} // namespace layerline
