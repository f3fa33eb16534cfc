#include "app/cli/github.h"

#include "app/cli/tools.h"

namespace layerline {

using Json = nlohmann::ordered_json;

namespace {

/// A command ends rather than wait for the next full hour.
constexpr Duration patience{std::int64_t(90) * 1'000'000'000};

} // namespace

GitHubConnection::GitHubConnection(const GitHubEnvironment& environment)
    : m_session(m_http, m_clock, environment.apiUrl.empty() ? GitHubSession::defaultApiUrl() : environment.apiUrl), m_api(m_session)
{
    m_session.setToken(environment.token);
    m_session.setPatience(patience);
}

Result<std::unique_ptr<GitHubConnection>> GitHubConnection::open()
{
    const GitHubEnvironment& environment = gitHubEnvironment();
    if (!environment.apiUrl.empty()) {
        if (const auto checked = checkedApiUrl(environment.apiUrl); !checked)
            return checked.error();
    }
    return std::unique_ptr<GitHubConnection>(new GitHubConnection(environment));
}

Json GitHubConnection::requestsJson() const
{
    const RequestCounters& counters = m_session.counters();
    const RateBudget& budget = m_session.budget();
    return {{"total", counters.total}, {"not_modified", counters.notModified}, {"remaining", budget.limit > 0 ? Json(budget.remaining) : Json(nullptr)}};
}

void parseTool(ToolArguments& into, const char* name, const QStringList& arguments, int wanted)
{
    const Tool* tool = findTool(QString::fromLatin1(name));
    into.parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    const auto bad = [&](const QString& text) {
        printError({ErrorKind::BadInput, text.toStdString(), false});
        into.exit = ExitUsage;
    };
    if (!into.parser.parse(QStringList{QStringLiteral("layerline")} + arguments))
        return bad(into.parser.errorText() + QStringLiteral(" (usage: layerline %1)").arg(QLatin1String(tool->usage)));
    into.positionals = into.parser.positionalArguments();
    if (into.positionals.size() != wanted)
        bad(QStringLiteral("usage: layerline %1").arg(QLatin1String(tool->usage)));
}

} // namespace layerline
