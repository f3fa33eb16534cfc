// The process that looks after one build: waits for a place, starts the clients, notes how they end, merges.
#pragma once

#include "sources/buildx/environment.h"
#include "sources/runner/job_store.h"

#include <chrono>
#include <string>

namespace layerline {

struct SupervisorOptions {
    BuildxEnvironment environment = BuildxEnvironment::fromProcess();
    std::chrono::milliseconds interruptLimit{10'000}; ///< between SIGINT and SIGKILL when cancelled
    std::chrono::milliseconds refLimit{20'000};       ///< how long to look for the reference of a client that runs
};

/// The body of the hidden command: reads a JobSecrets from stdin, writes "ok\n" to stdout when it has taken the job over,
/// and returns when the job has ended. SIGINT and SIGTERM cancel the job; SIGHUP is ignored. It runs the lanes that are
/// Queued, and merges when all are Done after that. Blocks; for a program without other threads. Returns the exit status.
int superviseJob(const JobStore& store, const std::string& id, const SupervisorOptions& options = {});

} // namespace layerline
