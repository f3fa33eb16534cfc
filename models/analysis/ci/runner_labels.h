// GitHub's runners: which labels exist, what they run on and cost. A dated table, read from data the user may edit.
#pragma once

#include "domain/platform.h"
#include "domain/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layerline {

enum class LabelState { Current, Preview, Retired };

struct RunnerLabel {
    std::string label;
    Platform platform;             ///< what it runs natively
    LabelState state = LabelState::Current;
    std::optional<double> price;   ///< per minute, in the table's currency; empty when unknown or retired
    bool containers = true;        ///< can it build Linux images at all?
};

struct RunnerTable {
    std::string date;              ///< "2026-01": when the table was true
    std::string currency = "USD";
    bool publicFree = true;        ///< standard runners cost nothing in public repositories
    std::vector<RunnerLabel> labels;
    std::vector<std::pair<std::string, int>> concurrentJobs; ///< plan's name to its limit
    /// Labels are compared without regard to case, as GitHub does.
    const RunnerLabel* find(std::string_view label) const;
    std::optional<int> concurrentLimit(std::string_view plan) const;
    /// Of the smallest plan.
    std::optional<int> leastConcurrentLimit() const;
};

/// Reads resources/data/runners.json or a user's own. Errors: BadInput with what is wrong in which entry.
Result<RunnerTable> parseRunnerTable(std::string_view json);

/// Labels that only self-hosted runners have: "self-hosted", and those GitHub gives each of them (linux, x64, arm64...)
/// when "self-hosted" is among `labels` or none of them is hosted.
bool selfHosted(const std::vector<std::string>& labels, const RunnerTable& table);

/// What a job with these labels runs on natively: from the table, or from a self-hosted runner's X64, ARM64, ARM.
std::optional<Platform> runnerPlatform(const std::vector<std::string>& labels, const RunnerTable& table);

/// The existing label an unknown one most likely means: same system, same architecture when the name hints at one, fewest
/// differing letters. Empty when nothing is near. "ubuntu-24.04-arm64" -> "ubuntu-24.04-arm".
std::optional<std::string> nearestLabel(std::string_view unknown, const RunnerTable& table);

/// The cheapest current label that builds for `platform` natively; empty when there is none. `like` decides between equals: the
/// one most like it wins.
std::optional<std::string> cheapestLabel(const Platform& platform, const RunnerTable& table, std::string_view like = {});

} // namespace layerline
