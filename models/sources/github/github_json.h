// GitHub's JSON into values. Missing, null and unknown fields leave their defaults: nothing here fails for a field.
#pragma once

#include "domain/result.h"
#include "sources/files/json_fields.h"
#include "sources/github/github_types.h"

#include <string_view>

namespace layerline {

Run runFromJson(const json::Json& object, const std::string& repository);
RunJob jobFromJson(const json::Json& object);
RunStep stepFromJson(const json::Json& object);
RepositoryInfo repositoryFromJson(const json::Json& object);
WorkflowInfo workflowFromJson(const json::Json& object);
ArtifactInfo artifactFromJson(const json::Json& object);
StoredCache cacheFromJson(const json::Json& object);
RunnerInfo runnerFromJson(const json::Json& object);
CommitInfo commitFromJson(const json::Json& object);
FileContent contentFromJson(const json::Json& object);
GitRef refFromJson(const json::Json& object);
PullRequestInfo pullFromJson(const json::Json& object);
UserInfo userFromJson(const json::Json& object);
OrganisationInfo organisationFromJson(const json::Json& object);

/// "message" and the "errors" of a refusal in one line, "" when the body has none.
std::string problemText(std::string_view body);

} // namespace layerline
