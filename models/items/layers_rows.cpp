#include "items/layers_rows.h"

#include "domain/critical_path.h"
#include "items/build_text.h"
#include "items/log_text.h"
#include "items/progress_groups.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace layerline {

namespace {

struct Slot {
    int index = 0;
    std::string keyword, text;
    std::vector<StepIndex> cells;
    std::vector<StepIndex> steps;
    bool fold = false;              ///< of a progress group
    std::vector<std::string> texts; ///< of a fold: how the group is called, on each platform
    std::vector<Slot> parts;        ///< of a fold: its steps
};

struct Group {
    LayerGroup kind = LayerGroup::Stage;
    std::string key, title;
    std::vector<Slot> slots_;
    std::unordered_map<std::string, std::vector<std::size_t>> byText; ///< index and text -> slots
};

/// The instruction without its keyword.
std::string bodyOf(const StepName& name)
{
    if (name.keyword.empty() || name.text.size() <= name.keyword.size())
        return name.keyword.empty() ? name.text : std::string{};
    return name.text.substr(name.keyword.size() + 1);
}

/// Moves "--mount=... --network=..." off the beginning of a RUN: what it does comes first, how comes after.
QString takeFlags(QString& title)
{
    qsizetype at = 0;
    while (title.mid(at).startsWith(QLatin1String("--"))) {
        const auto end = title.indexOf(QLatin1Char(' '), at);
        if (end < 0)
            return {};
        at = end + 1;
    }
    const QString flags = title.left(at).trimmed();
    title.remove(0, at);
    return flags;
}

class Builder {
public:
    Builder(const Build& build, const std::vector<Platform>& platforms) : m_build(build), m_shown(build), m_platforms(platforms), m_edgesKnown(edgesKnown(build)), m_progress(build) {}

    std::vector<LayerRow> rows()
    {
        for (std::uint32_t i = 0; i < m_build.steps.size(); ++i)
            place(StepIndex{i});
        for (std::uint32_t i = 0; i < m_build.steps.size(); ++i)
            placeInOtherStages(StepIndex{i});
        std::stable_sort(m_groups.begin(), m_groups.end(), [](const Group& a, const Group& b) { return a.kind < b.kind; });
        std::vector<LayerRow> out;
        for (Group& group : m_groups) {
            mergeVariants(group);
            emitGroup(group, out);
        }
        return out;
    }

private:
    static std::string stageKey(const std::string& bakeTarget, const std::string& stage) { return "stage " + bakeTarget + "\n" + stage; }

    Group& groupOf(const Step& step)
    {
        const StepName& name = step.parsed;
        LayerGroup kind = LayerGroup::Internal;
        std::string key = "internal", title;
        if (name.kind == StepKind::Instruction) {
            kind = LayerGroup::Stage;
            title = name.bakeTarget.empty() ? name.stage : name.stage.empty() ? name.bakeTarget : name.bakeTarget + " \u203a " + name.stage;
            key = stageKey(name.bakeTarget, name.stage);
        } else if (name.kind == StepKind::Export) {
            kind = LayerGroup::Export;
            key = "export";
        }
        const auto [at, added] = m_groupByKey.try_emplace(key, m_groups.size());
        if (added)
            m_groups.push_back({kind, key, title, {}, {}});
        return m_groups[at->second];
    }

    std::vector<std::size_t> columnsOf(const Step& step) const
    {
        std::vector<std::size_t> columns;
        for (std::size_t i = 0; i < m_platforms.size(); ++i) {
            const bool needed = std::find(step.neededBy.begin(), step.neededBy.end(), m_platforms[i]) != step.neededBy.end();
            if (needed || step.neededBy.empty())
                columns.push_back(i);
        }
        return columns;
    }

    static bool free(const Slot& slot, const std::vector<std::size_t>& columns)
    {
        return std::all_of(columns.begin(), columns.end(), [&](std::size_t column) { return slot.cells[column] == noStep; });
    }

