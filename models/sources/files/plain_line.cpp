#include "sources/files/plain_line.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace layerline {

namespace {

bool startsWith(std::string_view text, std::string_view prefix)
{
    return text.substr(0, prefix.size()) == prefix;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// "12.345" -> 12345 thousandths and so on; at most 15 digits, so that nothing overflows.
struct Decimal { std::int64_t value = 0; int places = 0; std::size_t length = 0; };
std::optional<Decimal> readDecimal(std::string_view text)
{
    Decimal number;
    bool point = false;
    std::size_t digits = 0, i = 0;
    for (; i < text.size(); ++i) {
        if (text[i] == '.' && !point && digits > 0) {
            point = true;
        } else if (isDigit(text[i])) {
            if (++digits > 15)
                return {};
            number.value = number.value * 10 + (text[i] - '0');
            number.places += point;
        } else {
            break;
        }
    }
    if (digits == 0 || (point && number.places == 0))
        return {};
    number.length = i;
    return number;
}

std::int64_t scaled(const Decimal& number, std::int64_t unit)
{
    double value = double(number.value);
    for (int i = 0; i < number.places; ++i)
        value /= 10;
    value *= double(unit);
    return value < 9e18 ? std::int64_t(value + 0.5) : 0;
}

/// "1.2s"
std::optional<Duration> readSeconds(std::string_view text)
{
    const auto number = readDecimal(text);
    if (!number || text.substr(number->length) != "s" || number->value > 9'000'000'000)
        return {};
    return Duration{scaled(*number, 1'000'000'000)};
}

/// "14.54kB", decimal units as BuildKit prints them
std::optional<std::int64_t> readBytes(std::string_view text)
{
    const auto number = readDecimal(text);
    if (!number)
        return {};
    const std::string_view unit = text.substr(number->length);
    std::int64_t factor = 1;
    for (const std::string_view known : {"B", "kB", "MB", "GB", "TB", "PB"}) {
        if (unit == known)
            return scaled(*number, factor);
        factor *= 1000;
    }
    return {};
}

std::string_view lastWord(std::string_view text)
{
    const auto space = text.rfind(' ');
    return space == std::string_view::npos ? std::string_view{} : text.substr(space + 1);
}

void dropLastWord(std::string_view& text)
{
    text.remove_suffix(text.size() - text.rfind(' '));
}

/// "sha256:.. 1.2MB / 3.4MB 0.5s done", read from its end because the id may hold spaces.
PlainLine readStatus(std::string_view rest)
{
    PlainLine line;
    if (lastWord(rest) == "done") {
        line.ended = true;
        dropLastWord(rest);
    }
    if (const auto seconds = readSeconds(lastWord(rest))) {
        line.seconds = seconds;
        dropLastWord(rest);
    }
    if (const auto bytes = readBytes(lastWord(rest))) {
        dropLastWord(rest);
        line.current = *bytes;
        if (lastWord(rest) == "/") {
            dropLastWord(rest);
            line.total = *bytes;
            line.current = readBytes(lastWord(rest)).value_or(0);
            if (!lastWord(rest).empty())
                dropLastWord(rest);
        }
    }
    line.text = rest;
    return line;
}

/// "0.097 text": the printer gives 3, 2 or 1 places as the number grows.
std::optional<PlainLine> readLog(std::string_view rest)
{
    const bool negative = startsWith(rest, "-");
    const std::string_view number = rest.substr(negative);
    const auto seconds = readDecimal(number);
    if (!seconds || seconds->places < 1 || seconds->places > 3 || seconds->value > 9'000'000'000'000)
        return {};
    if (seconds->length < number.size() && number[seconds->length] != ' ')
        return {};
    PlainLine line;
    line.kind = PlainLine::Kind::Log;
    line.seconds = Duration{(negative ? -1 : 1) * scaled(*seconds, 1'000'000'000)};
    line.text = number.substr(std::min(seconds->length + 1, number.size()));
    return line;
}

} // namespace

std::optional<NumberedLine> splitNumbered(std::string_view line)
{
    if (line.size() < 2 || line[0] != '#' || !isDigit(line[1]))
        return {};
    NumberedLine result;
    const auto [end, error] = std::from_chars(line.data() + 1, line.data() + line.size(), result.number);
    const std::size_t length = std::size_t(end - line.data());
    if (error != std::errc{} || (length < line.size() && line[length] != ' '))
        return {};
    result.rest = line.substr(std::min(length + 1, line.size()));
    return result;
}

PlainLine parsePlainLine(std::string_view rest)
{
    using Kind = PlainLine::Kind;
    PlainLine line;
    line.text = rest;
    if (rest == "...")
        line.kind = Kind::Away;
    else if (rest == "CACHED")
        line.kind = Kind::Cached;
    else if (rest == "CANCELED")
        line.kind = Kind::Canceled;
    else if (rest == "DONE")
        line.kind = Kind::Done;
    else if (startsWith(rest, "ERROR: ")) {
        line.kind = Kind::Error;
        line.text.remove_prefix(7);
    } else if (startsWith(rest, "WARN: ")) {
        line.kind = Kind::Warning;
        line.text.remove_prefix(6);
    } else if (startsWith(rest, "DONE ") && readSeconds(rest.substr(5))) {
        line.kind = Kind::Done;
        line.seconds = readSeconds(rest.substr(5));
    } else if (const auto log = readLog(rest)) {
        line = *log;
    } else {
        line = readStatus(rest);
    }
    return line;
}

OptionalTime takeTimestamp(std::string_view& line)
{
    constexpr std::string_view shape = "dddd-dd-ddTdd:dd:dd";
    if (line.size() < shape.size())
        return {};
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (shape[i] == 'd' ? !isDigit(line[i]) : line[i] != shape[i])
            return {};
    }
    const auto end = std::min(line.find(' '), line.size());
    if (end > 40 || line[end - 1] != 'Z')
        return {};
    const OptionalTime time = parseRfc3339(std::string(line.substr(0, end)));
    if (time)
        line.remove_prefix(std::min(end + 1, line.size()));
    return time;
}

} // namespace layerline
