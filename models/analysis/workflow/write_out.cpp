#include "analysis/workflow/write_out.h"

#include "analysis/workflow/edit_steps.h"
#include "analysis/workflow/yaml_scan.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace layerline {

namespace {

constexpr int deepest = 8; // aliases in what aliases stand for

struct Replacement {
    std::size_t begin, end;
    std::string with;
    EditNote note;
};

/// Visits every entry below a node, without following aliases.
void visit(const YamlNode& node, const std::function<void(const YamlNode&, const YamlEntry&)>& see)
{
    for (const YamlEntry& entry : node.entries) {
        see(node, entry);
        if (!entry.alias)
            visit(*entry.value, see);
    }
}

/// Jobs that an edit may touch.
std::vector<const WorkflowJob*> imageJobs(const Workflow& workflow, const Legs& legs)
{
    std::vector<const WorkflowJob*> jobs;
    for (const WorkflowJob& job : workflow.jobs) {
        const bool images = std::any_of(legs.legs.begin(), legs.legs.end(), [&](const JobLeg& leg) { return leg.job == &job && (leg.merges || !leg.builds.empty()); });
        if (images)
            jobs.push_back(&job);
    }
    return jobs;
}

/// Applies replacements that are in order and keeps account of the lines.
void putIn(WrittenOut& out, const std::vector<Replacement>& replacements)
{
    std::string text;
    std::vector<int> lines{0};
    int line = 1;
    std::size_t at = 0;
    const auto old = [&] { return std::size_t(line) < out.oldLine.size() ? out.oldLine[std::size_t(line)] : out.oldLine.back(); };
    lines.push_back(old());
    const auto copy = [&](std::size_t end) {
        for (; at < end; ++at) {
            text += out.text[at];
            if (out.text[at] == '\n') {
                ++line;
                lines.push_back(old());
            }
        }
    };
    for (const Replacement& replacement : replacements) {
        copy(replacement.begin);
        text += replacement.with;
        lines.insert(lines.end(), std::size_t(std::count(replacement.with.begin(), replacement.with.end(), '\n')), old());
        line += int(std::count(out.text.begin() + std::ptrdiff_t(at), out.text.begin() + std::ptrdiff_t(replacement.end), '\n'));
        at = replacement.end;
        out.changes.push_back(replacement.note);
        out.changes.back().line = old();
    }
    copy(out.text.size());
    out.text = std::move(text);
    out.oldLine = std::move(lines);
}

// ---- aliases -----------------------------------------------------------------------------------------------------------

/// What an alias stands for, as text in its place; empty when that can't be put there.
std::string expanded(const std::string& text, const YamlNode& parent, const YamlEntry& entry)
{
    const YamlNode& value = *entry.value;
    const std::string own = text.substr(value.begin, value.end - value.begin);
    if (own.find(" &") != std::string::npos || (!own.empty() && own[0] == '&'))
        return {};
    if (value.style != YamlStyle::Block)
        return own.find('\n') == std::string::npos && value.style != YamlStyle::Literal && value.style != YamlStyle::Folded ? own : std::string();
    if (parent.style == YamlStyle::Flow)
        return {};
    const std::size_t line = lineBegin(text, value.begin);
    const int column = int(entry.begin - lineBegin(text, entry.begin)) + 2;
    std::string lines = indented(dedented(std::string(value.begin - line, ' ') + own), column);
    while (!lines.empty() && lines.back() == '\n')
        lines.pop_back();
    return parent.isSequence() ? lines.substr(std::size_t(column)) : "\n" + lines;
}

bool expandAliases(WrittenOut& out, const Workflow& workflow, const std::vector<const WorkflowJob*>& jobs)
{
    std::vector<Replacement> replacements;
    const auto inJobs = [&](std::size_t begin, std::size_t end) {
        return std::find_if(jobs.begin(), jobs.end(), [&](const WorkflowJob* job) { return begin >= job->entry->begin && end <= job->entry->end; });
    };
    visit(*workflow.document->root, [&](const YamlNode& parent, const YamlEntry& entry) {
        if (!entry.alias)
            return;
        const auto here = inJobs(entry.begin, entry.end), there = inJobs(entry.value->begin, entry.value->end);
        if (here == jobs.end() && there == jobs.end())
            return;
        const std::string with = expanded(out.text, parent, entry);
        std::size_t begin = out.text.rfind('*', entry.end);
        if (with.empty() || begin == std::string::npos || begin < entry.begin)
            return;
        const std::string name = out.text.substr(begin, entry.end - begin);
        if (with[0] == '\n') {
            while (begin > 0 && out.text[begin - 1] == ' ')
                --begin;
        }
        replacements.push_back({begin, entry.end, with, {EditKind::WrittenOut, here != jobs.end() ? (*here)->id : (*there)->id, name, {}, 0}});
    });
    std::sort(replacements.begin(), replacements.end(), [](const Replacement& a, const Replacement& b) { return a.begin < b.begin; });
    putIn(out, replacements);
    return !replacements.empty();
}

// ---- braces ------------------------------------------------------------------------------------------------------------

/// Maps and lists in braces as lines. Only those in `wanted` are; others stay as they are inside of them.
class Unbracer {
public:
    Unbracer(const std::string& text, std::set<const YamlNode*> wanted) : m_text(text), m_wanted(std::move(wanted)) {}

