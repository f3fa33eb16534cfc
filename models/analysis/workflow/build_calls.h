// What a leg's steps build.
#pragma once

#include "analysis/workflow/bake_step.h"

namespace layerline {

/// Fills in qemu, merges and builds of a leg.
void findBuildCalls(JobLeg& leg, const BakeScope& scope);
/// The jobs docker/github-builder makes of the caller's leg: one a platform when it distributes them, else one.
std::vector<JobLeg> githubBuilderLegs(const JobLeg& caller, const RunnerTable& runners, const BakeScope& scope);

/// Is it docker/github-builder's build or bake workflow?
bool isGithubBuilder(const WorkflowJob& job);
/// The labels of its `runner` input: of a mapping those of each platform, of one label that for all. The defaults are
/// ubuntu-24.04 and, for arm and arm64, ubuntu-24.04-arm.
std::string githubBuilderRunner(std::string_view mapping, const Platform& platform);

/// Does the step put digests together ("buildx imagetools create", "manifest create")?
bool mergesDigests(const WorkflowStep& step);
/// Is it a script that builds an image?
bool buildsImage(const WorkflowStep& step);
/// Does a shell script set up emulation?
bool installsQemu(std::string_view script);

} // namespace layerline
