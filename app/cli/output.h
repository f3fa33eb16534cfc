// stdout of the commands. What strangers wrote (names, messages, paths) reaches a terminal only as text: every text goes
// through printableText(), every document through printableJson(), here and nowhere else.
#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace layerline {

/// Like printf().
[[gnu::format(printf, 1, 2)]] void tell(const char* format, ...);
/// Lines with their ends.
void tellText(const std::string& text);
/// showText(), buildsText() and eventText() with the colors they set; they have made what they quote printable themselves.
void tellReport(const std::string& text);
void printJson(const nlohmann::ordered_json& document, bool oneLine = false);

} // namespace layerline
