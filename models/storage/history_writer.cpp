#include "storage/history_writer.h"

#include "storage/history_database.h"

#include <QPromise>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace layerline {

namespace {

constexpr std::size_t jobsPerTransaction = 64;
constexpr std::size_t bytesPerTransaction = 32 << 20;
constexpr int buildsBetweenPrunes = 100;
constexpr auto shutdownDeadline = std::chrono::seconds(5);

struct Job {
    std::function<Result<void>(HistoryDatabase&, Timestamp now)> work;
    std::size_t bytes = 0;
    std::optional<RecordKey> key{}; ///< announced when done
    std::optional<Retention> retention{};
    QPromise<Result<void>> promise{};
};

} // namespace

/// Owns the thread, the queue and (on the thread) the database.
class HistoryWriter::Worker {
public:
    Worker(HistoryWriter* owner, std::string folder, Retention retention, std::shared_ptr<const Clock> clock)
        : m_owner(owner), m_database(std::move(folder)), m_retention(retention),
          m_clock(clock ? std::move(clock) : std::make_shared<SystemClock>())
    {
    }

    ~Worker()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
            m_deadline = std::chrono::steady_clock::now() + shutdownDeadline;
        }
        m_wake.notify_one();
        if (m_thread.joinable())
            m_thread.join();
    }

    void start()
    {
        std::call_once(m_started, [this] { m_thread = std::thread([this] { run(); }); });
    }

    Done add(Job job)
    {
        start();
        job.promise.start();
        Done future = job.promise.future();
        {
            const std::lock_guard lock(m_mutex);
            m_bytes += job.bytes;
            m_queue.push_back(std::move(job));
        }
        m_wake.notify_one();
        return future;
    }

    std::size_t pendingBytes() const
    {
        const std::lock_guard lock(m_mutex);
        return m_bytes;
    }

private:
    void run()
    {
        openDatabase();
        for (std::vector<Job> batch = next(); !batch.empty(); batch = next()) {
            const bool late = expired();
            const auto results = late ? std::vector<Result<void>>(batch.size(), Error{ErrorKind::Cancelled, "the history is being closed"})
                                      : process(batch);
            finish(batch, results);
        }
        m_database.close();
    }

    void openDatabase()
    {
        m_open = m_database.open();
        reportDamage();
        if (m_open)
            tidy();
        else
            Q_EMIT m_owner->problem(m_open.error());
    }

    /// The next jobs, at most one transaction's worth; none when stopping and all is done.
    std::vector<Job> next()
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
        std::vector<Job> batch;
        std::size_t bytes = 0;
        while (!m_queue.empty() && batch.size() < jobsPerTransaction && bytes < bytesPerTransaction) {
            bytes += m_queue.front().bytes;
            batch.push_back(std::move(m_queue.front()));
            m_queue.pop_front();
        }
        return batch;
    }

    bool expired() const
    {
        const std::lock_guard lock(m_mutex);
        return m_stopping && std::chrono::steady_clock::now() > m_deadline;
    }

    std::vector<Result<void>> process(const std::vector<Job>& batch)
    {
        if (!m_open && m_open.error().retryable)
            m_open = m_database.open(); // the disk may have room again, the other process may be gone
        if (!m_open)
            return std::vector<Result<void>>(batch.size(), m_open);
        auto results = attempt(batch);
        if (m_database.damaged()) {
            repairDatabase();
            if (!m_open)
                return std::vector<Result<void>>(batch.size(), m_open);
            results = attempt(batch);
        }
        return results;
    }

    std::vector<Result<void>> attempt(const std::vector<Job>& batch)
    {
        std::vector<Result<void>> results;
        const Timestamp now = m_clock->now();
        const auto done = m_database.transaction([&]() -> Result<void> {
            for (const Job& job : batch)
                results.push_back(m_database.part([&] { return job.work(m_database, now); }));
            return {};
        });
        if (!done)
            return std::vector<Result<void>>(batch.size(), done);
        return results;
    }

    void finish(std::vector<Job>& batch, const std::vector<Result<void>>& results)
    {
        bool prune = false;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            Job& job = batch[i];
            if (job.retention) {
                m_retention = *job.retention;
                prune = true;
            }
            if (results[i] && job.key) {
                m_sincePrune += 1;
                Q_EMIT m_owner->stored(*job.key);
            }
            const std::lock_guard lock(m_mutex);
            m_bytes -= job.bytes;
        }
        if (m_open && (prune || m_sincePrune >= buildsBetweenPrunes))
            tidy();
        for (std::size_t i = 0; i < batch.size(); ++i) {
            batch[i].promise.addResult(results[i]);
            batch[i].promise.finish();
        }
    }

    /// A failure here only means that it is tried again later.
    void tidy()
    {
        m_sincePrune = 0;
        const auto done = m_database.transaction([&]() -> Result<void> {
            auto count = m_database.prune(m_retention, m_clock->now());
            if (!count)
                return count.error();
            return {};
        });
        if (!done)
            return;
        // In a transaction of its own, after the rows are gone for good; the write lock keeps others from naming a file
        // that is about to go.
        (void)m_database.transaction([&]() -> Result<void> {
            auto count = m_database.collectGarbage();
            if (!count)
                return count.error();
            return {};
        });
        if (m_database.damaged())
            repairDatabase();
    }

    void repairDatabase()
    {
        m_open = m_database.repair();
        reportDamage();
        if (!m_open)
            Q_EMIT m_owner->problem(m_open.error());
    }

    void reportDamage()
    {
        if (const auto damage = m_database.takeDamage())
            Q_EMIT m_owner->problem(damage->error());
    }

    HistoryWriter* m_owner;
    // The storage thread's own.
    HistoryDatabase m_database;
    Retention m_retention;
    std::shared_ptr<const Clock> m_clock;
    Result<void> m_open;
    int m_sincePrune = 0;
    // Shared.
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_queue;
    std::size_t m_bytes = 0;
    bool m_stopping = false;
    std::chrono::steady_clock::time_point m_deadline;
    std::once_flag m_started;
    std::thread m_thread;
};

