#include "app/window/session.h"

#include "app/tasks/build_lookup.h"
#include "app/tasks/client_capture.h"
#include "app/tasks/history.h"
#include "app/window/recordings.h"
#include "domain/post_to.h"
#include "domain/sha256.h"
#include "sources/replay/replay.h"
#include "storage/history_types.h"

#include <QElapsedTimer>
#include <QFile>
#include <QPointer>

#include <algorithm>
#include <iterator>

namespace layerline {

namespace {

constexpr qint64 sliceMs = 6;              ///< of a frame's 16, the views need the rest
constexpr std::size_t eventsPerStep = 400;

Retention retentionOf(const HistorySettings& limits)
{
    return {limits.maxBuilds, Duration{limits.maxDays * 86'400'000'000'000}, limits.maxBytes};
}

} // namespace

Session::Session(const SessionOptions& options, const Clock& clock, QObject* parent)
    : QObject(parent), m_clock(clock), m_options(options)
{
    m_readers.setMaxThreadCount(1);
    m_slowTimer.setInterval(0);
    connect(&m_slowTimer, &QTimer::timeout, this, &Session::applySome);
    m_store.setCaps(caps());
}

Session::~Session()
{
    if (m_fleet)
        m_fleet->stop();
    m_readers.clear();
    m_readers.waitForDone();
    // History outlives the fleet: what it was handed last is still written.
    m_history.reset();
}

void Session::start()
{
    m_fleetWaits = m_options.live;
    if (m_options.history)
        startHistory();
    if (!m_history)
        takeHistory({});
}

void Session::startHistory()
{
    HistoryOptions options;
    options.folder = QFile::encodeName(m_options.historyLimits.folder).toStdString();
    options.retention = retentionOf(m_options.historyLimits);
    m_history = std::make_unique<History>(options);
    m_history->onProblem([this](const Error& error) {
        postTo(this, [this, error] { Q_EMIT problem(error); });
    });
    if (const auto opened = m_history->open(); !opened) {
        Q_EMIT problem(opened.error());
        m_history.reset();
        return;
    }
    connect(&m_store, &BuildStore::changed, this, &Session::noteFinished);
    startOn(m_readers, [this] {
        postTo(this, [this, list = m_history->list()]() mutable { takeHistory(std::move(list)); });
        m_history->readClients(); // clientOf() must not wait for a disk
    });
}

/// What is known from before comes first: a builder's news are younger.
void Session::takeHistory(std::vector<EventBatch> list)
{
    for (EventBatch& batch : list)
        m_slow.push_back(std::move(batch));
    applySome();
    if (!m_slow.empty())
        m_slowTimer.start();
}

void Session::noteFinished(const ChangeSet& changes)
{
    for (const auto& [id, change] : changes.builds) {
        const Build* build = m_store.find(id);
        if (!build || !(change.flags & Change::Summary) || build->source() != SourceKind::BuildKit)
            continue;
        for (const Record& record : build->records) {
            if (record.info.complete && !record.reachedBy.empty())
                m_history->note(*build, record);
        }
    }
}

void Session::startFleet()
{
    FleetOptions options;
    for (const QString& address : addresses())
        options.addresses.push_back(address.toStdString());
    options.backgroundHistory = m_options.history;
    options.diskUsage = true;
    m_fleet = std::make_unique<Fleet>(options);
    m_fleet->setEventSink([this, history = m_history.get()](EventBatchPtr batch) {
        // Here and now: the client runs only as long as its build.
        if (const auto client = history ? captureClient(*batch) : std::nullopt) {
            auto text = std::make_shared<const std::string>(clientCommandJson(*client));
            const BlobRef ref{"application/json", sha256Digest(*text), std::int64_t(text->size())};
            history->keep(batch->record, BlobKind::ClientCommand, ref, std::move(text));
        }
        postTo(this, [this, batch = std::move(batch)] { m_store.apply(batch); });
    });
    if (m_history) {
        History* history = m_history.get();
        m_fleet->setBlobSink([history](const RecordKey& key, BlobKind kind, const BlobRef& ref, const BlobBytes& bytes) { history->keep(key, kind, ref, bytes); });
        m_fleet->setBlobFilter([history](const RecordKey& key, const BlobRef& ref) { return history->has(key, ref); });
    }
    connect(m_fleet.get(), &Fleet::nodesChanged, this, [this](const std::vector<NodeStatus>& nodes) {
        m_nodes = nodes;
        Q_EMIT nodesChanged();
    });
    connect(m_fleet.get(), &Fleet::settled, this, &Session::settled);
    m_fleet->start();
}

Result<BuildId> Session::openBatches(const std::vector<EventBatch>& batches)
{
    if (batches.empty())
        return Error{ErrorKind::BadInput, "there is no build in the file", false};
    BuildSet opened; // in place of what the same records said before: events only add
    opened.setCaps(caps());
    for (const EventBatch& batch : batches)
        opened.apply(batch);
    return adopt(std::move(opened));
}

Result<BuildId> Session::openFile(const QString& path)
{
    const auto batches = readBuildFile(path);
    if (!batches)
        return batches.error();
    return openBatches(batches.value());
}

namespace {

QStringList otherRecordings(const QString& playing)
{
    QStringList others = demoNames();
    others.removeAll(playing);
    return others;
}

} // namespace

Result<BuildId> Session::playDemo(const QString& playing)
{
    return play(readRecordings(playing, otherRecordings(playing)));
}

void Session::startDemo(const QString& playing, QObject* context, Opened opened)
{
    startRecordings(playing, otherRecordings(playing), context, std::move(opened));
}

void Session::startRecording(const QString& name, QObject* context, Opened opened)
{
    startRecordings(name, {}, context, std::move(opened));
}

void Session::startRecordings(const QString& playing, const QStringList& finished, QObject* context, Opened opened)
{
    startOn(m_readers, [this, playing, finished, context = QPointer(context), opened = std::move(opened)] {
        postTo(this, [this, context, opened, read = readRecordings(playing, finished)]() mutable {
            const auto shown = play(std::move(read));
            if (context)
                opened(shown);
        });
    });
}

Result<BuildId> Session::play(Result<Recordings> read)
{
    if (!read)
        return read.error();
    m_store.adopt(std::move(read->finished));
    const BuildId id(read->playing.worker + "/" + read->playing.ref);
    m_replays.erase(id);
    m_store.remove(id);
    auto replay = std::make_unique<Replay>(std::move(read->schedule), m_clock);
    connect(replay.get(), &Replay::restarted, this, [this, id] {
        Q_EMIT restarting(id);
        m_store.remove(id);
    });
    connect(replay.get(), &Replay::batch, this, [this](const EventBatchPtr& batch) { m_store.apply(batch); });
    replay->seek({});
    replay->play();
    m_store.flush();
    m_replays[id] = std::move(replay);
    return id;
}

Replay* Session::replayOf(const BuildId& id) const
{
    const auto found = m_replays.find(id);
    return found == m_replays.end() ? nullptr : found->second.get();
}

std::optional<ClientCommand> Session::clientOf(const Build& build) const
{
    for (const Record& record : build.records) {
        if (auto client = m_history ? m_history->knownClient(record.key) : std::nullopt)
            return client;
    }
    return {};
}

void Session::changeHistory(const RecordKey& key, HistoryChange what, std::function<void(Result<void>)> done)
{
    if (!m_fleet)
        return done(Error{ErrorKind::NotFound, "no builder is watched", false});
    m_fleet->changeHistory(key, what, std::move(done));
}

void Session::rescan()
{
    if (m_fleet)
        m_fleet->rescan();
}

void Session::loadDetails(const BuildId& id)
{
    const Build* build = m_store.find(id);
    if (!build || !build->steps.empty() || build->source() != SourceKind::BuildKit)
        return;
    for (const Record& record : build->records) {
        if (record.running() || !m_requested.insert(record.key).second)
            continue;
        const RecordKey key = record.key;
        if (!m_fleet) {
            loadFromHistory(key);
            continue;
        }
        m_fleet->loadDetails(key, [this, key](Result<void> done) {
            if (!done)
                loadFromHistory(key);
        });
    }
}

void Session::loadFromHistory(const RecordKey& key)
{
    if (!m_history)
        return;
    startOn(m_readers, [this, key] {
        auto batch = std::make_shared<Result<EventBatch>>(m_history->load(key));
        postTo(this, [this, batch] {
            if (*batch)
                applySlowly(std::move(batch->value()));
            else
                Q_EMIT problem(batch->error());
        });
    });
}

void Session::readPast(const Build& build, QObject* context, std::function<void(const BuildTimes&)> done)
{
    if (!m_history)
        return;
    std::vector<RecordKey> keys;
    for (const Record& record : build.records)
        keys.push_back(record.key);
    constexpr int whenIdle = -1;
    startOn(m_readers, [this, keys, context = QPointer<QObject>(context), done = std::move(done)] {
        Caps noLogs;
        noLogs.logBytes = 1;
        BuildSet set;
        set.setCaps(noLogs);
        for (const RecordKey& key : keys) {
            if (const auto batch = m_history->load(key))
                set.apply(*batch);
        }
        const Build* read = set.owner(keys.front());
        if (!read || read->steps.empty())
            return;
        const auto past = std::make_shared<const BuildTimes>(buildTimesOf(*read, nowOf(*read, {})));
        postTo(this, [context, done, past] {
            if (context)
                done(*past);
        });
    }, whenIdle);
}

void Session::applySlowly(EventBatch batch)
{
    m_slow.push_back(std::move(batch));
    m_slowTimer.start();
}

void Session::applySome()
{
    QElapsedTimer time;
    time.start();
    while (!m_slow.empty() && time.elapsed() < sliceMs) {
        EventBatch& batch = m_slow.front();
        const auto begin = batch.events.begin() + std::ptrdiff_t(m_slowDone);
        const auto end = begin + std::ptrdiff_t(std::min(eventsPerStep, batch.events.size() - m_slowDone));
        m_store.apply(std::make_shared<const EventBatch>(EventBatch{batch.record, {std::make_move_iterator(begin), std::make_move_iterator(end)}}));
        m_slowDone += std::size_t(end - begin);
        if (m_slowDone < batch.events.size())
            continue;
        m_slow.pop_front();
        m_slowDone = 0;
    }
    if (!m_slow.empty())
        return;
    m_slowTimer.stop();
    if (std::exchange(m_fleetWaits, false))
        startFleet();
}

Result<BuildId> Session::adopt(BuildSet&& builds)
{
    if (builds.size() == 0)
        return Error{ErrorKind::Unsupported, "there is no build in the file", false};
    const BuildId first = builds.ids().front();
    m_store.adopt(std::move(builds));
    m_store.flush();
    return first;
}

QStringList Session::addresses() const
{
    QStringList all = m_options.addresses + m_options.addedAddresses;
    all.removeDuplicates();
    return all;
}

void Session::setAddedAddresses(const QStringList& added)
{
    const QStringList before = addresses();
    m_options.addedAddresses = added;
    const QStringList now = addresses();
    if (!m_fleet)
        return;
    for (const QString& address : before) {
        if (!now.contains(address))
            m_fleet->removeAddress(address.toStdString());
    }
    for (const QString& address : now) {
        if (!before.contains(address))
            m_fleet->addAddress(address.toStdString());
    }
}

void Session::setHistoryLimits(const HistorySettings& limits)
{
    m_options.historyLimits = limits;
    if (!m_history)
        return;
    m_history->setRetention(retentionOf(limits));
    askHistoryUsage();
}

void Session::setLogLimits(const LogSettings& limits)
{
    m_options.logLimits = limits;
    m_store.setCaps(caps());
}

Caps Session::caps() const
{
    Caps caps;
    caps.logBytes = std::uint64_t(m_options.logLimits.stepBytes);
    return caps;
}

FileCaps Session::fileCaps() const
{
    FileCaps caps;
    caps.textBytes = std::uint64_t(m_options.logLimits.fileBytes);
    return caps;
}

QString Session::usualHistoryFolder()
{
    return QFile::decodeName(defaultHistoryFolder().c_str());
}

void Session::askHistoryUsage()
{
    if (!m_history)
        return;
    startOn(m_readers, [this] {
        m_history->flush(); // the limits just set have done their work
        const HistoryRepository::Statistics known = m_history->statistics();
        postTo(this, [this, known] { Q_EMIT historyUsage(known.builds, known.bytes); });
    });
}

bool Session::anyBuilder() const
{
    return std::any_of(m_nodes.begin(), m_nodes.end(), [](const NodeStatus& node) { return node.state == NodeState::Live || node.state == NodeState::Stopped; });
}

void Session::retryNode(const std::string& builder, const std::string& node)
{
    if (m_fleet)
        m_fleet->retryNow({builder, node});
}

} // namespace layerline
