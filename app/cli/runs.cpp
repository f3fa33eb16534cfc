#include "app/cli/runs.h"

#include "analysis/report.h"
#include "analysis/run_report.h"
#include "app/cli/github.h"
#include "app/cli/output.h"
#include "app/cli/run_advice.h"
#include "app/cli/run_change.h"
#include "app/tasks/run_builds.h"
#include "app/tasks/runner_watch.h"
#include "app/tasks/workflow_hints.h"
#include "app/tasks/workflow_tool.h"
#include "sources/github/job_platforms.h"
#include "sources/github/run_watcher.h"

#include <QCoreApplication>
#include <QTimer>

#include <chrono>
#include <cstdio>
#include <map>
#include <utility>

namespace layerline {

namespace {

using Json = nlohmann::ordered_json;

/// Who could take a waiting job is worth a wait, but not that of two requests nobody answers.
constexpr std::chrono::seconds mostForRunners{15};

struct RunsOptions {
    std::string repository;
    int limit = 30;
    std::int64_t run = 0; ///< 0 = the list
    int attempt = 0;      ///< of that run; 0 = the latest
    bool json = false;
    bool watch = false;
    bool builds = false; ///< read the records and logs of the run's jobs too
};

Result<std::int64_t> numberOption(const QCommandLineParser& parser, const QString& name, std::int64_t otherwise, std::int64_t least)
{
    if (!parser.isSet(name))
        return otherwise;
    bool ok = false;
    const qint64 value = parser.value(name).toLongLong(&ok);
    if (!ok || value < least)
        return Error{ErrorKind::BadInput, QStringLiteral("--%1 wants a number from %2 on, not \"%3\"").arg(name).arg(least).arg(parser.value(name)).toStdString(), false};
    return std::int64_t(value);
}

/// Fetches runs, then the jobs of each, and prints them all.
class RunLister : public QObject {
public:
    RunLister(QCoreApplication& app, GitHubConnection& github, const RunsOptions& options)
        : m_app(app), m_github(github), m_workflows(github.api()), m_runners(github.api(), github.clock()), m_options(options)
    {
        auto table = loadRunnerTable();
        if (table)
            m_table = std::move(*table);
        else
            printError(table.error());
    }

    void start()
    {
        if (m_options.run)
            return fetchRun();
        RunQuery query;
        query.limit = m_options.limit;
        m_github.api().runs(m_options.repository, query, this, [this](Result<Listing<Run>> got) {
            if (!got)
                return fail(got.error());
            m_runs = std::move(got->items);
            fetchJobs();
        });
    }

private:
    void fetchRun()
    {
        const RunKey key{m_options.repository, m_options.run};
        const auto take = [this](Result<Run> got) {
            if (!got)
                return fail(got.error());
            m_runs.push_back(std::move(got.value()));
            fetchJobs();
        };
        if (m_options.attempt)
            m_github.api().attempt(key, m_options.attempt, this, take);
        else
            m_github.api().run(key, this, take);
    }

    void fetchJobs()
    {
        m_open = m_runs.size();
        if (m_open == 0)
            return print();
        for (Run& run : m_runs) {
            m_github.api().jobs(run.key, m_options.attempt, this, [this, &run](Result<Listing<RunJob>> got) {
                if (!got)
                    return fail(got.error());
                run.jobs = std::move(got->items);
                findPlatforms(run);
                if (--m_open == 0)
                    readBuilds();
            });
        }
    }

    void readBuilds()
    {
        if (!m_options.builds && m_options.run)
            return readWorkflow();
        if (!m_options.builds)
            return askForRunners();
        m_builds = std::make_unique<RunBuilds>(m_github.api(), m_runs.front(), [this] { askForRunners(); });
        m_builds->start();
    }

    /// One run is worth the request or two: its workflow file tells platforms more reliably than labels and names do.
    void readWorkflow()
    {
        fetchWorkflowKnowledge(m_workflows, m_runs.front(), m_table.value_or(RunnerTable{}), this, [this](Result<WorkflowKnowledge> got) {
            if (got)
                findPlatforms(m_runs.front(), got->hints);
            askForRunners();
        });
    }

    /// A job that waits is worth the few requests that tell for whom.
    void askForRunners()
    {
        if (!m_table || !anyJobWaits(m_runs))
            return print();
        connect(&m_runners, &RunnerWatch::settled, this, [this] { printOnce(); });
        QTimer::singleShot(mostForRunners, this, [this] { printOnce(); }); // the runs are known: who could take them is told when it is
        m_runners.ask(m_options.repository);
    }

    void printOnce()
    {
        if (!std::exchange(m_printed, true))
            print();
    }

    QueueWorld world() const { return {m_runs, *m_table, m_runners.of(m_options.repository), m_github.now()}; }

