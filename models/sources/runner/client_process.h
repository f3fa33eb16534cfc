// Starting client processes that outlive us, and ending them.
#pragma once

#include "domain/result.h"
#include "sources/runner/job.h"

#include <map>
#include <string>
#include <vector>

namespace layerline {

struct ClientStart {
    std::vector<std::string> command;
    std::string directory;                        ///< "" = ours
    std::map<std::string, std::string> variables; ///< added to our environment
    std::string output;                           ///< file for stdout and stderr, made with mode 0600
};

/// Starts a process group with stdin from /dev/null. It writes to the file itself: nothing of ours has to live for it.
/// NotFound when there is no such program, Permission, Internal.
Result<ProcessId> startClient(const ClientStart& start);

/// A signal for the whole group, unless the process is another one by now.
void signalGroup(const ProcessId& leader, int number);

/// Starts `command` in a session of its own, no child of ours; `input` is its stdin, its stdout is the returned
/// descriptor (close-on-exec). Safe in a program with threads.
Result<int> startDetached(const std::vector<std::string>& command, const std::string& input);

/// Runs a short-lived program to its end: its stdout, or Error with the last line of its stderr. Timeout after `limitMs`.
Result<std::string> runProgram(const std::vector<std::string>& command, int limitMs);

} // namespace layerline
