#include "app/cli/commands.h"

#include "analysis/report.h"
#include "app/cli/output.h"
#include "app/tasks/build_lookup.h"
#include "app/tasks/past_times.h"
#include "domain/clock.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>
#include <unistd.h>

namespace layerline {

namespace {

/// `limit` 0 = all.
void sortNewestFirst(std::vector<const Build*>& builds, int limit)
{
    std::stable_sort(builds.begin(), builds.end(), [](const Build* a, const Build* b) { return a->started().value_or(Timestamp{}) > b->started().value_or(Timestamp{}); });
    if (limit > 0 && builds.size() > std::size_t(limit))
        builds.resize(std::size_t(limit));
}

std::vector<const Build*> newestFirst(const BuildSet& set, int limit)
{
    std::vector<const Build*> builds;
    for (const BuildId& id : set.ids())
        builds.push_back(set.find(id));
    sortNewestFirst(builds, limit);
    return builds;
}

constexpr int wholePast = 1'000; ///< more than an estimate looks at

/// Of a running build, from the builders that were asked and the history.
BuildEstimate estimateFor(const Build& build, LiveView& view, Timestamp now)
{
    if (build.status() != BuildStatus::Running)
        return {};
    PastTimes past(view.builds());
    past.readHistory(build, wholePast);
    return past.estimate(build, view.fleet().nodes(), now);
}

void printBuilds(const std::vector<const Build*>& builds, LiveView& view, bool json)
{
    const Timestamp now = SystemClock().now();
    if (!json) {
        tellReport(buildsText(builds, now, isatty(1)));
        return;
    }
    std::vector<nlohmann::ordered_json> entries;
    for (const Build* build : builds)
        entries.push_back(buildSummaryJson(*build, now, estimateFor(*build, view, now)));
    printJson(buildsDocument(std::move(entries)));
}

int printBuild(const Build& build, bool json, LiveView* view = nullptr)
{
    const Timestamp now = SystemClock().now();
    if (json)
        printJson(buildsDocument({showJson(build, now, view ? estimateFor(build, *view, now) : BuildEstimate{})}));
    else
        tellReport(showText(build, now, isatty(1)));
    return build.status() == BuildStatus::Failed ? ExitProblem : ExitOk;
}

int showFile(const Command& command)
{
    BuildSet set;
    const auto loaded = loadBuildFile(command.build, set);
    if (!loaded) {
        printError(loaded.error());
        return ExitUsage;
    }
    const Timestamp now = SystemClock().now();
    int status = ExitOk;
    std::vector<nlohmann::ordered_json> entries;
    for (const BuildId& id : set.ids()) {
        const Build& build = *set.find(id);
        if (build.status() == BuildStatus::Failed)
            status = ExitProblem;
        if (command.json)
            entries.push_back(showJson(build, now));
        else
            tellReport(showText(build, now, isatty(1)));
    }
    if (command.json)
        printJson(buildsDocument(std::move(entries)));
    return status;
}

/// Finds a build on the live builders, completes what is known of it, and prints it.
class Shower : public QObject {
public:
    Shower(QCoreApplication& app, LiveView& view, const Command& command) : m_app(app), m_view(view), m_command(command)
    {
        connect(&view.fleet(), &Fleet::settled, this, &Shower::onSettled);
        connect(&view, &LiveView::batchApplied, this, [this](const EventBatchPtr&, const BuildId& id) {
            if (id == m_id && m_quiet.isActive())
                m_quiet.start(); // still replaying
        });
        m_quiet.setSingleShot(true);
        m_quiet.setInterval(200);
        connect(&m_quiet, &QTimer::timeout, this, &Shower::finish);
        m_latest.setSingleShot(true);
        m_latest.setInterval(3000);
        connect(&m_latest, &QTimer::timeout, this, &Shower::finish);
    }

private:
    void onSettled()
    {
        const Build* build = findBuild(m_view.builds(), m_command.build.toStdString());
        if (!build)
            return showHistory();
        m_id = build->id;
        m_waiting = 1;
        for (const Record& record : build->records) {
            if (record.running()) {
                m_streaming = true; // its status is being replayed already: there is no end, only a quiet moment
                continue;
            }
            ++m_waiting;
            m_view.fleet().loadDetails(record.key, [this](Result<void> done) {
                if (!done)
                    m_error = done.error();
                ready();
            });
        }
        if (m_streaming && m_command.json)
            askForPast(*build);
        ready();
    }
    /// What its estimate is made of.
    void askForPast(const Build& build)
    {
        for (const RecordKey& key : PastTimes(m_view.builds()).unread(build)) {
            ++m_waiting;
            m_view.fleet().loadDetails(key, [this](const Result<void>&) { ready(); });
        }
    }
    void ready()
    {
        if (--m_waiting > 0)
            return;
        if (!m_streaming)
            return finish();
        m_quiet.start();
        m_latest.start();
    }
    void showHistory()
    {
        BuildSet history;
        std::vector<Error> problems;
        const auto found = loadFromHistory(m_command.build.toStdString(), history, &problems);
        for (const Error& problem : problems)
            printError({problem.kind, "a part of this build is missing in the history: " + problem.detail, false});
        if (!found) {
            printError(found.error());
            return m_app.exit(ExitUsage);
        }
        m_app.exit(printBuild(*history.find(*found), m_command.json));
    }
    void finish()
    {
        if (m_done)
            return;
        m_done = true;
        const Build* build = m_view.builds().find(m_id);
        if (m_error && build->steps.empty()) {
            printError(*m_error);
            return m_app.exit(ExitUsage);
        }
        m_app.exit(printBuild(*build, m_command.json, &m_view));
    }

