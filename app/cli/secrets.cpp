#include "app/cli/secrets.h"

#include "sources/buildkit/posix.h"

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

namespace layerline {

namespace {

constexpr std::size_t mostBytes = 64u << 10;

/// The terminal key by key and silent, and as it was afterwards.
class QuietTerminal {
public:
    explicit QuietTerminal(int fd) : m_fd(fd), m_changed(::tcgetattr(fd, &m_before) == 0)
    {
        ::sigemptyset(&m_ending);
        for (const int number : {SIGINT, SIGTERM, SIGHUP})
            ::sigaddset(&m_ending, number);
        ::sigprocmask(SIG_BLOCK, &m_ending, &m_mask);
        m_signals.reset(::signalfd(-1, &m_ending, SFD_CLOEXEC | SFD_NONBLOCK));
        termios quiet = m_before;
        quiet.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG);
        quiet.c_cc[VMIN] = 1;
        quiet.c_cc[VTIME] = 0;
        if (m_changed)
            ::tcsetattr(fd, TCSAFLUSH, &quiet);
    }
    ~QuietTerminal()
    {
        if (m_changed)
            ::tcsetattr(m_fd, TCSAFLUSH, &m_before);
        ::sigprocmask(SIG_SETMASK, &m_mask, nullptr);
        if (m_signal)
            ::kill(::getpid(), m_signal);
    }

    /// The next byte; -1 at the end, or when we are to end.
    int next()
    {
        pollfd entries[2] = {{m_fd, POLLIN, 0}, {m_signals.get(), POLLIN, 0}};
        while (::poll(entries, 2, -1) < 0 && errno == EINTR) { }
        signalfd_siginfo info{};
        if (entries[1].revents && ::read(m_signals.get(), &info, sizeof info) == sizeof info) {
            m_signal = int(info.ssi_signo);
            return -1;
        }
        unsigned char byte = 0;
        return ::read(m_fd, &byte, 1) == 1 ? byte : -1;
    }

private:
    int m_fd;
    termios m_before{};
    bool m_changed;
    sigset_t m_ending{}, m_mask{};
    UniqueFd m_signals;
    int m_signal = 0;
};

void say(int fd, const std::string& text)
{
    [[maybe_unused]] const auto written = ::write(fd, text.data(), text.size());
}

/// The last character, all bytes of it.
void chop(std::string& text)
{
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0u) == 0x80)
        text.pop_back();
    if (!text.empty())
        text.pop_back();
}

} // namespace

bool canAsk()
{
    return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1;
}

Result<std::string> askLine(const std::string& prompt, bool echo)
{
    const UniqueFd terminal(canAsk() ? ::open("/dev/tty", O_RDWR | O_CLOEXEC) : -1);
    if (!terminal.valid())
        return Error{ErrorKind::Unsupported, "there is no terminal to ask on", false};
    std::string text;
    int key = 0;
    {
        QuietTerminal quiet(terminal.get());
        say(terminal.get(), prompt);
        constexpr int interrupt = 3, endOfText = 4, backspace = 8, erase = 127;
        while ((key = quiet.next()) >= 0 && key != '\n' && key != '\r' && key != interrupt && key != endOfText) {
            if (key == backspace || key == erase)
                chop(text);
            else if (text.size() < mostBytes)
                text += char(key);
            if (echo)
                say(terminal.get(), "\r\x1b[K" + prompt + text);
        }
        say(terminal.get(), "\n");
    }
    if (key != '\n' && key != '\r')
        return Error{ErrorKind::Cancelled, "nothing was started", false};
    return text;
}

Result<void> askNeeded(const std::vector<Obstacle>& obstacles, BuildPlan& plan, HandOver& handOver)
{
    int number = 0;
    for (const Obstacle& obstacle : obstacles) {
        const bool secret = obstacle.refusal == Refusal::SecretNeeded;
        if (!secret && obstacle.refusal != Refusal::SshNeeded)
            continue;
        const auto text = askLine(secret ? "Secret " + obstacle.subject + " (not shown): " : "SSH key " + obstacle.subject + ", file or agent's socket: ", !secret);
        if (!text)
            return text.error();
        if (text->empty())
            continue;
        for (PlanSecret& known : plan.secrets) {
            if (!secret || known.id != obstacle.subject)
                continue;
            known = {known.id, "LAYERLINE_SECRET_" + std::to_string(++number), {}};
            handOver.variables[known.env] = *text;
        }
        for (PlanSsh& key : plan.ssh) {
            if (!secret && key.id == obstacle.subject)
                key.paths = *text;
        }
    }
    return {};
}

} // namespace layerline
