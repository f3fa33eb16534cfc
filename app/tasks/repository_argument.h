// The repository somebody means, on the server of the environment.
#pragma once

#include "domain/result.h"

#include <QString>

#include <string>

namespace layerline {

/// OWNER/NAME of what was given: a name, a URL or a folder.
Result<std::string> repositoryArgument(const QString& text);

} // namespace layerline
