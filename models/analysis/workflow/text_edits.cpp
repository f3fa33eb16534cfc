#include "analysis/workflow/text_edits.h"

#include "analysis/workflow/yaml_scan.h"

#include <algorithm>
#include <set>

namespace layerline {

namespace {

/// Is there nothing but blanks between the beginning of the line and `at`?
bool firstOnLine(std::string_view text, std::size_t at)
{
    const std::size_t begin = lineBegin(text, at);
    return text.substr(begin, at - begin).find_first_not_of(" \t") == std::string_view::npos;
}

bool commentLine(std::string_view text, std::size_t begin, int indent)
{
    const std::size_t first = begin + std::size_t(indent);
    return indentOf(text, begin) == indent && first < text.size() && text[first] == '#';
}

std::vector<std::string> linesOf(const std::string& text)
{
    std::vector<std::string> lines;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = text.find('\n', begin);
        std::string line = text.substr(begin, end == std::string::npos ? end : end - begin);
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
        lines.push_back(std::move(line));
        begin = end == std::string::npos ? text.size() : end + 1;
    }
    return lines;
}

void addAliased(const YamlNode& node, std::vector<const YamlNode*>& to)
{
    for (const YamlEntry& entry : node.entries)
        entry.alias ? to.push_back(entry.value.get()) : addAliased(*entry.value, to);
}

/// Where "&name" before a value stands, with the blanks that go with it; an empty range when there is none.
std::pair<std::size_t, std::size_t> anchorBefore(std::string_view text, std::size_t value)
{
    const std::size_t sign = text.substr(0, value).rfind('&');
    if (sign == std::string_view::npos || sign == 0 || skipProperties(text, sign) != value)
        return {value, value};
    const std::size_t name = wordEnd(text, sign), before = text.find_last_not_of(' ', sign - 1);
    const bool ownLine = text.substr(name, value - name).find('\n') != std::string_view::npos;
    // "key: &name" and lines below: they stay below. "- &name" and lines below: the first one moves up to the dash.
    if (ownLine && before != std::string_view::npos && text[before] == ':')
        return {before + 1, name};
    return {sign, value};
}

/// The anchors of an entry's value and of everything below it.
void addAnchors(std::string_view text, const YamlEntry& entry, std::set<std::pair<std::size_t, std::size_t>>& to)
{
    if (entry.alias)
        return;
    const auto range = anchorBefore(text, entry.value->begin);
    if (range.first < range.second && range.first >= entry.begin)
        to.insert(range);
    for (const YamlEntry& inner : entry.value->entries)
        addAnchors(text, inner, to);
}

const char* const sharedPlace = "a YAML alias stands for this too, one change would show in several places: write it out";

} // namespace

std::string indented(const std::string& lines, int blanks)
{
    std::string result;
    for (const std::string& line : linesOf(lines))
        result += (line.empty() ? line : std::string(std::size_t(std::max(blanks, 0)), ' ') + line) + "\n";
    return result;
}

std::string dedented(const std::string& text)
{
    const std::vector<std::string> lines = linesOf(text);
    std::size_t least = std::string::npos;
    for (const std::string& line : lines) {
        const std::size_t first = line.find_first_not_of(' ');
        if (first != std::string::npos)
            least = std::min(least, first);
    }
    std::string result;
    for (const std::string& line : lines)
        result += (line.find_first_not_of(' ') == std::string::npos ? std::string() : line.substr(least)) + "\n";
    return result;
}

std::string yamlScalar(const std::string& value)
{
    static const std::vector<std::string> words{"true", "false", "null", "yes", "no", "on", "off", "~"};
    const bool indicator = value.empty() || std::string_view("-?:,[]{}#&*!|>'\"%@` ").find(value[0]) != std::string_view::npos || value.back() == ' '
                           || value.back() == ':';
    const bool inside = value.find(": ") != std::string::npos || value.find(" #") != std::string::npos || value.find('\n') != std::string::npos;
    if (!indicator && !inside && std::find(words.begin(), words.end(), value) == words.end())
        return value;
    std::string quoted = "'";
    for (const char c : value)
        quoted += c == '\'' ? std::string("''") : std::string(1, c);
    return quoted + "'";
}

