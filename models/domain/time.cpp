#include "domain/time.h"

#include <chrono>
#include <cstdio>

namespace layerline {

namespace {

bool readDigits(const std::string& text, std::size_t& at, int count, int& value)
{
    value = 0;
    for (int i = 0; i < count; ++i, ++at) {
        if (at >= text.size() || text[at] < '0' || text[at] > '9')
            return false;
        value = value * 10 + (text[at] - '0');
    }
    return true;
}

bool readChar(const std::string& text, std::size_t& at, char wanted)
{
    if (at >= text.size() || text[at] != wanted)
        return false;
    ++at;
    return true;
}

bool readFraction(const std::string& text, std::size_t& at, std::int64_t& ns)
{
    ns = 0;
    if (at >= text.size() || text[at] != '.')
        return true;
    ++at;
    int digits = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++digits) {
        if (digits < 9)
            ns = ns * 10 + (text[at] - '0');
    }
    for (int i = digits; i < 9; ++i)
        ns *= 10;
    return digits > 0;
}

bool readOffset(const std::string& text, std::size_t& at, int& minutes)
{
    minutes = 0;
    if (at < text.size() && (text[at] == 'Z' || text[at] == 'z')) {
        ++at;
        return true;
    }
    if (at >= text.size() || (text[at] != '+' && text[at] != '-'))
        return false;
    const int sign = text[at++] == '-' ? -1 : 1;
    int hours = 0, mins = 0;
    if (!readDigits(text, at, 2, hours) || !readChar(text, at, ':') || !readDigits(text, at, 2, mins))
        return false;
    minutes = sign * (hours * 60 + mins);
    return true;
}

} // namespace

OptionalTime parseRfc3339(const std::string& text)
{
    std::size_t at = 0;
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, offset = 0;
    std::int64_t fraction = 0;
    if (!readDigits(text, at, 4, year) || !readChar(text, at, '-') || !readDigits(text, at, 2, month)
        || !readChar(text, at, '-') || !readDigits(text, at, 2, day))
        return {};
    if (at >= text.size() || (text[at] != 'T' && text[at] != 't' && text[at] != ' '))
        return {};
    ++at;
    if (!readDigits(text, at, 2, hour) || !readChar(text, at, ':') || !readDigits(text, at, 2, minute)
        || !readChar(text, at, ':') || !readDigits(text, at, 2, second))
        return {};
    if (!readFraction(text, at, fraction) || !readOffset(text, at, offset) || at != text.size())
        return {};
    if (hour > 23 || minute > 59 || second > 60)
        return {};
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(unsigned(month)), std::chrono::day(unsigned(day))};
    // Nanoseconds since 1970 fit an int64 only between 1678 and 2262.
    if (!date.ok() || year < 1678 || year > 2261)
        return {};
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    const std::int64_t seconds = ((days * 24 + hour) * 60 + minute - offset) * 60 + second;
    return Timestamp{seconds * 1'000'000'000 + fraction};
}

std::string formatRfc3339(Timestamp time)
{
    std::int64_t seconds = time.ns / 1'000'000'000;
    std::int64_t fraction = time.ns % 1'000'000'000;
    if (fraction < 0) {
        fraction += 1'000'000'000;
        --seconds;
    }
    std::int64_t days = seconds / 86400;
    std::int64_t rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        --days;
    }
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02uT%02d:%02d:%02d", int(date.year()), unsigned(date.month()),
                  unsigned(date.day()), int(rest / 3600), int(rest / 60 % 60), int(rest % 60));
    std::string text = buffer;
    if (fraction != 0) {
        std::snprintf(buffer, sizeof buffer, ".%09lld", static_cast<long long>(fraction));
        text += buffer;
        while (text.back() == '0')
            text.pop_back();
    }
    return text + "Z";
}

} // namespace layerline
