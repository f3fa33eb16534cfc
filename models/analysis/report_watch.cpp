// What a person reads of each event of `watch`.
#include "analysis/report.h"

#include "domain/secret_names.h"

#include <algorithm>

namespace layerline {

namespace {

struct Line {
    std::string text;
    const char* ink = "";
};

struct LineWriter {
    std::vector<std::string> secrets;

    std::string clean(std::string_view text) const { return printableLine(maskedText(text, secrets)); }

    Line operator()(const ev::RecordUpdated& info) const
    {
        if (!info.complete)
            return {"build started", "\x1b[34m"};
        if (!info.error)
            return {"build completed", "\x1b[32m"};
        if (info.error->code == 1)
            return {"build canceled", "\x1b[33m"};
        return {"build failed: " + clean(info.error->message), "\x1b[31m"};
    }
    Line operator()(const ev::RecordRemoved&) const { return {"removed from the builder's history"}; }
    Line operator()(const ev::StepUpdated& step) const
    {
        const std::string name = clean(step.name);
        if (!step.error.empty())
            return {"failed   " + name, "\x1b[31m"};
        if (step.cached)
            return {"cached   " + name, "\x1b[32m"};
        if (step.completed)
            return {"done     " + name};
        return step.started ? Line{"started  " + name} : Line{};
    }
    Line operator()(const ev::LogAppended& log) const
    {
        std::string out;
        for (std::string_view rest = log.bytes; !rest.empty();) {
            const auto end = std::min(rest.find('\n'), rest.size());
            const std::string text = clean(rest.substr(0, end));
            if (text.find_first_not_of(' ') != std::string::npos)
                out += (out.empty() ? "  " : "\n  ") + text;
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        return {out, "\x1b[2m"};
    }
    Line operator()(const ev::WarningRaised& warning) const
    {
        return {"warning  " + clean(warning.summary), "\x1b[33m"};
    }
    Line operator()(const ev::ConnectionChanged& connection) const
    {
        if (!connection.lost)
            return {};
        return {"connection lost: " + clean(connection.reason), "\x1b[33m"};
    }
    Line operator()(const ev::TransferUpdated& transfer) const
    {
        if (!transfer.completed)
            return {}; // several a second
        return {"  " + clean(transfer.name.empty() ? transfer.id : transfer.name), "\x1b[2m"};
    }
    Line operator()(const ev::ProvenanceRead&) const { return {}; }
    Line operator()(const ev::ExcerptRead&) const { return {}; }
    Line operator()(const ev::ImportProved&) const { return {}; }
    Line operator()(const ev::StatusEnded&) const { return {}; }
};

} // namespace

std::string eventText(const RecordKey& record, const Event& event, const Build* build, bool color)
{
    const LineWriter writer{build ? secretValues(*build) : std::vector<std::string>{}};
    const Line line = std::visit(writer, event);
    if (line.text.empty())
        return {};
    const std::string ref = printableLine(std::string_view(record.ref).substr(0, 8)) + "  ";
    const bool inked = color && *line.ink != '\0';
    std::string out;
    for (std::string_view rest = line.text; !rest.empty();) {
        const auto end = std::min(rest.find('\n'), rest.size());
        out += (out.empty() ? "" : "\n") + ref + (inked ? line.ink : "") + std::string(rest.substr(0, end)) + (inked ? "\x1b[0m" : "");
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
}

} // namespace layerline
