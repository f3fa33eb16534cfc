// Rewriting workflows: back to QEMU, over to native runners, as a trial that publishes nothing. Nothing here writes a file: a
// function gives the new text, what it changes and what to look at first; the old text is the way back.
#pragma once

#include "analysis/workflow/workflow_compare.h"

namespace layerline {

/// What is done (or to be looked at), as an id the window makes a translated sentence of. What `detail` and `other` hold is behind each.
enum class EditKind {
    RunnerChanged,      ///< old labels, new labels
    QemuAdded,          ///< emulated platforms
    QemuRemoved,        ///< the step's name
    QemuConditional,    ///< legs that still need it: the condition
    PlatformsStated,    ///< platforms a build did not name, because they were the runner's
    PlatformPerLeg,     ///< the list of platforms, the expression that takes its place
    RunnerArchReplaced, ///< runner.arch, what takes its place
    MatrixAdded,        ///< platforms, runners
    FailFastOff,
    CacheScoped,        ///< old cache setting, new one
    PushedByDigest,     ///< image names
    DigestsUploaded,    ///< artifact's name
    MergeJobAdded,      ///< id of the job
    StepsMoved,         ///< names of the steps, the job they went to
    OutputsMoved,       ///< names of the outputs, the job they went to
    KeptApart,          ///< a name or concurrency group all legs would share: old, new
    NeedsChanged,       ///< old job, new job
    InputFlipped,       ///< input's name, new value
    DispatchAdded,
    ScheduleAdded,      ///< cron line
    PathsAdded,         ///< rules
    PublishingOff,      ///< what no longer happens
    MatrixRemoved,      ///< platforms one job builds now
    PushedByTag,        ///< tags
    MergeJobRemoved,    ///< id of the job
    WrittenOut,         ///< an alias ("*name") or braces, so that the job can be edited
    // From here on: to look at, nothing was changed for it.
    DeadAction,         ///< "actions/upload-artifact@v3", date it stopped and the major that works
    OldAction,          ///< "actions/checkout@v3", the major that is maintained
    MissingPermission,  ///< "packages: write", what needs it
    PermissionUnknown,  ///< "packages: write", what needs it: depends on the repository's settings
    NotPinned,          ///< an action the file would pin by commit
    UnknownLabel,       ///< label, nearest real one
    ArchInScript,       ///< what asks for the machine's architecture: `uname -m`
    PlatformsOpen,      ///< platforms that can't be told from the file
    CalledWorkflow,     ///< path of a reusable workflow that has the builds
    PublishesAnyway,    ///< what a trial can't switch off
    RunsTwice,          ///< the other file: both start with the same events
    ProtectedTwice,     ///< an environment both jobs use now: its approval is asked for twice
    MatrixKept,         ///< why one job for all platforms would not be safe
    CacheTogether,      ///< the one cache of platforms that had one each, its cache-mode
    CacheApart,         ///< the cache that was all platforms', its cache-mode
};
const char* toString(EditKind kind); ///< "runner-changed"
bool isWarning(EditKind kind);

struct EditNote {
    EditKind kind = EditKind::RunnerChanged;
    std::string job;
    std::string detail, other;
    int line = 0; ///< in the old text; 0 when it is about the whole file
    friend bool operator==(const EditNote&, const EditNote&) = default;
};

struct WorkflowEdit {
    std::string before, after;
    std::vector<EditNote> changes;
    std::vector<EditNote> warnings;
    std::vector<PropertyDifference> differences;
    BuildSummary was, becomes;
};

struct RollbackOptions {
    bool addDispatch = true; ///< so that the branch can be tried out
    std::string runner;      ///< label for the emulated builds; empty: that of the native amd64 builds, else ubuntu-latest
    bool keepMatrix = false; ///< a leg a platform still; else one job, where the matrix splits nothing but platforms
};

/// A QEMU workflow made from one with native runners (or from a docker/github-builder caller, by its inputs). Every other
/// property stays. Errors: NotFound when nothing in it builds on a foreign runner; Unsupported with the place that can't be edited.
Result<WorkflowEdit> rollbackToQemu(const std::string& text, const RunnerTable& runners, const RollbackOptions& options = {});

/// Only docker/github-builder's inputs. NotFound when no job uses it.
Result<WorkflowEdit> flipBuilderInputs(const std::string& text, const RunnerTable& runners, const RollbackOptions& options = {});

/// Architectures whose builds a change needs, by the paths that matter to them alone.
struct PathRule {
    Platform platform;
    std::vector<std::string> patterns; ///< git pathspecs: "docker/arm64/**"
};

struct MigrateOptions {
    bool addDispatch = false;
    std::vector<Platform> extraPlatforms;        ///< built besides, by QEMU where no runner is native
    std::map<std::string, std::string> runners;  ///< architecture to label: {"arm64", "my-arm-runner"}
    bool cheapest = false;                       ///< the cheapest label of the price table instead of the present one
    std::string warmCron;                        ///< "17 3 * * 1-5": builds then, to keep the caches, and publishes nothing
    std::vector<PathRule> paths;                 ///< in pull requests only the architectures a change needs
    BakeSources bake;                            ///< the repository's bake files, which bakeFilesNeeded() names
};

/// What of the repository's bake files a workflow's builds need and `known` lacks, as keys of BakeSources: ask until nothing is
/// missing (a folder's list first, then files). Empty for a text that is no workflow.
std::vector<std::string> bakeFilesNeeded(const std::string& text, const BakeSources& known);

/// A matrix of native runners made from a QEMU workflow: a leg a platform with a cache of its own, digests as artifacts, a job
/// that merges and verifies them. Errors: NotFound when nothing is emulated; Unsupported with what can't be carried over.
Result<WorkflowEdit> migrateToNative(const std::string& text, const RunnerTable& runners, const MigrateOptions& options = {});

/// The same workflow for a trial on a branch: builds everything, pushes nothing, moves no tag. PublishesAnyway among the warnings
/// names what it could not switch off.
Result<WorkflowEdit> withoutPublishing(const std::string& text, const RunnerTable& runners);

/// Adds `workflow_dispatch` when it is missing.
Result<WorkflowEdit> withDispatch(const std::string& text, const RunnerTable& runners);

/// Actions that no longer work and permissions a publishing job lacks: said before anything is written.
std::vector<EditNote> workflowWarnings(const Workflow& workflow, const Legs& legs, const RunnerTable& runners);

} // namespace layerline
