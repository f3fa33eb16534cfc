// Between a form's values and a plan: what the window's dialog and the presets of the command line share.
#pragma once

#include "analysis/build_plan.h"
#include "items/plan_values.h"

#include <string>
#include <vector>

namespace layerline {

BuildForm formOf(const BuildPlan& plan, std::vector<PlatformChoice> platforms);
/// The plan with what a person changed. What the form does not show stays. A secret-looking argument goes into the hand-over.
/// Relative paths lie below the form's folder.
void apply(const BuildForm& form, BuildPlan& plan, HandOver& handOver, bool again = false);
/// The folder, or the one around the file, that a form is about; the address of a remote one. "~/" is the home.
std::string projectOf(const BuildForm& form);
/// The form's context as an absolute path; addresses stay.
std::string contextOf(const BuildForm& form);

} // namespace layerline
