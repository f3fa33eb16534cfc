#include "app/tasks/dispatch_call.h"

#include "domain/secret_names.h"

namespace layerline {

std::string dispatchCallText(const std::string& apiUrl, const std::string& repository, DispatchRequest request)
{
    for (auto& [name, value] : request.inputs)
        value = maskedValue(name, value);
    return "POST " + apiUrl + GitHubApi::dispatchTarget(repository, request.workflow) + "\n" + GitHubApi::dispatchBody(request);
}

} // namespace layerline
