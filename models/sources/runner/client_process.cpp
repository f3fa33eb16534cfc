#include "sources/runner/client_process.h"

#include "domain/secret_names.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <optional>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace layerline {

namespace {

std::vector<char*> pointers(const std::vector<std::string>& texts)
{
    std::vector<char*> list;
    for (const std::string& text : texts)
        list.push_back(const_cast<char*>(text.c_str()));
    list.push_back(nullptr);
    return list;
}

std::vector<std::string> environmentWith(const std::map<std::string, std::string>& variables)
{
    std::vector<std::string> list;
    for (char** variable = environ; variable && *variable; ++variable) {
        const std::string text = *variable;
        if (!variables.count(text.substr(0, text.find('='))))
            list.push_back(text);
    }
    for (const auto& [name, value] : variables)
        list.push_back(name + "=" + value);
    return list;
}

std::string reason(int code)
{
    char buffer[128] = {};
    return ::strerror_r(code, buffer, sizeof buffer);
}

/// Between fork and exec: what the child wants to be like its parent found it.
void resetSignals()
{
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGCHLD})
        ::signal(number, SIG_DFL);
}

struct Pipe {
    int read = -1, write = -1;
    bool open() { int ends[2]; if (::pipe2(ends, O_CLOEXEC) != 0) return false; read = ends[0]; write = ends[1]; return true; }
    void closeRead() { if (read >= 0) ::close(read); read = -1; }
    void closeWrite() { if (write >= 0) ::close(write); write = -1; }
    ~Pipe() { closeRead(); closeWrite(); }
};

/// What a child tells through a close-on-exec pipe when exec fails: errno. Nothing = it runs.
std::optional<int> execError(Pipe& pipe)
{
    pipe.closeWrite();
    int code = 0;
    ssize_t count = 0;
    do {
        count = ::read(pipe.read, &code, sizeof code);
    } while (count < 0 && errno == EINTR);
    return count == sizeof code ? std::optional(code) : std::nullopt;
}

[[noreturn]] void tellAndExit(int fd)
{
    const int code = errno;
    [[maybe_unused]] const auto written = ::write(fd, &code, sizeof code);
    ::_exit(127);
}

std::string lastLine(std::string text)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.pop_back();
    return maskedText(text.substr(text.rfind('\n') + 1));
}

} // namespace

Result<ProcessId> startClient(const ClientStart& start)
{
    if (start.command.empty())
        return Error{ErrorKind::BadInput, "no command", false};
    const int output = ::open(start.output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (output < 0)
        return Error{ErrorKind::Permission, start.output + ": " + reason(errno), false};
    const int input = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    const auto variables = environmentWith(start.variables);
    const auto arguments = pointers(start.command);
    const auto environment = pointers(variables);
    Pipe failure;
    if (!failure.open()) {
        ::close(output);
        ::close(input);
        return Error{ErrorKind::Internal, "no pipe", true};
    }
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::setpgid(0, 0); // docker's plugin ends with it
        ::dup2(input, STDIN_FILENO);
        ::dup2(output, STDOUT_FILENO);
        ::dup2(output, STDERR_FILENO);
        resetSignals();
        if (!start.directory.empty() && ::chdir(start.directory.c_str()) != 0)
            tellAndExit(failure.write);
        ::execvpe(arguments[0], arguments.data(), environment.data());
        tellAndExit(failure.write);
    }
    ::close(output);
    ::close(input);
    if (pid < 0)
        return Error{ErrorKind::Internal, "no process could be started", true};
    ProcessId process = ProcessId::of(pid);
    process.pid = pid; // one that has ended already still has to be waited for
    if (const auto code = execError(failure)) {
        while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
        }
        return Error{*code == ENOENT ? ErrorKind::NotFound : ErrorKind::Permission, start.command.front() + ": " + reason(*code), false};
    }
    return process;
}

void signalGroup(const ProcessId& leader, int number)
{
    if (leader.alive())
        ::kill(-leader.pid, number);
}

