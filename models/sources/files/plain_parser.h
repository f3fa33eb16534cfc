// "--progress=plain": from a terminal's log or, behind timestamps, from a GitHub job's.
#pragma once

#include "domain/events.h"
#include "sources/files/failure_tail.h"
#include "sources/files/file_caps.h"
#include "sources/files/plain_line.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace layerline {

/// Push parser: any portions. A job's log may hold several builds one after the other; `build` counts them from 0.
///
/// Steps have no digests there: "#12" is used, and no inputs. Plain text names durations but hardly any times: without
/// timestamps a clock is run by what the lines say ("0.097 text", "DONE 1.2s"), beginning at `base`, so that durations
/// are exact and starts approximate. With timestamps a step's start is told when it has ended, or by finish(): lines after
/// its headline show that it had run before.
class PlainParser {
public:
    struct Piece {
        std::size_t build = 0;
        Event event;
    };

    explicit PlainParser(Timestamp base, const FileCaps& caps = {});
    ~PlainParser();
    PlainParser(const PlainParser&) = delete;
    PlainParser& operator=(const PlainParser&) = delete;

    std::vector<Piece> push(std::string_view bytes);
    /// The input has ended: hands over what a last line without an end said.
    std::vector<Piece> finish();

    std::size_t buildCount() const { return m_builds.size(); }
    /// What the client said in plain text after build number `build` began.
    const FailureTail& tail(std::size_t build) const;
    /// At least one line had a timestamp: a GitHub log.
    bool timestamped() const { return m_timestamped; }

private:
    struct Step;
    struct Build;

    void line(std::string_view text, bool ended);
    void numbered(int number, std::string_view rest, bool ended);
    bool isHeadline(int number, std::string_view rest);
    /// The step of that number, announced when new or newly named; null beyond the cap.
    Step* stepFor(int number, std::string_view name);
    /// A line printed now says that the step has run for so long.
    void hasRun(Step& step, Duration ran);
    void update(Step& step, const PlainLine& line, bool ended);
    void end(Step& step, const PlainLine& line);
    void log(Step& step, const PlainLine& line, bool ended);
    void status(Step& step, const PlainLine& line);
    void appendLog(Step& step, Timestamp time, std::string text);
    bool restarts(int number, std::string_view rest) const;
    void newBuild();
    void advance(Timestamp time);
    Build& build() { return *m_builds.back(); }
    void emit(Event event) { m_pieces.push_back({m_builds.size() - 1, std::move(event)}); }

    FileCaps m_caps;
    Timestamp m_now;
    Timestamp m_floor;        ///< stamped: no step of this build began before
    bool m_timestamped = false;
    bool m_first = true;      ///< no line yet: a byte order mark may come
    bool m_cutLine = false;   ///< the line's beginning has been handed over already
    Step* m_logging = nullptr; ///< whose log the line being cut belongs to
    std::string m_partial;
    std::vector<std::unique_ptr<Build>> m_builds;
    std::vector<Piece> m_pieces;
};

} // namespace layerline
