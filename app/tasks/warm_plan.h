// Fetching a project's base images onto a builder before they are needed: a build of a generated Dockerfile.
#pragma once

#include "analysis/rebuild_plan.h"
#include "app/tasks/build_jobs.h"
#include "domain/result.h"
#include "sources/buildx/environment.h"

#include <QString>

#include <string>
#include <vector>

namespace layerline {

struct WarmChoice {
    QString builder;
    QString folder;                  ///< the project's
    QString dockerfile;              ///< "" = Dockerfile in the folder
    std::vector<Platform> platforms; ///< empty = the builder's own
};

struct WarmPlan {
    std::vector<std::string> bases;  ///< images that will be fetched
    std::string folder;              ///< where the recipe is written
    JobRequest request;
    std::vector<Obstacle> obstacles; ///< why it can't be done now
};

/// Reads the Dockerfile, writes nothing. Errors: NotFound (no such file), Unsupported (it names no image).
/// `builders`: names of builders known beside those of the files.
Result<WarmPlan> planWarming(const WarmChoice& choice, const BuildxEnvironment& environment, const std::vector<std::string>& builders = {});

/// Writes the generated Dockerfile where the plan's command looks for it. Permission.
Result<void> writeRecipe(const WarmPlan& plan);

} // namespace layerline
