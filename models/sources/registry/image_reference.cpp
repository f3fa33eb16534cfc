#include "sources/registry/image_reference.h"

#include "domain/sha256.h"

#include <algorithm>

namespace layerline {

namespace {

constexpr std::size_t longestName = 255;
constexpr std::size_t longestTag = 128;

bool isLower(char c) { return c >= 'a' && c <= 'z'; }
bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isNumber(char c) { return c >= '0' && c <= '9'; }

Error bad(std::string_view text, const std::string& why)
{
    std::string shown;
    for (const char c : text.substr(0, 200))
        shown += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
    return {ErrorKind::BadInput, "\"" + shown + "\" is no image name: " + why, false};
}

bool isPort(std::string_view text) { return !text.empty() && text.size() <= 5 && std::all_of(text.begin(), text.end(), isNumber); }

/// "host", "host:5000", "[::1]:5000"
bool isHost(std::string_view text)
{
    std::string_view host = text;
    if (!text.empty() && text.front() == '[') {
        const auto end = text.find(']');
        if (end == std::string_view::npos || end < 2)
            return false;
        host = text.substr(1, end - 1);
        const std::string_view rest = text.substr(end + 1);
        return host.find_first_not_of("0123456789abcdefABCDEF:") == std::string_view::npos && (rest.empty() || (rest.front() == ':' && isPort(rest.substr(1))));
    }
    if (const auto colon = text.find(':'); colon != std::string_view::npos) {
        if (!isPort(text.substr(colon + 1)))
            return false;
        host = text.substr(0, colon);
    }
    if (host.empty() || host.front() == '.' || host.back() == '.' || host.front() == '-' || host.back() == '-' || host.find("..") != std::string_view::npos)
        return false;
    return std::all_of(host.begin(), host.end(), [](char c) { return isLower(c) || isUpper(c) || isNumber(c) || c == '.' || c == '-'; });
}

/// One part of a path: lower-case words joined by ".", "_", "__" or any number of "-".
bool isPathPart(std::string_view part)
{
    const auto isWord = [](char c) { return isLower(c) || isNumber(c); };
    if (part.empty() || !isWord(part.front()) || !isWord(part.back()))
        return false;
    for (std::size_t i = 0; i < part.size();) {
        if (isWord(part[i])) {
            ++i;
            continue;
        }
        const std::size_t end = std::min(part.find_first_not_of(part[i], i), part.size());
        const std::size_t length = end - i;
        const bool fine = part[i] == '-' || (part[i] == '.' && length == 1) || (part[i] == '_' && length <= 2);
        if (!fine || !isWord(part[end]))
            return false;
        i = end;
    }
    return true;
}

bool isPath(std::string_view path)
{
    while (true) {
        const auto slash = path.find('/');
        if (!isPathPart(path.substr(0, slash)))
            return false;
        if (slash == std::string_view::npos)
            return true;
        path.remove_prefix(slash + 1);
    }
}

/// docker's rule for "a/b": is "a" a host?
bool namesHost(std::string_view first)
{
    return first == "localhost" || first.find_first_of(".:") != std::string_view::npos || std::any_of(first.begin(), first.end(), isUpper);
}

} // namespace

bool isTagName(std::string_view text)
{
    const auto isWord = [](char c) { return isLower(c) || isUpper(c) || isNumber(c) || c == '_'; };
    if (text.empty() || text.size() > longestTag || !isWord(text.front()))
        return false;
    return std::all_of(text.begin(), text.end(), [&](char c) { return isWord(c) || c == '.' || c == '-'; });
}

bool isDigest(std::string_view text)
{
    return !sha256Hex(text).empty();
}

bool isLoopbackHost(std::string_view text)
{
    if (!text.empty() && text.front() == '[')
        return text.substr(0, 5) == "[::1]";
    const std::string_view host = text.substr(0, text.find(':'));
    if (host == "localhost")
        return true;
    // Four numbers: "127.0.0.1.evil.example" is a name.
    return host.substr(0, 4) == "127." && host.find_first_not_of("0123456789.") == std::string_view::npos && std::count(host.begin(), host.end(), '.') == 3;
}

std::string ImageReference::str() const
{
    return name() + (tag.empty() ? "" : ":" + tag) + (digest.empty() ? "" : "@" + digest);
}

std::string ImageReference::familiar() const
{
    std::string text = str();
    for (const std::string prefix : {"docker.io/library/", "docker.io/"}) {
        if (text.compare(0, prefix.size(), prefix) == 0)
            return text.substr(prefix.size());
    }
    return text;
}

bool ImageReference::loopback() const { return isLoopbackHost(registry); }

std::string ImageReference::origin() const
{
    if (registry == "docker.io")
        return "https://registry-1.docker.io";
    return (loopback() ? "http://" : "https://") + registry;
}

Result<ImageReference> parseImageReference(std::string_view text)
{
    ImageReference reference;
    std::string_view rest = text;
    if (rest.find("://") != std::string_view::npos)
        return bad(text, "write it without a scheme");
    if (const auto at = rest.find('@'); at != std::string_view::npos) {
        reference.digest = rest.substr(at + 1);
        rest = rest.substr(0, at);
        if (!isDigest(reference.digest))
            return bad(text, "a digest is sha256: and 64 hex digits");
    }
    const auto slash = rest.find('/');
    if (slash != std::string_view::npos && namesHost(rest.substr(0, slash))) {
        reference.registry = rest.substr(0, slash);
        rest = rest.substr(slash + 1);
        if (!isHost(reference.registry))
            return bad(text, "there is no such host");
    } else {
        reference.registry = "docker.io";
    }
    if (const auto colon = rest.rfind(':'); colon != std::string_view::npos) {
        reference.tag = rest.substr(colon + 1);
        rest = rest.substr(0, colon);
        if (!isTagName(reference.tag))
            return bad(text, "a tag has up to 128 letters, digits, \"_\", \".\" and \"-\" and begins with none of the last two");
    }
    if (reference.registry == "index.docker.io")
        reference.registry = "docker.io";
    reference.repository = rest;
    if (!isPath(rest))
        return bad(text, std::any_of(rest.begin(), rest.end(), isUpper) ? "it must be in lower case" : "it must be lower-case words joined by \"/\", \".\", \"_\" or \"-\"");
    if (reference.registry == "docker.io" && rest.find('/') == std::string_view::npos)
        reference.repository = "library/" + reference.repository;
    if (reference.name().size() > longestName)
        return bad(text, "it is longer than 255 characters");
    if (reference.registry == "docker.io" && slash == std::string_view::npos && rest.size() == 64 && rest.find_first_not_of("0123456789abcdef") == std::string_view::npos)
        return bad(text, "64 hex digits are an image's id");
    if (reference.tag.empty() && reference.digest.empty())
        reference.tag = "latest";
    return reference;
}

} // namespace layerline
