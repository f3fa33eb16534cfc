#include "sources/http/http_transfer.h"

#include "domain/secret_names.h"
#include "sources/http/http_url.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace layerline {

namespace {

constexpr std::size_t maxHeaderBytes = 256 * 1024;

bool equalNames(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

/// What must not follow a redirect to someone else.
bool isCredential(std::string_view name)
{
    constexpr std::array<std::string_view, 4> names{"Authorization", "Cookie", "Proxy-Authorization", "X-Registry-Auth"};
    return std::any_of(names.begin(), names.end(), [&](std::string_view each) { return equalNames(each, name); });
}

bool isRedirect(int status) { return status == 301 || status == 302 || status == 303 || status == 307 || status == 308; }

bool hasControl(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7F; });
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

} // namespace

std::string headerValue(const HttpHeaders& headers, std::string_view name)
{
    for (const auto& [each, value] : headers) {
        if (equalNames(each, name))
            return value;
    }
    return {};
}

HttpTransfer::HttpTransfer(std::uint64_t id, HttpRequest request, const HttpOptions& options)
    : m_id(id), m_request(std::move(request)), m_options(options), m_easy(curl_easy_init()), m_url(m_request.url),
      m_begun(std::chrono::steady_clock::now())
{
}

HttpTransfer::~HttpTransfer()
{
    // Not yet closed means not finished.
    dropSink();
    curl_easy_cleanup(m_easy);
    curl_slist_free_all(m_slist);
}

std::string HttpTransfer::place() const { return maskedText(speakableUrl(m_url)); }

Result<void> HttpTransfer::prepare()
{
    if (!m_easy)
        return Error{ErrorKind::Internal, "libcurl gives no handle", false};
    if (!originOf(m_url))
        return Error{ErrorKind::BadInput, "not an http or https address: " + place(), false};
    m_response = HttpResponse{.redirects = m_response.redirects};
    m_headerBytes = 0;
    curl_easy_reset(m_easy);
    const auto set = [this](auto option, auto value) { curl_easy_setopt(m_easy, option, value); };
    set(CURLOPT_PRIVATE, static_cast<void*>(this));
    set(CURLOPT_URL, m_url.c_str());
    set(CURLOPT_ERRORBUFFER, m_text);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_NETRC, long(CURL_NETRC_IGNORED));
    set(CURLOPT_FOLLOWLOCATION, 0L);
#if LIBCURL_VERSION_NUM >= 0x075500
    set(CURLOPT_PROTOCOLS_STR, "http,https");
