// The plain text of `show`, `builds` and `watch`: for people at a terminal, so nothing a build printed may act on it.
#include "analysis/report.h"

#include "analysis/build_failures.h"
#include "analysis/failure_texts.h"
#include "domain/announced_platforms.h"
#include "domain/critical_path.h"
#include "domain/secret_names.h"

#include <QDateTime>

#include <algorithm>
#include <limits>
#include <set>
#include <functional>

namespace layerline {

namespace {

enum class Ink { Plain, Bold, Dim, Red, Green, Yellow, Blue };

const char* codeOf(Ink ink)
{
    switch (ink) {
    case Ink::Plain: return "";
    case Ink::Bold: return "\x1b[1m";
    case Ink::Dim: return "\x1b[2m";
    case Ink::Red: return "\x1b[31m";
    case Ink::Green: return "\x1b[32m";
    case Ink::Yellow: return "\x1b[33m";
    case Ink::Blue: return "\x1b[34m";
    }
    return "";
}

std::string inked(const std::string& text, Ink ink, bool color)
{
    return !color || ink == Ink::Plain || text.empty() ? text : codeOf(ink) + text + "\x1b[0m";
}

/// Terminal columns: two for the East Asian wide blocks, none for combining marks.
int widthOf(const std::string& text)
{
    int width = 0;
    for (const char32_t c : QString::fromStdString(text).toStdU32String()) {
        if ((c >= 0x300 && c <= 0x36F) || c == 0x200B || c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F))
            continue;
        const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3)
            || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60)
            || (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
        width += wide ? 2 : 1;
    }
    return width;
}

struct Cell {
    std::string text;
    Ink ink = Ink::Plain;
    bool right = false;
};

/// Rows of cells, each column as wide as its widest. The last column is not padded.
class Table {
public:
    explicit Table(bool color) : m_color(color) {}
    void add(std::vector<Cell> row) { m_rows.push_back(std::move(row)); }
    std::string str(const std::string& indent = {}) const
    {
        std::vector<int> widths;
        for (const auto& row : m_rows) {
            widths.resize(std::max(widths.size(), row.size()));
            for (std::size_t i = 0; i < row.size(); ++i)
                widths[i] = std::max(widths[i], widthOf(row[i].text));
        }
        std::string out;
        for (const auto& row : m_rows)
            out += indent + line(row, widths) + '\n';
        return out;
    }

private:
    std::string line(const std::vector<Cell>& row, const std::vector<int>& widths) const
    {
        std::string out;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string pad(std::size_t(widths[i] - widthOf(row[i].text)), ' ');
            const bool last = i + 1 == row.size();
            out += (row[i].right ? pad : "") + inked(row[i].text, row[i].ink, m_color);
            if (!last)
                out += (row[i].right ? "" : pad) + "  ";
        }
        return out;
    }

    std::vector<std::vector<Cell>> m_rows;
    bool m_color;
};

std::string seconds(Duration duration)
{
    const std::int64_t ms = std::max<std::int64_t>(0, duration.ms());
    const std::int64_t s = ms / 1000;
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    if (s < 60)
        return QString::number(double(ms) / 1000, 'f', 1).toStdString() + " s";
    if (s < 3600)
        return std::to_string(s / 60) + " m " + two(s % 60) + " s";
    return std::to_string(s / 3600) + " h " + two(s / 60 % 60) + " m";
}

std::string localTime(const OptionalTime& time)
{
    if (!time)
        return "-";
    return QDateTime::fromMSecsSinceEpoch(time->ns / 1'000'000).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")).toStdString();
}

Cell statusCell(BuildStatus status)
{
    switch (status) {
    case BuildStatus::Running: return {"running", Ink::Blue};
    case BuildStatus::Completed: return {"completed", Ink::Green};
    case BuildStatus::Failed: return {"failed", Ink::Red};
    case BuildStatus::Canceled: return {"canceled", Ink::Yellow};
    case BuildStatus::Lost: return {"lost", Ink::Yellow};
    }
    return {};
}

