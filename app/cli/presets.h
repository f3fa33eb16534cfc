// Builds kept by name for a project, on the command line: the same file as the window's.
#pragma once

#include "analysis/build_plan.h"
#include "app/tasks/command_options.h"
#include "domain/result.h"
#include "items/plan_values.h"

#include <QStringList>

#include <string>
#include <vector>

class QCoreApplication;

namespace layerline {

/// layerline presets: lists them, deletes one.
int runPresetsTool(QCoreApplication& app, const QStringList& arguments);
OptionTable presetsCommandOptions();

/// `what`: the folder, file or address that is built. A file is built in the place of the preset's. NotFound names those there are.
Result<BuildForm> presetFor(const std::string& what, const std::string& name);
/// Place, options and the ids of secrets, which nobody has answered yet.
void applyPreset(const BuildForm& form, BuildPlan& plan, HandOver& handOver);

/// What a preset keeps of a plan; `files` stood beside `what`. BadInput names the options that no preset holds.
Result<BuildForm> formToKeep(const BuildPlan& plan, const std::string& what, const std::vector<std::string>& files);
/// Says what is kept and where; writes unless `dryRun`. An ExitCode.
int savePreset(const std::string& name, const BuildForm& form, bool dryRun, bool json);
/// The window fills the project's next form in from it.
void rememberPreset(const std::string& what, const std::string& name);

} // namespace layerline
