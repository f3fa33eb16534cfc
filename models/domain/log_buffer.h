// The log of one step: append only, lines addressable at once, large ones kept out of memory.
#pragma once

#include "domain/time.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace layerline {

/// Byte arena whose pieces never move. The first 16 MiB come from the heap, what follows from an unlinked
/// temporary file mapped into memory, so that a 100 MB log is the page cache's business and not our RSS.
class LogArena {
public:
    LogArena() = default;
    ~LogArena();
    LogArena(const LogArena&) = delete;
    LogArena& operator=(const LogArena&) = delete;
    /// Room for `size` bytes in one piece; valid as long as the arena.
    char* allocate(std::size_t size);

private:
    struct Segment { char* data = nullptr; std::size_t size = 0; bool mapped = false; };
    Segment newSegment(std::size_t size);
    std::vector<Segment> m_segments;
    std::size_t m_used = 0;   ///< of the last segment
    std::size_t m_total = 0;  ///< bytes of all segments
    int m_file = -1;
    std::size_t m_fileSize = 0;
};

/// Lines of a step in the order they ended. Not thread safe: owned by the thread that reduces.
class LogBuffer {
public:
    struct Line {
        Timestamp time;        ///< of the first byte
        std::string_view text; ///< without the newline; bytes as sent, not decoded
        std::uint8_t stream = 1; ///< 1 stdout, 2 stderr
        bool partial = false;  ///< last line, not ended yet
    };

    /// Appends bytes that start at `offset` of the stream. What is already there is skipped, so a replay changes
    /// nothing. Returns true when something was added.
    bool append(std::uint8_t stream, std::uint64_t offset, Timestamp time, std::string_view bytes);

    /// Ended lines plus one for each stream with an unfinished one.
    std::size_t lineCount() const;
    Line line(std::size_t number) const;
    std::uint64_t byteCount() const { return m_received[0] + m_received[1]; }
    std::uint64_t streamBytes(std::uint8_t stream) const { return m_received[slot(stream)]; }
    bool empty() const { return byteCount() == 0; }
    /// BuildKit cut the log ("[output clipped, log limit ...]").
    bool clipped() const { return m_clipped; }
    /// Bytes that never came although later ones did (a source lost some); 0 in a sound log.
    std::uint64_t missingBytes() const { return m_missing; }

private:
    struct Entry { std::int64_t ns; const char* data; std::uint32_t size; std::uint8_t stream; };
    static std::size_t slot(std::uint8_t stream) { return stream == 2 ? 1 : 0; }
    void endLine(std::size_t slot, Timestamp time, std::string_view head);

    LogArena m_arena;
    std::vector<Entry> m_lines;
    std::array<std::string, 2> m_partial;
    std::array<Timestamp, 2> m_partialTime{};
    std::array<std::uint64_t, 2> m_received{};
    std::uint64_t m_missing = 0;
    bool m_clipped = false;
};

} // namespace layerline
