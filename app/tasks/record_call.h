// The request that changes a builder's own history, as people read it before it is made.
#pragma once

#include "sources/buildkit/node_types.h"

#include <string>

namespace layerline {

inline std::string recordCall(const std::string& ref, HistoryChange what)
{
    const char* field = what == HistoryChange::Delete ? "Delete: true" : what == HistoryChange::Pin ? "Pinned: true" : "Pinned: false";
    return "moby.buildkit.v1.Control/UpdateBuildHistory {Ref: \"" + ref + "\", " + field + "}";
}

/// "forget", "pin", "unpin": layerline builder's own words.
inline const char* recordVerb(HistoryChange what)
{
    return what == HistoryChange::Delete ? "forget" : what == HistoryChange::Pin ? "pin" : "unpin";
}

} // namespace layerline
