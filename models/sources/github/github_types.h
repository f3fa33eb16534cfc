// What GitHub's REST API says besides runs and jobs (those are domain/pipeline.h). Plain values.
#pragma once

#include "domain/pipeline.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace layerline {

struct RepositoryInfo {
    std::string fullName;      ///< "owner/name" as GitHub writes it
    std::string defaultBranch;
    bool ofOrganisation = false; ///< the owner is one, not a person
    bool isPrivate = false;
    bool archived = false;
    bool mayPush = false;      ///< of the token's user; false when GitHub does not say
    bool mayAdmin = false;
    std::string url;
};

struct WorkflowInfo {
    std::int64_t id = 0;
    std::string name;
    std::string path;          ///< ".github/workflows/docker.yml"
    std::string state;         ///< "active", "disabled_manually", ...
    std::string url;
};

struct ArtifactInfo {
    std::int64_t id = 0;
    std::string name;
    std::int64_t bytes = 0;
    bool expired = false;
    OptionalTime created, expires;
    std::string digest;        ///< "sha256:..." of what the download gives; "" when not told
};

/// An entry of the repository's cache store.
struct StoredCache {
    std::int64_t id = 0;
    std::string key;
    std::string ref;
    std::string version;
    std::int64_t bytes = 0;
    OptionalTime created, lastUsed;
};

struct RunnerInfo {
    std::int64_t id = 0;
    std::string name;
    std::string os;
    bool online = false;
    bool busy = false;
    std::vector<std::string> labels;
};

struct CommitInfo {
    std::string sha;
    std::string message;       ///< whole
    std::string author;        ///< name
    OptionalTime date;         ///< of the committer
};

struct FileContent {
    std::string path;
    std::string sha;           ///< of the blob: needed to change it
    std::string text;          ///< decoded
    std::string url;
};

struct GitRef {
    std::string ref;           ///< "refs/heads/main"
    std::string sha;
};

struct PullRequestInfo {
    int number = 0;
    std::string title;
    std::string state;         ///< "open", "closed"
    bool merged = false;
    std::string head, base;    ///< branches
    std::string url;
};

/// What people do to a run.
enum class RunAction { Rerun, RerunFailed, RerunJob, Cancel, ForceCancel };
const char* toString(RunAction action); ///< as the command line names it: "rerun-failed"

/// One such call.
struct RunCall {
    RunAction action = RunAction::Rerun;
    RunKey run;
    std::int64_t job = 0;      ///< of RerunJob
};

/// What a dispatch led to. Servers that do not tell the run leave `run` empty.
struct Dispatched {
    std::optional<std::int64_t> run;
    std::string url;
};

struct UserInfo {
    std::string login;
    std::string name;
    std::string plan;          ///< "free"; "" when GitHub does not say
};

struct OrganisationInfo {
    std::string login;
    std::string plan;          ///< "team"; "" for who does not own it
};

} // namespace layerline
