// Builds that are said to run: does their engine still know them?
#pragma once

#include "sources/buildkit/node_link.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace layerline {

/// An engine can lose a build without a word. BuildKit 0.13 (Docker 26.1) does when a build is cancelled in the moment its
/// container starts: it has told the start, fails to write the record, and tells no end. Who waits for that end waits for ever.
///
/// So the engine's own listing is asked about each running build: seldom while all is well, soon once its status stream has
/// ended or can't be had. Only a listing that ended properly and does not name the build counts, and only several in a row:
/// between running and kept, an engine may name it neither way for a moment.
class AbsenceCheck {
public:
    /// `pause`: between two questions about a build in doubt; thirty of them while there is none.
    AbsenceCheck(NodeLink& link, std::chrono::milliseconds pause) : m_link(link), m_pause(pause) {}

    /// The build runs, as far as is known.
    void watch(const std::string& ref);
    /// There is doubt: ask soon. Nothing for builds that are not watched.
    void hurry(const std::string& ref);
    /// It has ended, or is gone.
    void forget(const std::string& ref);

    /// What the listing says of a build: it may be an end that was missed.
    std::function<void(const bk::BuildHistoryEvent&)> onTold;
    /// The engine neither runs nor keeps the build; it is no longer watched.
    std::function<void(const std::string& ref)> onAbsent;

private:
    struct Watched {
        CallLoop::TimerId timer = 0;
        std::chrono::milliseconds pause{};
        int misses = 0;
        bool asking = false;
    };
    void schedule(const std::string& ref, Watched& build);
    void ask(const std::string& ref);
    void answered(const std::string& ref, const grpc::Status& status, bool named);

    NodeLink& m_link;
    const std::chrono::milliseconds m_pause;
    std::map<std::string, Watched> m_builds;
};

} // namespace layerline
