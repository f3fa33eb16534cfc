// What the command line prints about builds: the documented JSON (packaging/docs/json.md, schema 1) and plain text.
//
// Secret-looking build arguments are masked in all of it, logs too; bytes which are no UTF-8 become U+FFFD. `now` is the wall clock: the builder's skew is taken into account here.
#pragma once

#include "domain/build.h"
#include "domain/estimate.h"
#include "domain/summary.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace layerline {

/// The number in "schema" of every document and of every line of `watch --json`.
constexpr int reportSchema = 1;

/// One entry of builds[] of `show --json`. `estimate`: what is known about the rest of a running build.
nlohmann::ordered_json showJson(const Build& build, Timestamp now, const BuildEstimate& estimate = {});
/// One entry of builds[] of `builds --json`: showJson() without steps, critical path, warnings and log tail. A build whose
/// steps were not read has the counters its records report.
nlohmann::ordered_json buildSummaryJson(const Build& build, Timestamp now, const BuildEstimate& estimate = {});
/// The value of "estimate": null when nothing is known.
nlohmann::ordered_json estimateJson(const Build& build, const BuildEstimate& estimate);
/// The line of `watch --json` that tells of a new estimate.
nlohmann::ordered_json estimateEventJson(const RecordKey& record, const Build& build, const BuildEstimate& estimate);
/// {"schema":1,"builds":[...]} around such entries.
nlohmann::ordered_json buildsDocument(std::vector<nlohmann::ordered_json> entries);

/// One line of `watch --json`; every event has exactly one. `build` is the build it was reduced into, when there is
/// one (the values of its secret arguments are then masked, too); `added` tells that this event made it known. Logs go through
/// LogPieces before.
nlohmann::ordered_json eventJson(const RecordKey& record, const Event& event, const Build* build = nullptr, bool added = false);
/// printableJson() in one line.
std::string jsonLine(const nlohmann::ordered_json& value);

/// Human text of `show`, several lines, each ended. Control characters of the build's own texts are made visible.
std::string showText(const Build& build, Timestamp now, bool color);
/// Human text of `builds`: a table, one line a build.
std::string buildsText(const std::vector<const Build*>& builds, Timestamp now, bool color);
/// Human text of `watch`: a line (several for a log chunk), the last without its end; empty for events a person does
/// not want to read, such as progress.
std::string eventText(const RecordKey& record, const Event& event, const Build* build, bool color);

/// `bytes` with everything that is no well-formed UTF-8 replaced by U+FFFD, as Unicode recommends (one per maximal part).
std::string validUtf8(std::string_view bytes);
/// Valid UTF-8 in one line: C0 and C1 controls and the bidirectional ones become U+FFFD, a tab becomes a space.
std::string printableLine(std::string_view bytes);
/// The same of several lines, whose ends and tabs stay: the last thing done to a text that goes to a terminal.
std::string printableText(std::string_view bytes);
/// JSON for a terminal or a file: what is no UTF-8 is replaced, and what printableLine() replaces is escaped, so that it
/// reads back as the same document. indent < 0: in one line.
std::string printableJson(const nlohmann::ordered_json& value, int indent = 2);
/// For lists: countersOf(), or what the records report when no step is known.
Counters listedCounters(const Build& build);
/// Last lines of a step's log, valid UTF-8, oldest first; nothing is masked in them yet.
std::vector<std::string> logTail(const Step& step, std::size_t lines = 20);

} // namespace layerline
