// Writes the history, on a thread of its own. Whatever a future reports as done survives kill -9 and a power cut.
#pragma once

#include "domain/clock.h"
#include "domain/result.h"
#include "storage/history_types.h"

#include <QFuture>
#include <QObject>

#include <memory>
#include <string>
#include <vector>

namespace layerline {

/// All functions may be called from any thread and return at once. Jobs are done in order; those that wait together
/// share one transaction. The futures' errors: NotFound (a blob or a change of a build that is not stored), Corrupt (bytes
/// do not match their digest), Permission, Timeout, Cancelled (too late at shutdown), Internal (disk full ...).
class HistoryWriter : public QObject {
    Q_OBJECT
public:
    using Done = QFuture<Result<void>>;

    /// `clock` is SystemClock when null. Nothing is opened yet: connect to problem(), then start().
    explicit HistoryWriter(std::string folder, Retention retention = {}, std::shared_ptr<const Clock> clock = {}, QObject* parent = nullptr);
    /// Finishes what was asked for, for at most five seconds.
    ~HistoryWriter() override;

    /// Starts the thread, which opens (or makes) the history in `folder`. The first job does so too.
    void start();
    /// The record's row and its serialised bytes. Call it again with a higher generation to update.
    Done storeRecord(HistoryEntry entry, std::string record, std::string mediaType = "application/vnd.buildkit.record+proto");
    /// A blob of a build whose record is stored (or on its way). An empty ref.digest is computed.
    Done storeBlob(RecordKey key, BlobKind kind, BlobRef ref, std::string bytes, std::string name = {});
    /// Row and blobs, all or nothing.
    Done storeBuild(HistoryEntry entry, std::vector<NewBlob> blobs);
    /// The builder forgot it: only we have it now.
    Done markRemoved(RecordKey key);
    Done setPinned(RecordKey key, bool pinned);
    /// Forgets a build; its blobs go with the next garbage collection.
    Done remove(RecordKey key);
    /// Takes effect at once; the history is pruned at the start and every hundred builds as well.
    Done setRetention(Retention retention);
    /// Resolves when everything asked for before is done.
    Done flush();
    /// Bytes of blobs that wait: a source that copies a whole history should not run ahead of it.
    std::size_t pendingBytes() const;

Q_SIGNALS:
    /// Something to tell the user, once for each fault: the history can't be opened, or was damaged and repaired.
    /// Emitted on the storage thread: connect with a context object.
    void problem(const layerline::Error& error);
    /// A build was added or changed.
    void stored(const layerline::RecordKey& key);

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace layerline
