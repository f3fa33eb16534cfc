#include "support/fake_buildkitd/fake_docker.h"

#include <algorithm>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace layerline::test {

namespace {

sockaddr_un addressOf(const std::string& path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), std::min(path.size(), sizeof address.sun_path - 1));
    return address;
}

void sendText(int socket, const std::string& text)
{
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t count = ::send(socket, text.data() + done, text.size() - done, MSG_NOSIGNAL);
        if (count <= 0)
            return;
        done += std::size_t(count);
    }
}

std::string reply(const std::string& status, const std::string& body)
{
    return "HTTP/1.0 " + status + "\r\nContent-Type: application/json\r\n\r\n" + body;
}

std::string frame(char stream, const std::string& bytes)
{
    std::string head(8, '\0');
    head[0] = stream;
    for (int i = 0; i < 4; ++i)
        head[std::size_t(4 + i)] = char(bytes.size() >> (8 * (3 - i)) & 0xff);
    return head + bytes;
}

} // namespace

FakeDocker::FakeDocker(std::string socketPath, std::string buildkit) : m_path(std::move(socketPath)), m_buildkit(std::move(buildkit))
{
    m_listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_un address = addressOf(m_path);
    ::bind(m_listener, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    ::listen(m_listener, 64);
    if (::pipe(m_wake) == 0)
        m_acceptor = std::thread([this] { accept(); });
}

FakeDocker::~FakeDocker()
{
    ::close(m_wake[1]);
    if (m_acceptor.joinable())
        m_acceptor.join();
    std::vector<std::thread> threads;
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
        for (const int socket : m_open)
            ::shutdown(socket, SHUT_RDWR);
        threads.swap(m_threads);
    }
    for (std::thread& thread : threads)
        thread.join();
    ::close(m_listener);
    ::close(m_wake[0]);
    ::unlink(m_path.c_str());
}

std::vector<std::string> FakeDocker::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

void FakeDocker::accept()
{
    for (;;) {
        pollfd entries[2] = {{m_listener, POLLIN, 0}, {m_wake[0], POLLIN, 0}};
        if (::poll(entries, 2, -1) < 0 || entries[1].revents)
            return;
        const int client = ::accept(m_listener, nullptr, nullptr);
        if (client < 0)
            continue;
        const std::lock_guard lock(m_mutex);
        m_open.push_back(client);
        m_threads.emplace_back([this, client] { serve(client); });
    }
}

void FakeDocker::serve(int client)
{
    std::string head;
    char byte = 0;
    while (!head.ends_with("\r\n\r\n") && ::recv(client, &byte, 1, 0) == 1)
        head += byte;
    const std::size_t length = head.find("Content-Length: ");
    std::string body(length == std::string::npos ? 0 : std::size_t(std::atoi(head.c_str() + length + 16)), '\0');
    if (!body.empty())
        ::recv(client, body.data(), body.size(), MSG_WAITALL);
    const std::string line = head.substr(0, head.find(" HTTP/"));
    {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(line);
    }
    const Container state = m_container;
    if (line.rfind("GET /containers/", 0) == 0 && state == Container::Missing)
        sendText(client, reply("404 Not Found", R"({"message":"no such container"})"));
    else if (line.rfind("GET /containers/", 0) == 0)
        sendText(client, reply("200 OK", state == Container::Running ? R"({"State":{"Running":true,"Paused":false}})" : R"({"State":{"Running":false}})"));
    else if (line.rfind("POST /containers/", 0) == 0)
        sendText(client, state == Container::Running ? reply("201 Created", R"({"Id":"exec1"})") : reply("409 Conflict", R"({"message":"not running"})"));
    else if (line == "POST /exec/exec1/start")
        join(client, true);
    else if (line == "POST /grpc" && m_grpc)
        join(client, false);
    else
        sendText(client, reply("404 Not Found", R"({"message":"page not found"})"));
    const std::lock_guard lock(m_mutex);
    m_open.erase(std::find(m_open.begin(), m_open.end(), client));
    ::close(client);
}

void FakeDocker::join(int client, bool framed)
{
    const int engine = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_un address = addressOf(m_buildkit);
    if (::connect(engine, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        sendText(client, reply("500 Internal Server Error", R"({"message":"no buildkit"})"));
        ::close(engine);
        return;
    }
    sendText(client, "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
    if (framed)
        sendText(client, frame(2, "a warning of the shim\n"));
    char buffer[4096];
    for (;;) {
        pollfd entries[2] = {{client, POLLIN, 0}, {engine, POLLIN, 0}};
        if (::poll(entries, 2, -1) < 0)
            break;
        const bool fromClient = entries[0].revents != 0;
        const ssize_t count = ::recv(fromClient ? client : engine, buffer, sizeof buffer, 0);
        if (count <= 0)
            break;
        const std::string bytes(buffer, std::size_t(count));
        if (fromClient)
            sendText(engine, bytes);
        else
            sendText(client, framed ? frame(1, bytes) : bytes);
    }
    ::close(engine);
}

} // namespace layerline::test
