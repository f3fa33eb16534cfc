// GitHub's session and typed calls on a server of our own, for tests.
#pragma once

#include "domain/clock.h"
#include "sources/github/github_api.h"
#include "support/fault_server/fault_server.h"

#include <string>

namespace layerline::test {

using Answer = FaultServer::Answer;
using Request = FaultServer::Request;

inline const std::string canary = "ghp_canary0123456789abcdefghijklmnopqrst";

/// A session on a server of our own.
struct Rig {
    FaultServer server;
    SystemClock clock;
    HttpClient http;
    GitHubSession session;
    GitHubApi api;
    QObject context;

    explicit Rig(FaultServer::Handler handler)
        : server(std::move(handler)), session(http, clock, server.url().toStdString()), api(session)
    {
        session.setToken(canary);
    }
};

/// What a call led to.
template <class T>
struct Outcome {
    bool done = false, ok = false;
    T value{};
    Error error;
    Reply<T> reply()
    {
        return [this](Result<T> got) {
            done = true;
            ok = got.ok();
            if (got.ok())
                value = std::move(got.value());
            else
                error = got.error();
        };
    }
};

} // namespace layerline::test
