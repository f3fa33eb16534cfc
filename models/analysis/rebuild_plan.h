// From a past build to the plan that repeats it: what is known, what is not, and what stands in the way. Pure.
#pragma once

#include "analysis/build_plan.h"
#include "analysis/client_command.h"
#include "domain/build.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace layerline {

/// What no record, provenance, local state or captured command line told. Listed for the user, never guessed.
enum class Gap {
    CacheExports,    ///< records never hold them
    Exports,         ///< none recorded: there were none, or the engine is too old to note them (Docker 26)
    OutputFolder,    ///< where a local, tar or oci export went: subject = its type
    NamedContext,    ///< the folder behind a named context: subject = its name
    BakeFile,        ///< it was one target of a bake call that nobody saw: subject = the target
    BakeNow,         ///< the whole call again: the file and the variables it reads are taken as they are now
    SecretIds,       ///< no provenance: whether secrets or ssh keys were used is not known
    SecretSource,    ///< a secret's id is known, its value is asked for again: subject = the id
    SshSource,       ///< the same for ssh: subject = the id
    Entitlements,    ///< records never hold them
    ImageTag,        ///< a multi-node push: each node only pushed by digest
    Attribute,       ///< a frontend attribute this version can't repeat: subject = its name
    MaskedValue,     ///< kept without its secret-looking part: subject = what
};

struct Missing {
    Gap gap;
    std::string subject;
    friend bool operator==(const Missing&, const Missing&) = default;
};

/// Why a build can't be repeated as it stands.
enum class Refusal {
    NoRecord,          ///< a file of text holds no arguments
    ContextGone,       ///< subject = the folder
    ContextUnknown,    ///< started on another machine
    ContextFromInput,  ///< a tar archive on standard input
    DockerfileGone,    ///< subject = the path
    DockerfileFromInput,
    BuilderGone,       ///< subject = its name
    NoClient,          ///< neither docker buildx nor a standalone buildx
    BakeContext,       ///< a named context is another target's result: subject = the name
    SecretNeeded,      ///< subject = the id
    SshNeeded,         ///< subject = the id
    OutputNeeded,      ///< an export to files whose place is not known: subject = its type
    ContextFolderNeeded, ///< a named context's folder: subject = its name
};

struct Obstacle {
    Refusal refusal;
    std::string subject;
    std::vector<std::string> candidates; ///< what was found instead: builders there are, Dockerfiles in the context
    friend bool operator==(const Obstacle&, const Obstacle&) = default;
};

/// English, one line each, for the command line; a window translates the kinds.
std::string missingText(const Missing& missing);
std::string reasonText(const Obstacle& obstacle); ///< what is wrong
std::string helpText(const Obstacle& obstacle);   ///< what would help

/// What planning asks of the outside, so that it can be tested without one.
struct RebuildChecks {
    enum class Path { Missing, File, Folder };
    std::function<Path(const std::string&)> path;
    /// Names of Dockerfiles in a folder and one level below, as paths.
    std::function<std::vector<std::string>(const std::string&)> dockerfiles;
    /// Builders there are; empty optional = could not be found out (nothing is refused then).
    std::optional<std::vector<std::string>> builders;
    bool client = true; ///< some buildx is installed
    /// What buildx noted of a bake call by its group's reference, as `bake --print` gives it; "" when it noted nothing.
    std::function<std::string(const std::string&)> bakeDefinition;
    std::function<bool(const std::string&)> variable; ///< is it set in the environment a build would get?
};

/// What the user says on top: every field that is set replaces what the past build had.
struct RebuildChoice {
    std::string builder, context, dockerfile; ///< of a whole call: where it is started, and the bake file in the place of all there were
    std::vector<Platform> platforms;
    std::vector<PlanSecret> secrets;
    std::vector<std::string> withoutSecrets; ///< ids the build may do without: steps ask for optional ones, too
    std::vector<PlanSsh> ssh;
    std::vector<NamedValue> contexts;
    std::vector<std::string> outputs, cacheTo;
    std::vector<std::string> tags;
    bool noCache = false, push = false;
    bool wholeCall = false; ///< bake: repeat all targets of the call, from the bake file as it is now
};

struct RebuildPlan {
    BuildPlan plan;
    HandOver handOver;              ///< values of secret-looking build arguments the record has
    std::vector<Missing> missing;
    std::vector<Obstacle> obstacles;
    bool possible() const { return obstacles.empty(); }
};

/// From FrontendAttrs, exporters, provenance and local state of all records, and the client's own command line when it
/// was seen. The record wins where both speak: it is what was built.
RebuildPlan planRebuild(const Build& build, const std::optional<ClientCommand>& client, const RebuildChecks& checks,
                        const RebuildChoice& choice = {});

/// Checks only: used for plans that do not come from a past build, too.
std::vector<Obstacle> obstaclesOf(const BuildPlan& plan, const RebuildChecks& checks);

} // namespace layerline
