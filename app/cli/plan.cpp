#include "app/cli/plan.h"

#include "analysis/client_command.h"
#include "analysis/report.h"
#include "app/cli/cli.h"
#include "app/cli/job_follow.h"
#include "app/cli/output.h"
#include "app/cli/signal_watch.h"
#include "sources/runner/build_runner.h"

#include <QCoreApplication>
#include <QDir>

#include <csignal>
#include <cstdio>

namespace layerline {

const OptionTable runOptions{
    {"dry-run", nullptr, "Print exactly what would run, change nothing."},
    {"json", nullptr, "JSON, schema 1."},
    {"follow", nullptr, "Print what the build says while it runs."},
    {"detach", nullptr, "Return when it has been started."},
};

bool parsePlanArguments(QCommandLineParser& parser, const QStringList& arguments, int& status)
{
    if (parser.parse(QStringList{QStringLiteral("layerline")} + arguments))
        return true;
    printError({ErrorKind::BadInput, parser.errorText().toStdString() + " (the command's --help tells what there is)", false});
    status = ExitUsage;
    return false;
}

std::vector<std::string> valuesOf(const QCommandLineParser& parser, const char* name)
{
    std::vector<std::string> list;
    for (const QString& value : parser.values(QString::fromLatin1(name)))
        list.push_back(value.toStdString());
    return list;
}

std::string valueOf(const QCommandLineParser& parser, const char* name)
{
    return parser.value(QString::fromLatin1(name)).toStdString();
}

Result<std::vector<Platform>> platformsOf(const std::vector<std::string>& words)
{
    std::vector<Platform> platforms;
    for (const std::string& word : words) {
        for (const QString& part : QString::fromStdString(word).split(QLatin1Char(','), Qt::SkipEmptyParts)) {
            auto platform = parsePlatform(part.toStdString());
            if (!platform)
                platform = parsePlatform("linux/" + part.toStdString());
            if (!platform)
                return Error{ErrorKind::BadInput, "\"" + part.toStdString() + "\" is no platform (like linux/arm64)", false};
            if (std::find(platforms.begin(), platforms.end(), *platform) == platforms.end())
                platforms.push_back(*platform);
        }
    }
    return platforms;
}

Result<PlanSecret> secretOf(const std::string& text)
{
    PlanSecret secret;
    for (const auto& [key, value] : parseCsv(text)) {
        if (key == "id")
            secret.id = value;
        else if (key == "env")
            secret.env = value;
        else if (key == "src" || key == "source")
            secret.file = absolutePath(QDir::currentPath().toStdString(), value);
    }
    if (secret.id.empty())
        return Error{ErrorKind::BadInput, "--secret wants id=NAME,env=VARIABLE or id=NAME,src=FILE", false};
    if (!secret.answered())
        secret.env = secret.id; // as buildx does
    return secret;
}

RunOptions runOptionsOf(const QCommandLineParser& parser)
{
    const auto set = [&](const char* name) { return parser.isSet(QString::fromLatin1(name)); };
    return {set("dry-run"), set("json"), set("follow"), set("detach")};
}

int printPlan(const JobRequest& request, const std::vector<Missing>& missing, const std::vector<Obstacle>& obstacles, const RunOptions& options)
{
    if (options.json && (options.dryRun || !obstacles.empty())) {
        printJson(dryRunJson(request, missing, obstacles));
        return obstacles.empty() ? ExitOk : ExitProblem;
    }
    if (options.dryRun)
        tellText(dryRunText(request, missing));
    else if (!options.json) {
        for (const Missing& gap : missing)
            std::fprintf(stderr, "layerline: not known: %s\n", printableLine(missingText(gap)).c_str());
    }
    for (const Obstacle& obstacle : obstacles)
        printError({ErrorKind::BadInput, reasonText(obstacle) + "; " + helpText(obstacle), false});
    return obstacles.empty() ? ExitOk : ExitProblem;
}

namespace {

int report(const BuildJob& job, const JobStore& store, const RunOptions& options)
{
    if (options.json) {
        nlohmann::ordered_json document{{"schema", 1}, {"job", jobReport(job, store)}};
        printJson(document);
    } else {
        tellText(jobText(job));
    }
    std::fflush(stdout);
    return job.state == JobState::Failed || job.state == JobState::Canceled || job.state == JobState::Lost ? ExitProblem : ExitOk;
}

int wait(QCoreApplication& app, BuildRunner& runner, const std::string& id, const RunOptions& options, JobFollower::HandedOver handedOver)
{
    const SignalWatch interrupt({SIGINT}, [&runner, id](int) {
        std::fprintf(stderr, "layerline: cancelling %s\n", id.c_str());
        [[maybe_unused]] const auto asked = runner.cancel(id);
    });
    if (options.detach) {
        // As soon as somebody looks after it.
        QObject::connect(&runner, &BuildRunner::changed, &app, [&](const BuildJob& job) {
            if (job.id == id && (job.supervisor.pid != 0 || ended(job.state)))
                app.exit(report(job, runner.store(), options));
        });
        return app.exec();
    }
    if (!options.json)
        std::fprintf(stderr, "layerline: started %s\n", id.c_str());
    const JobFollower follower(runner, id, options.follow ? (options.json ? stderr : stdout) : nullptr,
                               [&](const BuildJob& job) { app.exit(report(job, runner.store(), options)); }, std::move(handedOver));
    return app.exec();
}

} // namespace

int runJob(QCoreApplication& app, JobRequest request, const RunOptions& options)
{
    BuildRunner runner;
    auto handedOver = request.secrets.variables;
    const auto started = runner.start(std::move(request.job), std::move(request.secrets));
    if (!started) {
        printError(started.error());
        return ExitProblem;
    }
    return wait(app, runner, started.value(), options, std::move(handedOver));
}

int waitForJob(QCoreApplication& app, const std::string& id, const RunOptions& options, std::map<std::string, std::string> handedOver)
{
    BuildRunner runner;
    return wait(app, runner, id, options, std::move(handedOver));
}

} // namespace layerline
