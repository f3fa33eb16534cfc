#include "analysis/workflow/yaml_scan.h"

#include <algorithm>

namespace layerline {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

char at(std::string_view text, std::size_t i)
{
    return i < text.size() ? text[i] : '\0';
}

std::size_t quotedEnd(std::string_view text, std::size_t i, char quote)
{
    for (++i; i < text.size(); ++i) {
        if (quote == '"' && text[i] == '\\') {
            ++i;
        } else if (text[i] == quote) {
            if (quote == '\'' && at(text, i + 1) == '\'')
                ++i;
            else
                return i + 1;
        }
    }
    return std::string_view::npos;
}

/// Of a "|" or ">" scalar: the last line that is further to the right than what it stands in.
std::size_t blockEnd(std::string_view text, std::size_t begin, int parentIndent)
{
    std::size_t end = lineAfter(text, begin);
    std::size_t last = end;
    while (end < text.size()) {
        if (!blankLine(text, end)) {
            if (indentOf(text, end) <= parentIndent)
                break;
            last = lineAfter(text, end);
        }
        end = lineAfter(text, end);
    }
    // Without the line break.
    while (last > begin && (text[last - 1] == '\n' || text[last - 1] == '\r'))
        --last;
    return last;
}

/// A plain scalar may go over lines, which are joined by blanks: every other character of the value stands in the text.
std::size_t plainEnd(std::string_view text, std::size_t i, std::string_view value)
{
    std::size_t end = i;
    for (const char c : value) {
        if (isBlank(c))
            continue;
        while (i < text.size() && text[i] != c)
            ++i;
        end = std::min(++i, text.size());
    }
    return end;
}

} // namespace

std::size_t lineBegin(std::string_view text, std::size_t position)
{
    if (position == 0)
        return 0;
    const std::size_t found = text.rfind('\n', position - 1);
    return found == std::string_view::npos ? 0 : found + 1;
}

std::size_t lineAfter(std::string_view text, std::size_t position)
{
    const std::size_t found = text.find('\n', position);
    return found == std::string_view::npos ? text.size() : found + 1;
}

int indentOf(std::string_view text, std::size_t begin)
{
    int indent = 0;
    while (at(text, begin + std::size_t(indent)) == ' ')
        ++indent;
    return indent;
}

bool blankLine(std::string_view text, std::size_t begin)
{
    const std::size_t end = lineAfter(text, begin);
    return std::all_of(text.begin() + std::ptrdiff_t(begin), text.begin() + std::ptrdiff_t(end), isBlank);
}

ScalarEnd scalarEnd(std::string_view text, std::size_t begin, std::string_view value, int parentIndent)
{
    switch (at(text, begin)) {
    case '\'': return {YamlStyle::SingleQuoted, quotedEnd(text, begin, '\'')};
    case '"': return {YamlStyle::DoubleQuoted, quotedEnd(text, begin, '"')};
    case '|': return {YamlStyle::Literal, blockEnd(text, begin, parentIndent)};
    case '>': return {YamlStyle::Folded, blockEnd(text, begin, parentIndent)};
    default: return {YamlStyle::Plain, plainEnd(text, begin, value)};
    }
}

std::size_t nullEnd(std::string_view text, std::size_t begin)
{
    for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
        if (begin < text.size() && text.substr(begin, word.size()) == word && wordEnd(text, begin) == begin + word.size())
            return begin + word.size();
    }
    return begin;
}

std::size_t wordEnd(std::string_view text, std::size_t i)
{
    while (i < text.size() && !isBlank(text[i]) && std::string_view(",]}").find(text[i]) == std::string_view::npos)
        ++i;
    return i;
}

std::size_t skipProperties(std::string_view text, std::size_t i)
{
    while (at(text, i) == '&' || at(text, i) == '!') {
        while (i < text.size() && !isBlank(text[i]))
            ++i;
        while (i < text.size() && isBlank(text[i]))
            ++i;
    }
    return i;
}

std::size_t flowEnd(std::string_view text, std::size_t i, char closing)
{
    while (i < text.size() && text[i] != closing) {
        if (text[i] == '#')
            i = lineAfter(text, i);
        else
            ++i;
    }
    return std::min(i + 1, text.size());
}

std::size_t colonEnd(std::string_view text, std::size_t i)
{
    while (at(text, i) == ' ' || at(text, i) == '\t')
        ++i;
    return at(text, i) == ':' ? i + 1 : std::string_view::npos;
}

std::size_t dashBefore(std::string_view text, std::size_t position)
{
    // An element without a value may be reported at its own dash.
    if (at(text, position) == '-' && isBlank(at(text, position + 1)))
        return position;
    std::size_t i = position;
    while (i > 0 && text[i - 1] != '-')
        --i;
    return i > 0 ? i - 1 : position;
}

} // namespace layerline
