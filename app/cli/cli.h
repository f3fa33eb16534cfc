// The commands that need no window. Each prints to stdout, errors in one line to stderr.
#pragma once

#include "app/cli/command_line.h"
#include "domain/build_set.h"
#include "sources/fleet/fleet.h"

#include <QObject>

#include <functional>
#include <memory>

class QCoreApplication;

namespace layerline {

/// Exit status of the contract.
enum ExitCode : int { ExitOk = 0, ExitProblem = 1, ExitUsage = 2 };

/// Runs builders, builds, watch or show; makes its own event loop run. Returns the exit status.
int runCli(QCoreApplication& app, const Command& command);

/// One line for people: what happened, to stderr.
void printError(const Error& error);
/// The same, and the end of an event loop with ExitUsage.
void exitWith(QCoreApplication& app, const Error& error);

/// Watches all builders and reduces what they say, on the thread that made it.
class LiveView : public QObject {
    Q_OBJECT
public:
    explicit LiveView(const Command& command, bool backgroundHistory, bool diskUsage = false);
    ~LiveView() override;

    void start();
    const BuildSet& builds() const { return m_builds; }
    Fleet& fleet() { return m_fleet; }

Q_SIGNALS:
    /// After the batch was reduced. `added`: its first event made the build known.
    void batchApplied(const layerline::EventBatchPtr& batch, const layerline::BuildId& id, bool added);

private:
    BuildSet m_builds;
    Fleet m_fleet;
};

} // namespace layerline
