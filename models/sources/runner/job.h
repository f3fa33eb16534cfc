// A build that Layerline started, as it is kept on the disk: enough to find it again after any crash.
#pragma once

#include "domain/result.h"
#include "domain/time.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace layerline {

enum class JobState {
    Queued,    ///< its process waits for a place on its builder
    Running,
    Merging,   ///< all platforms are pushed, the index is being made and checked
    Done,
    Failed,
    Canceled,
    Lost,      ///< its process is gone and nobody saw the end
};
const char* toString(JobState state); ///< "running", as in the JSON contract
bool ended(JobState state);

/// A process that can't be mistaken for a later one with the same number.
struct ProcessId {
    pid_t pid = 0;
    std::int64_t start = 0; ///< clock ticks after boot (proc_pid_stat(5), field 22)
    bool alive() const;
    static ProcessId of(pid_t pid);
    friend bool operator==(const ProcessId&, const ProcessId&) = default;
};

/// One client process: the whole build, or one platform of it.
struct JobLane {
    std::string name;                  ///< "build", or the platform
    std::vector<std::string> command;  ///< exactly what runs, secret-looking parts masked
    JobState state = JobState::Queued;
    int exitCode = -1;                 ///< -1 = not known, 128 + N = ended by signal N
    ProcessId process;                 ///< leads a process group of its own
    std::vector<std::string> refs;     ///< history references it made, "" entries never
    std::string digest;                ///< of the pushed image or index
    std::string error;                 ///< one line, without secrets
    int attempt = 0;                   ///< 1 = first; older logs are kept as lane-N.ATTEMPT.log
    OptionalTime started, ended;
    friend bool operator==(const JobLane&, const JobLane&) = default;
};

/// What puts the platforms together when all lanes have passed.
struct JobMerge {
    std::vector<std::string> command;  ///< `imagetools create` and its tags; REPOSITORY@DIGEST of each lane is added
    std::vector<std::string> inspect;  ///< `imagetools inspect --raw`; an image is added
    std::string repository;
    std::vector<std::string> tags;
    std::string digest;                ///< of the merged index, as read back
    std::vector<std::string> platforms;///< "linux/amd64 sha256:..", as read back
    std::string error;
    bool verified = false;
    friend bool operator==(const JobMerge&, const JobMerge&) = default;
};

struct BuildJob {
    std::string id;
    std::string title;                 ///< for people: folder, image or bake file
    std::string builder;               ///< "" = the current one when it was started
    std::string context;               ///< absolute, or a URL, "" for bake: what buildx notes as LocalPath
    std::string directory;             ///< working directory of the client
    int limit = 2;                     ///< builds of ours that may run on the builder at once
    JobState state = JobState::Queued;
    std::vector<JobLane> lanes;
    std::optional<JobMerge> merge;
    std::vector<std::string> variables;///< names of variables handed over; never their values
    std::vector<std::string> notes;
    ProcessId supervisor;
    OptionalTime created, started, ended;
    std::string error;                 ///< why nothing ran, or the first lane's
    bool cancelAsked = false;

    const JobLane* lane(const std::string& name) const;
    friend bool operator==(const BuildJob&, const BuildJob&) = default;
};

/// Handed to the supervisor through a pipe and kept nowhere.
struct JobSecrets {
    std::vector<std::vector<std::string>> commands;  ///< of the lanes, unmasked; empty = as in the job
    std::map<std::string, std::string> variables;    ///< put into the clients' environment
};

std::string jobJson(const BuildJob& job);
Result<BuildJob> parseJob(const std::string& text);
std::string jobSecretsJson(const JobSecrets& secrets);
Result<JobSecrets> parseJobSecrets(const std::string& text);

} // namespace layerline
