#include "app/tasks/repository_argument.h"

#include "sources/github/github_environment.h"
#include "sources/github/github_session.h"
#include "sources/github/repository_name.h"

namespace layerline {

Result<std::string> repositoryArgument(const QString& text)
{
    const std::string given = text.toStdString(), &apiUrl = gitHubEnvironment().apiUrl;
    const auto name = repositoryOn(hostOfApi(apiUrl.empty() ? GitHubSession::defaultApiUrl() : apiUrl), given);
    if (!name)
        return Error{name.error().kind, "\"" + given + "\": " + name.error().detail, false};
    return name.value().fullName;
}

} // namespace layerline