    void print()
    {
        const Timestamp now = m_github.now();
        if (m_options.json) {
            Json runs = Json::array();
            for (const Run& run : m_runs) {
                runs.push_back(runJson(run, now));
                if (m_table)
                    addAdvice(runs.back(), run, world());
            }
            Json document{{"schema", reportSchema}, {"repository", m_options.repository}, {"runs", runs}};
            if (m_table)
                document["ways"] = waysJson(compareCosts(m_runs, *m_table));
            if (m_builds)
                addBuilds(document, now);
            document["requests"] = m_github.requestsJson();
            printJson(document);
        } else if (m_runs.empty()) {
            tell("No runs.\n");
        } else {
            tellText(runsText(m_runs, now, true));
            if (m_table)
                tellText(adviceText(world()));
            if (m_builds)
                printBuilds(now);
        }
        const bool bad = m_options.run && failed(m_runs.front().conclusion);
        m_app.exit(bad ? ExitProblem : ExitOk);
    }

    void addBuilds(Json& document, Timestamp now)
    {
        Json builds = Json::array(), details = Json::array();
        for (const BuildId& id : m_builds->builds().ids())
            builds.push_back(showJson(*m_builds->builds().find(id), now));
        for (const auto& each : m_builds->details())
            details.push_back({{"job", each->job}, {"from", fromWord(*each)}, {"problem", each->problem ? Json(each->problem->detail) : Json(nullptr)}, {"notes", each->notes}, {"missed", missedJson(*each)}});
        document["builds"] = builds;
        document["details"] = details;
    }

    void printBuilds(Timestamp now)
    {
        for (const BuildId& id : m_builds->builds().ids())
            tellText("\n" + showText(*m_builds->builds().find(id), now, false));
        for (const auto& each : m_builds->details()) {
            const std::string job = "Job " + std::to_string(each->job) + ": ";
            if (each->from == JobDetails::From::Log || each->partlyLog)
                tellText(job + (each->partlyLog ? "partly " : "") + "from its log alone; which step needs which is not known.\n");
            for (const JobDetails::Missed& missed : each->missed)
                tellText(job + missedThing(missed) + " could not be had: " + printableLine(missed.error.detail) + "\n");
        }
    }

    static Json missedJson(const JobDetails& details)
    {
        Json list = Json::array();
        for (const JobDetails::Missed& missed : details.missed) {
            const char* what = missed.what == JobDetails::Missed::What::Log ? "log" : missed.what == JobDetails::Missed::What::Record ? "record" : "artifact_list";
            list.push_back({{"what", what}, {"name", missed.name.empty() ? Json(nullptr) : Json(missed.name)}, {"reason", missed.error.detail},
                            {"retryable", missed.error.retryable}, {"expired", missed.expired}});
        }
        return list;
    }

    static std::string missedThing(const JobDetails::Missed& missed)
    {
        switch (missed.what) {
        case JobDetails::Missed::What::Log: return "its log";
        case JobDetails::Missed::What::ArtifactList: return "the list of artifacts";
        case JobDetails::Missed::What::Record: break;
        }
        return "the record " + printableLine(missed.name);
    }

    static const char* fromWord(const JobDetails& details)
    {
        return details.from == JobDetails::From::Record ? "record" : details.from == JobDetails::From::Log ? "log" : "nothing";
    }

    void fail(const Error& error)
    {
        if (m_failed)
            return;
        m_failed = true;
        exitWith(m_app, error);
    }

    QCoreApplication& m_app;
    GitHubConnection& m_github;
    WorkflowReader m_workflows;
    RunnerWatch m_runners;
    RunsOptions m_options;
    std::optional<RunnerTable> m_table;
    std::vector<Run> m_runs;
    std::unique_ptr<RunBuilds> m_builds;
    std::size_t m_open = 0;
    bool m_failed = false;
    bool m_printed = false;
};

/// Prints each change of a run, or of all runs of a repository, as it is seen. Ends with the run; without one, never.
class RunFollower : public QObject {
public:
    RunFollower(QCoreApplication& app, GitHubConnection& github, const RunsOptions& options)
        : m_app(app), m_github(github), m_api(github.session(), RequestPriority::Poll), m_watcher(m_api, github.clock(), watchOptions(options)), m_runners(m_api, github.clock()), m_options(options)
    {
        auto table = loadRunnerTable();
        if (!table)
            printError(table.error());
        m_table = table ? std::move(*table) : RunnerTable{};
        github.session().setPatience({}); // it is here to wait
        connect(&m_watcher, &RunWatcher::runChanged, this, [this](const RunPtr& run) { show(*run); });
        connect(&m_watcher, &RunWatcher::repositoryChanged, this, [this] { lookEnded(); });
        connect(&m_runners, &RunnerWatch::settled, this, &RunFollower::sayQueues);
    }

