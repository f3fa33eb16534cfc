// layerline build: a new build from a folder, a Dockerfile, a URL or a bake file.
#include "app/cli_actions.h"

#include "analysis/client_command.h"
#include "analysis/keep_going.h"
#include "app/build_place.h"
#include "app/cli.h"
#include "app/cli_plan.h"
#include "app/cli_secrets.h"
#include "app/plan_world.h"
#include "domain/secret_names.h"

#include <QCoreApplication>
#include <QDir>

namespace layerline {

namespace {

const std::vector<PlanOption> buildOptions{
    {"platform", "P", "Platform to build for; may be given several times or as a list."},
    {"builder", "B", "Builder, default the current one."},
    {"target", "T", "Stage to build."},
    {"t,tag", "IMAGE", "Name of the image."},
    {"f,file", "FILE", "Dockerfile, or another bake file."},
    {"build-arg", "NAME=VALUE", "Build argument; a secret-looking value goes through the environment."},
    {"label", "NAME=VALUE", "Label of the image."},
    {"build-context", "NAME=WHAT", "Named context."},
    {"secret", "id=NAME,env=V|src=F", "Secret, by variable or file."},
    {"ssh", "ID[=SOCKET]", "Agent socket or keys."},
    {"cache-from", "CACHE", "Cache to import."},
    {"cache-to", "CACHE", "Cache to export."},
    {"o,output", "WHERE", "Where the result goes."},
    {"network", "MODE", "Network of RUN steps."},
    {"allow", "ENTITLEMENT", "Entitlement."},
    {"set", "TARGET.KEY=VALUE", "Override in a bake file."},
    {"push", nullptr, "Push the image."},
    {"load", nullptr, "Load the image into the engine."},
    {"no-cache", nullptr, "Use no cache."},
    {"pull", nullptr, "Ask the registry for newer bases."},
    {"no-provenance", nullptr, "Add no provenance."},
    {"keep-going", nullptr, "One build a platform: when one fails the others finish; merged when all pass."},
    {"costs", nullptr, "Build nothing: where each platform would run, its usual time, and the disk it is likely to need."},
    {"at-most", "N", "Builds of Layerline's at once on the builder, default 2; others wait."},
};

std::string absolute(const std::string& path)
{
    return isRemoteContext(path) || path == "-" ? path : absolutePath(QDir::currentPath().toStdString(), path);
}

void readWhat(const QStringList& given, const std::vector<std::string>& files, BuildPlan& plan)
{
    const std::string what = given.isEmpty() ? "." : given.first().toStdString();
    setPlace(placeOf(what, files, QDir::currentPath().toStdString()), plan);
    for (const QString& target : given.mid(1)) {
        if (plan.bake)
            plan.bake->targets.push_back(target.toStdString());
    }
}

NamedValue named(const std::string& text)
{
    const auto equals = text.find('=');
    return {text.substr(0, equals), equals == std::string::npos ? std::string() : text.substr(equals + 1)};
}

void readArguments(const std::vector<std::string>& given, BuildPlan& plan, HandOver& handOver)
{
    for (const std::string& text : given) {
        const auto [name, value] = named(text);
        if (text.find('=') == std::string::npos) {
            plan.arguments.push_back({name, std::nullopt});
        } else if (looksSecret(name, value)) {
            handOver.variables[name] = value;
            plan.arguments.push_back({name, std::nullopt});
        } else {
            plan.arguments.push_back({name, value});
        }
    }
}

Result<void> readOptions(const QCommandLineParser& parser, BuildPlan& plan, HandOver& handOver)
{
    const auto platforms = platformsOf(valuesOf(parser, "platform"));
    if (!platforms)
        return platforms.error();
    plan.platforms = platforms.value();
    plan.builder = valueOf(parser, "builder");
    plan.target = valueOf(parser, "target");
    plan.tags = valuesOf(parser, "tag");
    readArguments(valuesOf(parser, "build-arg"), plan, handOver);
    for (const std::string& text : valuesOf(parser, "label"))
        plan.labels.push_back(named(text));
    for (const std::string& text : valuesOf(parser, "build-context")) {
        auto [name, value] = named(text);
        plan.contexts.emplace_back(name, value.find("://") == std::string::npos ? absolute(value) : value);
    }
    for (const std::string& text : valuesOf(parser, "secret")) {
        const auto secret = secretOf(text);
        if (!secret)
            return secret.error();
        plan.secrets.push_back(secret.value());
    }
    for (const std::string& text : valuesOf(parser, "ssh"))
        plan.ssh.push_back({named(text).first, named(text).second});
    plan.cacheFrom = valuesOf(parser, "cache-from");
    plan.cacheTo = valuesOf(parser, "cache-to");
    plan.outputs = valuesOf(parser, "output");
    plan.network = valueOf(parser, "network");
    plan.entitlements = valuesOf(parser, "allow");
    plan.push = parser.isSet(QStringLiteral("push"));
    plan.load = parser.isSet(QStringLiteral("load"));
    plan.noCache = parser.isSet(QStringLiteral("no-cache"));
    plan.pull = parser.isSet(QStringLiteral("pull"));
    plan.noProvenance = parser.isSet(QStringLiteral("no-provenance"));
    if (plan.bake)
        plan.bake->overrides = valuesOf(parser, "set");
    if (plan.bake && (!plan.tags.empty() || !plan.target.empty()))
        return Error{ErrorKind::BadInput, "a bake file names targets and tags itself: use --set, or the targets after the file", false};
    if (plan.workingDirectory.empty())
        plan.workingDirectory = QDir::currentPath().toStdString();
    return {};
}

} // namespace

Result<JobRequest> requestFor(const BuildPlan& plan, const HandOver& given, bool keepGoing, const BuildxEnvironment& environment)
{
    const HandOver handOver = withTakenVariables(plan, given);
    const auto program = buildxProgram(environment);
    std::optional<JobRequest> request;
    if (keepGoing) {
        const auto split = splitByPlatform(plan, driverOf(environment, plan.builder) == "docker" ? LanePush::ByTag : LanePush::ByDigest);
        if (!split)
            return split.error();
        request = jobOf(split.value(), plan, handOver, program);
    } else {
        request = jobOf(plan, handOver, program);
    }
    // Under its name, so that it waits in the same queue as those that name it.
    if (request->job.builder.empty())
        request->job.builder = currentBuilder(environment);
    return std::move(*request);
}

int runBuildTool(QCoreApplication& app, const QStringList& arguments)
{
    QCommandLineParser parser;
    addPlanOptions(parser, buildOptions);
    addPlanOptions(parser, runOptions);
    int status = ExitOk;
    if (!parsePlanArguments(parser, "build DIR|DOCKERFILE|URL|BAKEFILE [TARGET]... [OPTION]...", arguments, status))
        return status;
    BuildPlan plan;
    HandOver handOver;
    readWhat(parser.positionalArguments(), valuesOf(parser, "file"), plan);
    const auto fail = [](const Error& error) {
        printError(error);
        return int(ExitUsage);
    };
    if (!plan.bake && parser.positionalArguments().size() > 1)
        return fail({ErrorKind::BadInput, "\"" + parser.positionalArguments().at(1).toStdString() + "\" is one argument too many", false});
    if (auto read = readOptions(parser, plan, handOver); !read)
        return fail(read.error());
    const auto environment = BuildxEnvironment::fromProcess();
    if (parser.isSet(QStringLiteral("costs")))
        return showCosts(app, plan, parser.isSet(QStringLiteral("json")));
    const RunOptions options = runOptionsOf(parser);
    const RebuildChecks checks = withHandedOver(realChecks(environment), handOver);
    auto obstacles = obstaclesOf(plan, checks);
    if (canAsk() && !options.dryRun && !options.json) {
        if (const auto asked = askNeeded(obstacles, plan, handOver); !asked)
            return fail(asked.error());
        obstacles = obstaclesOf(plan, checks);
    }
    auto request = requestFor(plan, handOver, parser.isSet(QStringLiteral("keep-going")), environment);
    if (!request)
        return fail(request.error());
    if (const std::string limit = valueOf(parser, "at-most"); !limit.empty()) {
        bool ok = false;
        request->job.limit = QString::fromStdString(limit).toInt(&ok);
        if (!ok || request->job.limit < 1)
            return fail({ErrorKind::BadInput, "--at-most wants a number above 0, not \"" + limit + "\"", false});
    }
    const int possible = printPlan(*request, {}, obstacles, options);
    return options.dryRun || possible != ExitOk ? possible : runJob(app, std::move(*request), options);
}

} // namespace layerline