    QCoreApplication& m_app;
    LiveView& m_view;
    const Command& m_command;
    BuildId m_id;
    int m_waiting = 0;
    bool m_streaming = false;
    bool m_done = false;
    std::optional<Error> m_error;
    QTimer m_quiet, m_latest;
};

/// Lists builds; counters are counted from the stream, so the logs of the newest are read before it prints.
class Lister : public QObject {
public:
    Lister(QCoreApplication& app, LiveView& view, const Command& command) : m_app(app), m_view(view), m_command(command)
    {
        connect(&view.fleet(), &Fleet::settled, this, &Lister::onSettled);
        m_latest.setSingleShot(true);
        m_latest.setInterval(10'000); // then what is known is printed, with the record's own counters for the rest
        connect(&m_latest, &QTimer::timeout, this, &Lister::finish);
    }

private:
    static constexpr int readLimit = 50;

    void onSettled()
    {
        m_latest.start();
        m_waiting = 1;
        for (const Build* build : newestFirst(m_view.builds(), m_command.limit > 0 ? std::min(m_command.limit, readLimit) : readLimit)) {
            for (const Record& record : build->records) {
                if (record.running())
                    continue;
                ++m_waiting;
                m_view.fleet().loadDetails(record.key, [this](const Result<void>&) { ready(); });
            }
        }
        ready();
    }
    void ready()
    {
        if (--m_waiting == 0)
            finish();
    }
    void finish()
    {
        if (m_done)
            return;
        m_done = true;
        BuildSet history;
        // A live record knows more than a stored one: history only adds what the builders forgot.
        const auto read = loadHistoryList(history, m_view.builds());
        std::vector<const Build*> builds = newestFirst(m_view.builds(), 0);
        const std::vector<const Build*> old = newestFirst(history, 0);
        builds.insert(builds.end(), old.begin(), old.end());
        sortNewestFirst(builds, m_command.limit);
        printBuilds(builds, m_view, m_command.json);
        if (!read)
            printError(read.error());
        m_app.exit(read ? ExitOk : ExitUsage);
    }

    QCoreApplication& m_app;
    LiveView& m_view;
    const Command& m_command;
    QTimer m_latest;
    int m_waiting = 0;
    bool m_done = false;
};

} // namespace

int runBuilds(QCoreApplication& app, const Command& command)
{
    LiveView view(command, false);
    const Lister lister(app, view, command);
    view.start();
    return app.exec();
}

int runShow(QCoreApplication& app, const Command& given)
{
    Command command = given;
    command.build = withoutJob(given.build);
    if (isBuildFile(command.build))
        return showFile(command);
    LiveView view(command, false);
    const Shower shower(app, view, command);
    view.start();
    return app.exec();
}

} // namespace layerline
