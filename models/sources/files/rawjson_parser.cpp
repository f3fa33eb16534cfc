#include "sources/files/rawjson_parser.h"

#include "control.pb.h"
#include "sources/files/status_log.h"

#include <iterator>

namespace layerline {

RawJsonParser::RawJsonParser(const FileCaps& caps) : m_caps(caps), m_splitter(caps.jsonObject, caps.jsonDepth) {}

Result<void> RawJsonParser::object(std::string_view text, std::vector<Event>& events)
{
    const auto parsed = json::parse(text, m_caps.jsonDepth);
    if (!parsed) {
        // Behind the progress comes text for people; a line of it may well begin with a brace.
        if (m_textSeen)
            return {};
        return parsed.error();
    }
    moby::buildkit::v1::StatusResponse response;
    statusFromJson(*parsed, response);
    std::vector<Event> more = m_translator.translate(response);
    std::move(more.begin(), more.end(), std::back_inserter(events));
    return {};
}

Result<std::vector<Event>> RawJsonParser::push(std::string_view bytes)
{
    std::vector<Event> events;
    const auto pushed = m_splitter.push(
        bytes, [&](std::string_view text) { return object(text, events); },
        [this](std::string_view line) {
            m_textSeen = true;
            m_tail.line(line);
        });
    if (!pushed)
        return pushed.error();
    return events;
}

void RawJsonParser::finish()
{
    m_splitter.finish([this](std::string_view line) { m_tail.line(line); });
}

} // namespace layerline
