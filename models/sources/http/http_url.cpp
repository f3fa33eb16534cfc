#include "sources/http/http_url.h"

#include "sources/http/http_types.h"

#include <curl/curl.h>

#include <memory>

namespace layerline {

namespace {

struct UrlFree {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, UrlFree>;

Url parsed(const std::string& text)
{
    Url url(curl_url());
    // An embedded NUL would hide what follows it.
    if (!url || text.find('\0') != std::string::npos || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
        return nullptr;
    return url;
}

std::string part(const Url& url, CURLUPart which, unsigned flags = 0)
{
    char* text = nullptr;
    if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK)
        return {};
    std::string copy(text);
    curl_free(text);
    return copy;
}

bool isHttp(const std::string& scheme) { return scheme == "http" || scheme == "https"; }

std::string lowered(std::string text)
{
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z')
            c = char(c - 'A' + 'a');
    }
    return text;
}

} // namespace

std::optional<std::string> originOf(const std::string& text)
{
    const Url url = parsed(text);
    if (!url)
        return {};
    const std::string scheme = part(url, CURLUPART_SCHEME), host = part(url, CURLUPART_HOST);
    if (!isHttp(scheme) || host.empty())
        return {};
    return scheme + "://" + lowered(host) + ":" + part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

std::string speakableUrl(const std::string& text)
{
    const Url url = parsed(text);
    if (!url)
        return {};
    const std::string port = part(url, CURLUPART_PORT);
    return part(url, CURLUPART_SCHEME) + "://" + part(url, CURLUPART_HOST) + (port.empty() ? "" : ":" + port) + part(url, CURLUPART_PATH);
}

std::optional<std::string> resolvedUrl(const std::string& base, const std::string& location)
{
    const Url url = parsed(base);
    if (!url || location.empty() || location.find('\0') != std::string::npos)
        return {};
    if (curl_url_set(url.get(), CURLUPART_URL, location.c_str(), 0) != CURLUE_OK || !isHttp(part(url, CURLUPART_SCHEME)))
        return {};
    return part(url, CURLUPART_URL);
}

std::optional<std::string> withOrigin(const std::string& text, const std::string& base)
{
    const Url url = parsed(text), origin = parsed(base);
    if (!url || !origin || !originOf(text) || !originOf(base))
        return {};
    for (const CURLUPart which : {CURLUPART_SCHEME, CURLUPART_HOST, CURLUPART_PORT, CURLUPART_USER, CURLUPART_PASSWORD}) {
        const std::string value = part(origin, which);
        curl_url_set(url.get(), which, value.empty() ? nullptr : value.c_str(), 0);
    }
    return part(url, CURLUPART_URL);
}

OptionalTime httpDate(const std::string& text)
{
    // A bare number is a date to libcurl ("20261121"), not to HTTP.
    if (text.size() < 12 || text.find_first_of("ADFJMNOSTW") == std::string::npos)
        return {};
    const time_t seconds = curl_getdate(text.c_str(), nullptr);
    if (seconds < 0)
        return {};
    return Timestamp{std::int64_t(seconds) * 1'000'000'000};
}

std::string encodedComponent(std::string_view text)
{
    static const char* const hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
        if (plain) {
            out += c;
        } else {
            out += '%';
            out += hex[byte >> 4];
            out += hex[byte & 15];
        }
    }
    return out;
}

} // namespace layerline
