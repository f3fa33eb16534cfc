// layerline builder ...: making and changing builders, warming them, and the records they keep.
#include "app/cli/actions.h"

#include "analysis/builder_plan.h"
#include "app/cli/build_finder.h"
#include "app/cli/cli.h"
#include "app/cli/output.h"
#include "app/cli/plan.h"
#include "app/tasks/plan_world.h"
#include "app/tasks/record_call.h"
#include "app/tasks/warm_plan.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>

namespace layerline {

namespace {

const char* const usage = "builder create|append NAME [ENDPOINT] | remove NAME [--node N] | use|bootstrap|stop NAME | warm NAME DIR | "
                          "pin|unpin|forget BUILD [--dry-run]";

const OptionTable builderOptions{
    {"driver", "D", "create: docker-container (default), remote or kubernetes."},
    {"driver-opt", "NAME=VALUE", "create, append: an option of the driver (image=..., network=host)."},
    {"node", "N", "Name of the node."},
    {"platform", "P", "create, append: platforms pinned to the node; warm: to fetch for."},
    {"use", nullptr, "create: make it the current one."},
    {"bootstrap", nullptr, "create, append: start it at once."},
    {"keep-state", nullptr, "remove: keep its cache."},
    {"f,file", "FILE", "warm: another Dockerfile."},
    {"dry-run", nullptr, "Print exactly what would run, change nothing."},
    {"json", nullptr, "JSON, schema 1."},
};

const QStringList namedVerbs{QStringLiteral("create"), QStringLiteral("append"), QStringLiteral("remove"), QStringLiteral("use"), QStringLiteral("bootstrap"), QStringLiteral("stop")};

int fail(const Error& error, int status = ExitUsage)
{
    printError(error);
    return status;
}

int printCommand(const std::vector<std::string>& command, bool json)
{
    if (json) {
        const nlohmann::ordered_json document{{"schema", 1}, {"commands", {{{"command", command}}}}};
        printJson(document);
    } else {
        tell("%s\n", commandText(command).c_str());
    }
    return ExitOk;
}

/// The command each verb stands for; empty when the arguments do not fit.
std::vector<std::string> commandFor(const QString& verb, const QStringList& words, const QCommandLineParser& parser,
                                    const std::vector<Platform>& platforms, const std::vector<std::string>& buildx)
{
    const std::string name = words.value(0).toStdString();
    const auto set = [&](const char* option) { return parser.isSet(QString::fromLatin1(option)); };
    if (verb == QLatin1String("create") || verb == QLatin1String("append")) {
        if (name.empty() || words.size() > 2)
            return {};
        const NewNode node{name, valueOf(parser, "driver"), words.value(1).toStdString(), valueOf(parser, "node"), platforms, set("use"), set("bootstrap"),
                           valuesOf(parser, "driver-opt")};
        return verb == QLatin1String("create") ? createCommand(node, buildx) : appendCommand(node, buildx);
    }
    if (words.size() != 1)
        return {};
    if (verb == QLatin1String("remove"))
        return set("node") ? leaveCommand(name, valueOf(parser, "node"), buildx) : removeCommand(name, set("keep-state"), buildx);
    if (verb == QLatin1String("use"))
        return useCommand(name, buildx);
    if (verb == QLatin1String("bootstrap"))
        return bootstrapCommand(name, buildx);
    return verb == QLatin1String("stop") ? stopCommand(name, buildx) : std::vector<std::string>{};
}

int warm(QCoreApplication& app, const QStringList& words, const QCommandLineParser& parser, const std::vector<Platform>& platforms)
{
    if (words.size() != 2)
        return fail({ErrorKind::BadInput, "builder warm wants NAME and DIR", false});
    const RunOptions options{parser.isSet(QStringLiteral("dry-run")), parser.isSet(QStringLiteral("json")), false, false};
    const auto environment = BuildxEnvironment::fromProcess();
    const QString given = parser.value(QStringLiteral("file"));
    auto plan = planWarming({words.at(0), words.at(1), given.isEmpty() ? given : QFileInfo(given).absoluteFilePath(), platforms}, environment);
    if (!plan)
        return fail(plan.error(), plan.error().kind == ErrorKind::Unsupported ? ExitProblem : ExitUsage);
    const int possible = printPlan(plan->request, {}, plan->obstacles, options);
    if (options.dryRun || possible != ExitOk)
        return possible;
    if (const auto written = writeRecipe(*plan); !written)
        return fail(written.error(), ExitProblem);
    return runJob(app, std::move(plan->request), options);
}

/// pin, unpin, forget: BuildKit's own history, through the connection that watches it.
int changeRecord(QCoreApplication& app, const QString& verb, const QStringList& words, bool dryRun)
{
    if (words.size() != 1)
        return fail({ErrorKind::BadInput, "builder " + verb.toStdString() + " wants one BUILD", false});
    const HistoryChange what = verb == QLatin1String("forget") ? HistoryChange::Delete : verb == QLatin1String("pin") ? HistoryChange::Pin : HistoryChange::Unpin;
    LiveView view({}, false);
    int waiting = 0, status = ExitOk;
    const auto done = [&](const Result<void>& result) {
        if (!result)
            status = fail(result.error(), ExitProblem);
        if (--waiting == 0)
            app.exit(status);
    };
    BuildFinder finder(view, words.first(), [&](Result<const Build*> found) {
        if (!found)
            return app.exit(fail(found.error()));
        const std::vector<Record> records = found.value()->records;
        waiting = int(records.size());
        for (const Record& record : records) {
            if (dryRun) {
                tell("%s: %s\n", record.info.builder.c_str(), recordCall(record.key.ref, what).c_str());
                done({});
            } else {
                view.fleet().changeHistory(record.key, what, done);
            }
        }
    });
    finder.start();
    return app.exec();
}

} // namespace

OptionTable builderCommandOptions()
{
    return builderOptions;
}

int runBuilderTool(QCoreApplication& app, const QStringList& arguments)
{
    QCommandLineParser parser;
    addOptions(parser, builderOptions);
    int status = ExitOk;
    if (!parsePlanArguments(parser, arguments, status))
        return status;
    QStringList words = parser.positionalArguments();
    const QString verb = words.isEmpty() ? QString() : words.takeFirst();
    const auto platforms = platformsOf(valuesOf(parser, "platform"));
    if (!platforms)
        return fail(platforms.error());
    const bool dryRun = parser.isSet(QStringLiteral("dry-run")), json = parser.isSet(QStringLiteral("json"));
    if (verb == QLatin1String("warm"))
        return warm(app, words, parser, platforms.value());
    if (verb == QLatin1String("pin") || verb == QLatin1String("unpin") || verb == QLatin1String("forget"))
        return changeRecord(app, verb, words, dryRun);
    const auto environment = BuildxEnvironment::fromProcess();
    const auto command = commandFor(verb, words, parser, platforms.value(), buildxProgram(environment));
    if (command.empty() && namedVerbs.contains(verb) && words.isEmpty())
        return fail({ErrorKind::BadInput, "builder " + verb.toStdString() + " wants a NAME", false});
    if (command.empty())
        return fail({ErrorKind::BadInput, std::string("wants: ") + usage, false});
    if (dryRun)
        return printCommand(command, json);
    if (!canRunBuildx(environment))
        return fail({ErrorKind::NotFound, reasonText({Refusal::NoClient, {}, {}}), false}, ExitProblem);
    return runForeground(command) == 0 ? ExitOk : ExitProblem;
}

int runForeground(const std::vector<std::string>& command)
{
    QStringList words;
    for (std::size_t at = 1; at < command.size(); ++at)
        words << QString::fromStdString(command[at]);
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(QString::fromStdString(command.front()), words);
    if (!process.waitForFinished(-1))
        return fail({ErrorKind::NotFound, command.front() + ": " + process.errorString().toStdString(), false}, -1);
    return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}

} // namespace layerline
