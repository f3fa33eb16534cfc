#include "sources/files/json_splitter.h"

#include <algorithm>

namespace layerline {

std::size_t JsonSplitter::scan(std::string_view bytes)
{
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (m_quoted) {
            if (m_escaped)
                m_escaped = false;
            else if (c == '\\')
                m_escaped = true;
            else if (c == '"')
                m_quoted = false;
        } else if (c == '"') {
            m_quoted = true;
        } else if (c == '{' || c == '[') {
            m_tooDeep = m_tooDeep || ++m_depth > m_maxDepth;
        } else if ((c == '}' || c == ']') && --m_depth == 0) {
            return i + 1;
        }
    }
    return std::string_view::npos;
}

Result<void> JsonSplitter::push(std::string_view bytes, const ObjectSink& object, const TextSink& text)
{
    while (!bytes.empty()) {
        if (m_state == State::LineStart) {
            const char c = bytes.front();
            if (c == '\n' || c == '\r') {
                bytes.remove_prefix(1);
                continue;
            }
            m_state = c == '{' ? State::Object : State::Text;
            m_pending.clear();
            m_depth = 0;
            m_quoted = m_escaped = false;
        }
        const bool inObject = m_state == State::Object;
        const auto newline = bytes.find('\n');
        const auto end = inObject ? scan(bytes) : newline == std::string_view::npos ? newline : newline + 1;
        const auto taken = std::min(end, bytes.size());
        if (m_tooDeep)
            return Error{ErrorKind::TooLarge, "JSON nested deeper than " + std::to_string(m_maxDepth)};
        if (m_pending.size() + taken > m_maxBytes)
            return Error{ErrorKind::TooLarge, "a JSON object or line of more than " + std::to_string(m_maxBytes) + " bytes"};
        m_pending.append(bytes.substr(0, taken));
        bytes.remove_prefix(taken);
        if (end == std::string_view::npos)
            break;
        m_state = State::LineStart;
        if (inObject) {
            const auto accepted = object(m_pending);
            m_pending.clear();
            if (!accepted)
                return accepted;
        } else {
            finish(text);
        }
    }
    return {};
}

void JsonSplitter::finish(const TextSink& text)
{
    if (m_state == State::Object)
        return;
    std::string_view line = m_pending;
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
        line.remove_suffix(1);
    if (!line.empty())
        text(line);
    m_pending.clear();
}

} // namespace layerline
