#include "sources/files/plain_parser.h"

#include "domain/step_name.h"

#include <algorithm>
#include <utility>

namespace layerline {

struct PlainParser::Step {
    int number = 0;
    std::string name;
    Timestamp started;          ///< of the last interval
    bool told = false;          ///< an event has said when it started: no more changed
    Duration spent;             ///< in all intervals that ended, as DONE counts
    bool ended = false;
    bool cached = false;
    std::uint64_t logBytes = 0;
    std::map<std::string, Timestamp, std::less<>> transfers; ///< id -> start

    StepDigest digest() const { return StepDigest("#" + std::to_string(number)); }
    ev::StepUpdated announcement() const
    {
        ev::StepUpdated update;
        update.digest = digest();
        update.name = name;
        return update;
    }
};

struct PlainParser::Build {
    std::map<int, Step> steps;
    int current = 0; ///< number of the step the printer is at; 0 = none, what comes next is a headline
    FailureTail tail;
};

namespace {
constexpr std::size_t longestChunk = 64 * 1024; ///< bytes of log in one event
}

PlainParser::PlainParser(Timestamp base, const FileCaps& caps) : m_caps(caps), m_now(base) {}
PlainParser::~PlainParser() = default;

const FailureTail& PlainParser::tail(std::size_t build) const
{
    return m_builds.at(build)->tail;
}

std::vector<PlainParser::Piece> PlainParser::push(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto newline = bytes.find('\n');
        const auto length = std::min(newline, bytes.size());
        const auto room = m_caps.line > m_partial.size() ? m_caps.line - m_partial.size() : 0;
        if (length > room) {
            m_partial.append(bytes.substr(0, room));
            bytes.remove_prefix(room);
            line(m_partial, false);
            m_partial.clear();
            m_cutLine = true;
            continue;
        }
        m_partial.append(bytes.substr(0, length));
        bytes.remove_prefix(std::min(length + 1, bytes.size()));
        if (newline == std::string_view::npos)
            break;
        line(m_partial, true);
        m_partial.clear();
        m_cutLine = false;
    }
    return std::exchange(m_pieces, {});
}

std::vector<PlainParser::Piece> PlainParser::finish()
{
    if (!m_partial.empty())
        line(m_partial, true);
    m_partial.clear();
    for (std::size_t i = 0; i < m_builds.size(); ++i) {
        for (auto& [ignored, step] : m_builds[i]->steps) {
            if (std::exchange(step.told, true))
                continue;
            ev::StepUpdated update = step.announcement();
            update.started = step.started;
            m_pieces.push_back({i, std::move(update)});
        }
    }
    return std::exchange(m_pieces, {});
}

void PlainParser::advance(Timestamp time)
{
    // With timestamps the lines' own times are the clock.
    if (!m_timestamped)
        m_now = std::max(m_now, time);
}

namespace {

/// In a job's log anybody may print "ERROR: ..." after the build; only buildx's own ends it.
bool isClientsWord(std::string_view text)
{
    return text.substr(0, 7) != "ERROR: " || text.find("failed to ") != std::string_view::npos
        || text.find("context canceled") != std::string_view::npos;
}

} // namespace

void PlainParser::line(std::string_view text, bool ended)
{
    if (m_first && text.substr(0, 3) == "\xEF\xBB\xBF")
        text.remove_prefix(3);
    m_first = false;
    if (ended && !text.empty() && text.back() == '\r')
        text.remove_suffix(1);
    if (m_cutLine) {
        if (m_logging)
            appendLog(*m_logging, m_now, std::string(text) + (ended ? "\n" : ""));
        return;
    }
    Step* const before = std::exchange(m_logging, nullptr);
    const OptionalTime time = takeTimestamp(text);
    if (time) {
        m_floor = m_timestamped ? m_floor : *time;
        m_timestamped = true;
        m_now = *time;
    }
    if (m_timestamped && !time && before && !text.empty()) { // the rest of a message of several lines: the runner stamps the first
        m_logging = before;
        appendLog(*before, m_now, std::string(text) + (ended ? "\n" : ""));
    } else if (const auto split = splitNumbered(text))
        numbered(split->number, split->rest, ended);
    else if (!m_builds.empty() && (!m_timestamped || isClientsWord(text)))
        build().tail.line(text);
}

