#include "sources/buildkit/child_stream.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <ctime>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace layerline {

namespace {

constexpr std::size_t tailLimit = 4096;

std::vector<char*> pointers(const std::vector<std::string>& texts)
{
    std::vector<char*> list;
    list.reserve(texts.size() + 1);
    for (const std::string& text : texts)
        list.push_back(const_cast<char*>(text.c_str()));
    list.push_back(nullptr);
    return list;
}

/// Between fork and exec: only calls that are safe after a fork of a process with threads.
[[noreturn]] void becomeChild(int stream, int errors, pid_t parent, char* const* arguments, char* const* environment)
{
    ::setpgid(0, 0); // a docker CLI's plugin ends with it
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent)
        ::_exit(127);
    ::dup2(stream, STDIN_FILENO);
    ::dup2(stream, STDOUT_FILENO);
    ::dup2(errors, STDERR_FILENO);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    ::execve(arguments[0], arguments, environment);
    ::_exit(127);
}

} // namespace

Result<ChildStream> ChildStream::start(const std::vector<std::string>& command, const std::vector<std::string>& environment)
{
    if (command.empty())
        return Error{ErrorKind::NotFound, "neither docker buildx nor a standalone buildx is installed"};
    int sockets[2];
    int pipes[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0)
        return Error{ErrorKind::Internal, "no socket pair", true};
    UniqueFd ours(sockets[0]), theirs(sockets[1]);
    if (::pipe2(pipes, O_CLOEXEC) != 0)
        return Error{ErrorKind::Internal, "no pipe", true};
    UniqueFd readEnd(pipes[0]), writeEnd(pipes[1]);
    const std::vector<char*> arguments = pointers(command);
    const std::vector<char*> variables = pointers(environment);
    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid < 0)
        return Error{ErrorKind::Internal, "no process could be started", true};
    if (pid == 0)
        becomeChild(theirs.get(), writeEnd.get(), parent, arguments.data(), variables.data());
    ChildStream child;
    child.m_pid = pid;
    ::fcntl(ours.get(), F_SETFL, O_NONBLOCK);
    ::fcntl(readEnd.get(), F_SETFL, O_NONBLOCK);
    child.m_socket = std::move(ours);
    child.m_stderr = std::move(readEnd);
    return child;
}

ChildStream::ChildStream(ChildStream&& other) noexcept
    : m_pid(std::exchange(other.m_pid, -1)), m_socket(std::move(other.m_socket)), m_stderr(std::move(other.m_stderr)),
      m_tail(std::move(other.m_tail)), m_ended(other.m_ended)
{
}

ChildStream::~ChildStream()
{
    if (m_pid <= 0)
        return;
    // It holds nothing worth an orderly end; the group takes a plugin with it.
    ::kill(-m_pid, SIGKILL);
    ::kill(m_pid, SIGKILL);
    int status = 0;
    while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
    }
}

void ChildStream::drain()
{
    char buffer[4096];
    while (!m_ended) {
        const ssize_t count = ::read(m_stderr.get(), buffer, sizeof buffer);
        if (count > 0) {
            m_tail.append(buffer, std::size_t(count));
            if (m_tail.size() > tailLimit)
                m_tail.erase(0, m_tail.size() - tailLimit);
        } else if (count == 0) {
            m_ended = true;
        } else if (errno != EINTR) {
            return;
        }
    }
}

std::string ChildStream::lastWords(std::chrono::milliseconds patience)
{
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (drain(); !m_ended; drain()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        pollfd entry{m_stderr.get(), POLLIN, 0};
        if (left <= 0 || ::poll(&entry, 1, int(left)) <= 0)
            break;
    }
    std::string line;
    for (const char c : m_tail)
        line += c == '\n' || c == '\r' || c == '\t' ? ' ' : (static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c);
    while (!line.empty() && line.back() == ' ')
        line.pop_back();
    if (line.size() > 500)
        line.erase(0, line.size() - 500);
    return line;
}

} // namespace layerline
