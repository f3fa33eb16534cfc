// layerline build: a new build from a folder, a Dockerfile, a URL or a bake file.
#include "app/cli/actions.h"

#include "analysis/client_command.h"
#include "analysis/keep_going.h"
#include "app/cli/cli.h"
#include "app/cli/plan.h"
#include "app/cli/presets.h"
#include "app/cli/secrets.h"
#include "app/tasks/build_place.h"
#include "app/tasks/form_plan.h"
#include "app/tasks/plan_world.h"
#include "domain/secret_names.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

namespace layerline {

namespace {

const OptionTable buildOptions{
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
    {"preset", "NAME", "Start from a build kept for the folder; options beside it come before its own."},
    {"save-preset", "NAME", "Build nothing: keep these options under a name for the folder, without any secret's value."},
    {"at-most", "N", "Builds of Layerline's at once on the builder, default 2; others wait."},
};

std::string absolute(const std::string& path)
{
    return isRemoteContext(path) || path == "-" ? path : absolutePath(QDir::currentPath().toStdString(), path);
}

/// What the command line says, and how the job runs beside its plan.
struct BuildCall {
    BuildPlan plan;
    HandOver handOver;
    std::string what = ".";
    std::vector<std::string> files; ///< beside it
    bool keepGoing = false;
    int atMost = BuildForm().atMost;
};

/// The preset, if one is named; then folder and files, which come before those of the preset.
Result<void> readWhat(const QCommandLineParser& parser, BuildCall& call)
{
    const QStringList words = parser.positionalArguments(), targets = words.mid(1);
    if (!words.isEmpty())
        call.what = words.first().toStdString();
    call.files = valuesOf(parser, "file");
    const auto place = [&] { setPlace(placeOf(call.what, call.files, QDir::currentPath().toStdString()), call.plan); };
    if (parser.isSet(QStringLiteral("preset"))) {
        const auto form = presetFor(call.what, valueOf(parser, "preset"));
        if (!form)
            return form.error();
        applyPreset(form.value(), call.plan, call.handOver);
        call.what = form->context;
        call.keepGoing = form->keepGoing;
        call.atMost = form->atMost;
        if (!call.files.empty())
            place();
        else if (!form->dockerfile.empty())
            call.files = {isRemoteContext(form->context) ? form->dockerfile : absolutePath(projectOf(form.value()), form->dockerfile)};
    } else {
        place();
    }
    if (call.plan.bake && !targets.isEmpty())
        call.plan.bake->targets.clear();
    for (const QString& target : targets) {
        if (call.plan.bake)
            call.plan.bake->targets.push_back(target.toStdString());
    }
    return {};
}

/// In the place of one of the same name.
template <typename List, typename Key>
void putIn(List& list, Key name, typename List::value_type entry)
{
    std::erase_if(list, [&](const auto& other) { return std::invoke(name, other) == std::invoke(name, entry); });
    list.push_back(std::move(entry));
}

/// What is given replaces what a preset said.
template <typename T>
void takeOver(std::vector<T>& list, std::vector<T> given)
{
    if (!given.empty())
        list = std::move(given);
}

void takeOver(std::string& value, const std::string& given)
{
    if (!given.empty())
        value = given;
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
            putIn(plan.arguments, &PlanArgument::name, {name, std::nullopt});
        } else if (looksSecret(name, value)) {
            handOver.variables[name] = value;
            putIn(plan.arguments, &PlanArgument::name, {name, std::nullopt});
        } else {
            putIn(plan.arguments, &PlanArgument::name, {name, value});
        }
    }
}

