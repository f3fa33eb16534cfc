// What the parts of one connection share. All of it belongs to the watcher's thread.
#pragma once

#include "sources/buildkit/call_loop.h"
#include "sources/buildkit/node_types.h"

#include "content.grpc.pb.h"
#include "control.grpc.pb.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace layerline {

namespace bk = moby::buildkit::v1;
namespace cs = containerd::services::content::v1;

/// What a watcher remembers of a record, also over reconnects, so that nothing is said or read twice.
struct KnownRecord {
    bool running = false;     ///< STARTED was seen and no COMPLETE
    bool complete = false;
    bool lost = false;        ///< told as lost
    bool seenNow = false;     ///< mentioned on the current connection
    bool statusRead = false;  ///< the whole status stream has been reported
    std::int32_t generation = 0;
    std::size_t startedHash = 0, completeHash = 0;
    std::set<std::string> blobsRead; ///< digests already reported
    bk::BuildHistoryRecord record;   ///< the newest COMPLETE
};

struct RecordBook {
    std::string worker; ///< whose records these are
    std::map<std::string, KnownRecord> records;

    int running() const
    {
        int count = 0;
        for (const auto& [ref, record] : records)
            count += record.running ? 1 : 0;
        return count;
    }
    KnownRecord* find(const std::string& ref)
    {
        const auto at = records.find(ref);
        return at == records.end() ? nullptr : &at->second;
    }
};

struct NodeLink {
    CallLoop& loop;
    const WatchSinks& sinks;
    RecordBook& book;
    std::unique_ptr<bk::Control::Stub> control;
    std::unique_ptr<cs::Content::Stub> content;
    std::string worker;
    SteadyTime lastSign{};  ///< when the node last said anything
    bool closing = false;   ///< calls are being ended; their ends mean nothing

    void sign() { lastSign = std::chrono::steady_clock::now(); }
    void emit(const std::string& ref, std::vector<Event> events) const
    {
        if (!events.empty() && sinks.events && !closing)
            sinks.events(std::make_shared<const EventBatch>(EventBatch{{worker, ref}, std::move(events)}));
    }
};

/// A gRPC status as an error of ours; the detail is one line.
Error errorOf(const grpc::Status& status);

} // namespace layerline
