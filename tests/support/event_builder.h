// Short ways to write the events of a build in a test.
#pragma once

#include "domain/build_set.h"

#include <string>
#include <vector>

namespace layerline::test {

/// Collects events of one record. Times are seconds after `epoch`.
class EventBuilder {
public:
    static constexpr std::int64_t epoch = 1'700'000'000'000'000'000;
    explicit EventBuilder(std::string ref = "ref", std::string worker = "worker");

    static Timestamp at(double seconds) { return {epoch + std::int64_t(seconds * 1e9)}; }

    EventBuilder& started(double seconds, std::string builder = "default", std::vector<Platform> worker = {{"linux", "amd64", ""}, {"linux", "arm64", ""}});
    EventBuilder& completed(double seconds, int errorCode = 0, std::string message = {});
    EventBuilder& step(const std::string& digest, const std::string& name, std::vector<std::string> inputs = {});
    /// Puts an announced step into a progress group.
    EventBuilder& group(const std::string& digest, const std::string& name, bool weak = false);
    EventBuilder& run(const std::string& digest, double from, double to, bool cached = false, std::string error = {});
    EventBuilder& begin(const std::string& digest, double from);
    EventBuilder& log(const std::string& digest, double time, std::string text, int stream = 1);
    EventBuilder& transfer(const std::string& digest, const std::string& id, std::int64_t current, std::int64_t total, double time);
    EventBuilder& event(Event event);

    EventBatch batch() const { return m_batch; }
    /// Applies everything to `set` and returns the build.
    const Build& into(BuildSet& set) const;

private:
    EventBatch m_batch;
    std::map<std::string, ev::StepUpdated> m_steps;
    std::map<std::pair<std::string, int>, std::uint64_t> m_logOffsets;
};

} // namespace layerline::test