Cell stateCell(const Build& build, const Step& step)
{
    switch (stateOf(build, step)) {
    case StepState::Pending: return {"pending", Ink::Dim};
    case StepState::Running: return {"running", Ink::Blue};
    case StepState::Completed: return {"done"};
    case StepState::Cached: return {"cached", Ink::Green};
    case StepState::Failed: return {"failed", Ink::Red};
    case StepState::Canceled: return {"canceled", Ink::Yellow};
    }
    return {};
}

std::string executionText(Execution execution)
{
    switch (execution) {
    case Execution::Native: return "native";
    case Execution::Emulated: return "emulated";
    case Execution::Cross: return "cross";
    case Execution::Unknown: break;
    }
    return "unknown";
}

std::string joined(const std::vector<std::string>& parts)
{
    std::string out;
    for (const std::string& part : parts)
        out += (out.empty() ? "" : ",") + part;
    return out.empty() ? "-" : out;
}

std::string platformNames(const std::vector<Platform>& platforms)
{
    std::vector<std::string> names;
    for (const Platform& platform : platforms)
        names.push_back(printableLine(platform.shortName()));
    return joined(names);
}

/// Those of its steps, or what its records say when none was read.
std::vector<Platform> listedPlatforms(const Build& build)
{
    if (!build.platforms.empty())
        return build.platforms;
    std::set<Platform> platforms;
    for (const Record& record : build.records) {
        const std::vector<Platform> announced = announcedPlatforms(record.info);
        platforms.insert(announced.begin(), announced.end());
    }
    return {platforms.begin(), platforms.end()};
}

std::string builderNames(const Build& build)
{
    std::vector<std::string> names;
    for (const Record& record : build.records) {
        const std::string name = printableLine(record.info.builder);
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    }
    return joined(names);
}

Duration wallOf(const Build& build, Timestamp present)
{
    const OptionalTime started = build.started();
    return started ? build.completed().value_or(present) - *started : Duration{};
}

std::string stepsText(const Build& build)
{
    const Counters counters = countersOf(build);
    return std::to_string(counters.completed) + " of " + std::to_string(counters.total) + ", " + std::to_string(counters.cached) + " cached";
}

/// What the functions below share.
struct Sheet {
    const Build& build;
    Timestamp present;
    bool color;
    std::vector<std::string> secrets;

    std::string text(std::string_view value) const { return printableLine(maskedText(value, secrets)); }
    std::string title(const std::string& title) const { return '\n' + inked(title, Ink::Bold, color) + '\n'; }
};

std::string headText(const Sheet& sheet)
{
    const Build& build = sheet.build;
    const Cell status = statusCell(build.status());
    std::string out = inked(sheet.text(build.name()), Ink::Bold, sheet.color) + "  "
        + inked(status.text, status.ink, sheet.color) + "  " + seconds(wallOf(build, sheet.present)) + '\n';
    Table table(sheet.color);
    const auto row = [&](const char* label, const std::string& value) {
        if (!value.empty())
            table.add({{label, Ink::Dim}, {value}});
    };
    row("Ref", sheet.text(build.ref()));
    row("Builder", builderNames(build));
    row("Source", toString(build.source()));
    row("Context", sheet.text(build.contextName()));
    row("Target", sheet.text(build.target()));
    row("Started", localTime(build.started()));
    row("Completed", build.completed() ? localTime(build.completed()) : std::string());
    row("Steps", stepsText(build));
    out += table.str("  ");
    if (build.inferredGroup)
        out += "  " + inked("Merged from several nodes' records by likeness (inferred).", Ink::Dim, sheet.color) + '\n';
    return out;
}

std::string argsText(const Sheet& sheet)
{
    constexpr std::string_view prefix = "build-arg:";
    Table table(sheet.color);
    bool any = false;
    if (!sheet.build.records.empty()) {
        for (const auto& [name, value] : sheet.build.records.front().info.frontendAttrs) {
            if (!name.starts_with(prefix))
                continue;
            any = true;
            table.add({{printableLine(name.substr(prefix.size())), Ink::Dim}, {printableLine(maskedValue(name, value))}});
        }
    }
    return any ? sheet.title("Build arguments") + table.str("  ") : std::string();
}

