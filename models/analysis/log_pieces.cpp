#include "analysis/log_pieces.h"

#include "domain/unfinished_secret.h"

namespace layerline {

void LogPieces::pass(const EventBatch& batch, const std::vector<std::string>& secrets, const Print& print)
{
    for (const Event& event : batch.events)
        passOne(batch.record, event, secrets, print);
    for (const Event& event : batch.events) {
        if (const auto* step = std::get_if<ev::StepUpdated>(&event); step && step->completed)
            release(batch.record, &step->digest, print);
    }
}

void LogPieces::passOne(const RecordKey& record, const Event& event, const std::vector<std::string>& secrets, const Print& print)
{
    if (const auto* log = std::get_if<ev::LogAppended>(&event))
        return add(record, *log, secrets, print);
    const auto* connection = std::get_if<ev::ConnectionChanged>(&event);
    if (std::holds_alternative<ev::StatusEnded>(event) || std::holds_alternative<ev::RecordRemoved>(event) || (connection && connection->lost))
        release(record, nullptr, print);
    print(record, event);
}

void LogPieces::add(const RecordKey& record, const ev::LogAppended& log, const std::vector<std::string>& secrets, const Print& print)
{
    const Key key{record, log.step, log.stream};
    auto waiting = m_waiting.extract(key);
    if (waiting && waiting.mapped().offset + waiting.mapped().bytes.size() != log.offset) {
        print(record, waiting.mapped()); // told again, or with a gap: not what it waited for
        waiting = {};
    }
    ev::LogAppended piece = waiting ? std::move(waiting.mapped()) : log;
    if (waiting)
        piece.bytes += log.bytes;
    if (const std::size_t open = unfinishedSecret(piece.bytes, secrets); open > 0) {
        ev::LogAppended rest = piece;
        rest.bytes.erase(0, piece.bytes.size() - open);
        rest.offset += piece.bytes.size() - open;
        piece.bytes.resize(piece.bytes.size() - open);
        m_waiting.emplace(key, std::move(rest));
    }
    if (!piece.bytes.empty())
        print(record, piece);
}

void LogPieces::release(const RecordKey& record, const StepDigest* step, const Print& print)
{
    for (auto at = m_waiting.begin(); at != m_waiting.end();) {
        const bool meant = std::get<RecordKey>(at->first) == record && (!step || std::get<StepDigest>(at->first) == *step);
        if (!meant) {
            ++at;
            continue;
        }
        print(record, at->second);
        at = m_waiting.erase(at);
    }
}

void LogPieces::finish(const Print& print)
{
    for (const auto& [key, log] : m_waiting)
        print(std::get<RecordKey>(key), log);
    m_waiting.clear();
}

} // namespace layerline
