// Signals as calls on the event loop.
#pragma once

#include <functional>
#include <memory>
#include <vector>

class QSocketNotifier;

namespace layerline {

/// Blocks the signals from then on; made before any thread starts (they inherit it). A later one takes over from an earlier
/// one that is gone.
class SignalWatch {
public:
    SignalWatch(const std::vector<int>& signalNumbers, std::function<void(int)> act);
    ~SignalWatch();
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

private:
    int m_fd = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace layerline
