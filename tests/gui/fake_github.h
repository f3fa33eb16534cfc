// A GitHub with one repository and one run of two jobs: amd64 runs, arm64 waits for a label that does not exist.
#pragma once

#include "support/fault_server/fault_server.h"

#include <functional>
#include <optional>

namespace layerline::test {

class FakeGitHub {
public:
    FakeGitHub();

    FaultServer server;
    bool refused = false;   ///< every token is wrong
    bool cancelled = false; ///< the run was
    bool broken = false;    ///< the run failed: amd64 in its second step, arm64 never began
    bool away = false;      ///< nobody answers sensibly
    QByteArray waitsFor = R"("ubuntu-24.04-arm64")"; ///< labels of the arm64 job, as JSON
    /// Answers first, when it has one; the token was looked at already.
    std::function<std::optional<FaultServer::Answer>(const FaultServer::Request&)> before;
    QByteArray run() const;
    QByteArray jobs() const;

private:
    FaultServer::Answer answer(const FaultServer::Request& request);
};

} // namespace layerline::test