void PlainParser::newBuild()
{
    if (!m_builds.empty())
        m_floor = m_now;
    m_builds.push_back(std::make_unique<Build>());
}

/// Numbers begin anew: another build in the same log. A first step of the same name may also be the old one, done once
/// more, unless the build had come to its end.
bool PlainParser::restarts(int number, std::string_view rest) const
{
    const Build& last = *m_builds.back();
    const auto first = last.steps.find(1);
    if (number != 1 || first == last.steps.end() || last.steps.size() < 3 || rest.empty() || rest.front() != '[')
        return false;
    if (last.tail.error())
        return true;
    bool exported = false;
    for (const auto& [ignored, step] : last.steps) {
        if (!step.ended)
            return false;
        exported = exported || parseStepName(step.name).kind == StepKind::Export;
    }
    return exported || first->second.name != rest;
}

/// A headline comes only when the printer turns to a step: any other text then repeats nothing known.
bool PlainParser::isHeadline(int number, std::string_view rest)
{
    if (m_builds.empty())
        newBuild();
    else if (restarts(number, rest))
        newBuild();
    const auto known = build().steps.find(number);
    if (known == build().steps.end())
        return true;
    if (build().current == number)
        return false;
    return known->second.name == rest || (known->second.name.empty() && parsePlainLine(rest).kind == PlainLine::Kind::Status);
}

PlainParser::Step* PlainParser::stepFor(int number, std::string_view name)
{
    const bool known = build().steps.count(number) > 0;
    if (!known && build().steps.size() >= m_caps.steps)
        return nullptr;
    Step& step = build().steps[number];
    build().current = number;
    if (known && (name.empty() || step.name == name))
        return &step;
    step.name = name;
    ev::StepUpdated update = step.announcement();
    if (!known) {
        step.number = number;
        step.started = m_now;
        update.digest = step.digest();
        emit(update);
        if (m_timestamped)
            return &step; // when it started shows later
        step.told = true;
        update.started = step.started;
    }
    emit(update);
    return &step;
}

/// Everything a stamped log says of a step comes late: its headline when the printer turns to it, a line's stamp when the
/// printer gets to the line. So each is a latest time of the start, and the earliest of them is nearest to it.
void PlainParser::hasRun(Step& step, Duration ran)
{
    const Timestamp floor = std::max(m_floor, Timestamp{}); // no log is older, and no difference of times too large
    if (m_timestamped && !step.told && ran.ns > 0)
        step.started = std::min(step.started, ran < m_now - floor ? Timestamp{m_now.ns - ran.ns} : floor);
}

void PlainParser::numbered(int number, std::string_view rest, bool ended)
{
    if (number == 0) {
        // "#0 building with "default" instance using docker driver": the client's own line, before the first step.
        if (!m_builds.empty() && !build().steps.empty())
            newBuild();
        m_floor = m_now;
        return;
    }
    // In a job's log other programs print "#12 ..." too; a build begins at its first step.
    if (m_builds.empty() && m_timestamped && number != 1)
        return;
    const PlainLine parsed = parsePlainLine(rest);
    const bool isName = isHeadline(number, rest);
    // Text cut at its head may begin in the middle of a step: it has no name until its headline comes again.
    const bool nameless = isName && parsed.kind != PlainLine::Kind::Status;
    Step* step = stepFor(number, isName && !nameless ? rest : std::string_view{});
    if (step && (!isName || nameless))
        update(*step, parsed, ended);
}

