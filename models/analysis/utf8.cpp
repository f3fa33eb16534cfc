// Making bytes of strangers fit for a terminal and for JSON.
#include "analysis/report.h"

#include <cstdio>

namespace layerline {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

struct Lead {
    int more = -1;             ///< continuation bytes; -1: no lead byte
    unsigned char low = 0x80;  ///< allowed range of the first of them (keeps out overlong forms and surrogates)
    unsigned char high = 0xBF;
};

Lead leadOf(unsigned char c)
{
    if (c < 0x80)
        return {0};
    if (c >= 0xC2 && c <= 0xDF)
        return {1};
    if (c >= 0xE0 && c <= 0xEF)
        return {2, static_cast<unsigned char>(c == 0xE0 ? 0xA0 : 0x80), static_cast<unsigned char>(c == 0xED ? 0x9F : 0xBF)};
    if (c >= 0xF0 && c <= 0xF4)
        return {3, static_cast<unsigned char>(c == 0xF0 ? 0x90 : 0x80), static_cast<unsigned char>(c == 0xF4 ? 0x8F : 0xBF)};
    return {};
}

/// Length of the sequence at `at`; `good` tells whether it is well formed. At least 1.
std::size_t sequenceAt(std::string_view bytes, std::size_t at, bool& good)
{
    const Lead lead = leadOf(static_cast<unsigned char>(bytes[at]));
    good = lead.more >= 0;
    std::size_t length = 1;
    for (int i = 0; good && i < lead.more; ++i, ++length) {
        const auto c = at + length < bytes.size() ? static_cast<unsigned char>(bytes[at + length]) : 0;
        good = i == 0 ? c >= lead.low && c <= lead.high : c >= 0x80 && c <= 0xBF;
        if (!good)
            break;
    }
    return length;
}

/// Controls that move the cursor, start an escape sequence or reorder what is read.
bool isHarmful(std::string_view character)
{
    if (character.size() == 1)
        return static_cast<unsigned char>(character[0]) < 0x20 || character[0] == 0x7F;
    if (character.size() == 2) // C1: U+0080 - U+009F; U+061C
        return (character[0] == '\xC2' && static_cast<unsigned char>(character[1]) < 0xA0) || character == "\xD8\x9C";
    if (character.size() == 3 && character[0] == '\xE2') { // U+200E/F, U+2028-E, U+2066-9
        const auto second = static_cast<unsigned char>(character[1]);
        const auto third = static_cast<unsigned char>(character[2]);
        return (second == 0x80 && (third == 0x8E || third == 0x8F || (third >= 0xA8 && third <= 0xAE)))
            || (second == 0x81 && third >= 0xA6 && third <= 0xA9);
    }
    return false;
}

template <class Function>
std::string mapCharacters(std::string_view bytes, Function map)
{
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        bool good = false;
        const std::size_t length = sequenceAt(bytes, at, good);
        out += good ? map(bytes.substr(at, length)) : replacement;
        at += length;
    }
    return out;
}

/// Without ESC [ 31;1 m and its like: a color says nothing on a line of plain text. Other sequences act, and are left to be
/// shown as harmful.
std::string withoutColors(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        if (bytes.substr(at, 2) == "\x1b[") {
            const std::size_t end = bytes.find_first_not_of("0123456789;:", at + 2);
            if (end != std::string_view::npos && (bytes[end] == 'm' || bytes[end] == 'K')) {
                at = end;
                continue;
            }
        }
        out += bytes[at];
    }
    return out;
}

/// "\u202e" for a character of at most three bytes, as all harmful ones are.
std::string escapeOf(std::string_view character)
{
    unsigned code = static_cast<unsigned char>(character[0]);
    if (character.size() > 1) {
        code &= character.size() == 2 ? 0x1F : 0x0F;
        for (const char c : character.substr(1))
            code = code << 6 | (static_cast<unsigned char>(c) & 0x3F);
    }
    char text[8];
    std::snprintf(text, sizeof text, "\\u%04x", code & 0xFFFF);
    return text;
}

} // namespace

std::string validUtf8(std::string_view bytes)
{
    return mapCharacters(bytes, [](std::string_view character) { return character; });
}

std::string printableLine(std::string_view bytes)
{
    const std::string plain = withoutColors(bytes);
    return mapCharacters(plain, [](std::string_view character) -> std::string_view {
        if (character == "\t" || character == "\n" || character == "\r")
            return " ";
        return isHarmful(character) ? replacement : character;
    });
}

std::string printableText(std::string_view bytes)
{
    const std::string plain = withoutColors(bytes);
    const char* const end = plain.data() + plain.size();
    return mapCharacters(plain, [end](std::string_view character) -> std::string_view {
        const bool lineEnd = character == "\r" && character.data() + 1 != end && character.data()[1] == '\n'; // of a file's line
        if (character == "\n" || character == "\t" || lineEnd)
            return character;
        return isHarmful(character) ? replacement : character;
    });
}

std::string printableJson(const nlohmann::ordered_json& value, int indent)
{
    // Outside of strings there are only line ends and ASCII, so whatever else is harmful stands in one.
    const std::string text = value.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        bool good = false;
        const std::size_t length = sequenceAt(text, at, good);
        const std::string_view character = std::string_view(text).substr(at, length);
        out += character != "\n" && isHarmful(character) ? escapeOf(character) : std::string(character);
        at += length;
    }
    return out;
}

} // namespace layerline
