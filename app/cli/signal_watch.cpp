#include "app/cli/signal_watch.h"

#include <QSocketNotifier>

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace layerline {

SignalWatch::SignalWatch(const std::vector<int>& signalNumbers, std::function<void(int)> act)
{
    sigset_t set;
    sigemptyset(&set);
    for (const int number : signalNumbers)
        sigaddset(&set, number);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    m_fd = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    m_notifier = std::make_unique<QSocketNotifier>(m_fd, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [fd = m_fd, act = std::move(act)] {
        signalfd_siginfo info{};
        while (::read(fd, &info, sizeof info) == sizeof info)
            act(int(info.ssi_signo));
    });
}

SignalWatch::~SignalWatch()
{
    m_notifier.reset();
    ::close(m_fd);
}

} // namespace layerline
