#include "analysis/report.h"
#include "analysis/run_report.h"
#include "app/cli/github.h"
#include "app/cli/output.h"
#include "app/cli/runs.h"
#include "app/tasks/dispatch_call.h"
#include "domain/post_to.h"
#include "sources/github/run_actions.h"

#include <QCoreApplication>

namespace layerline {

namespace {

constexpr std::size_t maxInputs = 25; ///< GitHub's limit

struct DispatchOptions {
    std::string repository;
    DispatchRequest request; ///< an empty ref: the default branch
    bool json = false;
    bool dryRun = false;
};

/// Starts a workflow and waits until GitHub shows the run.
class DispatchTool : public QObject {
public:
    DispatchTool(QCoreApplication& app, GitHubConnection& github, const DispatchOptions& options)
        : m_app(app), m_github(github), m_actions(github.api(), github.clock()), m_options(options)
    {
    }

    void start()
    {
        if (!m_options.request.ref.empty())
            return act();
        m_github.api().repository(m_options.repository, this, [this](Result<RepositoryInfo> got) {
            if (!got)
                return exitWith(m_app, got.error());
            m_options.request.ref = got->defaultBranch.empty() ? "main" : got->defaultBranch;
            act();
        });
    }

private:
    void act()
    {
        if (m_options.dryRun)
            return showOnly();
        m_actions.dispatch(m_options.repository, m_options.request, this, [this](Result<Run> got) {
            if (!got)
                return exitWith(m_app, got.error());
            const Run& run = got.value();
            if (m_options.json)
                printJson({{"schema", reportSchema}, {"repository", m_options.repository}, {"run", runJson(run, m_github.clock().now())},
                           {"requests", m_github.requestsJson()}});
            else
                tell("Run %lld: %s\n", static_cast<long long>(run.key.id), printableLine(run.url).c_str());
            m_app.exit(ExitOk);
        });
    }

    void showOnly()
    {
        tell("%s\n", dispatchCallText(m_github.session().apiUrl(), m_options.repository, m_options.request).c_str());
        m_app.exit(ExitOk);
    }

    QCoreApplication& m_app;
    GitHubConnection& m_github;
    RunActions m_actions;
    DispatchOptions m_options;
};

Result<std::map<std::string, std::string>> readInputs(const QStringList& given)
{
    std::map<std::string, std::string> inputs;
    for (const QString& each : given) {
        const auto equals = each.indexOf(QLatin1Char('='));
        if (equals < 1)
            return Error{ErrorKind::BadInput, "-f wants NAME=VALUE", false};
        inputs[each.left(equals).toStdString()] = each.mid(equals + 1).toStdString();
    }
    if (inputs.size() > maxInputs)
        return Error{ErrorKind::BadInput, "a workflow takes at most 25 inputs", false};
    return inputs;
}

} // namespace

OptionTable dispatchCommandOptions()
{
    return {{"ref", "R", "Branch or tag; default: the default branch."},
            {"f,field", "NAME=VALUE", "An input."},
            {"dry-run", nullptr, "Print the call that would be made."},
            {"json", nullptr, "JSON, schema 1."}};
}

int runDispatch(QCoreApplication& app, const QStringList& arguments)
{
    ToolArguments given;
    addOptions(given.parser, dispatchCommandOptions());
    parseTool(given, "dispatch", arguments, 2);
    if (given.exit)
        return *given.exit;
    const auto repository = repositoryArgument(given.positionals.first());
    const auto inputs = readInputs(given.parser.values(QStringLiteral("field")));
    auto github = GitHubConnection::open();
    for (const Error* error : {repository ? nullptr : &repository.error(), inputs ? nullptr : &inputs.error(), github ? nullptr : &github.error()}) {
        if (!error)
            continue;
        printError(*error);
        return ExitUsage;
    }
    DispatchTool tool(app, **github,
                      {repository.value(),
                       {given.positionals.at(1).toStdString(), given.parser.value(QStringLiteral("ref")).toStdString(), inputs.value()},
                       given.parser.isSet(QStringLiteral("json")),
                       given.parser.isSet(QStringLiteral("dry-run"))});
    postTo(&tool, [&tool] { tool.start(); }); // an exit before the event loop runs would be lost
    return app.exec();
}

} // namespace layerline
