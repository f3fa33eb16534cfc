// "owner/name" out of what people have at hand: the name itself, a URL, a clone.
#pragma once

#include "domain/result.h"

#include <string>
#include <vector>

namespace layerline {

struct RepositoryName {
    std::string host = "github.com"; ///< lower case
    std::string fullName;            ///< "owner/name"
    friend bool operator==(const RepositoryName&, const RepositoryName&) = default;
};

/// Reads "owner/name", "https://HOST/owner/name[.git][/anything]", "git@HOST:owner/name.git", "ssh://git@HOST/owner/name".
/// BadInput for anything else; credentials in the URL are dropped.
Result<RepositoryName> parseRepository(const std::string& text);

/// The remotes of the clone that `folder` lies in, "origin" first. Reads .git/config, starts no git. A remote that names no
/// repository on a host is left out. NotFound when there is no clone or no such remote.
Result<std::vector<RepositoryName>> repositoriesOfFolder(const std::string& folder);

/// The host whose repositories a server answers for: its own; a server on this very machine stands for github.com.
std::string repositoryHost(const std::string& serverHost);

/// The repository that people mean by `text` when they ask the server `serverHost`: "owner/name", an address, or the path of
/// a folder ("/...", "~...", ".", "./...", "../..."), whose first remote on that server it is. An SSH alias ("work:o/n") is
/// taken for the server. BadInput when it lies on another server: that one is not asked; NotFound as repositoriesOfFolder().
Result<RepositoryName> repositoryOn(const std::string& serverHost, const std::string& text);

/// How the settings name a repository: "owner/name" on github.com, else "HOST/owner/name".
std::string keptName(const RepositoryName& repository);
Result<RepositoryName> fromKeptName(const std::string& kept);

} // namespace layerline
