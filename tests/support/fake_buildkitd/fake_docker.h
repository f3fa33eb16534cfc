// As much of a Docker engine's API as dialling needs, on a unix socket.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace layerline::test {

/// Serves one container and, through `/grpc` and exec, the buildkitd at another socket. Thread safe.
class FakeDocker {
public:
    /// `buildkit`: path of the socket that upgraded connections are joined with.
    FakeDocker(std::string socketPath, std::string buildkit);
    ~FakeDocker();

    enum class Container { Missing, Stopped, Running };
    void setContainer(Container state) { m_container = state; }
    void setGrpcSupported(bool supported) { m_grpc = supported; }
    /// "GET /containers/x/json", in order.
    std::vector<std::string> requests() const;
    std::string address() const { return "unix://" + m_path; }

private:
    void accept();
    void serve(int client);
    void join(int client, bool framed);

    std::string m_path, m_buildkit;
    int m_listener = -1;
    int m_wake[2] = {-1, -1};
    std::atomic<Container> m_container{Container::Running};
    std::atomic<bool> m_grpc{true};
    mutable std::mutex m_mutex; ///< guards what follows
    std::vector<std::string> m_requests;
    std::vector<int> m_open;
    bool m_ending = false;
    std::vector<std::thread> m_threads;
    std::thread m_acceptor;
};

} // namespace layerline::test
