// `buildctl dial-stdio` inside a running container, over the engine's own connection.
#pragma once

#include "sources/buildkit/docker_api.h"

#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace layerline {

/// Takes the frames off a hijacked exec (stdout and stderr share it) and offers a plain socket. Unlike `dial-stdio`
/// this can never start a stopped container.
class ExecStream {
public:
    /// NotFound when the container does not run (any more).
    static Result<std::unique_ptr<ExecStream>> start(const DockerApi& api, const std::string& container, SteadyTime deadline);
    ~ExecStream();
    ExecStream(const ExecStream&) = delete;
    ExecStream& operator=(const ExecStream&) = delete;

    UniqueFd takeSocket() { return std::move(m_ours); }
    std::string lastWords() const; ///< end of its stderr, one line

private:
    explicit ExecStream(UniqueFd engine);
    void run();
    bool fromEngine();
    bool toEngine();
    bool unframe(const char* data, std::size_t size);

    UniqueFd m_engine, m_ours, m_theirs;
    Interrupt m_stop;
    std::string m_head;         ///< of a frame, not complete yet
    std::size_t m_left = 0;     ///< bytes of the current frame still to come
    bool m_isError = false;
    std::string m_words;
    mutable std::mutex m_mutex; ///< guards m_words
    std::jthread m_thread;
};

} // namespace layerline