TextEdits::TextEdits(const YamlDocument& document)
    : m_document(document), m_text(document.text), m_newline(document.text.find("\r\n") == std::string::npos ? "\n" : "\r\n")
{
    if (document.hasAliases)
        addAliased(*document.root, m_aliased);
}

void TextEdits::refuse(const YamlNode& node, const std::string& why)
{
    m_refused.push_back({ErrorKind::Unsupported, atPlace(node, why), false});
}

bool TextEdits::shared(std::size_t begin, std::size_t end) const
{
    return std::any_of(m_aliased.begin(), m_aliased.end(), [&](const YamlNode* node) { return node->begin <= begin && end <= node->end; });
}

void TextEdits::replace(std::size_t begin, std::size_t end, std::string with)
{
    for (const YamlNode* node : m_aliased) {
        const bool inside = begin == end ? node->begin < begin && begin < node->end : begin < node->end && end > node->begin;
        if (inside)
            refuse(*node, sharedPlace);
    }
    if (m_newline != "\n") {
        std::string converted;
        for (const char c : with)
            converted += c == '\n' ? m_newline : std::string(1, c);
        with = std::move(converted);
    }
    m_changes.push_back({begin, end, std::move(with), m_changes.size()});
}

void TextEdits::setScalar(const YamlNode& node, const std::string& value)
{
    if (node.style == YamlStyle::DoubleQuoted && value.find_first_of("\\\"\n") == std::string::npos)
        replace(node.begin, node.end, "\"" + value + "\"");
    else if (node.style == YamlStyle::SingleQuoted && yamlScalar(value)[0] != '\'')
        replace(node.begin, node.end, "'" + value + "'");
    else
        replace(node.begin, node.end, yamlScalar(value));
}

void TextEdits::setValue(const YamlNode& node, const std::string& yaml)
{
    if (node.kind == YamlKind::Null && node.begin == node.end) {
        replace(node.begin, node.end, " " + yaml);
        return;
    }
    if (node.style != YamlStyle::Block) {
        replace(node.begin, node.end, yaml);
        return;
    }
    // A block collection begins on the line below its key: that line break goes too.
    std::size_t begin = node.begin;
    while (begin > 0 && std::string_view(" \t\r\n").find(m_text[begin - 1]) != std::string_view::npos)
        --begin;
    if (begin > 0 && m_text[begin - 1] != ':')
        refuse(node, "a comment stands between the key and its value");
    replace(begin, node.end, " " + yaml);
}

void TextEdits::removeEntry(const YamlNode& map, const YamlEntry& entry)
{
    if (map.style == YamlStyle::Flow) {
        refuse(map, "a map in braces is not edited");
        return;
    }
    if (firstOnLine(m_text, entry.begin)) {
        replace(lineBegin(m_text, entry.begin), lineAfter(m_text, entry.end), {});
        return;
    }
    const auto next = std::find_if(map.entries.begin(), map.entries.end(), [&](const YamlEntry& e) { return e.begin > entry.begin; });
    if (next == map.entries.end())
        refuse(map, "nothing would be left of the map");
    else
        replace(entry.begin, next->begin, {});
}

std::size_t TextEdits::commentsAbove(std::size_t lineStart, int indent) const
{
    while (lineStart > 0) {
        const std::size_t above = lineBegin(m_text, lineStart - 1);
        if (!commentLine(m_text, above, indent))
            break;
        lineStart = above;
    }
    return lineStart;
}

void TextEdits::removeElement(const YamlNode& sequence, const YamlEntry& element)
{
    if (sequence.style == YamlStyle::Flow || !firstOnLine(m_text, element.begin)) {
        refuse(sequence, "a list in brackets is not edited");
        return;
    }
    removeLines(element, &element == &sequence.entries.front());
}

