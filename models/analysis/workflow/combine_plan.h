// What is found out about a matrix before it is made one job again.
#pragma once

#include "analysis/workflow/edit_steps.h"

#include <map>
#include <optional>
#include <set>

namespace layerline {

/// One build of the job, and what becomes of it.
struct CombinedBuild {
    const WorkflowStep* step = nullptr;
    const WorkflowStep* merge = nullptr; ///< puts its digests together
    std::string tags;                    ///< lines
    std::string pushes;                  ///< condition, "true"
    std::string outputs;                 ///< what else its output was told: ",compression=zstd"
    bool bake = false;
    std::vector<std::string> settings;   ///< of bake: lines of `set`
    std::optional<std::string> targets;  ///< of bake: its input from now on, "" for none; without a value it stays
};

struct CombinePlan {
    const WorkflowJob* job = nullptr;
    const WorkflowJob* merge = nullptr;  ///< goes away
    std::vector<const JobLeg*> legs;
    std::vector<Platform> platforms;
    std::set<std::string> platformKeys;  ///< of the matrix: what tells the platforms apart, and goes
    std::set<std::string> otherKeys;     ///< and what stays
    std::string condition;               ///< of the merging job, where it is not the job's own
    std::vector<CombinedBuild> builds;
    std::vector<const WorkflowStep*> dropped, before, after; ///< of the merging job's steps those that come before the first build and behind the last
    std::map<std::string, std::string> renamed;              ///< ids of moved steps that are taken

    std::string platformList() const;    ///< "linux/amd64,linux/arm64"
    /// The leg's values of the keys that stay.
    std::string others(const JobLeg& leg) const;
    /// What tells the legs apart that become one, a context for each: no keys that stay.
    std::vector<ExpressionContext> legContexts() const;
    /// The first of the references to what the legs differ in; empty when there is none.
    std::string legReference(const std::set<std::string>& references) const;
    /// Text without the expressions that tell the legs apart, nor what set them off: "build-${{ matrix.arch }}" is "build".
    std::string withoutLeg(std::string text) const;
};

/// Every reference in the expressions below a node.
std::set<std::string> referencesBelow(const YamlNode& node);

/// What a bake step becomes: fills in `build`, whose steps are known. A reason when it can't be told.
std::optional<std::string> planBakeTogether(const Editing& editing, const CombinePlan& plan, CombinedBuild& build);

/// Nothing is edited. A reason when the legs must stay apart.
std::optional<std::string> planCombination(const Editing& editing, const WorkflowJob& job, CombinePlan& plan);

} // namespace layerline
