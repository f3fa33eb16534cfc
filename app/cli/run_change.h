// layerline runs --run ID --rerun and its like: what the window's buttons do to a run.
#pragma once

#include "app/cli/github.h"
#include "app/tasks/command_options.h"
#include "sources/github/github_types.h"

#include <optional>
#include <string>

class QCoreApplication;

namespace layerline {

struct RunChangeOptions {
    RunCall call;         ///< RerunJob: its job is found by `job` first
    std::string job;      ///< id or name of a job of the latest attempt
    bool dryRun = false;
    bool json = false;
};

/// --rerun, --rerun-failed, --rerun-job, --cancel, --force-cancel and --dry-run.
OptionTable runChangeOptions();
/// Empty when none of them was given. Errors: BadInput for two at once, for one without --run (`run.id` 0) or beside `reading`
/// (an option that only shows, "" = none), and for --dry-run alone.
Result<std::optional<RunChangeOptions>> readRunChange(const QCommandLineParser& parser, const RunKey& run, const std::string& reading);
/// Does it and waits until GitHub shows it, or prints the call. Returns an ExitCode.
int changeRun(QCoreApplication& app, GitHubConnection& github, const RunChangeOptions& options);

} // namespace layerline
