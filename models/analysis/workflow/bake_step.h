// What a workflow gives to bake, and what bake makes of it.
#pragma once

#include "analysis/workflow/job_legs.h"

namespace layerline {

/// What is known around a step that bakes.
struct BakeScope {
    const TextMap* workflowEnv = nullptr;
    const BakeSources* sources = nullptr;     ///< null: nobody looked
    std::set<std::string>* unread = nullptr;  ///< gets keys of BakeSources that are missing
};

/// One line of `set:`; `target` is "*", a name or a pattern.
struct BakeSetting {
    std::string target, key, value;
};
/// "app.cache-to=type=gha" as its parts. Without "target.key" a line is left out, as bake would refuse it.
std::optional<BakeSetting> bakeSetting(const std::string& line);
std::vector<BakeSetting> bakeSettings(const std::vector<std::string>& lines);

/// The inputs that say what is baked, of docker/bake-action or docker/github-builder's bake workflow.
struct BakeInputs {
    std::vector<std::string> files, targets, variables; ///< "NAME=value"
    std::string folder;                                 ///< "" or "sub/": below the repository's root
    std::string metadataTarget;                         ///< what metadata-action's file is about
    bool elsewhere = false;                             ///< the definition is not this repository's
};
BakeInputs bakeInputs(const TextMap& with, const ExpressionContext& context);

/// Does the text name a file that metadata-action writes? Gives the step's id and whether the file has tags.
struct MetadataFile {
    std::string step;
    bool tags = false;
};
std::optional<MetadataFile> metadataFileIn(const std::string& text);

/// The step that asked bake what this one shall build, where its settings or targets are that one's outputs: what a migration writes.
const WorkflowStep* askedBefore(const WorkflowJob& job, const WorkflowStep& step);

/// Null when nobody looked for files. Tags from metadata-action are its expression, "${{ steps.meta.outputs.tags }}".
std::shared_ptr<const BakePlan> planOfStep(const BakeInputs& inputs, const TextMap& stepEnv, const JobLeg& leg, const BakeScope& scope);

/// Adds what the bake file says to what the settings of every target ("*") have not settled.
void addBakeFile(BuildCall& build, std::shared_ptr<const BakePlan> plan, const JobLeg& leg, const std::set<std::string>& settled);
/// The caches of a bake file as the step before has them set for this leg's architecture.
void keepCachesApart(BuildCall& build, const WorkflowStep& asked, const JobLeg& leg);

} // namespace layerline
