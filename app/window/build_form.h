// Between the build dialog's plain values and plans: what it shows, and what it leads to.
#pragma once

#include "analysis/build_targets.h"
#include "analysis/platform_costs.h"
#include "analysis/rebuild_plan.h"
#include "app/tasks/build_jobs.h"
#include "app/tasks/form_plan.h"
#include "items/plan_values.h"
#include "sources/buildx/environment.h"

#include <optional>
#include <string>
#include <vector>

namespace layerline {

/// Rows for the dialog; `chosen` stay chosen.
std::vector<PlatformChoice> choicesOf(const std::vector<PlatformCost>& costs, const std::vector<Platform>& chosen);

/// Puts answers in: a value becomes a variable of the client's environment, handed over and kept nowhere. A secret that
/// the build may do without leaves the plan.
void answer(const SecretAnswers& answers, BuildPlan& plan, HandOver& handOver);

/// What is known of a build before anybody fills in a form.
struct KnownBuild {
    const Build* build = nullptr;          ///< the past build that is made again; null: a new one
    std::optional<ClientCommand> client;   ///< of the past build
    std::vector<WantedSecret> wanted;      ///< by the Dockerfile of a new one
};

/// Where a form leads.
struct FormPlan {
    RebuildPlan plan;
    std::vector<SecretQuestion> questions; ///< all of them, answered or not: a question stays where its answer was typed
    std::optional<JobRequest> request;     ///< empty: it can't be split, `problem` says why
    std::string problem;
    bool incomplete = false;              ///< a new build whose folder has not been named yet
    bool possible() const { return request && plan.possible() && !incomplete; }
};

FormPlan planFor(const BuildForm& form, const SecretAnswers& answers, const KnownBuild& known, const RebuildChecks& checks, const BuildxEnvironment& environment);

/// Command, gaps, obstacles and questions, for BuildDialog::setPreview(); sentences are translated.
BuildPreview previewOf(const FormPlan& plan);

} // namespace layerline