    void place(StepIndex index)
    {
        const Step& step = m_build.step(index);
        if (const ProgressGroup* progress = m_progress.of(index)) {
            if (progress->steps.front() == index)
                placeFold(*progress);
            return;
        }
        if (step.name.empty())
            return; // announced as an input or by a log only; its name is still to come
        const auto columns = columnsOf(step);
        Slot& slot = slotFor(groupOf(step), step.parsed, columns, false);
        for (const std::size_t column : columns)
            slot.cells[column] = index;
        slot.steps.push_back(index);
    }

    Slot slotOf(const StepName& name) const
    {
        Slot slot;
        slot.index = name.index;
        slot.keyword = name.keyword;
        slot.text = bodyOf(name);
        slot.cells.assign(m_platforms.size(), noStep);
        return slot;
    }

    /// The slot of an instruction whose cells in `columns` are free, made when there is none.
    Slot& slotFor(Group& group, const StepName& name, const std::vector<std::size_t>& columns, bool fold)
    {
        auto& candidates = group.byText[(fold ? "fold " : "") + std::to_string(name.index) + "\n" + name.text];
        for (const std::size_t candidate : candidates) {
            if (free(group.slots_[candidate], columns))
                return group.slots_[candidate];
        }
        candidates.push_back(group.slots_.size());
        group.slots_.push_back(slotOf(name));
        group.slots_.back().fold = fold;
        return group.slots_.back();
    }

    /// All steps of a progress group in one row, which stands where the group's name says, else where its leader would.
    void placeFold(const ProgressGroup& progress)
    {
        const Step named = stepForGroup(progress);
        std::set<std::size_t> columns;
        for (const StepIndex step : progress.steps) {
            const auto own = columnsOf(m_build.step(step));
            columns.insert(own.begin(), own.end());
        }
        Group& group = groupOf(named.parsed.kind == StepKind::Instruction ? named : m_build.step(progress.leader));
        Slot& fold = slotFor(group, named.parsed, {columns.begin(), columns.end()}, true);
        fold.texts.push_back(bodyOf(named.parsed));
        for (const StepIndex step : progress.steps) {
            const auto own = columnsOf(m_build.step(step));
            for (const std::size_t column : own) {
                if (fold.cells[column] == noStep || step == progress.leader)
                    fold.cells[column] = step;
            }
            fold.steps.push_back(step);
            placePart(fold, step, own);
        }
    }

    void placePart(Slot& fold, StepIndex index, const std::vector<std::size_t>& columns) const
    {
        const StepName& name = m_build.step(index).parsed;
        auto part = std::find_if(fold.parts.begin(), fold.parts.end(), [&](const Slot& one) {
            return one.keyword == name.keyword && one.text == bodyOf(name) && free(one, columns);
        });
        if (part == fold.parts.end()) {
            fold.parts.push_back(slotOf(name));
            part = fold.parts.end() - 1;
        }
        for (const std::size_t column : columns)
            part->cells[column] = index;
        part->steps.push_back(index);
    }

    /// A step that several stages share carries one stage's name. In the others it fills the cells that are free; its
    /// own row stays where its name says.
    void placeInOtherStages(StepIndex index)
    {
        const Step& step = m_build.step(index);
        for (const StagePosition& position : step.stages) {
            const auto known = m_groupByKey.find(stageKey(step.parsed.bakeTarget, position.stage));
            if (position.stage == step.parsed.stage || known == m_groupByKey.end() || m_progress.of(index))
                continue;
            auto& list = m_groups[known->second].slots_;
            auto slot = std::find_if(list.begin(), list.end(), [&](const Slot& one) {
                return one.index == position.index && one.keyword == step.parsed.keyword;
            });
            if (slot == list.end()) {
                list.push_back(slotOf(step.parsed));
                slot = list.end() - 1;
                slot->index = position.index;
            }
            for (const std::size_t column : columnsOf(step)) {
                if (slot->cells[column] == noStep)
                    slot->cells[column] = index;
            }
        }
    }

    /// The same line of the Dockerfile reads differently where a build argument differs (COPY root-arm64/ /): those
    /// slots become one when no platform has both.
    void mergeVariants(Group& group)
    {
        auto& list = group.slots_;
        std::stable_sort(list.begin(), list.end(), [](const Slot& a, const Slot& b) { return a.index < b.index; });
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (list[i].index == 0)
                continue;
            for (std::size_t j = i + 1; j < list.size() && list[j].index == list[i].index;) {
                if (list[i].keyword == list[j].keyword && list[i].fold == list[j].fold && disjoint(list[i], list[j])) {
                    absorb(list[i], list[j]);
                    list.erase(list.begin() + std::ptrdiff_t(j));
                } else {
                    ++j;
                }
            }
        }
    }