HistoryWriter::HistoryWriter(std::string folder, Retention retention, std::shared_ptr<const Clock> clock, QObject* parent)
    : QObject(parent), m_worker(std::make_unique<Worker>(this, std::move(folder), retention, std::move(clock)))
{
}

HistoryWriter::~HistoryWriter() = default;

void HistoryWriter::start() { m_worker->start(); }

HistoryWriter::Done HistoryWriter::storeRecord(HistoryEntry entry, std::string record, std::string mediaType)
{
    NewBlob blob{BlobKind::Record, {}, {std::move(mediaType), {}, 0}, std::make_shared<const std::string>(std::move(record))};
    return storeBuild(std::move(entry), {std::move(blob)});
}

HistoryWriter::Done HistoryWriter::storeBlob(RecordKey key, BlobKind kind, BlobRef ref, std::string bytes, std::string name)
{
    const std::size_t size = bytes.size();
    NewBlob blob{kind, std::move(name), std::move(ref), std::make_shared<const std::string>(std::move(bytes))};
    auto work = [key, blob = std::move(blob)](HistoryDatabase& database, Timestamp now) { return database.storeBlob(key, blob, now); };
    return m_worker->add({std::move(work), size, key});
}

HistoryWriter::Done HistoryWriter::storeBuild(HistoryEntry entry, std::vector<NewBlob> blobs)
{
    std::size_t size = 0;
    for (const NewBlob& blob : blobs)
        size += blob.bytes ? blob.bytes->size() : 0;
    const RecordKey key = entry.key;
    auto work = [entry = std::move(entry), blobs = std::move(blobs)](HistoryDatabase& database, Timestamp now) {
        return database.storeBuild(entry, blobs, now);
    };
    return m_worker->add({std::move(work), size, key});
}

HistoryWriter::Done HistoryWriter::markRemoved(RecordKey key)
{
    return m_worker->add({[key](HistoryDatabase& database, Timestamp now) { return database.setRemovedOnBuilder(key, now); }, 0, key});
}

HistoryWriter::Done HistoryWriter::setPinned(RecordKey key, bool pinned)
{
    return m_worker->add({[key, pinned](HistoryDatabase& database, Timestamp now) { return database.setPinned(key, pinned, now); }, 0, key});
}

HistoryWriter::Done HistoryWriter::remove(RecordKey key)
{
    return m_worker->add({[key](HistoryDatabase& database, Timestamp) { return database.remove(key); }, 0, key});
}

HistoryWriter::Done HistoryWriter::setRetention(Retention retention)
{
    return m_worker->add({[](HistoryDatabase&, Timestamp) { return Result<void>(); }, 0, {}, retention});
}

HistoryWriter::Done HistoryWriter::flush()
{
    return m_worker->add({[](HistoryDatabase&, Timestamp) { return Result<void>(); }});
}

std::size_t HistoryWriter::pendingBytes() const { return m_worker->pendingBytes(); }

} // namespace layerline
