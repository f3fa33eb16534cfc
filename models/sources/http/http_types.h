// What is asked over HTTP and what comes back. Plain values.
#pragma once

#include "domain/time.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace layerline {

/// In order; names in any case.
using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// The first value of that name (case does not matter), "" when there is none.
std::string headerValue(const HttpHeaders& headers, std::string_view name);

/// "Sat, 21 Nov 2026 10:30:31 GMT" (and the older forms RFC 9110 allows); empty on anything else.
OptionalTime httpDate(const std::string& text);

struct HttpRequest {
    std::string method = "GET";
    std::string url;          ///< http or https, absolute
    HttpHeaders headers;      ///< "Authorization", "Cookie" and "Proxy-Authorization" never leave the first scheme, host and port
    std::string body;         ///< set a Content-Type yourself
    std::uint64_t maxBody = 64u << 20; ///< bytes of the answer, unpacked; more is TooLarge
    /// A successful (2xx) answer's body goes to this new file instead of the memory (mode 0600); it is removed again when
    /// anything goes wrong. An existing file is BadInput.
    std::string sinkPath;
    /// Of the first scheme, host and port only: whoever a redirect leads to is checked as ever.
    bool anyCertificate = false; ///< TLS without asking who it is
    std::string ownCaFile{};     ///< PEM beside the system's certificates
    bool compressed = true;   ///< ask for a packed transfer (Content-Encoding); the body is always handed over unpacked
    int maxRedirects = 5;     ///< 0: a redirect is handed over as the answer
    std::chrono::milliseconds connectTimeout{15'000};
    std::chrono::seconds stallTimeout{30};          ///< less than one byte a second for that long is Timeout
    std::chrono::milliseconds totalTimeout{300'000}; ///< all redirects included; 0 = unlimited
};

struct HttpResponse {
    int status = 0;        ///< any, also 4xx and 5xx: those are no Error
    HttpHeaders headers;   ///< names in lower case, of the last answer
    std::string body;      ///< empty when it went to the sink
    std::uint64_t bytes = 0; ///< size of the body, wherever it went
    std::string url;       ///< what answered in the end, after redirects
    int redirects = 0;

    std::string header(std::string_view name) const { return headerValue(headers, name); }
    bool success() const { return status >= 200 && status < 300; }
};

} // namespace layerline