    static bool disjoint(const Slot& a, const Slot& b)
    {
        for (std::size_t i = 0; i < a.cells.size(); ++i) {
            if (a.cells[i] != noStep && b.cells[i] != noStep)
                return false;
        }
        return true;
    }

    static void absorb(Slot& into, const Slot& from)
    {
        for (std::size_t i = 0; i < into.cells.size(); ++i) {
            if (from.cells[i] != noStep)
                into.cells[i] = from.cells[i];
        }
        into.steps.insert(into.steps.end(), from.steps.begin(), from.steps.end());
        into.texts.insert(into.texts.end(), from.texts.begin(), from.texts.end());
        into.parts.insert(into.parts.end(), from.parts.begin(), from.parts.end());
    }

    QString stageDetail(const Group& group) const
    {
        if (group.slots_.empty())
            return {};
        const Slot& first = group.slots_.front();
        if (first.keyword == "FROM") {
            const BaseImage image = baseImage(m_shown(first.text).toStdString());
            return image.digest.isEmpty() ? image.name : QCoreApplication::translate("LayersModel", "%1, digest %2").arg(image.name, image.digest);
        }
        if (first.steps.empty())
            return {};
        const Step& step = m_build.step(first.steps.front());
        const bool copiesFrom = (first.keyword == "COPY" || first.keyword == "ADD") && first.text.find("--from=") != std::string::npos;
        // Input 0 is the file system below, unless there is none; then a COPY's first input is what it copies.
        if (!step.inputSteps.empty() && !(copiesFrom && step.inputSteps.size() < 2)) {
            const Step& input = m_build.step(step.inputSteps.front());
            if (input.parsed.kind == StepKind::Instruction && input.parsed.stage != step.parsed.stage)
                return QCoreApplication::translate("LayersModel", "from %1").arg(m_shown(input.parsed.stage));
            if (input.parsed.kind == StepKind::Instruction)
                return {};
        }
        return first.index > 0 && m_edgesKnown ? QCoreApplication::translate("LayersModel", "from scratch") : QString{};
    }

    QString titleOf(const Group& group) const
    {
        switch (group.kind) {
        case LayerGroup::Internal: return QCoreApplication::translate("LayersModel", "internal");
        case LayerGroup::Export: return QCoreApplication::translate("LayersModel", "export");
        case LayerGroup::Stage: break;
        }
        return m_shown(group.title.empty() ? m_build.dockerfile() : group.title);
    }

    void emitGroup(const Group& group, std::vector<LayerRow>& out) const
    {
        const std::size_t header = out.size();
        LayerRow head;
        head.isGroup = true;
        head.group = group.kind;
        head.key = head.groupKey = group.key;
        head.title = titleOf(group);
        head.cells.assign(m_platforms.size(), noStep);
        if (group.kind == LayerGroup::Stage)
            head.detail = stageDetail(group);
        const bool fromInHead = group.kind == LayerGroup::Stage && !group.slots_.empty() && group.slots_.front().keyword == "FROM" && !group.slots_.front().fold;
        if (fromInHead)
            head.cells = group.slots_.front().cells;
        out.push_back(std::move(head));
        std::map<std::string, int> seen;
        for (std::size_t i = 0; i < group.slots_.size(); ++i) {
            const Slot& slot = group.slots_[i];
            auto& all = out[header].steps;
            all.insert(all.end(), slot.steps.begin(), slot.steps.end());
            if (i == 0 && fromInHead)
                continue;
            out.push_back(stepRow(group, slot, seen));
            ++out[header].below;
            if (!slot.fold)
                continue;
            out.back().fold = true;
            out.back().below = int(slot.steps.size());
            const std::string key = out.back().foldKey = out.back().key;
            for (const Slot& part : slot.parts) {
                out.push_back(stepRow(group, part, seen));
                out.back().foldKey = key;
                ++out[header].below;
            }
        }
    }

