// Between the build dialog's plain values and plans: what it shows, and what it leads to.
#pragma once

#include "analysis/platform_costs.h"
#include "analysis/rebuild_plan.h"
#include "app/build_jobs.h"
#include "items/plan_values.h"
#include "sources/buildx/environment.h"

#include <string>
#include <vector>

namespace layerline {

/// Rows for the dialog; `chosen` stay chosen.
std::vector<PlatformChoice> choicesOf(const std::vector<PlatformCost>& costs, const std::vector<Platform>& chosen);

BuildForm formOf(const BuildPlan& plan, std::vector<PlatformChoice> platforms);
/// The plan with what a person changed. What the form does not show stays.
BuildPlan planOf(const BuildForm& form, BuildPlan plan);

/// Puts answers in: a value becomes a variable of the client's environment, handed over and kept nowhere.
void answer(const SecretAnswers& answers, BuildPlan& plan, HandOver& handOver);

/// Command, gaps, obstacles and questions, for BuildDialog::setPreview(). A secret that is only missing its answer is a
/// question, no obstacle.
BuildPreview previewOf(const BuildPlan& plan, const HandOver& handOver, const std::vector<Missing>& missing, const std::vector<Obstacle>& obstacles,
                       bool keepGoing, const BuildxEnvironment& environment);

} // namespace layerline
