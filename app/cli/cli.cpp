#include "app/cli/cli.h"

#include "analysis/report.h"
#include "app/cli/commands.h"
#include "app/cli/tools.h"
#include "app/tasks/settings_store.h"
#include "domain/clock.h"
#include "domain/post_to.h"

#include <QCoreApplication>

#include <cstdio>

namespace layerline {

namespace {

FleetOptions fleetOptions(const Command& command, bool backgroundHistory, bool diskUsage)
{
    FleetOptions options;
    QStringList addresses = command.addresses;
    addresses += SettingsStore(SettingsStore::defaultFile()).values().addresses;
    addresses.removeDuplicates();
    for (const QString& address : addresses)
        options.addresses.push_back(address.toStdString());
    options.backgroundHistory = backgroundHistory;
    options.diskUsage = diskUsage;
    return options;
}

} // namespace

void printError(const Error& error)
{
    std::string text = error.detail;
    for (char& c : text) {
        if (c == '\n' || c == '\r')
            c = ' ';
    }
    // A file's name, a server's answer or a workflow may hold sequences a terminal obeys.
    std::fprintf(stderr, "layerline: %s\n", printableLine(text).c_str());
}

void exitWith(QCoreApplication& app, const Error& error)
{
    printError(error);
    app.exit(ExitUsage);
}

LiveView::LiveView(const Command& command, bool backgroundHistory, bool diskUsage)
    : m_fleet(fleetOptions(command, backgroundHistory, diskUsage))
{
    qRegisterMetaType<EventBatchPtr>();
    qRegisterMetaType<BuildId>();
    m_fleet.setEventSink([this](EventBatchPtr batch) {
        postTo(this, [this, batch = std::move(batch)] {
            const auto [id, change] = m_builds.apply(*batch);
            Q_EMIT batchApplied(batch, id, change.flags & Change::Added);
        });
    });
}

LiveView::~LiveView()
{
    m_fleet.stop();
}

void LiveView::start()
{
    // Queued: with no builder at all it settles at once, and the event loop must be running to hear of it.
    postTo(&m_fleet, [this] { m_fleet.start(); });
}

int runCli(QCoreApplication& app, const Command& command)
{
    switch (command.verb) {
    case Verb::Builders: return runBuilders(app, command);
    case Verb::Builds: return runBuilds(app, command);
    case Verb::Watch: return runWatch(app, command);
    case Verb::Show: return runShow(app, command);
    case Verb::Tool: return findTool(command.tool)->run(app, command.toolArguments);
    default: break;
    }
    printError({ErrorKind::Internal, "no such command", false});
    return ExitUsage;
}

} // namespace layerline
