// The history database as one more source: what was kept comes back as the same events.
#pragma once

#include "analysis/client_command.h"
#include "domain/blob_kind.h"
#include "domain/build.h"
#include "domain/result.h"
#include "storage/history_repository.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace layerline {

struct HistoryOptions {
    std::string folder;  ///< "" for the one of the settings, else the usual one; $LAYERLINE_HISTORY comes before all
    Retention retention;
};

/// Composes storage (which never looks into a blob) and the translators (which never see a database).
class History {
public:
    explicit History(HistoryOptions options = {});
    ~History();

    /// Called from the storage thread.
    void onProblem(std::function<void(const Error&)> report);
    /// Gets ready to write, without reading anything yet. NotFound when there is nowhere to write to.
    Result<void> open();

    /// Where it is.
    const std::string& folder() const;
    /// Deletes what lies beyond the new limits. Thread safe, returns at once.
    void setRetention(const Retention& retention);
    HistoryRepository::Statistics statistics() const;

    /// What a finished record's row shows, from the reduced build. Thread safe, returns at once.
    void note(const Build& build, const Record& record);
    /// A verified blob; written as soon as its record is noted. Thread safe, returns at once.
    void keep(const RecordKey& key, BlobKind kind, const BlobRef& ref, std::shared_ptr<const std::string> bytes);
    /// Thread safe. Knows what was there at the last list(), and what came since.
    bool has(const RecordKey& key, const BlobRef& ref) const;

    /// Records of all kept builds, newest first, without steps. Reads the disk; any thread.
    std::vector<EventBatch> list() const;
    /// Everything kept of one record, as events.
    /// `problems` gets one for each part that is missing or damaged; what is left is loaded all the same.
    Result<EventBatch> load(const RecordKey& key, std::vector<Error>* problems = nullptr) const;
    /// The command line of the client that started it, when it was seen and kept. Reads the disk; any thread.
    std::optional<ClientCommand> clientCommand(const RecordKey& key) const;
    /// Reads those of all listed builds, for knownClient(). Reads the disk; any thread.
    void readClients();
    /// The same as clientCommand() from memory: what readClients() has read and what was kept since. Thread safe.
    std::optional<ClientCommand> knownClient(const RecordKey& key) const;
    /// Keys of all records whose ref is, or begins with, `text` (at least four characters).
    std::vector<RecordKey> find(const std::string& text) const;
    /// Waits until everything handed over is on the disk.
    void flush();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace layerline
