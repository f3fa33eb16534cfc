// A GitHub workflow file as values. Everything points back into the text it was read from.
#pragma once

#include "analysis/workflow/yaml_tree.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace layerline {

/// Keys with their values as text, in the file's order; expressions are not evaluated.
using TextMap = std::vector<std::pair<std::string, std::string>>;
/// Empty when there is no such key.
std::string valueOf(const TextMap& map, std::string_view key);
bool hasKey(const TextMap& map, std::string_view key);

/// What a step does, as far as it matters here.
enum class ActionKind {
    Other, Run, Checkout, SetupQemu, SetupBuildx, BuildPush, Bake, Login, Metadata, UploadArtifact, DownloadArtifact, AwsCredentials, EcrLogin
};

/// "docker/build-push-action@v6", "owner/repo/.github/workflows/x.yml@main"
struct ActionRef {
    std::string name; ///< "docker/build-push-action", in lower case; "./path" of a local one
    std::string path; ///< inside of the repository, without the first '/'
    std::string ref;  ///< "v6", "main", a commit
    int major = 0;    ///< of "v6.1", or of the comment behind a commit ("# v6.1.0"); 0 = unknown
    bool pinned = false; ///< by the 40 digits of a commit
};

struct WorkflowStep {
    const YamlEntry* entry = nullptr; ///< its place among the job's steps
    int line = 0;
    std::string id, name, run, condition;
    std::optional<ActionRef> uses;
    ActionKind kind = ActionKind::Other;
    TextMap with, env;
};

/// An input of workflow_dispatch or workflow_call.
struct DeclaredInput {
    std::string name, description, type, defaultValue;
    bool required = false;
    std::vector<std::string> options;
};

struct WorkflowTrigger {
    std::string event;            ///< "push"
    nlohmann::ordered_json config; ///< what stands below it; null when nothing
    std::vector<DeclaredInput> inputs; ///< of workflow_dispatch and workflow_call
};

/// Scopes with "read", "write" or "none"; "read-all" and "write-all" are under the name "*".
struct Permissions {
    bool stated = false;
    TextMap scopes;
};

struct WorkflowJob {
    std::string id, name, condition, environment;
    const YamlEntry* entry = nullptr; ///< its place among the jobs
    int line = 0;
    std::vector<std::string> needs;
    const YamlNode* runsOn = nullptr;
    const YamlNode* strategy = nullptr;
    const YamlNode* matrix = nullptr;
    std::optional<ActionRef> uses;    ///< a reusable workflow: no steps then
    TextMap with, env;
    Permissions permissions;
    std::vector<WorkflowStep> steps;
};

struct Workflow {
    std::shared_ptr<const YamlDocument> document;
    std::string name;
    std::vector<WorkflowTrigger> triggers;
    Permissions permissions;
    TextMap env;
    std::vector<WorkflowJob> jobs;

    const WorkflowTrigger* trigger(std::string_view event) const;
    const WorkflowJob* job(std::string_view id) const;
    const std::string& text() const { return document->text; }
};

/// Errors say line and column: no YAML, no `on` or `jobs`, a job that runs nowhere, needs what does not exist or itself, an expression
/// that can't be read.
Result<Workflow> parseWorkflow(std::string text, const YamlLimits& limits = {});

/// `text` may be followed by " # v6.1.0", the comment that goes with a commit.
ActionRef parseActionRef(std::string_view uses, std::string_view comment = {});
const char* toString(ActionKind kind);

/// The lines of a block of text, without blanks around them, empty ones and comments left out.
std::vector<std::string> textLines(std::string_view text);
/// "a,b\nc" -> a, b, c: the way docker's actions read lists. A comma inside of ${{ }} or quotes separates nothing.
std::vector<std::string> listItems(std::string_view text);

} // namespace layerline
