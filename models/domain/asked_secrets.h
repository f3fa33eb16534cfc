// The secrets and ssh keys a build asks its client for.
#pragma once

#include "domain/build.h"

#include <set>
#include <string>

namespace layerline {

struct AskedSecrets {
    std::set<std::string> secrets, ssh; ///< ids
    bool fromProvenance = false;        ///< false: read from the mounts its steps' names tell so far
    bool known() const { return fromProvenance || !secrets.empty() || !ssh.empty(); }
};

/// From the provenance of any record. A build that runs or failed has none: what its steps mount is named in them.
AskedSecrets askedSecrets(const Build& build);

} // namespace layerline