Result<void> readOptions(const QCommandLineParser& parser, BuildPlan& plan, HandOver& handOver)
{
    const auto platforms = platformsOf(valuesOf(parser, "platform"));
    if (!platforms)
        return platforms.error();
    takeOver(plan.platforms, platforms.value());
    takeOver(plan.builder, valueOf(parser, "builder"));
    takeOver(plan.target, valueOf(parser, "target"));
    takeOver(plan.tags, valuesOf(parser, "tag"));
    readArguments(valuesOf(parser, "build-arg"), plan, handOver);
    for (const std::string& text : valuesOf(parser, "label"))
        plan.labels.push_back(named(text));
    for (const std::string& text : valuesOf(parser, "build-context")) {
        auto [name, value] = named(text);
        putIn(plan.contexts, &NamedValue::first, {name, value.find("://") == std::string::npos ? absolute(value) : value});
    }
    for (const std::string& text : valuesOf(parser, "secret")) {
        const auto secret = secretOf(text);
        if (!secret)
            return secret.error();
        putIn(plan.secrets, &PlanSecret::id, secret.value());
    }
    for (const std::string& text : valuesOf(parser, "ssh"))
        plan.ssh.push_back({named(text).first, named(text).second});
    takeOver(plan.cacheFrom, valuesOf(parser, "cache-from"));
    takeOver(plan.cacheTo, valuesOf(parser, "cache-to"));
    takeOver(plan.outputs, valuesOf(parser, "output"));
    plan.network = valueOf(parser, "network");
    plan.entitlements = valuesOf(parser, "allow");
    plan.push = plan.push || parser.isSet(QStringLiteral("push"));
    plan.load = plan.load || parser.isSet(QStringLiteral("load"));
    plan.noCache = plan.noCache || parser.isSet(QStringLiteral("no-cache"));
    plan.pull = plan.pull || parser.isSet(QStringLiteral("pull"));
    plan.noProvenance = parser.isSet(QStringLiteral("no-provenance"));
    if (plan.bake)
        plan.bake->overrides = valuesOf(parser, "set");
    if (plan.bake && (!plan.tags.empty() || !plan.target.empty()))
        return Error{ErrorKind::BadInput, "a bake file names targets and tags itself: use --set, or the targets after the file", false};
    if (plan.workingDirectory.empty())
        plan.workingDirectory = QDir::currentPath().toStdString();
    return {};
}

Result<void> readCall(const QCommandLineParser& parser, BuildCall& call)
{
    if (const auto read = readWhat(parser, call); !read)
        return read.error();
    const QStringList words = parser.positionalArguments();
    if (!call.plan.bake && words.size() > 1)
        return Error{ErrorKind::BadInput, "\"" + words.at(1).toStdString() + "\" is one argument too many", false};
    if (const auto read = readOptions(parser, call.plan, call.handOver); !read)
        return read.error();
    call.keepGoing = call.keepGoing || parser.isSet(QStringLiteral("keep-going"));
    if (const std::string limit = valueOf(parser, "at-most"); !limit.empty()) {
        bool ok = false;
        call.atMost = QString::fromStdString(limit).toInt(&ok);
        if (!ok || call.atMost < 1)
            return Error{ErrorKind::BadInput, "--at-most wants a number above 0, not \"" + limit + "\"", false};
    }
    return {};
}

/// --save-preset: keeps the call and builds nothing.
int keepCall(const QCommandLineParser& parser, const BuildCall& call, const RunOptions& options)
{
    auto form = formToKeep(call.plan, call.what, call.files);
    if (!form) {
        printError(form.error());
        return ExitUsage;
    }
    form->keepGoing = call.keepGoing;
    form->atMost = call.atMost;
    return savePreset(valueOf(parser, "save-preset"), form.value(), options.dryRun, options.json);
}

} // namespace

OptionTable buildCommandOptions()
{
    return joinedOptions(buildOptions, runOptions);
}

int runBuildTool(QCoreApplication& app, const QStringList& arguments)
{
    QCommandLineParser parser;
    addOptions(parser, buildCommandOptions());
    int status = ExitOk;
    if (!parsePlanArguments(parser, arguments, status))
        return status;
    const auto fail = [](const Error& error) {
        printError(error);
        return int(ExitUsage);
    };
    BuildCall call;
    if (const auto read = readCall(parser, call); !read)
        return fail(read.error());
    const RunOptions options = runOptionsOf(parser);
    if (parser.isSet(QStringLiteral("save-preset")))
        return keepCall(parser, call, options);
    if (parser.isSet(QStringLiteral("costs")))
        return showCosts(app, call.plan, options.json);
    const auto environment = BuildxEnvironment::fromProcess();
    const RebuildChecks checks = withHandedOver(realChecks(environment), call.handOver);
    auto obstacles = obstaclesOf(call.plan, checks);
    if (canAsk() && !options.dryRun && !options.json) {
        if (const auto asked = askNeeded(obstacles, call.plan, call.handOver); !asked)
            return fail(asked.error());
        obstacles = obstaclesOf(call.plan, checks);
    }
    auto request = requestFor(call.plan, call.handOver, call.keepGoing, environment);
    if (!request)
        return fail(request.error());
    request->job.limit = call.atMost;
    const int possible = printPlan(*request, {}, obstacles, options);
    if (options.dryRun || possible != ExitOk)
        return possible;
    if (parser.isSet(QStringLiteral("preset")))
        rememberPreset(call.what, valueOf(parser, "preset"));
    return runJob(app, std::move(*request), options);
}

} // namespace layerline
