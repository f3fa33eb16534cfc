#include "sources/github/repository_name.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace layerline {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t maxConfig = 1 << 20; ///< bytes

bool isNamePart(std::string_view text)
{
    if (text.empty() || text.size() > 100 || text == "." || text == "..")
        return false;
    return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 128 && (std::isalnum(c) || c == '-' || c == '_' || c == '.'); });
}

Result<RepositoryName> fromPath(std::string host, std::string_view path)
{
    while (!path.empty() && path.front() == '/')
        path.remove_prefix(1);
    const auto slash = path.find('/');
    std::string_view owner = path.substr(0, slash);
    std::string_view name = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
    if (name.size() > 4 && name.substr(name.size() - 4) == ".git")
        name.remove_suffix(4);
    if (!isNamePart(owner) || !isNamePart(name))
        return Error{ErrorKind::BadInput, "no repository of the form OWNER/NAME", false};
    std::transform(host.begin(), host.end(), host.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    if (host == "www.github.com" || host == "ssh.github.com")
        host = "github.com";
    return RepositoryName{host, std::string(owner) + "/" + std::string(name)};
}

/// "user:password@host:443" -> "host"
std::string hostOf(std::string_view authority)
{
    if (const auto at = authority.rfind('@'); at != std::string_view::npos)
        authority.remove_prefix(at + 1);
    return std::string(authority.substr(0, authority.find(':')));
}

std::string trimmed(const std::string& text)
{
    const auto first = text.find_first_not_of(" \t\r");
    return first == std::string::npos ? std::string{} : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::string withHome(const std::string& path)
{
    const char* home = std::getenv("HOME");
    return home && path.front() == '~' && (path.size() == 1 || path[1] == '/') ? home + path.substr(1) : path;
}

std::string firstLine(const fs::path& file)
{
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return trimmed(line);
}

/// The folder that holds "config": .git itself, or the main clone's of a worktree.
fs::path configFolder(const fs::path& dotGit)
{
    std::error_code error;
    if (fs::is_directory(dotGit, error))
        return dotGit;
    const std::string line = firstLine(dotGit);
    if (line.rfind("gitdir:", 0) != 0)
        return {};
    const fs::path own = dotGit.parent_path() / trimmed(line.substr(7));
    const std::string common = firstLine(own / "commondir");
    return common.empty() ? own : own / common;
}

} // namespace

Result<RepositoryName> parseRepository(const std::string& text)
{
    const std::string given = trimmed(text);
    if (const auto scheme = given.find("://"); scheme != std::string::npos) {
        const std::string_view rest = std::string_view(given).substr(scheme + 3);
        const auto slash = rest.find('/');
        if (slash == std::string_view::npos)
            return Error{ErrorKind::BadInput, "the address names no repository", false};
        // A page below the repository will do.
        std::string_view path = rest.substr(slash + 1);
        path = path.substr(0, path.find_first_of("?#"));
        const auto owner = path.find('/');
        path = path.substr(0, owner == std::string_view::npos ? owner : path.find('/', owner + 1));
        return fromPath(hostOf(rest.substr(0, slash)), path);
    }
    const auto colon = given.find(':'), slash = given.find('/');
    if (colon != std::string::npos && colon < slash)
        return fromPath(hostOf(given.substr(0, colon)), std::string_view(given).substr(colon + 1));
    if (std::count(given.begin(), given.end(), '/') != 1)
        return Error{ErrorKind::BadInput, "no repository of the form OWNER/NAME", false};
    return fromPath("github.com", given);
}

Result<std::vector<RepositoryName>> repositoriesOfFolder(const std::string& folder)
{
    std::error_code error;
    fs::path at = fs::absolute(folder, error), config;
    for (;; at = at.parent_path()) {
        if (fs::exists(at / ".git", error)) {
            config = configFolder(at / ".git") / "config";
            break;
        }
        if (!at.has_relative_path())
            return Error{ErrorKind::NotFound, "not inside of a git clone: " + folder, false};
    }
    if (!fs::is_regular_file(config, error) || fs::file_size(config, error) > maxConfig)
        return Error{ErrorKind::NotFound, "the clone has no readable config: " + folder, false};
    std::ifstream in(config);
    std::vector<RepositoryName> found;
    std::string line, remote;
    while (std::getline(in, line)) {
        line = trimmed(line);
        if (!line.empty() && line.front() == '[') {
            const auto open = line.find('"'), close = line.rfind('"');
            remote = line.rfind("[remote ", 0) == 0 && close > open ? line.substr(open + 1, close - open - 1) : std::string{};
            continue;
        }
        const auto equals = line.find('=');
        if (remote.empty() || equals == std::string::npos || trimmed(line.substr(0, equals)) != "url")
            continue;
        const std::string url = trimmed(line.substr(equals + 1));
        // A path on this machine is no repository on a host.
        const bool local = url.rfind("file:", 0) == 0 || (url.find("://") == std::string::npos && url.find(':') == std::string::npos);
        auto parsed = local ? Result<RepositoryName>(Error{}) : parseRepository(url);
        if (parsed && std::find(found.begin(), found.end(), *parsed) == found.end())
            found.insert(remote == "origin" ? found.begin() : found.end(), *parsed);
    }
    if (found.empty())
        return Error{ErrorKind::NotFound, "the clone has no remote on a host: " + folder, false};
    return found;
}

std::string repositoryHost(const std::string& serverHost)
{
    const bool here = serverHost.rfind("127.0.0.1", 0) == 0 || serverHost.rfind("localhost", 0) == 0 || serverHost.rfind("[::1]", 0) == 0;
    return here ? "github.com" : serverHost.substr(0, serverHost.find(':'));
}

Result<RepositoryName> repositoryOn(const std::string& serverHost, const std::string& text)
{
    const std::string host = repositoryHost(serverHost), given = trimmed(text);
    std::vector<RepositoryName> candidates;
    const bool folder = !given.empty() && (given.front() == '/' || given.front() == '~' || given == "." || given == ".." || given.rfind("./", 0) == 0 || given.rfind("../", 0) == 0);
    if (folder) {
        auto remotes = repositoriesOfFolder(withHome(given));
        if (!remotes)
            return remotes.error();
        candidates = std::move(remotes.value());
    } else {
        auto parsed = parseRepository(given);
        if (!parsed)
            return parsed.error();
        const bool plain = given.find(':') == std::string::npos;
        candidates.push_back(plain ? RepositoryName{host, parsed.value().fullName} : std::move(parsed.value()));
    }
    for (RepositoryName& candidate : candidates) {
        if (candidate.host != host && candidate.host.find('.') != std::string::npos)
            continue;
        candidate.host = host;
        return candidate;
    }
    return Error{ErrorKind::BadInput, candidates.front().fullName + " is on " + candidates.front().host + ", and the server that is asked is " + host, false};
}

std::string keptName(const RepositoryName& repository)
{
    return repository.host == "github.com" ? repository.fullName : repository.host + "/" + repository.fullName;
}

Result<RepositoryName> fromKeptName(const std::string& kept)
{
    const auto slash = kept.find('/');
    if (slash == std::string::npos || kept.find('/', slash + 1) == std::string::npos)
        return fromPath("github.com", kept);
    return fromPath(kept.substr(0, slash), std::string_view(kept).substr(slash + 1));
}

} // namespace layerline
