// What the Pipelines page shows besides runs, as plain values; the application fills them.
#pragma once

#include "domain/pipeline.h"
#include "domain/time.h"

#include <cstdint>
#include <string>
#include <vector>

namespace layerline {

/// Something a person should know about a run; the sentence is made by the widget.
struct RunNotice {
    enum class Kind {
        NoLiveLog,        ///< GitHub gives a job's log only after the job's end
        UnknownLabel,     ///< `job` waits for a label no hosted runner has; `other` = nearest real one
        NoMatchingRunner, ///< no self-hosted runner has `label`
        RunnersOffline,   ///< runners with `label` exist, none is online
        RunnersBusy,      ///< all runners with `label` are busy
        LongQueue,        ///< `job` has waited `time`; `usual` is what it usually waits (0 = unknown)
        PlanLimit,        ///< `count` hosted jobs run, and `plan` allows `limit`; not certain: the smallest plan would
        LogFailure,       ///< a failure recognised in the log of `job`: `label` cause, `other` remedy
        FromLogOnly,      ///< steps come from the log: edges unknown
        SharedCacheScope, ///< several architectures write cache scope `label`: the last writer wins
        ActionFailed,     ///< a request was refused: `label` says why
        RollbackQueued,   ///< QEMU would help: `job` has waited `time`
        RollbackLabel,    ///< QEMU would help: `job` can never start with `label`
        RollbackNoRunner, ///< QEMU would help: nobody can take `job`
        RollbackFailures, ///< QEMU might help: `job` alone failed in the last `count` runs
        EarlierAttempt,   ///< what is shown is attempt `count` of `limit`
        LogMissing,       ///< the log of `job` could not be had: `label` says why
        ArtifactsMissing, ///< nor the list of the run's artifacts
        RecordMissing,    ///< nor a build record of `job`, which its log stands in for
        RecordExpired,    ///< the same, for good
    };
    Kind kind = Kind::NoLiveLog;
    std::string job;
    std::string label;
    std::string other;
    Duration time;
    Duration usual;
    int count = 0;
    bool certain = true;  ///< false: it is only one of the possible reasons
    bool runnersKnown = true; ///< false: others than those listed may take the job
    std::string plan;     ///< of the owner; "" = not told
    bool again = false;   ///< another try may get what is missing
    int limit = 0;        ///< hosted jobs the plan lets run at once, of which `count` are known to run; 0 = not known
    friend bool operator==(const RunNotice&, const RunNotice&) = default;
};

/// A permission the token lacks, or may lack, and the part of Layerline that does not work without it.
struct PermissionGap {
    enum class Part { Watch, LogsAndArtifacts, Caches, RunActions, RunnerDiagnosis, Rollback };
    std::string permission;       ///< as GitHub names it: "actions=write", "repo"
    Part part = Part::Watch;
    bool certain = true;          ///< false: nobody can tell before it is used
    std::vector<std::string> repositories; ///< where; "owner/name"
    friend bool operator==(const PermissionGap&, const PermissionGap&) = default;
};

/// Who asks GitHub, and what may still be asked.
struct AccountRow {
    enum class State { None, Checking, SignedIn, Refused, Offline };
    enum class Permissions { Unknown, Checking, Checked, Failed };
    State state = State::None;
    std::string login;
    std::string host;             ///< "github.com"
    std::string server;           ///< what to sign in to: the host, or an address where that is not enough
    std::string apiUrl;           ///< "https://api.github.com"
    bool serverFixed = false;     ///< GITHUB_API_URL says which server
    std::string origin;           ///< "GH_TOKEN", "GITHUB_TOKEN", "keyring", "memory"
    bool keyring = true;          ///< false: there is none
    std::string keyringProblem;   ///< technical text; "" when it works or was not asked
    std::int64_t limit = 0;       ///< requests an hour; 0 = unknown
    std::int64_t remaining = 0;
    OptionalTime resets;
    OptionalTime blockedUntil;    ///< a limit of GitHub's holds back every request until then
    Permissions permissions = Permissions::Unknown;
    std::string permissionProblem; ///< technical text of Failed
    std::string scopes;           ///< of a classic token: "repo, workflow"
    bool classic = false;         ///< a token with scopes
    std::vector<PermissionGap> gaps;
    std::string problem;          ///< technical text of Refused and Offline
    friend bool operator==(const AccountRow&, const AccountRow&) = default;
};

/// One watched repository.
struct RepositoryRow {
    std::string name;             ///< "owner/name"
    std::string problem;          ///< technical text; "" when it is watched
    int activeRuns = 0;
    OptionalTime nextLook;        ///< when it is asked again
    friend bool operator==(const RepositoryRow&, const RepositoryRow&) = default;
};

/// One cache scope of a repository. Bytes are known for the repository only, never for a scope.
struct CacheScopeRow {
    std::string scope;
    std::string ref;              ///< branch, when its hash is one of a known ref; else the hash
    int revision = 0;
    bool live = true;             ///< false: an older revision nobody reads any more
    bool collision = false;       ///< several architectures write it
    OptionalTime written, used;
    std::vector<std::string> keys;
    friend bool operator==(const CacheScopeRow&, const CacheScopeRow&) = default;
};

/// A scope several architectures write, and how that is known.
struct CacheCollisionRow {
    std::string scope;
    bool proven = false;              ///< by the workflow files; else only by how it was rewritten
    std::vector<std::string> writers; ///< "docker.yml: build (linux/arm64)"
    int rewrites = 0;                 ///< times several revisions were written shortly after each other
    friend bool operator==(const CacheCollisionRow&, const CacheCollisionRow&) = default;
};

/// All caches of one repository.
struct CacheTable {
    std::string repository;
    std::vector<CacheScopeRow> scopes;
    std::int64_t usedBytes = 0;       ///< of the repository
    std::int64_t quotaBytes = 0;      ///< 0 = unknown
    bool quotaTold = false;           ///< by GitHub for this repository; else it is GitHub's default
    int entries = 0;                  ///< including blobs, which belong to no scope
    std::vector<CacheCollisionRow> collisions; ///< also of scopes that have no entries yet
    bool looked = false;              ///< the workflow files were looked into
    std::string unread;               ///< technical text: which of them could not be read; "" = none
    friend bool operator==(const CacheTable&, const CacheTable&) = default;
};

/// One input of a workflow that can be started by hand (on.workflow_dispatch.inputs).
struct DispatchInput {
    std::string name;
    std::string type = "string";      ///< string, boolean, number, choice, environment
    std::string description;
    std::string initial;              ///< its default, as written
    bool required = false;
    std::vector<std::string> choices; ///< of a choice
    friend bool operator==(const DispatchInput&, const DispatchInput&) = default;
};

/// A workflow that can be started by hand.
struct DispatchChoice {
    std::string path;                 ///< ".github/workflows/docker.yml"
    std::string name;
    std::string problem;              ///< technical text: why it can't be started; "" when it can
    std::vector<DispatchInput> inputs;
    friend bool operator==(const DispatchChoice&, const DispatchChoice&) = default;
};

} // namespace layerline
