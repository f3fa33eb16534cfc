// Which GitHub, and who asks: from the environment.
#pragma once

#include "domain/result.h"

#include <map>
#include <string>

namespace layerline {

struct GitHubEnvironment {
    std::string apiUrl;      ///< GITHUB_API_URL without a slash at the end; "" = not set
    std::string token;       ///< of GH_TOKEN, else GITHUB_TOKEN
    std::string tokenOrigin; ///< "GH_TOKEN" or "GITHUB_TOKEN"; "" when there is none
    /// The token variables as they were: for a child that is meant to get them (a build with a secret of that name).
    std::map<std::string, std::string> variables;
};

/// Reads the environment at its first call and takes the token variables out of it, so that no child inherits them and
/// /proc shows nothing: to be called at the start of main(), before there is any thread. The same value ever after.
const GitHubEnvironment& gitHubEnvironment();

/// "github.com" -> "https://api.github.com", another host -> "https://HOST/api/v3" (GitHub Enterprise Server),
/// "NAME.ghe.com" -> "https://api.NAME.ghe.com". A URL stays as it is, without a slash at the end.
std::string apiUrlOf(const std::string& hostOrUrl);
/// The host whose pages belong to an API address: the reverse.
std::string webUrlOf(const std::string& apiUrl);

/// "github.com" of "https://api.github.com", with the port where one is named.
std::string hostOfApi(const std::string& apiUrl);
/// What apiUrlOf() makes `apiUrl` of again: a host where that is enough, else the address itself.
std::string serverName(const std::string& apiUrl);

/// BadInput unless it is https, or http to this very machine: a token must not travel in the clear. No address with a user
/// in it either: it is kept in the settings.
Result<std::string> checkedApiUrl(const std::string& apiUrl);

} // namespace layerline
