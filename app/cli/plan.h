// What the commands that plan and run builds share: their options, and what happens to a finished plan.
#pragma once

#include "analysis/rebuild_plan.h"
#include "app/tasks/build_jobs.h"
#include "app/tasks/command_options.h"
#include "domain/result.h"

#include <QStringList>

#include <optional>
#include <string>
#include <vector>

class QCoreApplication;

namespace layerline {

/// True when the command should go on; else `status` is its exit status (what is wrong was printed).
bool parsePlanArguments(QCommandLineParser& parser, const QStringList& arguments, int& status);

std::vector<std::string> valuesOf(const QCommandLineParser& parser, const char* name);
std::string valueOf(const QCommandLineParser& parser, const char* name);

/// "linux/amd64,arm64": the os may be left out. BadInput with the word that is none.
Result<std::vector<Platform>> platformsOf(const std::vector<std::string>& words);
/// "id=npm,env=NPM" or "id=npm,src=FILE"; a file's path becomes absolute.
Result<PlanSecret> secretOf(const std::string& text);

struct RunOptions {
    bool dryRun = false;
    bool json = false;
    bool follow = false; ///< print what the clients say
    bool detach = false; ///< return when the build has been started
};
extern const OptionTable runOptions;
RunOptions runOptionsOf(const QCommandLineParser& parser);

/// Prints what would run, what is not known and what stands in the way: ExitOk when it could run, else ExitProblem.
int printPlan(const JobRequest& request, const std::vector<Missing>& missing, const std::vector<Obstacle>& obstacles, const RunOptions& options);

/// Starts the job and waits for its end unless told otherwise; makes the event loop run when `app` is not running yet,
/// else ends it. SIGINT cancels the build, SIGTERM and SIGHUP leave it running. Returns the exit status.
int runJob(QCoreApplication& app, JobRequest request, const RunOptions& options);
/// The same for a job that was started again already, its clients with these variables.
int waitForJob(QCoreApplication& app, const std::string& id, const RunOptions& options, std::map<std::string, std::string> handedOver);

} // namespace layerline
