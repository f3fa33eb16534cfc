// The gate of a run: one check for each image it pushed.
#pragma once

#include "app/tasks/gate_inputs.h"
#include "app/tasks/release_gate.h"
#include "app/tasks/run_digests.h"
#include "app/tasks/tag_evidence.h"

#include <optional>
#include <string>
#include <vector>

namespace layerline {

/// What was asked for, before GitHub is.
struct GateArguments {
    GateRequest request;
    std::string repository;          ///< "owner/name", or "" when an image is named
    std::optional<std::int64_t> run; ///< of it; the newest one that fits otherwise
    bool imageStated = false;
};

/// What a run built and, where nothing was stated, which images, tags and platforms it was about: promised are the platforms the
/// workflow's builds of the image name, else those the jobs handed on. NotFound when the run does not say which image or platforms.
Result<std::vector<GateRequest>> requestsOf(const GateArguments& asked, const RunDigests& found);

/// The same for an image's tag that was named: digests of the run that built it, and none when nobody can tell which one did.
Result<std::vector<GateRequest>> requestsOf(const GateArguments& asked, const TagEvidence& told);
/// "run 7 of acme/shop (Release 1.0)"
std::string runName(const std::string& repository, const Run& run);

/// One after the other, `done` once.
void checkAll(ReleaseGate& gate, std::vector<GateRequest> requests, std::function<void(std::vector<GateResult>)> done);
bool allMet(const std::vector<GateResult>& results);

} // namespace layerline
