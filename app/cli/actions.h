// Commands that start or change something; rows of the table in tools.cpp.
#pragma once

#include "app/tasks/build_jobs.h"
#include "app/tasks/command_options.h"

#include <QStringList>

class QCoreApplication;

namespace layerline {

int runBuildTool(QCoreApplication& app, const QStringList& arguments);
OptionTable buildCommandOptions();
int runRebuildTool(QCoreApplication& app, const QStringList& arguments);
OptionTable rebuildCommandOptions();
int runRetryTool(QCoreApplication& app, const QStringList& arguments);
OptionTable retryCommandOptions();
int runCancelTool(QCoreApplication& app, const QStringList& arguments);
OptionTable cancelCommandOptions();
int runJobsTool(QCoreApplication& app, const QStringList& arguments);
OptionTable jobsCommandOptions();
int runPruneTool(QCoreApplication& app, const QStringList& arguments);
OptionTable pruneCommandOptions();
int runBuilderTool(QCoreApplication& app, const QStringList& arguments);
OptionTable builderCommandOptions();
int runBacktestTool(QCoreApplication& app, const QStringList& arguments);
OptionTable backtestCommandOptions();
/// The hidden command behind a running job.
int runSuperviseTool(QCoreApplication& app, const QStringList& arguments);

/// Prints the platform table and the disk forecast of a build; makes the event loop run.
int showCosts(QCoreApplication& app, const BuildPlan& plan, bool json);

/// Runs a command with our stdout and stderr to its end; its exit status, -1 when it could not run (printed).
int runForeground(const std::vector<std::string>& command);

} // namespace layerline
