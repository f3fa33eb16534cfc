#include "sources/files/failure_tail.h"

#include <algorithm>
#include <charconv>

namespace layerline {

namespace {

bool startsWith(std::string_view text, std::string_view prefix)
{
    return text.substr(0, prefix.size()) == prefix;
}

bool endsWith(std::string_view text, std::string_view tail)
{
    return text.size() >= tail.size() && text.substr(text.size() - tail.size()) == tail;
}

bool readNumber(std::string_view text, int& value)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && value > 0;
}

bool isRule(std::string_view text)
{
    return text.size() >= 10 && text.find_first_not_of('-') == std::string_view::npos;
}

constexpr std::size_t mostLines = 200;

} // namespace

BuildError buildErrorFrom(std::string_view message)
{
    bool stripped = true;
    while (stripped) {
        stripped = false;
        for (const std::string_view prefix : {"ERROR: ", "failed to build: ", "failed to solve: ", "rpc error: code = Unknown desc = ",
                                              "rpc error: code = Canceled desc = ", "Canceled: "}) {
            if (startsWith(message, prefix)) {
                message.remove_prefix(prefix.size());
                stripped = true;
            }
        }
    }
    const bool canceled = endsWith(message, "context canceled") || message == "Canceled" || message == "canceled";
    return {canceled ? 1 : 2, std::string(message)};
}

bool FailureTail::excerptLine(std::string_view text)
{
    const auto bar = text.find(" |");
    const auto digits = text.find_first_not_of(' ');
    int number = 0;
    if (bar == std::string_view::npos || digits >= bar || !readNumber(text.substr(digits, bar - digits), number))
        return false;
    text.remove_prefix(std::min(bar + 3, text.size()));
    const bool failing = startsWith(text, ">>>");
    text.remove_prefix(std::min<std::size_t>(4, text.size()));
    if (m_excerpt.lines.size() >= mostLines)
        return true;
    if (m_excerpt.lines.empty())
        m_excerpt.firstLine = number;
    m_excerpt.lines.emplace_back(text);
    if (failing && !m_excerpt.ranges.empty() && m_excerpt.ranges.back().second == number - 1)
        m_excerpt.ranges.back().second = number;
    else if (failing)
        m_excerpt.ranges.emplace_back(number, number);
    return true;
}

void FailureTail::line(std::string_view text)
{
    if (startsWith(text, "ERROR: ") && text.size() > 7) {
        m_error = buildErrorFrom(text);
        return;
    }
    if (m_state == State::Inside) {
        if (!excerptLine(text))
            m_state = State::Outside;
        return;
    }
    if (m_state == State::Named && isRule(text)) {
        m_state = State::Inside;
        m_excerpt.lines.clear();
        m_excerpt.ranges.clear();
        return;
    }
    m_state = State::Outside;
    const auto colon = text.rfind(':');
    if (colon != std::string_view::npos && colon > 0 && text.front() != ' ' && readNumber(text.substr(colon + 1), m_namedLine)) {
        m_state = State::Named;
        m_excerpt.filename = text.substr(0, colon);
    }
}

std::optional<SourceExcerpt> FailureTail::excerpt() const
{
    if (m_excerpt.lines.empty())
        return {};
    SourceExcerpt excerpt = m_excerpt;
    // The printer frames the source's last newline as an empty line of its own.
    while (excerpt.lines.size() > 1 && excerpt.lines.back().empty())
        excerpt.lines.pop_back();
    return excerpt;
}

} // namespace layerline
