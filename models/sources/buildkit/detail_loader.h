// What is read of a finished build beyond its record: status log, provenance, error excerpt, trace.
#pragma once

#include "sources/buildkit/blob_reader.h"
#include "sources/buildkit/node_link.h"
#include "sources/files/status_translator.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace layerline {

using LoadDone = std::function<void(Result<void>)>;

/// Queue of such readings. Foreground ones go first, up to three at once; background ones one at a time with a pause
/// between, so that a long history does not get in the way of what runs.
class DetailLoader {
public:
    explicit DetailLoader(NodeLink& link) : m_link(link) {}

    /// Reads what of the record has not been reported yet. With `wantStatus` also its steps and logs, then
    /// ev::StatusEnded. Nothing to do still calls `done`.
    void enqueue(const std::string& ref, bool wantStatus, bool background, LoadDone done = {});
    /// Fails everything that waits.
    void abort(const Error& error);

private:
    struct Job { BlobKind kind; BlobRef blob; std::string platform; };
    struct Task {
        std::string ref;
        bool wantStatus = false;
        bool background = false;
        bool started = false;
        std::vector<LoadDone> done;
        std::deque<Job> jobs;
        std::map<StepDigest, std::vector<std::string>> layers; ///< step -> blobs it made
        bool hadStatus = false;
        Error failure;
        bool failed = false;
    };
    using TaskPtr = std::shared_ptr<Task>;
    struct FrameReading;

    void pump();
    void begin(const TaskPtr& task);
    void nextJob(const TaskPtr& task);
    void gotBlob(const TaskPtr& task, const Job& job, const Result<BlobBytes>& bytes);
    void reportFrames(const std::shared_ptr<FrameReading>& reading);
    void streamStatus(const TaskPtr& task);
    void proveImports(const TaskPtr& task);
    void finish(const TaskPtr& task);
    std::deque<Job> jobsOf(const KnownRecord& known, bool wantStatus) const;

    NodeLink& m_link;
    std::vector<TaskPtr> m_tasks; ///< waiting and running, in the order of arrival
    bool m_pausing = false;
};

} // namespace layerline
