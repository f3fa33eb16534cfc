// Limits for files, which may be broken or made to harm.
#pragma once

#include <cstddef>
#include <cstdint>

namespace layerline {

/// Beyond any of these a reader stops with TooLarge.
struct FileCaps {
    std::uint64_t archiveBytes = 2ull << 30;  ///< unpacked, of all entries
    std::size_t archiveEntries = 100'000;
    std::uint64_t archiveRatio = 200;         ///< unpacked : packed, judged from `ratioFloor` unpacked bytes on
    std::uint64_t ratioFloor = 16u << 20;     ///< bytes; a short log of equal lines packs better than any ratio
    std::size_t jsonObject = 32u << 20;       ///< bytes of one JSON document or object
    int jsonDepth = 64;
    std::size_t statusFrame = 32u << 20;      ///< bytes of one StatusResponse
    std::size_t records = 10'000;             ///< builds in one file
    std::size_t steps = 100'000;              ///< of one build in text form
    std::size_t line = 1u << 20;              ///< bytes of a text line; what follows becomes a line of its own
    std::uint64_t textBytes = 8ull << 30;     ///< a log or rawjson file as a whole
};

} // namespace layerline
