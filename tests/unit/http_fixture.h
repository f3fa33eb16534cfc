// What the tests of everything that speaks HTTP share.
#pragma once

#include "sources/http/http_client.h"
#include "support/fault_server/fault_server.h"

namespace layerline::test {

inline const QByteArray canary = "Bearer ghp_canary0123456789";

inline HttpRequest get(const QString& url)
{
    HttpRequest request;
    request.url = url.toStdString();
    request.headers = {{"Authorization", canary.toStdString()}, {"Accept", "application/json"}};
    return request;
}

/// The answer, once there is one.
struct Reply {
    bool done = false, ok = false;
    HttpResponse response;
    Error error;
    HttpClient::Callback callback()
    {
        return [this](Result<HttpResponse> got) {
            done = true;
            ok = got.ok();
            if (ok)
                response = std::move(got.value());
            else
                error = got.error();
        };
    }
};

} // namespace layerline::test
