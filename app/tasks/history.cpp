#include "app/tasks/history.h"

#include "app/tasks/settings_store.h"
#include "sources/files/external_error.h"
#include "sources/files/provenance.h"
#include "sources/files/status_log.h"
#include "sources/files/status_translator.h"
#include "storage/history_repository.h"
#include "storage/history_writer.h"

#include <QFile>

#include <map>
#include <mutex>
#include <set>
#include <utility>

namespace layerline {

namespace {

/// More than a person scrolls through; older ones are found by ref.
constexpr int listLimit = 500;

std::string folderFor(const HistoryOptions& options)
{
    if (qEnvironmentVariableIsSet("LAYERLINE_HISTORY"))
        return defaultHistoryFolder();
    if (!options.folder.empty())
        return options.folder;
    const SettingsStore settings(SettingsStore::defaultFile());
    const QString chosen = settings.values().history.folder;
    return chosen.isEmpty() ? defaultHistoryFolder() : QFile::encodeName(chosen).toStdString();
}

} // namespace

struct History::Impl {
    /// A record's parts come on different threads in any order; the row must be first.
    struct Pending {
        std::optional<HistoryEntry> entry;
        std::shared_ptr<const std::string> record;
        std::map<std::string, std::string> platformOf; ///< attestation digest -> platform
        std::vector<NewBlob> waiting;
        std::int32_t storedGeneration = -1;
        bool stored = false;
    };

    explicit Impl(HistoryOptions given) : options(std::move(given)), folder(folderFor(options)), repository(folder) {}

    HistoryOptions options;
    std::string folder;
    HistoryRepository repository;
    std::unique_ptr<HistoryWriter> writer;
    std::function<void(const Error&)> report;
    mutable std::mutex mutex;
    std::map<RecordKey, Pending> pending;
    std::set<std::string> digests; ///< blobs the database has
    std::map<RecordKey, ClientCommand> clients; ///< known without asking it

