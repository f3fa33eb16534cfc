// Just enough of URLs: who is asked, and what of it may be said aloud.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace layerline {

/// Scheme, host and port in one normal form: "https://api.github.com:443". Empty when it is no http(s) URL.
std::optional<std::string> originOf(const std::string& url);
/// "https://host/path" for messages: no user, query or fragment (they may carry a signature). "" when unreadable.
std::string speakableUrl(const std::string& url);
/// `location` as seen from `base` (RFC 3986). Empty when the result is no http(s) URL.
std::optional<std::string> resolvedUrl(const std::string& base, const std::string& location);
/// `url` with the scheme, host and port of `base`. Empty when either is no http(s) URL.
std::optional<std::string> withOrigin(const std::string& url, const std::string& base);
/// Percent-encodes everything but unreserved characters, "/" included.
std::string encodedComponent(std::string_view text);

} // namespace layerline
