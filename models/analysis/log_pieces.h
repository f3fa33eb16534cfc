// Log pieces on their way out of `watch`.
#pragma once

#include "domain/build.h"

#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace layerline {

/// Cuts the pieces of logs anew where a secret would be told in two halves, each of which looks harmless: the beginning of one
/// waits for the next piece of the same log, and no longer than for the end of the batch that ends its step: a status says that
/// a step has ended before it says what that step still wrote. Everything else passes at once.
class LogPieces {
public:
    using Print = std::function<void(const RecordKey&, const Event&)>;

    /// Calls `print` with what can be told now, in order. `secrets`: secretValues() of the build.
    void pass(const EventBatch& batch, const std::vector<std::string>& secrets, const Print& print);
    /// All that still waits.
    void finish(const Print& print);

private:
    using Key = std::tuple<RecordKey, StepDigest, std::uint8_t>; ///< a log: of a record's step, on one of its two streams

    void passOne(const RecordKey& record, const Event& event, const std::vector<std::string>& secrets, const Print& print);
    void add(const RecordKey& record, const ev::LogAppended& log, const std::vector<std::string>& secrets, const Print& print);
    /// `step` null = of all steps of the record.
    void release(const RecordKey& record, const StepDigest* step, const Print& print);
    std::map<Key, ev::LogAppended> m_waiting;
};

} // namespace layerline