    void writeReady(Pending& item);
};

void History::Impl::writeReady(Pending& item)
{
    if (!writer || !item.entry)
        return;
    if (item.record && (!item.stored || item.entry->generation > item.storedGeneration)) {
        writer->storeRecord(*item.entry, *item.record);
        item.stored = true;
        item.storedGeneration = item.entry->generation;
    }
    if (!item.stored)
        return;
    if (item.waiting.empty())
        return;
    for (NewBlob& blob : item.waiting) {
        digests.insert(blob.ref.digest);
        const auto platform = item.platformOf.find(blob.ref.digest);
        if (platform != item.platformOf.end())
            blob.name = platform->second;
    }
    writer->storeBuild(*item.entry, std::exchange(item.waiting, {}));
}

History::History(HistoryOptions options) : m_impl(std::make_unique<Impl>(std::move(options))) {}
History::~History() = default;

void History::onProblem(std::function<void(const Error&)> report)
{
    m_impl->report = std::move(report);
}

Result<void> History::open()
{
    if (m_impl->folder.empty())
        return Error{ErrorKind::NotFound, "there is no home folder to keep the history in", false};
    m_impl->writer = std::make_unique<HistoryWriter>(m_impl->folder, m_impl->options.retention);
    QObject::connect(m_impl->writer.get(), &HistoryWriter::problem, m_impl->writer.get(), [this](const Error& error) {
        if (m_impl->report)
            m_impl->report(error);
    }, Qt::DirectConnection);
    return {};
}

const std::string& History::folder() const
{
    return m_impl->folder;
}

void History::setRetention(const Retention& retention)
{
    m_impl->options.retention = retention;
    if (m_impl->writer)
        m_impl->writer->setRetention(retention);
}

HistoryRepository::Statistics History::statistics() const
{
    const auto known = m_impl->repository.statistics();
    return known ? known.value() : HistoryRepository::Statistics{};
}

void History::note(const Build& build, const Record& record)
{
    const std::lock_guard lock(m_impl->mutex);
    Impl::Pending& item = m_impl->pending[record.key];
    item.entry = historyEntry(build, record);
    for (const auto& [platform, ref] : record.info.attestations)
        item.platformOf[ref.digest] = platform;
    m_impl->writeReady(item);
}

void History::keep(const RecordKey& key, BlobKind kind, const BlobRef& ref, std::shared_ptr<const std::string> bytes)
{
    const std::lock_guard lock(m_impl->mutex);
    Impl::Pending& item = m_impl->pending[key];
    if (kind == BlobKind::ClientCommand) {
        if (auto command = parseClientCommandJson(*bytes))
            m_impl->clients[key] = std::move(*command);
    }
    if (kind == BlobKind::Record)
        item.record = std::move(bytes);
    else
        item.waiting.push_back({kind, {}, ref, std::move(bytes)});
    m_impl->writeReady(item);
}

bool History::has(const RecordKey&, const BlobRef& ref) const
{
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->digests.count(ref.digest) > 0;
}

std::vector<EventBatch> History::list() const
{
    std::vector<EventBatch> batches;
    const auto entries = m_impl->repository.list(listLimit);
    if (!entries) {
        if (m_impl->report)
            m_impl->report(entries.error());
        return batches;
    }
    const std::lock_guard lock(m_impl->mutex);
    for (const HistoryEntry& entry : entries.value()) {
        batches.push_back({entry.key, historyEvents(entry)});
        for (const StoredBlob& blob : entry.blobs)
            m_impl->digests.insert(blob.ref.digest);
    }
    return batches;
}

namespace {

void addBlob(const HistoryRepository::LoadedBlob& loaded, EventBatch& batch)
{
    switch (loaded.blob.kind) {
    case BlobKind::Record:
        if (auto record = readRecord(loaded.bytes, true))
            batch.events.push_back(std::move(record.value()));
        break;
    case BlobKind::Status:
        if (auto events = readStatusLog(loaded.bytes))
            std::move(events.value().begin(), events.value().end(), std::back_inserter(batch.events));
        break;
    case BlobKind::Provenance:
        if (auto provenance = parseProvenance(loaded.bytes, loaded.blob.name))
            batch.events.push_back(std::move(provenance.value()));
        break;
    case BlobKind::ExternalError:
        if (auto excerpt = parseExternalError(loaded.bytes))
            batch.events.push_back(ev::ExcerptRead{std::move(excerpt.value())});
        break;
    case BlobKind::Trace:
        break; // kept for export; nothing here reads it yet
    case BlobKind::ClientCommand:
        break; // see clientCommand(): it repeats the build, it does not show it
    }
}

} // namespace

Result<EventBatch> History::load(const RecordKey& key, std::vector<Error>* problems) const
{
    auto loaded = m_impl->repository.load(key);
    if (!loaded)
        return loaded.error();
    if (problems)
        problems->insert(problems->end(), loaded->problems.begin(), loaded->problems.end());
    EventBatch batch{key, historyEvents(loaded->entry)};
    // Steps before what is said about steps.
    for (const BlobKind kind : {BlobKind::Record, BlobKind::Status, BlobKind::Provenance, BlobKind::ExternalError}) {
        for (const auto& blob : loaded->blobs) {
            if (blob.blob.kind == kind)
                addBlob(blob, batch);
        }
    }
    return batch;
}

std::vector<RecordKey> History::find(const std::string& text) const
{
    std::vector<RecordKey> keys;
    const auto exact = m_impl->repository.findByRef(text);
    if (!exact && m_impl->report)
        m_impl->report(exact.error());
    if (exact && !exact->empty()) {
        for (const HistoryEntry& entry : exact.value())
            keys.push_back(entry.key);
        return keys;
    }
    if (!exact || text.size() < 4)
        return keys;
    const auto all = m_impl->repository.list(listLimit);
    if (!all) {
        if (m_impl->report)
            m_impl->report(all.error());
        return keys;
    }
    for (const HistoryEntry& entry : all.value()) {
        if (entry.key.ref.compare(0, text.size(), text) == 0)
            keys.push_back(entry.key);
    }
    return keys;
}

namespace {

std::optional<ClientCommand> clientIn(const HistoryEntry& entry, const HistoryRepository& repository)
{
    for (const StoredBlob& blob : entry.blobs) {
        if (blob.kind != BlobKind::ClientCommand)
            continue;
        const auto text = repository.blob(blob);
        if (!text)
            return {};
        auto command = parseClientCommandJson(text.value());
        return command ? std::optional(std::move(*command)) : std::nullopt;
    }
    return {};
}

} // namespace

std::optional<ClientCommand> History::clientCommand(const RecordKey& key) const
{
    const auto entry = m_impl->repository.find(key);
    return entry ? clientIn(entry.value(), m_impl->repository) : std::nullopt;
}

void History::readClients()
{
    const auto entries = m_impl->repository.list(listLimit);
    if (!entries)
        return; // list() has said so
    for (const HistoryEntry& entry : entries.value()) {
        auto client = clientIn(entry, m_impl->repository);
        const std::lock_guard lock(m_impl->mutex);
        if (client)
            m_impl->clients.emplace(entry.key, std::move(*client)); // what was kept since is newer
    }
}

std::optional<ClientCommand> History::knownClient(const RecordKey& key) const
{
    const std::lock_guard lock(m_impl->mutex);
    const auto known = m_impl->clients.find(key);
    return known == m_impl->clients.end() ? std::nullopt : std::optional(known->second);
}

void History::flush()
{
    if (m_impl->writer)
        m_impl->writer->flush().waitForFinished();
}

} // namespace layerline