void PlainParser::update(Step& step, const PlainLine& line, bool ended)
{
    using Kind = PlainLine::Kind;
    switch (line.kind) {
    case Kind::Away:
        build().current = 0;
        break;
    case Kind::Cached:
    case Kind::Canceled:
    case Kind::Done:
    case Kind::Error:
        end(step, line);
        break;
    case Kind::Warning: {
        ev::WarningRaised warning;
        warning.step = step.digest();
        warning.summary = line.text;
        emit(warning);
        break;
    }
    case Kind::Log:
        log(step, line, ended);
        break;
    case Kind::Status:
        status(step, line);
        break;
    }
}

void PlainParser::end(Step& step, const PlainLine& line)
{
    using Kind = PlainLine::Kind;
    build().current = 0;
    ev::StepUpdated update = step.announcement();
    if (step.ended && line.kind == Kind::Done && line.seconds) {
        // DONE again: the seconds count all intervals, so more of them mean another one.
        const Duration more{line.seconds->ns - step.spent.ns};
        if (more.ns <= 0)
            return;
        step.started = std::max(m_timestamped ? Timestamp{m_now.ns - more.ns} : m_now, step.started + step.spent);
        step.spent = *line.seconds;
        update.started = step.started;
        update.completed = step.started + more;
    } else {
        if (line.kind == Kind::Done)
            hasRun(step, line.seconds.value_or(Duration{}));
        update.started = step.started;
        if (line.kind == Kind::Done && line.seconds) {
            step.spent = *line.seconds;
            update.completed = step.started + step.spent;
        } else {
            update.completed = line.kind == Kind::Cached ? step.started : std::max(step.started, m_now);
        }
    }
    step.ended = step.told = true;
    step.cached = step.cached || line.kind == Kind::Cached;
    update.cached = step.cached;
    if (line.kind == Kind::Error)
        update.error = line.text;
    else if (line.kind == Kind::Canceled)
        update.error = "context canceled";
    advance(*update.completed);
    emit(update);
}

void PlainParser::log(Step& step, const PlainLine& line, bool ended)
{
    const Timestamp said = step.started + line.seconds.value_or(Duration{});
    advance(said);
    hasRun(step, line.seconds.value_or(Duration{}));
    m_logging = &step;
    appendLog(step, m_timestamped ? m_now : said, std::string(line.text) + (ended ? "\n" : ""));
}

void PlainParser::appendLog(Step& step, Timestamp time, std::string text)
{
    const std::uint64_t offset = step.logBytes;
    step.logBytes += text.size();
    // Lines of one moment go together: a fast log has hundreds of them.
    if (!m_pieces.empty() && m_pieces.back().build + 1 == m_builds.size()) {
        auto* last = std::get_if<ev::LogAppended>(&m_pieces.back().event);
        if (last && last->time == time && last->bytes.size() < longestChunk && last->step == step.digest()) {
            last->bytes += text;
            return;
        }
    }
    emit(ev::LogAppended{step.digest(), 1, offset, time, std::move(text)});
}

void PlainParser::status(Step& step, const PlainLine& line)
{
    const Duration ran = line.seconds.value_or(Duration{});
    hasRun(step, ran);
    auto known = step.transfers.find(line.text);
    if (known == step.transfers.end()) {
        const Timestamp begin = m_timestamped ? std::max(step.started, Timestamp{m_now.ns - ran.ns}) : m_now;
        known = step.transfers.emplace(std::string(line.text), begin).first;
    }
    const Timestamp now = m_timestamped ? m_now : known->second + ran;
    advance(now);
    ev::TransferUpdated transfer;
    transfer.step = step.digest();
    transfer.id = line.text;
    transfer.name = line.text;
    transfer.current = line.current;
    transfer.total = line.total;
    transfer.started = known->second;
    transfer.timestamp = std::max(now, known->second);
    if (line.ended)
        transfer.completed = transfer.timestamp;
    emit(transfer);
}

} // namespace layerline
