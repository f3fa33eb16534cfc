// Which platforms need a step, and where it runs: two questions, both answered from the graph.
#pragma once

#include "domain/build.h"

namespace layerline {

/// Fills the derived fields of all steps (inputSteps, dependents, neededBy, runsOn, execution, stages) and
/// Build::platforms. O(steps + edges + steps * platforms). Does nothing when the structure did not change.
///
/// needed-by: terminal steps are seeded with their own name's target (else the nearest named ancestor's), then the
/// union flows towards inputs only. runs-on: left of "->", else the own name, else the nearest named ancestor's, else
/// provenance, else the only platform asked for (instructions), else the worker's native platform.
void analyseGraph(Build& build);

/// All ancestors (inputs of inputs ...) and descendants of a step, itself included.
std::vector<StepIndex> relatives(const Build& build, StepIndex of);

} // namespace layerline