    void start()
    {
        if (m_options.run)
            m_watcher.watchRun({m_options.repository, m_options.run});
        else
            m_watcher.watch(m_options.repository);
    }

private:
    static RunWatchOptions watchOptions(const RunsOptions& options)
    {
        RunWatchOptions watch;
        watch.runsPerRepository = options.limit > 0 ? std::min(options.limit, 100) : 100;
        if (options.run)
            watch.pace.active = Duration{3'000'000'000}; // two requests, most of them free
        return watch;
    }

    QueueWorld world() const
    {
        std::vector<Run> runs;
        for (const RunPtr& each : m_watcher.runs(m_options.repository))
            runs.push_back(*each);
        return {std::move(runs), m_table, m_runners.of(m_options.repository), m_github.now()};
    }

    void show(const Run& run)
    {
        const QueueWorld known = world();
        if (m_options.json) {
            Json shown = runJson(run, known.now);
            addAdvice(shown, run, known);
            printJson({{"schema", reportSchema}, {"repository", m_options.repository}, {"time", formatRfc3339(known.now)}, {"run", shown}, {"requests", m_github.requestsJson()}}, true);
        } else {
            tellText(runsText({run}, known.now, m_options.run != 0) + queueText(run, known));
        }
        std::fflush(stdout);
        m_said[run.key] = queueText(run, known);
        if (anyJobWaits({run}))
            m_runners.ask(m_options.repository);
    }

    /// Who could take the jobs is known now: said again of the runs for which it makes a difference.
    void sayQueues()
    {
        for (const RunPtr& run : m_watcher.runs(m_options.repository)) {
            if (const auto said = m_said.find(run->key); said != m_said.end() && anyJobWaits({*run}) && said->second != queueText(*run, world()))
                show(*run);
        }
    }

    void lookEnded()
    {
        const RepositoryStatus status = m_watcher.status(m_options.repository);
        if (status.problem && (!status.problem->retryable || m_problem != status.problem->detail)) {
            printError(*status.problem);
            m_problem = status.problem->detail;
            if (!status.problem->retryable)
                return m_app.exit(ExitUsage);
        }
        const RunPtr run = m_options.run ? m_watcher.run({m_options.repository, m_options.run}) : nullptr;
        if (!status.problem && run && run->state == RunState::Completed)
            m_app.exit(failed(run->conclusion) ? ExitProblem : ExitOk);
    }

    QCoreApplication& m_app;
    GitHubConnection& m_github;
    GitHubApi m_api;
    RunWatcher m_watcher;
    RunnerWatch m_runners;
    RunnerTable m_table;
    RunsOptions m_options;
    std::map<RunKey, std::string> m_said; ///< of the queues of each run, last
    std::string m_problem; ///< the last one told
};

} // namespace

OptionTable runsCommandOptions()
{
    return joinedOptions({{"limit", "N", "The newest N."},
                          {"run", "ID", "This one."},
                          {"attempt", "N", "With --run: its Nth attempt, not the latest."},
                          {"builds", nullptr, "With --run: what its jobs built, from their records and logs."},
                          {"watch", nullptr, "Print changes as they happen."},
                          {"json", nullptr, "JSON, schema 1."}},
                         runChangeOptions());
}

namespace {

/// What only shows a run, in the way of what changes it; "" = nothing.
std::string readingOption(const QCommandLineParser& parser)
{
    for (const char* name : {"attempt", "builds", "watch", "limit"}) {
        if (parser.isSet(QString::fromLatin1(name)))
            return std::string("--") + name;
    }
    return {};
}

Result<RunsOptions> readRunsOptions(const QCommandLineParser& parser, const std::string& repository)
{
    const auto limit = numberOption(parser, QStringLiteral("limit"), 30, 0);
    const auto run = numberOption(parser, QStringLiteral("run"), 0, 1);
    const auto attempt = numberOption(parser, QStringLiteral("attempt"), 0, 1);
    for (const auto* number : {&limit, &run, &attempt}) {
        if (!*number)
            return number->error();
    }
    constexpr std::int64_t most = 100'000;
    RunsOptions options{repository, int(std::min(limit.value(), most)), run.value(), int(std::min(attempt.value(), most))};
    options.json = parser.isSet(QStringLiteral("json"));
    options.watch = parser.isSet(QStringLiteral("watch"));
    options.builds = parser.isSet(QStringLiteral("builds"));
    if (options.builds && (!options.run || options.watch))
        return Error{ErrorKind::BadInput, "--builds wants --run ID, and not --watch", false};
    if (options.attempt && (!options.run || options.watch))
        return Error{ErrorKind::BadInput, "--attempt wants --run ID, and not --watch", false};
    return options;
}

} // namespace

int runRuns(QCoreApplication& app, const QStringList& arguments)
{
    ToolArguments given;
    addOptions(given.parser, runsCommandOptions());
    parseTool(given, "runs", arguments, 1);
    if (given.exit)
        return *given.exit;
    const auto repository = repositoryArgument(given.positionals.first());
    const auto options = repository ? readRunsOptions(given.parser, repository.value()) : Result<RunsOptions>(repository.error());
    const auto change = options ? readRunChange(given.parser, {options->repository, options->run}, readingOption(given.parser)) : Result<std::optional<RunChangeOptions>>(options.error());
    auto github = change ? GitHubConnection::open() : Result<std::unique_ptr<GitHubConnection>>(change.error());
    if (!github) {
        printError(github.error());
        return ExitUsage;
    }
    if (*change)
        return changeRun(app, **github, **change);
    if (options->watch) {
        RunFollower follower(app, **github, *options);
        follower.start();
        return app.exec();
    }
    RunLister lister(app, **github, *options);
    lister.start();
    return app.exec();
}

} // namespace layerline
