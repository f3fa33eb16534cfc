// One request on its way, redirects included. Touched by the network thread only.
#pragma once

#include "domain/result.h"
#include "sources/http/http_client.h"

#include <curl/curl.h>

#include <chrono>
#include <cstdio>
#include <optional>

namespace layerline {

class HttpTransfer {
public:
    HttpTransfer(std::uint64_t id, HttpRequest request, const HttpOptions& options);
    ~HttpTransfer();
    HttpTransfer(const HttpTransfer&) = delete;
    HttpTransfer& operator=(const HttpTransfer&) = delete;

    std::uint64_t id() const { return m_id; }
    CURL* easy() const { return m_easy; }

    /// Sets the handle up for the current URL. An error ends the transfer.
    Result<void> prepare();
    /// After libcurl has ended with `code`: the answer, or nothing when prepare() and another round are due.
    std::optional<Result<HttpResponse>> finish(CURLcode code);

private:
    static std::size_t onBody(char* bytes, std::size_t size, std::size_t count, void* self);
    static std::size_t onHeader(char* bytes, std::size_t size, std::size_t count, void* self);
    std::size_t takeBody(std::string_view bytes);
    void takeHeader(std::string_view line);
    bool openSink();
    void dropSink();
    Result<void> setHeaders();
    void setTrust();
    void setBody();
    Result<void> setTimeouts();
    bool followsNow() const;
    std::optional<Result<HttpResponse>> follow();
    Error failure(CURLcode code) const;
    std::string place() const;

    std::uint64_t m_id;
    HttpRequest m_request;
    const HttpOptions& m_options;
    CURL* m_easy;
    curl_slist* m_slist = nullptr;
    HttpResponse m_response;
    std::string m_url;
    bool m_credentials = true;            ///< still at the first origin
    std::size_t m_headerBytes = 0;
    std::FILE* m_sink = nullptr;
    bool m_sinkMade = false;
    std::optional<Error> m_own;           ///< why a callback of ours stopped the transfer
    std::chrono::steady_clock::time_point m_begun;
    char m_text[CURL_ERROR_SIZE] = {};
};

} // namespace layerline
