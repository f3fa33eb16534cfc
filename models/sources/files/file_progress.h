// How far reading a file is, shared between the thread that reads and the one that shows it.
#pragma once

#include <atomic>
#include <cstdint>

namespace layerline {

struct FileProgress {
    std::atomic<std::uint64_t> done{0};  ///< bytes read so far
    std::atomic<std::uint64_t> total{0}; ///< bytes in all, 0 = not known yet
    std::atomic<bool> cancel{false};     ///< set by whoever waits: reading ends soon with Cancelled
};

} // namespace layerline
