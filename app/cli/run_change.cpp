#include "app/cli/run_change.h"

#include "analysis/report.h"
#include "analysis/run_report.h"
#include "domain/post_to.h"
#include "sources/github/run_actions.h"

#include <QCoreApplication>

namespace layerline {

namespace {

constexpr RunAction allActions[] = {RunAction::Rerun, RunAction::RerunFailed, RunAction::RerunJob, RunAction::Cancel, RunAction::ForceCancel};

Error badInput(const std::string& detail) { return {ErrorKind::BadInput, detail, false}; }

class RunChanger : public QObject {
public:
    RunChanger(QCoreApplication& app, GitHubConnection& github, const RunChangeOptions& options)
        : m_app(app), m_github(github), m_actions(github.api(), github.clock()), m_options(options)
    {
    }

    void start() { m_options.call.action == RunAction::RerunJob ? findJob() : act(); }

private:
    /// GitHub takes a job of any run of the repository: one of another run must not be started by a slip.
    void findJob()
    {
        m_github.api().jobs(m_options.call.run, 0, this, [this](Result<Listing<RunJob>> got) {
            if (!got)
                return exitWith(m_app, got.error());
            std::string names;
            for (const RunJob& job : got->items) {
                if (std::to_string(job.id) == m_options.job || job.name == m_options.job) {
                    m_options.call.job = job.id;
                    return act();
                }
                names += (names.empty() ? "" : ", ") + job.name + " (" + std::to_string(job.id) + ")";
            }
            exitWith(m_app, {ErrorKind::NotFound, "no job \"" + m_options.job + "\" in the latest attempt of the run; it has " + (names.empty() ? "none" : names), false});
        });
    }

    void act()
    {
        if (m_options.dryRun)
            return showOnly();
        m_actions.change(m_options.call, this, [this](Result<Run> got) {
            if (!got)
                return exitWith(m_app, got.error());
            const Run& run = got.value();
            if (m_options.json)
                printJson({{"schema", reportSchema}, {"repository", run.key.repository}, {"action", toString(m_options.call.action)},
                           {"run", runJson(run, m_github.clock().now())}, {"requests", m_github.requestsJson()}});
            else
                tell("Run %lld, attempt %d: %s\n%s\n", static_cast<long long>(run.key.id), run.attempt,
                     run.state == RunState::Completed ? toString(run.conclusion) : toString(run.state), printableLine(run.url).c_str());
            m_app.exit(ExitOk);
        });
    }

    void showOnly()
    {
        const std::string url = m_github.session().apiUrl() + GitHubApi::changeTarget(m_options.call);
        if (m_options.json)
            printJson({{"schema", reportSchema}, {"repository", m_options.call.run.repository}, {"action", toString(m_options.call.action)},
                       {"calls", nlohmann::ordered_json::array({{{"method", "POST"}, {"url", url}}})}});
        else
            tell("POST %s\n", url.c_str());
        m_app.exit(ExitOk);
    }

    QCoreApplication& m_app;
    GitHubConnection& m_github;
    RunActions m_actions;
    RunChangeOptions m_options;
};

} // namespace

OptionTable runChangeOptions()
{
    return {{"rerun", nullptr, "With --run: run all its jobs again."},
            {"rerun-failed", nullptr, "With --run: run its failed jobs again, and those that need them."},
            {"rerun-job", "JOB", "With --run: run this job again, by id or name, and those that need it."},
            {"cancel", nullptr, "With --run: ask its jobs to end."},
            {"force-cancel", nullptr, "With --run: end its jobs at once, also those that go on when cancelled."},
            {"dry-run", nullptr, "Print the call that would be made."}};
}

Result<std::optional<RunChangeOptions>> readRunChange(const QCommandLineParser& parser, const RunKey& run, const std::string& reading)
{
    std::optional<RunChangeOptions> found;
    for (const RunAction action : allActions) {
        if (!parser.isSet(QString::fromLatin1(toString(action))))
            continue;
        if (found)
            return badInput(std::string("--") + toString(found->call.action) + " and --" + toString(action) + " are two wishes: one at a time");
        found.emplace();
        found->call = {action, run};
    }
    const bool dryRun = parser.isSet(QStringLiteral("dry-run"));
    if (!found)
        return dryRun ? Result<std::optional<RunChangeOptions>>(badInput("--dry-run wants --rerun, --rerun-failed, --rerun-job, --cancel or --force-cancel")) : found;
    const std::string name = std::string("--") + toString(found->call.action);
    if (run.id == 0)
        return badInput(name + " wants --run ID");
    if (!reading.empty())
        return badInput(name + " does not go with " + reading);
    found->job = parser.value(QStringLiteral("rerun-job")).toStdString();
    found->dryRun = dryRun;
    found->json = parser.isSet(QStringLiteral("json"));
    return found;
}

int changeRun(QCoreApplication& app, GitHubConnection& github, const RunChangeOptions& options)
{
    RunChanger changer(app, github, options);
    postTo(&changer, [&changer] { changer.start(); }); // an exit before the event loop runs would be lost
    return app.exec();
}

} // namespace layerline
