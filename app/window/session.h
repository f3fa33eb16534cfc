// What runs behind the window: builders, recordings, files and history, all feeding one store.
#pragma once

#include "analysis/client_command.h"
#include "analysis/estimate.h"
#include "domain/build_store.h"
#include "domain/clock.h"
#include "items/builder_values.h"
#include "items/settings_values.h"
#include "sources/files/file_caps.h"
#include "sources/fleet/fleet.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>

namespace layerline {

class History;
class Replay;
struct Recordings;

struct SessionOptions {
    bool live = true;              ///< watch builders
    bool history = true;           ///< keep and show finished builds
    QStringList addresses;         ///< of this run (command line)
    QStringList addedAddresses;    ///< of the settings; change while it runs
    HistorySettings historyLimits;
    LogSettings logLimits;
};

/// Lives on the GUI thread.
class Session : public QObject {
    Q_OBJECT
public:
    Session(const SessionOptions& options, const Clock& clock, QObject* parent = nullptr);
    ~Session() override;

    BuildStore& store() { return m_store; }
    const Clock& clock() const { return m_clock; }
    /// Returns at once: the history is read beside the window, builders are watched when it has been told.
    void start();

    /// Adds what is in the batches; the first one's build. BadInput when there are none.
    Result<BuildId> openBatches(const std::vector<EventBatch>& batches);
    /// Reads a file and adds its builds; the first one's id. Waits for it: windows use FileOpener.
    Result<BuildId> openFile(const QString& path);
    /// Adds builds read elsewhere; the first one's id. Unsupported when there is none.
    Result<BuildId> adopt(BuildSet&& builds);
    /// Shows recordings of the demo ("cold", "warm", "failed"): `playing` as if it ran now, the others as they ended.
    /// Waits for the reading: windows use startDemo().
    Result<BuildId> playDemo(const QString& playing);
    using Opened = std::function<void(const Result<BuildId>&)>;
    /// The same, read beside the window. `opened` is called later, unless `context` is gone by then.
    void startDemo(const QString& playing, QObject* context, Opened opened);
    /// Only the one recording.
    void startRecording(const QString& name, QObject* context, Opened opened);

    /// The replay behind a build, or null.
    Replay* replayOf(const BuildId& id) const;
    /// Loads steps and logs of a finished build that is known by its record only. Returns at once; they come in parts.
    void loadDetails(const BuildId& id);

    /// How long the steps of a finished build took, from the history, in the background and after all that people wait
    /// for. `done` is called on this thread unless there is nothing kept or `context` is gone.
    void readPast(const Build& build, QObject* context, std::function<void(const BuildTimes&)> done);

    /// The command line of the client that started it, when it was seen on this machine.
    std::optional<ClientCommand> clientOf(const Build& build) const;
    /// Pins, unpins or deletes a record in its builder's own history. `done` comes on this thread; what changed comes as
    /// events. NotFound when no live builder has it.
    void changeHistory(const RecordKey& key, HistoryChange what, std::function<void(Result<void>)> done);
    /// Looks for builders again.
    void rescan();
    const std::vector<NodeStatus>& nodes() const { return m_nodes; }
    static std::vector<NodeRow> nodeRows(const std::vector<NodeStatus>& nodes, Timestamp now);
    bool anyBuilder() const;
    void refreshDiskUsage();

    /// All that are watched, in no order.
    QStringList addresses() const;
    /// Watches and leaves addresses at once.
    void setAddedAddresses(const QStringList& addresses);
    void setHistoryLimits(const HistorySettings& limits);
    void setLogLimits(const LogSettings& limits);
    Caps caps() const;
    FileCaps fileCaps() const;
    /// Where the history is kept when nobody says otherwise.
    static QString usualHistoryFolder();
    /// Answered by historyUsage().
    void askHistoryUsage();
    void retryNode(const std::string& builder, const std::string& node);

Q_SIGNALS:
    void nodesChanged();
    void settled();
    void problem(const layerline::Error& error);
    void historyUsage(qint64 builds, qint64 bytes);
    /// A recording jumps back: its build goes away and comes again before control returns to the event loop.
    void restarting(const layerline::BuildId& id);

private:
    void startHistory();
    void takeHistory(std::vector<EventBatch> list);
    void startFleet();
    void noteFinished(const ChangeSet& changes);
    void loadFromHistory(const RecordKey& key);
    /// Hands what a thread read to the store, a few milliseconds' worth at a time.
    void applySlowly(EventBatch batch);
    void applySome();
    void startRecordings(const QString& playing, const QStringList& finished, QObject* context, Opened opened);
    Result<BuildId> play(Result<Recordings> read);

    const Clock& m_clock;
    SessionOptions m_options;
    BuildStore m_store;
    std::unique_ptr<History> m_history;
    std::unique_ptr<Fleet> m_fleet;
    std::map<BuildId, std::unique_ptr<Replay>> m_replays;
    std::set<RecordKey> m_requested;
    std::vector<NodeStatus> m_nodes;
    std::deque<EventBatch> m_slow; ///< batches that wait for applySome()
    std::size_t m_slowDone = 0;    ///< events of the first one that were applied
    QTimer m_slowTimer;
    bool m_fleetWaits = false;     ///< it starts when the history has been told
    QThreadPool m_readers;         ///< reads the history; its tasks end before the history does
};

} // namespace layerline