std::string platformsText(const Sheet& sheet)
{
    const auto summaries = platformSummaries(sheet.build, sheet.present);
    if (summaries.empty())
        return {};
    const auto head = [](const char* text, bool right = false) { return Cell{text, Ink::Dim, right}; };
    const auto number = [](int n) { return Cell{std::to_string(n), Ink::Plain, true}; };
    Table table(sheet.color);
    table.add({head("Platform"), head("Runs"), head("Steps", true), head("Cached", true),
               head("Failed", true), head("Busy", true), head("Wall", true)});
    for (const PlatformSummary& summary : summaries) {
        Cell failed = number(summary.failed);
        failed.ink = summary.failed > 0 ? Ink::Red : Ink::Plain;
        table.add({{printableLine(summary.platform.str())}, {executionText(summary.execution)}, number(summary.steps),
                   number(summary.cached), failed, {seconds(summary.busy), Ink::Plain, true}, {seconds(summary.wall), Ink::Plain, true}});
    }
    std::string out = sheet.title("Platforms") + table.str("  ");
    const auto& steps = sheet.build.steps;
    const auto shared = std::count_if(steps.begin(), steps.end(), [](const Step& step) { return step.neededBy.size() > 1; });
    if (shared > 0)
        out += "  " + inked(shared == 1 ? "1 step serves several platforms and counts in each of them."
                                        : std::to_string(shared) + " steps serve several platforms and count in each of them.", Ink::Dim, sheet.color) + '\n';
    return out;
}

std::vector<Cell> stepRow(const Sheet& sheet, const Step& step)
{
    const Duration duration = durationOf(sheet.build, step, sheet.present);
    const bool ran = !step.intervals.empty() && stateOf(sheet.build, step) != StepState::Cached;
    const Ink mark = step.execution == Execution::Emulated ? Ink::Yellow : Ink::Dim;
    const std::string how = step.execution == Execution::Emulated || step.execution == Execution::Cross ? executionText(step.execution) : "";
    return {stateCell(sheet.build, step), {ran ? seconds(duration) : "-", Ink::Plain, true}, {platformNames(step.neededBy), Ink::Dim},
            {how, mark}, {sheet.text(step.name)}};
}

std::string stepsTable(const Sheet& sheet)
{
    if (sheet.build.steps.empty())
        return {};
    Table table(sheet.color);
    // In order of time: vertexes come in the order of their digests. Those that never began are last.
    std::vector<std::reference_wrapper<const Step>> ordered(sheet.build.steps.begin(), sheet.build.steps.end());
    std::stable_sort(ordered.begin(), ordered.end(), [](const Step& a, const Step& b) {
        if (a.intervals.empty() || b.intervals.empty())
            return !a.intervals.empty() && b.intervals.empty();
        return a.intervals.front().started < b.intervals.front().started;
    });
    for (const Step& step : ordered)
        table.add(stepRow(sheet, step));
    return sheet.title("Steps") + table.str("  ");
}

std::string criticalText(const Sheet& sheet)
{
    const CriticalPath path = criticalPath(sheet.build, sheet.present);
    if (path.steps.empty())
        return {};
    Table table(sheet.color);
    for (const StepIndex index : path.steps) {
        const Step& step = sheet.build.step(index);
        table.add({{seconds(durationOf(sheet.build, step, sheet.present)), Ink::Plain, true}, {sheet.text(step.name)}});
    }
    return sheet.title("Critical path, " + seconds(path.length)) + table.str("  ");
}