Result<int> startDetached(const std::vector<std::string>& command, const std::string& input)
{
    Pipe in, out, failure;
    if (command.empty() || !in.open() || !out.open() || !failure.open())
        return Error{ErrorKind::Internal, "no pipe", true};
    // Larger than a pipe's default when there are many lanes; writing must not block on a reader that never comes.
    ::fcntl(in.write, F_SETPIPE_SZ, 1 << 20);
    if (input.size() >= std::size_t(1) << 20)
        return Error{ErrorKind::TooLarge, "the command line is too long", false};
    std::vector<std::string> shown = command;
    if (shown.front() == "/proc/self/exe")
        shown.front() = "layerline"; // what a list of processes should say
    const auto arguments = pointers(shown);
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::setsid();
        const pid_t inner = ::fork(); // no child of ours: it must not become a zombie of a window that does not wait
        if (inner != 0)
            ::_exit(inner < 0 ? 1 : 0);
        ::dup2(in.read, STDIN_FILENO);
        ::dup2(out.write, STDOUT_FILENO);
        const int nowhere = ::open("/dev/null", O_WRONLY);
        if (nowhere >= 0)
            ::dup2(nowhere, STDERR_FILENO);
        resetSignals();
        ::execvp(command.front().c_str(), arguments.data());
        tellAndExit(failure.write);
    }
    if (pid < 0)
        return Error{ErrorKind::Internal, "no process could be started", true};
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
    if (const auto code = execError(failure))
        return Error{ErrorKind::Internal, command.front() + ": " + reason(*code), false};
    std::size_t done = 0;
    while (done < input.size()) {
        const ssize_t count = ::write(in.write, input.data() + done, input.size() - done);
        if (count > 0)
            done += std::size_t(count);
        else if (errno != EINTR)
            return Error{ErrorKind::Internal, "the supervising process ended at once", true};
    }
    return std::exchange(out.read, -1);
}

Result<std::string> runProgram(const std::vector<std::string>& command, int limitMs)
{
    Pipe out, err, failure;
    if (command.empty() || !out.open() || !err.open() || !failure.open())
        return Error{ErrorKind::Internal, "no pipe", true};
    const auto arguments = pointers(command);
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::setpgid(0, 0);
        const int nothing = ::open("/dev/null", O_RDONLY);
        ::dup2(nothing, STDIN_FILENO);
        ::dup2(out.write, STDOUT_FILENO);
        ::dup2(err.write, STDERR_FILENO);
        resetSignals();
        ::execvp(arguments[0], arguments.data());
        tellAndExit(failure.write);
    }
    if (pid < 0)
        return Error{ErrorKind::Internal, "no process could be started", true};
    out.closeWrite();
    err.closeWrite();
    const auto code = execError(failure);
    std::string texts[2];
    pollfd entries[2] = {{out.read, POLLIN, 0}, {err.read, POLLIN, 0}};
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(limitMs);
    bool late = false;
    while (!late && (entries[0].fd >= 0 || entries[1].fd >= 0)) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        late = left <= 0 || (::poll(entries, 2, int(left)) == 0);
        for (int i = 0; i < 2 && !late; ++i) {
            if (entries[i].fd < 0 || entries[i].revents == 0)
                continue;
            char buffer[16384];
            const ssize_t count = ::read(entries[i].fd, buffer, sizeof buffer);
            if (count > 0 && texts[i].size() < (32u << 20))
                texts[i].append(buffer, std::size_t(count));
            else if (count == 0 || (count < 0 && errno != EINTR))
                entries[i].fd = -1;
        }
    }
    if (late)
        ::kill(-pid, SIGKILL);
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (code)
        return Error{ErrorKind::NotFound, command.front() + ": " + reason(*code), false};
    if (late)
        return Error{ErrorKind::Timeout, command.front() + ": no answer in time", true};
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return Error{ErrorKind::Unreachable, lastLine(texts[1].empty() ? texts[0] : texts[1]), true};
    return texts[0];
}

} // namespace layerline