    /// Lines at `column` without the first one's blanks; empty when a comment or a value of several lines is in the way.
    std::string lines(const YamlNode& node, int column) const
    {
        std::string result;
        std::size_t at = node.begin;
        for (const YamlEntry& entry : node.entries) {
            if (m_text.find('#', at) < entry.begin)
                return {};
            at = entry.end;
            const std::string one = line(node, entry, column);
            if (one.empty())
                return {};
            result += (result.empty() ? "" : "\n" + std::string(std::size_t(column), ' ')) + one;
        }
        return m_text.find('#', at) < node.end ? std::string() : result;
    }

    bool wanted(const YamlNode& node) const { return node.style == YamlStyle::Flow && !node.entries.empty() && m_wanted.count(&node) > 0; }

private:
    std::string slice(std::size_t begin, std::size_t end) const { return m_text.substr(begin, end - begin); }

    std::string line(const YamlNode& node, const YamlEntry& entry, int column) const
    {
        const std::string own = entry.alias ? m_text.substr(m_text.rfind('*', entry.end), entry.end - m_text.rfind('*', entry.end))
                                            : slice(entry.value->begin, entry.value->end);
        if (node.isSequence()) {
            const std::string inner = !entry.alias && wanted(*entry.value) ? lines(*entry.value, column + 2) : own;
            return inner.empty() || (inner == own && own.find('\n') != std::string::npos) ? std::string() : "- " + inner;
        }
        const std::string key = slice(entry.key->begin, entry.key->end) + ":";
        if (!entry.alias && wanted(*entry.value)) {
            const std::string inner = lines(*entry.value, column + 2);
            return inner.empty() ? std::string() : key + "\n" + std::string(std::size_t(column + 2), ' ') + inner;
        }
        return own.find('\n') != std::string::npos ? std::string() : own.empty() ? key : key + " " + own;
    }

