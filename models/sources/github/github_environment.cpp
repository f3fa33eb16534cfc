#include "sources/github/github_environment.h"

#include "domain/secret_names.h"
#include "sources/http/http_url.h"

#include <cstdlib>
#include <cstring>

namespace layerline {

namespace {

std::string variable(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

bool endsWith(const std::string& text, const std::string& end)
{
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

std::string withoutSlash(std::string text)
{
    while (!text.empty() && text.back() == '/')
        text.pop_back();
    return text;
}

/// A pasted token may carry the line's end.
std::string trimmed(const std::string& text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string::npos ? std::string{} : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

} // namespace

const GitHubEnvironment& gitHubEnvironment()
{
    static const GitHubEnvironment taken = [] {
        GitHubEnvironment environment;
        environment.apiUrl = withoutSlash(variable("GITHUB_API_URL"));
        for (const char* name : {"GH_TOKEN", "GITHUB_TOKEN"}) {
            char* value = std::getenv(name);
            if (!value)
                continue;
            environment.variables[name] = value;
            const std::string token = trimmed(value);
            if (environment.token.empty() && !token.empty()) {
                environment.token = token;
                environment.tokenOrigin = name;
            }
            // What the kernel shows as our environment is this very memory.
            ::explicit_bzero(value, std::strlen(value));
            ::unsetenv(name);
        }
        return environment;
    }();
    return taken;
}

std::string apiUrlOf(const std::string& given)
{
    const std::string text = withoutSlash(given);
    if (text.find("://") != std::string::npos)
        return text;
    if (text.empty() || text == "github.com" || text == "www.github.com" || text == "api.github.com")
        return "https://api.github.com";
    if (endsWith(text, ".ghe.com"))
        return "https://api." + text;
    return "https://" + text + "/api/v3";
}

std::string webUrlOf(const std::string& apiUrl)
{
    std::string text = withoutSlash(apiUrl);
    if (endsWith(text, "/api/v3"))
        text.resize(text.size() - 7);
    else if (const auto at = text.find("://api."); at != std::string::npos)
        text.erase(at + 3, 4);
    return text;
}

std::string hostOfApi(const std::string& apiUrl)
{
    std::string web = webUrlOf(apiUrl);
    if (const auto scheme = web.find("://"); scheme != std::string::npos)
        web.erase(0, scheme + 3);
    return web.substr(0, web.find('/'));
}

std::string serverName(const std::string& apiUrl)
{
    const std::string host = hostOfApi(apiUrl);
    return apiUrlOf(host) == withoutSlash(apiUrl) ? host : withoutSlash(apiUrl);
}

Result<std::string> checkedApiUrl(const std::string& apiUrl)
{
    if (apiUrl.find('@') != std::string::npos)
        return Error{ErrorKind::BadInput, "the address of GitHub's API must not carry a user or a password", false};
    // Pasted into the wrong field it would be looked up by name and kept in the settings.
    if (looksSecret({}, apiUrl))
        return Error{ErrorKind::BadInput, "that looks like a token, not like a server", false};
    const auto origin = originOf(apiUrl);
    if (!origin)
        return Error{ErrorKind::BadInput, "the address of GitHub's API is neither http nor https", false};
    const bool here = origin->rfind("http://127.0.0.1:", 0) == 0 || origin->rfind("http://localhost:", 0) == 0 || origin->rfind("http://[::1]:", 0) == 0;
    if (origin->rfind("https://", 0) != 0 && !here)
        return Error{ErrorKind::BadInput, "the address of GitHub's API must be https: a token would travel in the clear", false};
    return withoutSlash(apiUrl);
}

} // namespace layerline
