// BuildKit's protobuf messages into domain events. Used for live streams and for records on disk alike.
#pragma once

#include "domain/events.h"
#include "domain/result.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace moby::buildkit::v1 {
class BuildHistoryRecord;
class StatusResponse;
}

namespace layerline {

/// One for each subscription of one record's Status stream, because the offsets of log bytes are counted from the
/// subscription's start: a new subscription gets the whole stream again and so the same offsets. Not thread safe.
class StatusTranslator {
public:
    explicit StatusTranslator() = default;

    /// Events in the order vertexes, statuses, logs, warnings. Times that are absent or zero stay empty; a log without
    /// one gets the newest time the stream has named.
    std::vector<Event> translate(const moby::buildkit::v1::StatusResponse& response);

    /// Newest time named so far, empty before the first.
    OptionalTime latest() const { return m_latest; }

private:
    void see(const OptionalTime& time);

    std::unordered_map<std::string, std::array<std::uint64_t, 2>> m_logBytes; ///< vertex -> bytes of stdout, stderr
    OptionalTime m_latest;
};

/// A history record as an event. `complete` is the history event's type: a record's own times do not tell, because a
/// STARTED may arrive late. Builder, node, worker platforms and local state are the caller's to fill in.
ev::RecordUpdated translateRecord(const moby::buildkit::v1::BuildHistoryRecord& record, bool complete);

/// The same from a serialised BuildHistoryRecord. Errors: BadInput.
Result<ev::RecordUpdated> readRecord(std::string_view bytes, bool complete);

} // namespace layerline
