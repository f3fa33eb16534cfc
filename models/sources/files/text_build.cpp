#include "sources/files/text_build.h"

namespace layerline {

void TextBuild::see(const OptionalTime& time)
{
    if (!time)
        return;
    if (!m_first || *time < *m_first)
        m_first = time;
    if (!m_last || *time > *m_last)
        m_last = time;
}

void TextBuild::observe(const Event& event)
{
    if (const auto* step = std::get_if<ev::StepUpdated>(&event)) {
        m_steps.insert(step->digest);
        see(step->started);
        see(step->completed);
        if (step->completed)
            m_open.erase(step->digest);
        else if (step->started)
            m_open.insert(step->digest);
        if (step->error.empty())
            return;
        const BuildError error = buildErrorFrom(step->error);
        if (error.code == 1)
            m_canceled = true;
        else if (m_error.empty())
            m_error = error.message;
    } else if (const auto* transfer = std::get_if<ev::TransferUpdated>(&event)) {
        see(transfer->timestamp);
    } else if (const auto* log = std::get_if<ev::LogAppended>(&event)) {
        see(log->time);
    }
}

std::vector<Event> TextBuild::conclude(const FailureTail& tail, SourceKind source, const std::string& name) const
{
    ev::RecordUpdated record;
    record.source = source;
    record.name = name;
    record.created = m_first;
    record.error = tail.error();
    if (!record.error && !m_error.empty())
        record.error = BuildError{2, m_error};
    else if (!record.error && m_canceled)
        record.error = BuildError{1, "context canceled"};
    record.complete = m_open.empty() || tail.error();
    if (record.complete)
        record.completed = m_last;
    std::vector<Event> events{record};
    if (const auto excerpt = tail.excerpt())
        events.emplace_back(ev::ExcerptRead{*excerpt});
    if (!record.complete)
        events.emplace_back(ev::ConnectionChanged{true, "the text ends in the middle of the build", 0});
    return events;
}

} // namespace layerline
