// Reads table rows straight from the pages of a SQLite file and its write-ahead log, without trusting the file's
// schema, its interior pages or the log's bookkeeping. What it finds may be old, deleted or damaged: the caller tells by
// the rows' own checksums.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace layerline {

/// NULL, integer or text/blob; floating point numbers are read as NULL (the history has none).
using CarvedValue = std::variant<std::monostate, std::int64_t, std::string>;
using CarvedRow = std::vector<CarvedValue>;

/// Calls `found` with every record of every leaf page, in no useful order. `database` and `log` are whole files; either
/// may be empty, cut or random bytes.
void carveRows(std::string_view database, std::string_view log, const std::function<void(const CarvedRow&)>& found);

} // namespace layerline
