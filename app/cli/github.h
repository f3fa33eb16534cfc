// What the commands that talk to GitHub share.
#pragma once

#include "app/cli/cli.h"
#include "app/cli/output.h"
#include "app/tasks/repository_argument.h"
#include "sources/github/github_api.h"
#include "sources/github/github_environment.h"

#include <QCommandLineParser>
#include <QObject>

#include <nlohmann/json.hpp>

#include <memory>

namespace layerline {

/// One session for the length of a command, with the token and address of the environment.
class GitHubConnection : public QObject {
    Q_OBJECT
public:
    /// BadInput when the address can't be used.
    static Result<std::unique_ptr<GitHubConnection>> open();

    HttpClient& http() { return m_http; }
    const Clock& clock() const { return m_clock; }
    /// By GitHub's clock, as far as its answers told it.
    Timestamp now() const { return m_clock.now() + m_session.clockSkew(); }
    GitHubSession& session() { return m_session; }
    GitHubApi& api() { return m_api; }
    /// "requests" of the JSON contract.
    nlohmann::ordered_json requestsJson() const;

private:
    explicit GitHubConnection(const GitHubEnvironment& environment);

    SystemClock m_clock;
    HttpClient m_http;
    GitHubSession m_session;
    GitHubApi m_api;
};

/// Parses a command's own arguments; what is wrong is printed and gives an exit status. `positionals` names them, the
/// last one may be left out when it is in brackets.
struct ToolArguments {
    QCommandLineParser parser;
    QStringList positionals;
    std::optional<int> exit; ///< set: the command is over
};
void parseTool(ToolArguments& into, const char* tool, const QStringList& arguments, int wanted);

} // namespace layerline
