// One line of "--progress=plain".
#pragma once

#include "domain/time.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace layerline {

/// What follows the "#12 " of a line.
struct PlainLine {
    enum class Kind {
        Away,     ///< "..." : the printer turns to another step
        Cached,
        Canceled,
        Done,     ///< `seconds` when it said so
        Error,    ///< `text` is the message
        Warning,  ///< `text` is the summary
        Log,      ///< `text` is the line, `seconds` since the step's last start
        Status,   ///< a transfer or sub-task: `text` its id, `current`, `total`, `seconds` since its start, `ended`
    };
    Kind kind = Kind::Status;
    std::string_view text;
    std::optional<Duration> seconds;
    std::int64_t current = 0; ///< bytes
    std::int64_t total = 0;   ///< bytes, 0 = unknown
    bool ended = false;
};

/// Splits "#12 rest" (also "#12"). Empty when the line is not of that form.
struct NumberedLine { int number = 0; std::string_view rest; };
std::optional<NumberedLine> splitNumbered(std::string_view line);

/// Reads what is not a step's headline; that, only the parser can tell.
PlainLine parsePlainLine(std::string_view rest);

/// Takes "2025-12-04T08:20:57.3619920Z " off the front of a GitHub log line.
OptionalTime takeTimestamp(std::string_view& line);

} // namespace layerline
