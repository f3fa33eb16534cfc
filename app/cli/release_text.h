// Releases and moves of tags as lines for a terminal.
#pragma once

#include "app/tasks/release_gate.h"
#include "domain/release.h"
#include "domain/result.h"

#include <string>
#include <vector>

namespace layerline {

std::string gateText(const GateResult& result);
std::string planText(const TagMovePlan& plan);
/// Sightings of the tag, newest first, then what the registry's other tags point at.
std::string historyText(const std::string& image, const std::string& tag, const std::vector<TagSighting>& sightings, const std::vector<PublishedTag>& tags);

/// 7 to 64 hex digits, with or without "sha256:".
bool isShortDigest(const std::string& text);
/// The one known digest that begins so. NotFound, or BadInput when there are several.
Result<std::string> digestBeginning(const std::string& text, const std::vector<TagSighting>& sightings, const std::vector<PublishedTag>& tags);

} // namespace layerline
