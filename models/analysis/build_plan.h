// One build as it is going to be run: plain values, from which the exact command line is made. Pure.
#pragma once

#include "domain/platform.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace layerline {

using NamedValue = std::pair<std::string, std::string>;

/// A build argument. Without a value the client reads it from its environment: that is how secret-looking ones travel.
struct PlanArgument {
    std::string name;
    std::optional<std::string> value;
    friend bool operator==(const PlanArgument&, const PlanArgument&) = default;
};

/// A secret by id. At most one of `env` (a variable of the client's) and `file` is set; none = not answered yet.
struct PlanSecret {
    std::string id;
    std::string env;
    std::string file;
    bool answered() const { return !env.empty() || !file.empty(); }
    friend bool operator==(const PlanSecret&, const PlanSecret&) = default;
};

/// `--ssh ID[=SOCKET or keys]`; without a path the agent of SSH_AUTH_SOCK.
struct PlanSsh {
    std::string id;
    std::string paths;
    friend bool operator==(const PlanSsh&, const PlanSsh&) = default;
};

/// `buildx bake`: targets of files instead of one context.
struct PlanBake {
    std::vector<std::string> files;     ///< as given; empty = bake's own defaults in the working directory
    std::vector<std::string> targets;   ///< empty = "default"
    std::vector<std::string> overrides; ///< --set, without secret-looking values
    std::vector<std::string> variables{}; ///< --var, the same
    friend bool operator==(const PlanBake&, const PlanBake&) = default;
};

struct BuildPlan {
    std::string builder;            ///< "" = the current one
    std::string context;            ///< folder, or URL of a remote one; "" for bake
    std::string dockerfile;         ///< path, or a name inside a remote context; "" = the default
    std::string target;
    std::vector<Platform> platforms;
    std::vector<PlanArgument> arguments;
    std::vector<NamedValue> labels;
    std::vector<NamedValue> contexts;    ///< named contexts
    std::vector<PlanSecret> secrets;
    std::vector<PlanSsh> ssh;
    std::vector<std::string> cacheFrom, cacheTo;
    std::vector<std::string> outputs;    ///< --output, in buildx's CSV form
    std::vector<std::string> tags;
    std::vector<std::string> attestations;
    std::vector<std::string> annotations;
    std::vector<std::string> entitlements; ///< --allow
    std::vector<std::string> hosts, ulimits;
    std::string network, shmSize, cgroupParent;
    std::vector<std::string> noCacheFilter;
    bool noCache = false, pull = false, push = false, load = false;
    bool noProvenance = false;           ///< --provenance=false, where the client would add one by itself
    std::optional<PlanBake> bake;
    std::string workingDirectory;        ///< relative paths start here; "" = wherever it is started

    bool remoteContext() const;
    friend bool operator==(const BuildPlan&, const BuildPlan&) = default;
};

/// Values a client gets in its environment and nowhere else: never stored, logged, shown or put into arguments.
struct HandOver {
    std::map<std::string, std::string> variables;
};

/// True for what the builder fetches itself: git@, git://, github.com/, http(s)://, *.git.
bool isRemoteContext(const std::string& context);

struct CommandOptions {
    std::vector<std::string> buildx{"docker", "buildx"}; ///< program and first arguments
    std::string progress;                                ///< --progress, "" = not given
    std::string metadataFile;
};
/// The exact arguments, program first. Holds no value of a HandOver.
std::vector<std::string> commandOf(const BuildPlan& plan, const CommandOptions& options = {});

/// Quoted for a POSIX shell (bash's $'..' where a character can't be seen): the text seen is the text run.
std::string quotedForShell(const std::string& argument);
/// One line, masked: for printing and logs. Equal to what runs but for credentials inside URLs and the like.
std::string commandText(const std::vector<std::string>& command);

/// key=value joined as buildx reads it: a field with a comma or quote is quoted (CSV).
std::string csvOf(const std::vector<NamedValue>& fields);
/// The fields of `--output`, `--secret` ..., in order. What has no '=' becomes {field, ""}.
std::vector<NamedValue> parseCsv(const std::string& text);

} // namespace layerline
