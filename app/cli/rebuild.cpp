// layerline rebuild, retry, cancel, jobs: what happens to builds there were already.
#include "analysis/bake_exports.h"
#include "analysis/report.h"
#include "app/cli/actions.h"

#include "app/cli/build_finder.h"
#include "app/cli/cli.h"
#include "app/cli/output.h"
#include "app/cli/plan.h"
#include "app/cli/secrets.h"
#include "app/cli/signal_watch.h"
#include "app/tasks/history.h"
#include "app/tasks/plan_world.h"
#include "sources/runner/build_runner.h"
#include "sources/runner/supervisor.h"

#include <QCoreApplication>
#include <QDir>

#include <csignal>
#include <cstdio>
#include <memory>

namespace layerline {

namespace {

const OptionTable rebuildOptions{
    {"platform", "P", "Build for these instead."},
    {"builder", "B", "Another builder."},
    {"context", "DIR", "Another context: the old one is gone or was elsewhere. With --whole-call: where it is started."},
    {"f,file", "FILE", "Another Dockerfile, or with --whole-call another bake file."},
    {"t,tag", "IMAGE", "Other names for the image."},
    {"build-context", "NAME=DIR", "Folder of a named context."},
    {"secret", "id=NAME,env=V|src=F", "A secret the build needs again."},
    {"without-secret", "NAME", "A secret the build did without."},
    {"ssh", "ID[=SOCKET]", "An ssh agent or keys the build needs again."},
    {"cache-to", "CACHE", "Cache to export: records do not hold it."},
    {"o,output", "WHERE", "Where the result goes."},
    {"push", nullptr, "Push the image: some engines do not record that it was."},
    {"no-cache", nullptr, "Use no cache."},
    {"keep-going", nullptr, "One build a platform, merged when all pass."},
    {"whole-call", nullptr, "Of a bake call: all of its targets, from the bake file as it is now."},
};

std::string absolute(const std::string& path)
{
    return path.empty() || isRemoteContext(path) ? path : absolutePath(QDir::currentPath().toStdString(), path);
}

NamedValue named(const std::string& text)
{
    const auto equals = text.find('=');
    return {text.substr(0, equals), equals == std::string::npos ? std::string() : text.substr(equals + 1)};
}

Result<RebuildChoice> choiceOf(const QCommandLineParser& parser)
{
    RebuildChoice choice;
    const auto platforms = platformsOf(valuesOf(parser, "platform"));
    if (!platforms)
        return platforms.error();
    choice.platforms = platforms.value();
    choice.builder = valueOf(parser, "builder");
    choice.context = absolute(valueOf(parser, "context"));
    choice.dockerfile = absolute(valueOf(parser, "file"));
    choice.tags = valuesOf(parser, "tag");
    choice.cacheTo = valuesOf(parser, "cache-to");
    choice.outputs = valuesOf(parser, "output");
    choice.noCache = parser.isSet(QStringLiteral("no-cache"));
    choice.push = parser.isSet(QStringLiteral("push"));
    choice.wholeCall = parser.isSet(QStringLiteral("whole-call"));
    if (choice.wholeCall && !choice.tags.empty())
        return Error{ErrorKind::BadInput, "a bake file names targets and tags itself: repeat one target without --whole-call", false};
    choice.withoutSecrets = valuesOf(parser, "without-secret");
    for (const std::string& text : valuesOf(parser, "build-context"))
        choice.contexts.emplace_back(named(text).first, absolute(named(text).second));
    for (const std::string& text : valuesOf(parser, "ssh"))
        choice.ssh.push_back({named(text).first, named(text).second});
    for (const std::string& text : valuesOf(parser, "secret")) {
        const auto secret = secretOf(text);
        if (!secret)
            return secret.error();
        choice.secrets.push_back(secret.value());
    }
    return choice;
}

int fail(const Error& error, int status = ExitUsage)
{
    printError(error);
    return status;
}

/// Secrets and keys that were just given stand no longer in the way.
void dropAnswered(RebuildPlan& plan, const RebuildChecks& checks)
{
    const auto isNeed = [](const Obstacle& obstacle) { return obstacle.refusal == Refusal::SecretNeeded || obstacle.refusal == Refusal::SshNeeded; };
    std::erase_if(plan.obstacles, isNeed);
    for (const Obstacle& obstacle : obstaclesOf(plan.plan, withHandedOver(checks, plan.handOver))) {
        if (isNeed(obstacle))
            plan.obstacles.push_back(obstacle);
    }
}

/// Plans the repetition of a found build and does it.
int rebuild(QCoreApplication& app, const Build& build, const RebuildChoice& choice, bool keepGoing, const RunOptions& options,
            const std::vector<std::string>& builders)
{
    const History history;
    std::optional<ClientCommand> client;
    for (const Record& record : build.records) {
        if (!client)
            client = history.clientCommand(record.key);
        // One of ours is known by its own state.
        if (const auto job = JobStore().find(record.key.ref); !client && job)
            client = clientOf(job.value(), record.key.ref);
    }
    const auto environment = BuildxEnvironment::fromProcess();
    const RebuildChecks checks = realChecks(environment, builders);
    RebuildPlan plan = planRebuild(build, client, checks, choice);
    if (canAsk() && !options.dryRun && !options.json) {
        if (const auto asked = askNeeded(plan.obstacles, plan.plan, plan.handOver); !asked)
            return fail(asked.error());
        dropAnswered(plan, checks);
    }
    auto request = requestFor(plan.plan, plan.handOver, keepGoing, environment);
    if (!request)
        return fail(request.error());
    if (!choice.wholeCall && wholeCallOf(client))
        request->job.notes.push_back("it was one target of a bake call: --whole-call repeats all of it");
    const int possible = printPlan(*request, plan.missing, plan.obstacles, options);
    return options.dryRun || possible != ExitOk ? possible : runJob(app, std::move(*request), options);
}

/// Finds BUILD, says `note` of it, then rebuilds it. Ends the finder's event loop first: the job makes its own.
int findAndRebuild(QCoreApplication& app, const QString& text, const RebuildChoice& choice, bool keepGoing, const RunOptions& options, const std::string& note = {})
{
    // Before any thread starts, so that SIGINT comes to us alone, also while the job runs later.
    auto interrupt = std::make_unique<SignalWatch>(std::vector<int>{SIGINT}, [&app](int) { app.exit(0); });
    LiveView view({}, false);
    Result<const Build*> found = Error{ErrorKind::Cancelled, "interrupted", false};
    BuildFinder finder(view, text, [&](Result<const Build*> result) {
        found = std::move(result);
        app.exit(0);
    });
    finder.start();
    app.exec();
    interrupt.reset();
    if (!found)
        return fail(found.error());
    if (!note.empty())
        printError({ErrorKind::Unsupported, note, false});
    std::vector<std::string> builders;
    for (const NodeStatus& node : view.fleet().nodes())
        builders.push_back(node.builder);
    return rebuild(app, **found, choice, keepGoing, options, builders);
}

/// What the job was handed over, again: from the environment, else from whoever sits there.
Result<JobSecrets> secretsFor(const BuildJob& job, bool ask)
{
    JobSecrets secrets;
    for (const std::string& name : job.variables) {
        const auto value = variableOf(name);
        if (value) {
            secrets.variables[name] = *value;
            continue;
        }
        const auto typed = ask ? askLine("Secret " + subjectOf(job, name) + " (not shown): ", false) : Result<std::string>(std::string());
        if (!typed)
            return typed.error();
        if (!typed->empty())
            secrets.variables[name] = *typed;
    }
    return secrets;
}

int retryJob(QCoreApplication& app, const BuildJob& job, const std::vector<Platform>& platforms, const RunOptions& options)
{
    std::vector<std::string> lanes;
    for (const Platform& platform : platforms)
        lanes.push_back(platform.str());
    if (options.dryRun)
        return printPlan(retryOf(job, lanes), {}, {}, options);
    std::map<std::string, std::string> handedOver;
    {
        const auto secrets = secretsFor(job, canAsk() && !options.json);
        if (!secrets)
            return fail(secrets.error());
        BuildRunner runner;
        if (auto started = runner.retry(job.id, lanes, secrets.value()); !started)
            return fail(started.error(), ExitProblem);
        handedOver = secrets->variables;
    }
    return waitForJob(app, job.id, options, std::move(handedOver));
}

} // namespace

OptionTable rebuildCommandOptions()
{
    return joinedOptions(rebuildOptions, runOptions);
}

int runRebuildTool(QCoreApplication& app, const QStringList& arguments)
{
    QCommandLineParser parser;
    addOptions(parser, rebuildCommandOptions());
    int status = ExitOk;
    if (!parsePlanArguments(parser, arguments, status))
        return status;
    if (parser.positionalArguments().size() != 1)
        return fail({ErrorKind::BadInput, "rebuild wants one BUILD (a ref or a file)", false});
    const auto choice = choiceOf(parser);
    if (!choice)
        return fail(choice.error());
    return findAndRebuild(app, parser.positionalArguments().first(), choice.value(), parser.isSet(QStringLiteral("keep-going")), runOptionsOf(parser));
}

OptionTable retryCommandOptions()
{
    return joinedOptions({{"platform", "P", "The platform to build again; default all that failed."}}, runOptions);
}

int runRetryTool(QCoreApplication& app, const QStringList& arguments)
{
    QCommandLineParser parser;
    addOptions(parser, retryCommandOptions());
    int status = ExitOk;
    if (!parsePlanArguments(parser, arguments, status))
        return status;
    if (parser.positionalArguments().size() != 1)
        return fail({ErrorKind::BadInput, "retry wants one BUILD (a ref, or the id of one that Layerline started)", false});
    const auto platforms = platformsOf(valuesOf(parser, "platform"));
    if (!platforms)
        return fail(platforms.error());
    const QString text = parser.positionalArguments().first();
    const RunOptions options = runOptionsOf(parser);
    const auto job = JobStore().find(text.toStdString());
    if (job && job.value().lanes.empty() && !platforms.value().empty()) // noted by a hand or a later version
        return fail({ErrorKind::BadInput, job.value().id + " has no lane " + platforms.value().front().str(), false}, ExitProblem);
    const bool laned = job && (job.value().lanes.size() > 1 || platforms.value().empty());
    if (laned)
        return retryJob(app, job.value(), platforms.value(), options);
    if (job && job.value().lanes.front().refs.empty())
        return retryJob(app, job.value(), {}, options); // no builder ever saw it
    // One build for all platforms has no part to merge with: the platform is built alone, and replaces no tag.
    RebuildChoice choice;
    choice.platforms = platforms.value();
    choice.outputs = {"type=cacheonly"};
    const QString ref = job ? QString::fromStdString(job.value().lanes.front().refs.front()) : text;
    return findAndRebuild(app, ref, choice, false, options,
                          text.toStdString() + " built all platforms in one go: the platform is built alone into the cache and nothing is pushed "
                                               "(build with --keep-going to retry and merge one platform)");
}

namespace {

/// What `cancel` would do to a job of ours.
int tellCancel(const BuildJob& job)
{
    if (ended(job.state))
        return fail({ErrorKind::BadInput, job.id + " has ended already", false}, ExitProblem);
    if (job.supervisor.pid == 0)
        return fail({ErrorKind::Unreachable, job.id + " is only just starting: try again", true}, ExitProblem);
    bool client = false;
    for (const JobLane& lane : job.lanes) {
        if (lane.state != JobState::Running)
            continue;
        client = true;
        tell("kill -INT -%d   # %s, %s; %s\n", int(lane.process.pid), job.id.c_str(), printableLine(lane.name).c_str(),
             job.supervisor.alive() ? "SIGKILL after 10 s" : "SIGKILL after 10 s by this command, which waits: its supervisor is gone");
    }
    // Without a client there is its supervisor alone: it waits for its place, or makes the index.
    if (!client)
        tell("kill -INT %d   # %s, %s\n", int(job.supervisor.pid), job.id.c_str(), job.state == JobState::Merging ? "until its index is pushed" : "waits for its place: nothing of it has begun");
    return ExitOk;
}

} // namespace

OptionTable cancelCommandOptions()
{
    return {{"dry-run", nullptr, "Print what would be ended, change nothing."}};
}

int runCancelTool(QCoreApplication& app, const QStringList& arguments)
{
    QCommandLineParser parser;
    addOptions(parser, cancelCommandOptions());
    int status = ExitOk;
    if (!parsePlanArguments(parser, arguments, status))
        return status;
    if (parser.positionalArguments().size() != 1)
        return fail({ErrorKind::BadInput, "cancel wants one BUILD (a ref, or the id of one that Layerline started)", false});
    const std::string text = parser.positionalArguments().first().toStdString();
    BuildRunner runner;
    const auto job = runner.find(text);
    if (!job && job.error().kind == ErrorKind::NotFound)
        return fail({ErrorKind::Unsupported, "Layerline did not start \"" + text + "\", and BuildKit has no call that cancels another client's build; "
                                                 "press Ctrl+C where it was started, or stop its builder", false}, ExitProblem);
    if (!job)
        return fail(job.error());
    if (parser.isSet(QStringLiteral("dry-run")))
        return tellCancel(job.value());
    QObject::connect(&runner, &BuildRunner::finished, &app, [&](const BuildJob& ended) {
        if (ended.id == job.value().id)
            app.exit(ExitOk);
    });
    const auto asked = runner.cancel(job.value().id);
    if (!asked)
        printError(asked.error());
    // Nobody but us can kill it when it does not listen, even if that could not be noted.
    status = runner.interrupts(job.value().id) ? app.exec() : int(ExitOk);
    return asked ? status : int(ExitProblem);
}

OptionTable jobsCommandOptions()
{
    return {{"json", nullptr, "JSON, schema 1."}};
}

int runJobsTool(QCoreApplication&, const QStringList& arguments)
{
    QCommandLineParser parser;
    addOptions(parser, jobsCommandOptions());
    int status = ExitOk;
    if (!parsePlanArguments(parser, arguments, status))
        return status;
    const QStringList given = parser.positionalArguments();
    if (given.size() > 1)
        return fail({ErrorKind::BadInput, "\"" + given.at(1).toStdString() + "\" is one argument too many: jobs wants one BUILD, or none for all", false});
    const JobStore store;
    std::vector<BuildJob> jobs;
    if (!given.isEmpty()) {
        const auto job = store.find(given.first().toStdString());
        if (!job)
            return fail(job.error());
        jobs.push_back(job.value());
    } else {
        jobs = store.list();
    }
    if (jobs.empty() && !parser.isSet(QStringLiteral("json")))
        tell("Layerline has started no builds.\n");
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const BuildJob& job : jobs) {
        if (parser.isSet(QStringLiteral("json")))
            list.push_back(jobReport(job, store));
        else
            tellText(jobText(job));
    }
    if (parser.isSet(QStringLiteral("json"))) {
        const nlohmann::ordered_json document{{"schema", 1}, {"jobs", list}};
        printJson(document);
    }
    return ExitOk;
}

int runSuperviseTool(QCoreApplication&, const QStringList& arguments)
{
    if (arguments.size() != 1)
        return ExitUsage;
    return superviseJob(JobStore(), arguments.first().toStdString());
}

} // namespace layerline