void TextEdits::removeMember(const YamlNode& map, const YamlEntry& entry)
{
    if (map.style == YamlStyle::Flow || !firstOnLine(m_text, entry.begin)) {
        refuse(map, "a map in braces is not edited");
        return;
    }
    removeLines(entry, false);
}

void TextEdits::removeLines(const YamlEntry& entry, bool first)
{
    const std::size_t line = lineBegin(m_text, entry.begin);
    std::size_t begin = commentsAbove(line, indentOf(m_text, line));
    std::size_t end = lineAfter(m_text, entry.end);
    while (first && end < m_text.size() && blankLine(m_text, end))
        end = lineAfter(m_text, end);
    // Of the blank lines around it one side is enough, and none at the end of the file.
    while (begin > 0 && (end >= m_text.size() || blankLine(m_text, end)) && blankLine(m_text, lineBegin(m_text, begin - 1)))
        begin = lineBegin(m_text, begin - 1);
    replace(begin, end, {});
}

void TextEdits::insertLines(std::size_t at, const std::string& lines, int indent)
{
    const bool broken = at == 0 || m_text[at - 1] == '\n';
    replace(at, at, (broken ? "" : "\n") + indented(lines, indent));
}

void TextEdits::addEntry(const YamlNode& map, const YamlEntry* after, const std::string& lines)
{
    if (map.style == YamlStyle::Flow || map.entries.empty()) {
        refuse(map, "a map in braces is not edited");
        return;
    }
    if (shared(map.begin, map.end))
        refuse(map, sharedPlace);
    const YamlEntry& last = after ? *after : map.entries.back();
    insertLines(lineAfter(m_text, last.end), lines, map.column - 1);
}

void TextEdits::addElement(const YamlNode& sequence, const YamlEntry* before, const std::string& lines)
{
    if (sequence.style == YamlStyle::Flow || sequence.entries.empty()) {
        refuse(sequence, "a list in brackets is not edited");
        return;
    }
    if (shared(sequence.begin, sequence.end))
        refuse(sequence, sharedPlace);
    const std::size_t first = lineBegin(m_text, sequence.entries.front().begin);
    const int indent = int(sequence.entries.front().begin - first);
    if (!before) {
        insertLines(lineAfter(m_text, sequence.entries.back().end), lines, indent);
        return;
    }
    const std::size_t line = lineBegin(m_text, before->begin);
    const std::size_t at = commentsAbove(line, indent);
    // Steps that stand apart keep their distance.
    const bool apart = at > 0 && blankLine(m_text, lineBegin(m_text, at - 1)) && before != &sequence.entries.front();
    insertLines(at, lines + (apart ? "\n" : ""), indent);
}

std::string TextEdits::elementText(const YamlEntry& element) const
{
    const std::size_t line = lineBegin(m_text, element.begin);
    const std::size_t begin = commentsAbove(line, indentOf(m_text, line));
    const std::size_t end = lineAfter(m_text, element.end);
    std::string copy(m_text.substr(begin, end - begin));
    // An anchor may stand in one place only.
    std::set<std::pair<std::size_t, std::size_t>> anchors;
    addAnchors(m_text, element, anchors);
    for (auto it = anchors.rbegin(); it != anchors.rend(); ++it)
        copy.erase(it->first - begin, it->second - it->first);
    return dedented(copy);
}

Result<std::string> TextEdits::apply() const
{
    if (!m_refused.empty())
        return m_refused.front();
    std::vector<Change> sorted = m_changes;
    std::sort(sorted.begin(), sorted.end(), [](const Change& a, const Change& b) {
        return a.begin != b.begin ? a.begin < b.begin : (a.end == a.begin) != (b.end == b.begin) ? a.end == a.begin : a.order < b.order;
    });
    std::string result;
    std::size_t at = 0;
    for (const Change& change : sorted) {
        if (change.begin < at)
            return Error{ErrorKind::Internal, "two changes of the same place", false};
        result += m_text.substr(at, change.begin - at);
        result += change.with;
        at = change.end;
    }
    return result + std::string(m_text.substr(at));
}

} // namespace layerline