#else
    set(CURLOPT_PROTOCOLS, long(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
#if LIBCURL_VERSION_NUM >= 0x075700
    set(CURLOPT_QUICK_EXIT, 1L); // a name being looked up must not hold up the shutdown
#endif
    set(CURLOPT_USERAGENT, m_options.userAgent.c_str());
    set(CURLOPT_WRITEFUNCTION, &HttpTransfer::onBody);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    set(CURLOPT_HEADERFUNCTION, &HttpTransfer::onHeader);
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    if (m_request.compressed)
        set(CURLOPT_ACCEPT_ENCODING, "");
    const char* environment = std::getenv("SSL_CERT_FILE");
    const std::string ca = !m_options.caFile.empty() ? m_options.caFile : environment ? environment : "";
    if (!ca.empty())
        set(CURLOPT_CAINFO, ca.c_str());
    setTrust();
    if (!m_options.proxy.empty())
        set(CURLOPT_PROXY, m_options.proxy.c_str());
    setBody();
    if (auto headers = setHeaders(); !headers)
        return headers;
    return setTimeouts();
}

void HttpTransfer::setTrust()
{
    if (originOf(m_url) != originOf(m_request.url))
        return;
    // The folder of certificates that libcurl was built with still counts.
    if (!m_request.ownCaFile.empty())
        curl_easy_setopt(m_easy, CURLOPT_CAINFO, m_request.ownCaFile.c_str());
    if (m_request.anyCertificate) {
        curl_easy_setopt(m_easy, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(m_easy, CURLOPT_SSL_VERIFYHOST, 0L);
    }
}

void HttpTransfer::setBody()
{
    const std::string& method = m_request.method;
    if (method == "HEAD") {
        curl_easy_setopt(m_easy, CURLOPT_NOBODY, 1L);
        return;
    }
    if (!m_request.body.empty() || method == "POST" || method == "PUT" || method == "PATCH") {
        curl_easy_setopt(m_easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(m_request.body.size()));
        curl_easy_setopt(m_easy, CURLOPT_POSTFIELDS, m_request.body.data());
    }
    curl_easy_setopt(m_easy, CURLOPT_CUSTOMREQUEST, method.c_str());
}

Result<void> HttpTransfer::setHeaders()
{
    curl_slist_free_all(m_slist);
    m_slist = nullptr;
    if (m_request.method.empty() || m_request.method.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string::npos)
        return Error{ErrorKind::BadInput, "no such HTTP method", false};
    for (const auto& [name, value] : m_request.headers) {
        if (name.empty() || name.find(':') != std::string::npos || hasControl(name) || hasControl(value))
            return Error{ErrorKind::BadInput, "a header with a character that has no place there", false};
        if (!m_credentials && isCredential(name))
            continue;
        m_slist = curl_slist_append(m_slist, (value.empty() ? name + ";" : name + ": " + value).c_str());
    }
    // What libcurl adds by itself: a form's type nobody asked for, and a pause before each body.
    if (headerValue(m_request.headers, "Content-Type").empty())
        m_slist = curl_slist_append(m_slist, "Content-Type:");
    m_slist = curl_slist_append(m_slist, "Expect:");
    curl_easy_setopt(m_easy, CURLOPT_HTTPHEADER, m_slist);
    // The request's headers are for the server alone, also behind a proxy's CONNECT.
    curl_easy_setopt(m_easy, CURLOPT_HEADEROPT, long(CURLHEADER_SEPARATE));
    return {};
}

Result<void> HttpTransfer::setTimeouts()
{
    curl_easy_setopt(m_easy, CURLOPT_CONNECTTIMEOUT_MS, long(m_request.connectTimeout.count()));
    curl_easy_setopt(m_easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(m_easy, CURLOPT_LOW_SPEED_TIME, long(m_request.stallTimeout.count()));
    if (m_request.totalTimeout.count() <= 0)
        return {};
    const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - m_begun);
    if (spent >= m_request.totalTimeout)
        return Error{ErrorKind::Timeout, place() + " took too long to redirect", true};
    curl_easy_setopt(m_easy, CURLOPT_TIMEOUT_MS, long((m_request.totalTimeout - spent).count()));
    return {};
}

std::size_t HttpTransfer::onHeader(char* bytes, std::size_t size, std::size_t count, void* self)
{
    auto& own = *static_cast<HttpTransfer*>(self);
    own.m_headerBytes += size * count;
    if (own.m_headerBytes > maxHeaderBytes) {
        own.m_own = Error{ErrorKind::TooLarge, own.place() + " answers with more than 256 KiB of headers", false};
        return 0;
    }
    own.takeHeader({bytes, size * count});
    return size * count;
}

void HttpTransfer::takeHeader(std::string_view line)
{
    if (line.substr(0, 5) == "HTTP/") { // also after "100 Continue" and a proxy's answer
        m_response.headers.clear();
        return;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0)
        return;
    std::string name(trimmed(line.substr(0, colon)));
    for (char& c : name) {
        if (c >= 'A' && c <= 'Z')
            c = char(c - 'A' + 'a');
    }
    m_response.headers.emplace_back(std::move(name), std::string(trimmed(line.substr(colon + 1))));
}

std::size_t HttpTransfer::onBody(char* bytes, std::size_t size, std::size_t count, void* self)
{
    return static_cast<HttpTransfer*>(self)->takeBody({bytes, size * count});
}

std::size_t HttpTransfer::takeBody(std::string_view bytes)
{
    long status = 0;
    curl_easy_getinfo(m_easy, CURLINFO_RESPONSE_CODE, &status);
    m_response.status = int(status);
    m_response.bytes += bytes.size();
    if (m_response.bytes > m_request.maxBody) {
        m_own = Error{ErrorKind::TooLarge, place() + " sends more than " + std::to_string(m_request.maxBody) + " bytes", false};
        return 0;
    }
    if (followsNow())
        return bytes.size();
    if (m_request.sinkPath.empty() || !m_response.success()) {
        m_response.body.append(bytes);
        return bytes.size();
    }
    if (!m_sink && !openSink())
        return 0;
    if (std::fwrite(bytes.data(), 1, bytes.size(), m_sink) == bytes.size())
        return bytes.size();
    m_own = Error{ErrorKind::Permission, "cannot write the download: " + std::string(std::strerror(errno)), false};
    return 0;
}

bool HttpTransfer::openSink()
{
    const int file = ::open(m_request.sinkPath.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    m_sink = file < 0 ? nullptr : ::fdopen(file, "wb");
    m_sinkMade = file >= 0;
    if (!m_sink)
        m_own = Error{errno == EEXIST ? ErrorKind::BadInput : ErrorKind::Permission, "cannot make the download's file: " + std::string(std::strerror(errno)), false};
    return m_sink;
}

void HttpTransfer::dropSink()
{
    if (m_sink)
        std::fclose(m_sink);
    m_sink = nullptr;
    if (m_sinkMade)
        ::unlink(m_request.sinkPath.c_str());
    m_sinkMade = false;
}

bool HttpTransfer::followsNow() const
{
    return isRedirect(m_response.status) && m_request.maxRedirects > 0 && !m_response.header("location").empty();
}

/// Chooses where to go next; the round itself is the caller's.
std::optional<Result<HttpResponse>> HttpTransfer::follow()
{
    const auto next = resolvedUrl(m_url, m_response.header("location"));
    if (!next)
        return Error{ErrorKind::BadInput, place() + " redirects to an address that is not http or https", false};
    if (++m_response.redirects > m_request.maxRedirects)
        return Error{ErrorKind::BadInput, place() + " redirects more than " + std::to_string(m_request.maxRedirects) + " times", false};
    if (m_url.compare(0, 6, "https:") == 0 && next->compare(0, 6, "https:") != 0)
        return Error{ErrorKind::BadInput, place() + " redirects from https to http", false};
    if (originOf(*next) != originOf(m_request.url))
        m_credentials = false; // for good: who sends us back is somebody else
    const bool toGet = m_response.status == 303 || (m_response.status <= 302 && m_request.method == "POST");
    if (toGet && m_request.method != "HEAD") {
        m_request.method = "GET";
        m_request.body.clear();
        std::erase_if(m_request.headers, [](const auto& header) { return equalNames(header.first, "Content-Type"); });
    }
    m_url = *next;
    return {};
}

Error HttpTransfer::failure(CURLcode code) const
{
    const std::string why = maskedText(m_text[0] ? m_text : curl_easy_strerror(code));
    switch (code) {
    case CURLE_URL_MALFORMAT:
        return {ErrorKind::BadInput, "not an http or https address: " + place(), false};
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_PROXY:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
        return {ErrorKind::Unreachable, place() + ": " + why, true};
    case CURLE_OPERATION_TIMEDOUT:
        return {ErrorKind::Timeout, place() + ": " + why, true};
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2_STREAM:
    case CURLE_HTTP2:
    case CURLE_BAD_CONTENT_ENCODING:
        return {m_response.status || m_response.bytes ? ErrorKind::Corrupt : ErrorKind::Unreachable, place() + " broke off: " + why, true};
    case CURLE_FILESIZE_EXCEEDED:
        return {ErrorKind::TooLarge, place() + " sends more than " + std::to_string(m_request.maxBody) + " bytes", false};
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_ENGINE_INITFAILED:
        return {ErrorKind::Permission, "TLS: " + place() + ": " + why, false};
    case CURLE_UNSUPPORTED_PROTOCOL: // the address was checked before: an answer that is no HTTP
    case CURLE_WEIRD_SERVER_REPLY:
        return {ErrorKind::Corrupt, place() + ": " + why, true};
    default:
        return {ErrorKind::Internal, place() + ": " + why, false};
    }
}

std::optional<Result<HttpResponse>> HttpTransfer::finish(CURLcode code)
{
    long status = 0;
    curl_easy_getinfo(m_easy, CURLINFO_RESPONSE_CODE, &status);
    m_response.status = int(status);
    if (m_own)
        return Result<HttpResponse>(*m_own);
    if (code != CURLE_OK)
        return Result<HttpResponse>(failure(code));
    if (followsNow())
        return follow();
    if (!m_request.sinkPath.empty() && m_response.success()) {
        if (!m_sink && !openSink()) // an empty body makes an empty file
            return Result<HttpResponse>(*m_own);
        const bool written = std::fclose(m_sink) == 0;
        m_sink = nullptr;
        if (!written)
            return Result<HttpResponse>(Error{ErrorKind::Permission, "cannot write the download", false});
        m_sinkMade = false; // it is the caller's now
    }
    m_response.url = m_url;
    return Result<HttpResponse>(std::move(m_response));
}

} // namespace layerline