    const std::string& m_text;
    std::set<const YamlNode*> m_wanted;
};

/// The parts of a job that edits go into.
std::set<const YamlNode*> editedNodes(const WorkflowJob& job)
{
    std::set<const YamlNode*> nodes{job.entry->value.get(), job.strategy, job.matrix};
    const auto withElements = [&](const YamlNode* list) {
        nodes.insert(list);
        for (const YamlEntry& entry : list->entries)
            nodes.insert(entry.value.get());
    };
    if (job.matrix && job.matrix->isMap() && job.matrix->find("include"))
        withElements(job.matrix->find("include"));
    if (const YamlNode* steps = job.entry->value->find("steps"))
        withElements(steps);
    for (const WorkflowStep& step : job.steps)
        nodes.insert(step.entry->value->find("with"));
    nodes.erase(nullptr);
    return nodes;
}

void addBraces(const Unbracer& unbracer, const WrittenOut& out, const WorkflowJob& job, const YamlNode& parent, const YamlEntry& entry,
               std::vector<Replacement>& to)
{
    const YamlNode& value = *entry.value;
    if (entry.alias)
        return;
    if (!unbracer.wanted(value)) {
        for (const YamlEntry& inner : value.entries)
            addBraces(unbracer, out, job, value, inner, to);
        return;
    }
    const EditNote note{EditKind::WrittenOut, job.id, value.isMap() ? "{ }" : "[ ]", {}, 0};
    if (parent.isSequence()) {
        const std::string lines = unbracer.lines(value, int(value.begin - lineBegin(out.text, value.begin)));
        if (!lines.empty())
            to.push_back({value.begin, value.end, lines, note});
        return;
    }
    const int column = int(entry.begin - lineBegin(out.text, entry.begin)) + 2;
    const std::string lines = unbracer.lines(value, column);
    std::size_t begin = value.begin;
    while (begin > 0 && out.text[begin - 1] == ' ')
        --begin;
    if (!lines.empty() && begin > 0 && out.text[begin - 1] == ':')
        to.push_back({begin, value.end, "\n" + std::string(std::size_t(column), ' ') + lines, note});
}

void writeBracesOut(WrittenOut& out, const std::vector<const WorkflowJob*>& jobs)
{
    std::vector<Replacement> replacements;
    for (const WorkflowJob* job : jobs) {
        const Unbracer unbracer(out.text, editedNodes(*job));
        const YamlNode parent{YamlKind::Map, YamlStyle::Block, {}, 0, 0, 1, 1, {}};
        addBraces(unbracer, out, *job, parent, *job->entry, replacements);
    }
    putIn(out, replacements);
}

int toOldLine(const WrittenOut& out, int line)
{
    return line > 0 && std::size_t(line) < out.oldLine.size() ? out.oldLine[std::size_t(line)] : line;
}

/// "line 7, column 3: what" of the old text.
std::string withOldLine(const WrittenOut& out, const std::string& detail)
{
    const std::string head = "line ";
    int line = 0;
    if (detail.rfind(head, 0) != 0)
        return detail;
    const auto read = std::from_chars(detail.data() + head.size(), detail.data() + detail.size(), line);
    return head + std::to_string(toOldLine(out, line)) + std::string(read.ptr, detail.data() + detail.size());
}

} // namespace

Result<WrittenOut> writeOut(const std::string& text, const RunnerTable& runners)
{
    WrittenOut out;
    out.text = text;
    for (int i = 0; i <= int(std::count(text.begin(), text.end(), '\n')) + 1; ++i)
        out.oldLine.push_back(i);
    nlohmann::ordered_json values;
    for (int round = 0; round < deepest; ++round) {
        const auto workflow = parseWorkflow(out.text);
        if (!workflow)
            return workflow.error();
        const auto now = toJson(*workflow->document->root);
        if (round > 0 && now != values)
            return Error{ErrorKind::Unsupported, "its aliases and braces can't be written out", false};
        values = now;
        const auto legs = expandJobs(*workflow, runners);
        if (!legs)
            return legs.error();
        const auto jobs = imageJobs(*workflow, *legs);
        if (workflow->document->hasAliases && expandAliases(out, *workflow, jobs))
            continue;
        writeBracesOut(out, jobs);
        break;
    }
    const auto after = parseYaml(out.text);
    if (!after || toJson(*after->root) != values)
        return Error{ErrorKind::Unsupported, "its aliases and braces can't be written out", false};
    return out;
}

Result<WorkflowEdit> editWrittenOut(const std::string& text, const RunnerTable& runners, const std::function<Result<WorkflowEdit>(const std::string&)>& edit)
{
    auto first = edit(text);
    if (first || first.error().kind != ErrorKind::Unsupported)
        return first;
    const auto out = writeOut(text, runners);
    if (!out || out->text == text)
        return first;
    auto second = edit(out->text);
    if (!second)
        return Error{second.error().kind, withOldLine(*out, second.error().detail), false};
    second->before = text;
    for (auto* notes : {&second->changes, &second->warnings}) {
        for (EditNote& note : *notes)
            note.line = toOldLine(*out, note.line);
    }
    second->changes.insert(second->changes.begin(), out->changes.begin(), out->changes.end());
    return second;
}

} // namespace layerline
