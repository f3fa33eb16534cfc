// What a vertex name says. Names are made for people and lie about platforms in several ways (see graph.h).
#pragma once

#include "domain/platform.h"

#include <optional>
#include <string>
#include <string_view>

namespace layerline {

enum class StepKind {
    Instruction, ///< a Dockerfile instruction with "[stage i/n]"
    Internal,    ///< "[internal] load build definition", "[auth] ..."
    Export,      ///< "exporting to image", "merging manifest list", cache export
    Other,
};

/// Parts of "[bake linux/amd64->arm64 stage 2/4] RUN make".
struct StepName {
    StepKind kind = StepKind::Other;
    std::string bakeTarget;            ///< only in a client's view (rawjson, plain) of a bake
    std::optional<Platform> runsOn;    ///< left of "->", or the only platform named
    std::optional<Platform> target;    ///< right of "->", else the same as runsOn
    bool cross = false;                ///< the name has "->"
    std::string stage;                 ///< "" for an unnamed only stage
    int index = 0;                     ///< 1-based position in the stage, 0 when not numbered
    int count = 0;
    std::string keyword;               ///< "RUN", "COPY", "FROM"; "" when not an instruction
    std::string text;                  ///< what follows the bracket
};

StepName parseStepName(std::string_view name);

} // namespace layerline
