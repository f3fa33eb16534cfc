// The API call that starts a workflow, as it is shown before it is made: on the command line and in the window alike.
#pragma once

#include "sources/github/github_api.h"

#include <string>

namespace layerline {

/// "POST https://api.github.com/repos/o/r/actions/workflows/x.yml/dispatches" and its body, values that look secret masked.
std::string dispatchCallText(const std::string& apiUrl, const std::string& repository, DispatchRequest request);

} // namespace layerline