    LayerRow stepRow(const Group& group, const Slot& slot, std::map<std::string, int>& seen) const
    {
        LayerRow row;
        row.group = group.kind;
        row.groupKey = group.key;
        row.key = group.key + "\n" + std::to_string(slot.index) + " " + slot.keyword + " " + slot.text;
        if (slot.fold)
            row.key += "\nfold";
        if (const int repeat = seen[row.key]++; repeat > 0)
            row.key += "\n" + std::to_string(repeat);
        row.keyword = visibleText(slot.keyword);
        const auto shown = [&](const std::string& text) { return m_shown(text).toStdString(); };
        std::vector<std::string> texts;
        std::transform(slot.texts.begin(), slot.texts.end(), std::back_inserter(texts), shown);
        for (std::size_t i = 0; i < slot.steps.size() && !slot.fold; ++i)
            texts.push_back(shown(bodyOf(m_build.step(slot.steps[i]).parsed)));
        if (texts.empty()) // shown here, at home in another stage
            texts.push_back(shown(slot.text));
        row.title = mergedText(texts).simplified();
        if (slot.keyword == "RUN")
            row.detail = takeFlags(row.title);
        row.cells = slot.cells;
        row.steps = slot.steps;
        return row;
    }

    const Build& m_build;
    const BuildText m_shown;
    const std::vector<Platform>& m_platforms;
    const bool m_edgesKnown; ///< else a stage whose base is not seen is not one from scratch
    ProgressGroups m_progress;
    std::vector<Group> m_groups;
    std::unordered_map<std::string, std::size_t> m_groupByKey;
};

} // namespace

std::vector<LayerRow> layerRows(const Build& build, const std::vector<Platform>& platforms)
{
    return Builder(build, platforms).rows();
}

BaseImage baseImage(const std::string& fromText)
{
    QString name = visibleText(fromText).section(QLatin1Char(' '), 0, 0);
    BaseImage image;
    if (const auto at = name.indexOf(QLatin1Char('@')); at >= 0) {
        const QString digest = name.mid(at + 1).section(QLatin1Char(':'), -1);
        image.digest = digest.size() > 8 ? digest.left(4) + QChar(0x2026) + digest.right(2) : digest;
        name.truncate(at);
    }
    for (const QLatin1String prefix : {QLatin1String("docker.io/library/"), QLatin1String("docker.io/")}) {
        if (name.startsWith(prefix)) {
            name.remove(0, prefix.size());
            break;
        }
    }
    image.name = name;
    return image;
}

QString mergedText(const std::vector<std::string>& texts)
{
    std::vector<QString> different;
    for (const std::string& text : texts) {
        const QString shown = visibleText(text);
        if (std::find(different.begin(), different.end(), shown) == different.end())
            different.push_back(shown);
    }
    if (different.size() < 2)
        return different.empty() ? QString{} : different.front();
    // Common ends, cut back to where a word ends: "{amd64|arm64}" says more than "a{md|rm}64".
    const auto isWord = [](QChar c) { return c.isLetterOrNumber(); };
    qsizetype head = different.front().size(), tail = head;
    for (const QString& text : different) {
        const QString& first = different.front();
        const qsizetype shortest = std::min(first.size(), text.size());
        head = std::min(head, qsizetype(std::mismatch(first.begin(), first.begin() + shortest, text.begin()).first - first.begin()));
        qsizetype same = 0;
        while (same < shortest && first[first.size() - 1 - same] == text[text.size() - 1 - same])
            ++same;
        tail = std::min(tail, same);
    }
    const QString& first = different.front();
    while (head > 0 && isWord(first[head - 1]))
        --head;
    for (const QString& text : different)
        tail = std::min(tail, text.size() - head);
    while (tail > 0 && isWord(first[first.size() - tail]))
        --tail;
    QStringList middles;
    for (const QString& text : different)
        middles += text.mid(head, text.size() - head - tail);
    return first.left(head) + QLatin1Char('{') + middles.join(QLatin1Char('|')) + QLatin1Char('}') + first.right(tail);
}

} // namespace layerline