std::string excerptText(const Sheet& sheet)
{
    std::string out;
    for (const Record& record : sheet.build.records) {
        if (!record.excerpt)
            continue;
        const SourceExcerpt& excerpt = *record.excerpt;
        out += "\n  " + sheet.text(excerpt.filename) + '\n';
        Table table(sheet.color);
        for (std::size_t i = 0; i < excerpt.lines.size(); ++i) {
            const int number = excerpt.firstLine + int(i);
            const bool bad = std::any_of(excerpt.ranges.begin(), excerpt.ranges.end(),
                                         [&](const auto& range) { return number >= range.first && number <= range.second; });
            table.add({{bad ? ">" : " ", Ink::Red}, {std::to_string(number), Ink::Dim, true}, {sheet.text(excerpt.lines[i])}});
        }
        return out + table.str("  ");
    }
    return out;
}

std::string errorText(const Sheet& sheet)
{
    const StepIndex failed = firstFailed(sheet.build);
    const BuildError* error = sheet.build.error();
    if (!error && failed == noStep)
        return {};
    std::string out = sheet.title("Error");
    out += "  " + inked(sheet.text(error ? error->message : sheet.build.step(failed).error), Ink::Red, sheet.color) + '\n';
    if (failed != noStep) {
        out += "  in step: " + sheet.text(sheet.build.step(failed).name) + '\n';
        for (const std::string& line : logTail(sheet.build.step(failed)))
            out += "  | " + sheet.text(line) + '\n';
    }
    return out + excerptText(sheet);
}

/// What is recognised in the errors and the failed steps' logs: the line, what it means, what helps.
std::string failuresText(const Sheet& sheet)
{
    std::string out;
    for (const BuildFailure& found : failuresOf(sheet.build)) {
        out += "  " + inked(printableLine(failureSentence(found.failure).toStdString()), Ink::Bold, sheet.color) + '\n';
        for (const Remedy remedy : remediesFor(found.failure.kind, placeOf(sheet.build)))
            out += "    - " + remedyText(remedy).toStdString() + '\n';
        out += "    " + inked("| " + printableLine(found.failure.line), Ink::Dim, sheet.color) + '\n';
    }
    return out.empty() ? out : sheet.title("Recognised cause") + out;
}

std::string warningsText(const Sheet& sheet)
{
    if (sheet.build.warnings.empty())
        return {};
    std::string out = sheet.title("Warnings");
    for (const ev::WarningRaised& warning : sheet.build.warnings) {
        out += "  " + inked(sheet.text(warning.summary), Ink::Yellow, sheet.color);
        if (!warning.filename.empty() && !warning.lines.empty())
            out += "  " + sheet.text(warning.filename) + ':' + std::to_string(warning.lines.front().first);
        out += '\n';
    }
    return out;
}

} // namespace

std::string showText(const Build& build, Timestamp now, bool color)
{
    const Sheet sheet{build, nowOf(build, now), color, secretValues(build)};
    return headText(sheet) + argsText(sheet) + platformsText(sheet) + stepsTable(sheet) + criticalText(sheet)
        + warningsText(sheet) + errorText(sheet) + failuresText(sheet);
}

std::string buildsText(const std::vector<const Build*>& builds, Timestamp now, bool color)
{
    if (builds.empty())
        return "No builds.\n";
    const auto head = [](const char* text, bool right = false) { return Cell{text, Ink::Dim, right}; };
    Table table(color);
    table.add({head("Status"), head("Name"), head("Builder"), head("Platforms"),
               head("Steps", true), head("Cached", true), head("Time", true),
               head("Started"), head("Ref")});
    for (const Build* build : builds) {
        const Counters counters = listedCounters(*build);
        const auto secrets = secretValues(*build);
        table.add({statusCell(build->status()), {printableLine(maskedText(build->name(), secrets)), Ink::Bold}, {builderNames(*build)},
                   {platformNames(listedPlatforms(*build))},
                   {std::to_string(counters.completed) + '/' + std::to_string(counters.total), Ink::Plain, true},
                   {std::to_string(counters.cached), Ink::Plain, true},
                   {seconds(wallOf(*build, nowOf(*build, now))), Ink::Plain, true}, {localTime(build->started())},
                   {printableLine(build->ref()), Ink::Dim}});
    }
    return table.str();
}

} // namespace layerline
