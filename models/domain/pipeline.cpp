#include "domain/pipeline.h"

#include <array>
#include <utility>

namespace layerline {

namespace {

constexpr std::array<std::pair<const char*, RunState>, 8> states{{
    {"queued", RunState::Queued},
    {"in_progress", RunState::InProgress},
    {"completed", RunState::Completed},
    {"waiting", RunState::Waiting},
    {"requested", RunState::Queued},
    {"pending", RunState::Waiting},
    {"action_required", RunState::Waiting},
    {"unknown", RunState::Unknown},
}};

constexpr std::array<std::pair<const char*, Conclusion>, 11> conclusions{{
    {"", Conclusion::None},
    {"success", Conclusion::Success},
    {"failure", Conclusion::Failure},
    {"cancelled", Conclusion::Cancelled},
    {"skipped", Conclusion::Skipped},
    {"timed_out", Conclusion::TimedOut},
    {"action_required", Conclusion::ActionRequired},
    {"neutral", Conclusion::Neutral},
    {"stale", Conclusion::Stale},
    {"startup_failure", Conclusion::StartupFailure},
    {"unknown", Conclusion::Unknown},
}};

template <class Table, class Value>
const char* nameIn(const Table& table, Value value)
{
    for (const auto& [name, each] : table) {
        if (each == value)
            return name;
    }
    return "unknown";
}

} // namespace

const char* toString(RunState state) { return nameIn(states, state); }
const char* toString(Conclusion conclusion) { return nameIn(conclusions, conclusion); }

RunState parseRunState(const std::string& text)
{
    for (const auto& [name, state] : states) {
        if (text == name)
            return state;
    }
    return RunState::Unknown;
}

Conclusion parseConclusion(const std::string& text)
{
    for (const auto& [name, conclusion] : conclusions) {
        if (text == name)
            return conclusion;
    }
    return Conclusion::Unknown;
}

bool failed(Conclusion conclusion)
{
    return conclusion == Conclusion::Failure || conclusion == Conclusion::TimedOut || conclusion == Conclusion::StartupFailure;
}

} // namespace layerline
