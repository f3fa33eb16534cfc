// The platforms a record says it was built for, before a step of it is known.
#pragma once

#include "domain/events.h"

namespace layerline {

/// What was asked for, else what the exporter answered; empty when the record does not say.
std::vector<Platform> announcedPlatforms(const ev::RecordUpdated& info);

} // namespace layerline
