// A child process whose stdin and stdout are one socket of ours.
#pragma once

#include "sources/buildkit/posix.h"

#include <string>
#include <vector>

#include <sys/types.h>

namespace layerline {

/// Dies with this object, and with the thread that started it.
class ChildStream {
public:
    /// Starts command[0] (an absolute path) with exactly this environment ("NAME=value").
    static Result<ChildStream> start(const std::vector<std::string>& command, const std::vector<std::string>& environment);
    ~ChildStream();
    ChildStream(ChildStream&& other) noexcept;
    ChildStream& operator=(ChildStream&&) = delete;

    /// Our end of the stream, given away once.
    UniqueFd takeSocket() { return std::move(m_socket); }
    /// Last lines the child wrote to stderr, one line, at most 500 bytes. Waits up to `patience` for it to finish
    /// writing when it is about to end.
    std::string lastWords(std::chrono::milliseconds patience);
    /// Empties the pipe, so that a talkative child is never blocked.
    void drain();
    pid_t pid() const { return m_pid; }

private:
    ChildStream() = default;
    pid_t m_pid = -1;
    UniqueFd m_socket;
    UniqueFd m_stderr;
    std::string m_tail;
    bool m_ended = false; ///< stderr has been read to its end
};

} // namespace layerline
