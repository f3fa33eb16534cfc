// A job that builds several platforms at once becomes a matrix and a job that merges.
#include "analysis/workflow/action_table.h"
#include "analysis/workflow/build_calls.h"
#include "analysis/workflow/migrate_plan.h"
#include "analysis/workflow/shell_text.h"
#include "analysis/workflow/yaml_scan.h"

#include <algorithm>

namespace layerline {

namespace {

class CombinedJob {
public:
    CombinedJob(Editing& editing, const WorkflowJob& job, std::vector<NativeLeg> legs, const MigrateOptions& options)
        : m_editing(editing), m_edits(editing.edits), m_job(job), m_options(options)
    {
        m_plan.job = &job;
        m_plan.legs = std::move(legs);
    }

    std::optional<Error> migrate()
    {
        if (const auto wrong = planCombinedJob(m_editing, m_options, m_plan))
            return wrong;
        if (!m_options.warmCron.empty())
            m_plan.schedule = "github.event_name != 'schedule'";
        writeMatrix();
        limitQemu();
        for (MergedBuild& build : m_plan.builds)
            writeBuild(build);
        writePlainBuilds();
        keepApart();
        if (!m_plan.builds.empty())
            writeMergeJob();
        return std::nullopt;
    }

private:
    /// Blanks one level is indented by in this job.
    int unit() const { return m_job.entry->value->column - m_job.entry->key->column; }
    int jobColumn() const { return m_job.entry->key->column - 1; }

    std::string matrixLines() const
    {
        std::string lines;
        if (m_plan.listMatrix) {
            lines = "platform:\n";
            for (const NativeLeg& leg : m_plan.legs)
                lines += "  - " + leg.platform.str() + "\n";
            if (!m_plan.changesId.empty())
                lines += "exclude: ${{ fromJSON(needs." + m_plan.changesId + ".outputs.exclude) }}\n";
            return lines;
        }
        lines = "include:\n";
        for (const NativeLeg& leg : m_plan.legs) {
            lines += "  - platform: " + leg.platform.str() + "\n    arch: " + leg.shortName + "\n    runner: " + runsOnYaml(leg.runner) + "\n";
            if (leg.emulated)
                lines += "    qemu: true\n";
        }
        return lines;
    }

    void writeMatrix()
    {
        if (!m_options.paths.empty())
            writeChangesJob();
        const std::string& text = m_editing.workflow.text();
        const YamlNode& runsOn = *m_job.runsOn;
        const std::string runner = m_plan.listMatrix ? m_plan.lookup([](const NativeLeg& leg) { return leg.runner[0]; }) : "matrix.runner";
        m_editing.changed(EditKind::RunnerChanged, m_job.id, runsOn.line, text.substr(runsOn.begin, runsOn.end - runsOn.begin), "${{ " + runner + " }}");
        m_edits.setValue(runsOn, "${{ " + runner + " }}");
        const YamlNode& body = *m_job.entry->value;
        if (m_plan.includeMatrix)
            multiplyIncludes();
        else if (m_job.matrix)
            m_edits.addEntry(*m_job.matrix, nullptr, matrixLines());
        else if (m_job.strategy)
            m_edits.addEntry(*m_job.strategy, nullptr, "matrix:\n" + indented(matrixLines(), unit()));
        else
            m_edits.addEntry(body, body.entry("runs-on"), "strategy:\n" + indented("fail-fast: false\nmatrix:\n" + indented(matrixLines(), unit()), unit()));
        std::string platforms, runners;
        for (const NativeLeg& leg : m_plan.legs) {
            platforms += (platforms.empty() ? "" : ",") + leg.platform.str();
            runners += (runners.empty() ? "" : ",") + leg.runner[0];
        }
        m_editing.changed(EditKind::MatrixAdded, m_job.id, m_job.line, platforms, runners);
        const YamlNode* failFast = m_job.strategy ? m_job.strategy->find("fail-fast") : nullptr;
        if (failFast && failFast->scalar != "false")
            m_edits.setValue(*failFast, "false");
        else if (m_job.strategy && !failFast)
            m_edits.addEntry(*m_job.strategy, nullptr, "fail-fast: false\n");
        if (!failFast || failFast->scalar != "false")
            m_editing.changed(EditKind::FailFastOff, m_job.id, m_job.line);
    }

    void multiplyIncludes()
    {
        const YamlNode& include = *m_job.matrix->find("include");
        const auto legs = m_editing.legsOf(m_job);
        const std::string& text = m_editing.workflow.text();
        for (std::size_t i = 0; i < include.entries.size(); ++i) {
            const YamlEntry& entry = include.entries[i];
            const auto own = builtPlatforms(*legs[i]);
            bool first = true;
            for (const NativeLeg& leg : m_plan.legs) {
                const auto extra = std::find(m_options.extraPlatforms.begin(), m_options.extraPlatforms.end(), leg.platform);
                if (!own.count(leg.platform.str()) && extra == m_options.extraPlatforms.end())
                    continue;
                const std::string lines = "platform: " + leg.platform.str() + "\narch: " + leg.shortName + "\nrunner: " + runsOnYaml(leg.runner)
                                          + (leg.emulated ? "\nqemu: true\n" : "\n");
                if (first) {
                    m_edits.addEntry(*entry.value, nullptr, lines);
                } else {
                    const std::size_t at = lineAfter(text, entry.end);
                    const int dash = m_editing.columnOf(entry.begin), column = entry.value->column - 1;
                    std::string copy = m_edits.elementText(entry);
                    if (at > 0 && text[at - 1] != '\n')
                        copy = "\n" + copy;
                    m_edits.replace(at, at, indented(copy, dash) + indented(lines, column));
                }
                first = false;
            }
        }
    }

    void writeChangesJob()
    {
        m_plan.changesId = freeJobId(m_editing.workflow, "changes");
        const std::size_t at = lineBegin(m_editing.workflow.text(), m_job.entry->begin);
        m_edits.replace(at, at, indented(changesJobText(m_editing, m_plan, m_options.paths, unit()), jobColumn()) + "\n");
        const YamlNode& body = *m_job.entry->value;
        std::string needs = m_plan.changesId;
        for (const std::string& need : m_job.needs)
            needs += ", " + need;
        if (const YamlNode* old = body.find("needs"))
            m_edits.setValue(*old, "[" + needs + "]");
        else
            m_edits.addEntry(body, body.entry("runs-on"), "needs: " + needs + "\n");
        for (const PathRule& rule : m_options.paths) {
            std::string patterns = rule.platform.str();
            for (const std::string& pattern : rule.patterns)
                patterns += " " + pattern;
            m_editing.changed(EditKind::PathsAdded, m_job.id, m_job.line, patterns);
        }
    }

    void limitQemu()
    {
        const WorkflowStep* step = firstStep(m_job, ActionKind::SetupQemu);
        for (const WorkflowStep& other : m_job.steps) {
            // A script that does nothing else.
            if (!step && other.kind == ActionKind::Run && installsQemu(other.run) && shellCommands(other.run).size() == 1)
                step = &other;
        }
        std::vector<Platform> emulated;
        std::string list;
        for (const NativeLeg& leg : m_plan.legs) {
            if (leg.emulated) {
                emulated.push_back(leg.platform);
                list += (list.empty() ? "\"" : ",\"") + leg.platform.str() + "\"";
            }
        }
        if (!step) {
            if (!emulated.empty())
                addQemuStep(m_editing, m_job, emulated);
            return;
        }
        if (emulated.empty()) {
            m_edits.removeElement(stepsNode(m_job), *step->entry);
            m_editing.changed(EditKind::QemuRemoved, m_job.id, step->line, step->name);
            return;
        }
        const std::string condition = m_plan.listMatrix ? "contains(fromJSON('[" + list + "]'), matrix.platform)" : "matrix.qemu";
        const YamlNode& node = *step->entry->value;
        if (const YamlNode* old = node.find("if"))
            m_edits.setValue(*old, "${{ " + bothConditions(step->condition, condition) + " }}");
        else
            m_edits.addEntry(node, nullptr, "if: ${{ " + condition + " }}\n");
        if (const YamlNode* with = node.find("with"); with && with->find("platforms"))
            m_edits.setScalar(*with->find("platforms"), shortNames(emulated));
        m_editing.changed(EditKind::QemuConditional, m_job.id, step->line, condition);
    }

    /// platforms and caches, which every build has changed alike.
    void writePlatform(const WorkflowStep& step)
    {
        const YamlNode& with = *step.entry->value->find("with");
        const YamlNode& platforms = *with.find("platforms");
        setBlock(platforms, "${{ matrix.platform }}");
        std::string list;
        for (const std::string& item : listItems(platforms.scalar))
            list += (list.empty() ? "" : ",") + item;
        m_editing.changed(EditKind::PlatformPerLeg, m_job.id, platforms.line, list, "${{ matrix.platform }}");
        for (const char* name : {"cache-from", "cache-to"}) {
            const YamlNode* node = with.find(name);
            if (!node)
                continue;
            const std::string scoped = scopedCaches(node->scalar, m_plan.archText(), m_job.id);
            std::string before;
            for (const std::string& line : textLines(node->scalar))
                before += line + "\n";
            if (scoped == before)
                continue;
            const auto lines = textLines(scoped);
            const int column = m_editing.columnOf(with.entry(name)->begin);
            std::string block = indented(scoped, column + unit());
            block.pop_back();
            lines.size() == 1 ? setBlock(*node, lines[0]) : m_edits.setValue(*node, "|\n" + block);
            m_editing.changed(EditKind::CacheScoped, m_job.id, node->line, textLines(before).at(0), lines.at(0));
        }
    }

    /// A value on one line in place of one that may have been a block.
    void setBlock(const YamlNode& node, const std::string& value)
    {
        node.style == YamlStyle::Literal || node.style == YamlStyle::Folded ? m_edits.setValue(node, yamlScalar(value)) : m_edits.setScalar(node, value);
    }

    void writePlainBuilds()
    {
        for (const WorkflowStep* step : m_plan.plain)
            step->kind == ActionKind::Bake ? writeBakeSettings(m_editing, m_plan, *step, nullptr) : writePlatform(*step);
    }

    void writeBake(MergedBuild& build)
    {
        const WorkflowStep& step = *build.step;
        const YamlNode& node = *step.entry->value;
        build.pushes = bothConditions(m_plan.schedule, build.pushes);
        if (step.id.empty())
            m_edits.addEntry(node, &node.entries.front(), "id: " + build.id + "\n");
        writeBakeSettings(m_editing, m_plan, step, &build);
        if (build.bake->prints()) {
            if (!firstStep(m_job, ActionKind::Checkout)) { // the action reads its files from git, `bake --print` here
                std::string checkout = "- name: ";
                checkout.append(bakeCheckoutName).append("\n  uses: ").append(actionToUse(m_editing.workflow, "actions/checkout")).append("\n");
                m_edits.addElement(stepsNode(m_job), step.entry, checkout);
            }
            m_edits.addElement(stepsNode(m_job), step.entry, bakeNamesStep(m_plan, build));
        }
        addAfter(step, digestSteps(m_editing, m_plan, build));
        m_editing.changed(EditKind::DigestsUploaded, m_job.id, step.line, m_plan.artifact(build));
    }

    void writeBuild(MergedBuild& build)
    {
        if (build.script)
            return writeScript(build);
        if (build.bake)
            return writeBake(build);
        const WorkflowStep& step = *build.step;
        const YamlNode& node = *step.entry->value;
        const YamlNode& with = *node.find("with");
        build.pushes = bothConditions(m_plan.schedule, build.pushes);
        if (build.pushes.empty())
            build.pushes = "true";
        if (step.id.empty())
            m_edits.addEntry(node, &node.entries.front(), "id: " + build.id + "\n");
        writePlatform(step);
        const std::string names = build.names.empty() ? "${{ steps." + build.id + "-names.outputs.names }}" : build.names;
        const std::string push = build.pushes == "true" ? "true" : "${{ " + build.pushes + " }}";
        std::string outputs = "type=image,\"name=" + names + "\",push-by-digest=true,name-canonical=true,push=" + push;
        for (const std::string& item : listItems(valueOf(step.with, "outputs"))) {
            if (item.rfind("type=", 0) != 0 && item.rfind("push=", 0) != 0 && item.rfind("name=", 0) != 0 && item.rfind("\"name=", 0) != 0)
                outputs += "," + item;
        }
        m_edits.removeEntry(with, *with.entry("tags"));
        if (const YamlEntry* entry = with.entry("push"))
            m_edits.removeEntry(with, *entry);
        if (const YamlNode* old = with.find("outputs"))
            setBlock(*old, outputs);
        else
            m_edits.addEntry(with, nullptr, "outputs: " + yamlScalar(outputs) + "\n");
        m_editing.changed(EditKind::PushedByDigest, m_job.id, step.line, names);
        if (build.names.empty())
            m_edits.addElement(stepsNode(m_job), step.entry, namesStep(build));
        addAfter(step, digestSteps(m_editing, m_plan, build));
        m_editing.changed(EditKind::DigestsUploaded, m_job.id, step.line, m_plan.artifact(build));
    }

    void writeScript(const MergedBuild& build)
    {
        const ScriptBuild& script = build.changes;
        for (const ScriptBuild::Change& change : script.changes)
            m_edits.replace(change.begin, change.end, change.with);
        std::string list;
        for (const NativeLeg& leg : m_plan.legs)
            list += (list.empty() ? "" : ",") + leg.platform.str();
        m_editing.changed(EditKind::PlatformPerLeg, m_job.id, build.step->line, list, "${{ matrix.platform }}");
        if (!script.cacheBefore.empty())
            m_editing.changed(EditKind::CacheScoped, m_job.id, build.step->line, script.cacheBefore, script.cacheAfter);
        m_editing.changed(EditKind::PushedByDigest, m_job.id, build.step->line, build.names);
        addAfter(*build.step, digestSteps(m_editing, m_plan, build));
        m_editing.changed(EditKind::DigestsUploaded, m_job.id, build.step->line, m_plan.artifact(build));
    }

    void addAfter(const WorkflowStep& step, const std::string& lines)
    {
        const std::string& text = m_editing.workflow.text();
        const std::size_t at = lineAfter(text, step.entry->end);
        const int indent = m_editing.columnOf(step.entry->begin);
        const bool broken = at > 0 && text[at - 1] == '\n';
        m_edits.replace(at, at, std::string(broken ? "" : "\n") + "\n" + indented(lines, indent));
    }

    void suffix(const YamlNode& node, const std::string& with)
    {
        setBlock(node, node.scalar + with);
        m_editing.changed(EditKind::KeptApart, m_job.id, node.line, node.scalar, node.scalar + with);
    }

    /// What all legs of a matrix would share.
    void keepApart()
    {
        const YamlNode* concurrency = m_job.entry->value->find("concurrency");
        const YamlNode* group = concurrency && concurrency->isMap() ? concurrency->find("group") : concurrency;
        if (group && group->isScalar())
            suffix(*group, "-" + m_plan.archText());
        const YamlNode* name = m_job.entry->value->find("name");
        if (name)
            suffix(*name, " (${{ matrix.platform }})");
        for (const WorkflowStep& step : m_job.steps) {
            const YamlNode* with = step.uses && step.uses->name == "actions/cache" ? step.entry->value->find("with") : nullptr;
            for (const char* key : {"key", "restore-keys"}) {
                const YamlNode* node = with ? with->find(key) : nullptr;
                if (!node)
                    continue;
                std::string keys;
                for (const std::string& line : textLines(node->scalar))
                    keys += m_plan.archText() + "-" + line + "\n";
                const int column = m_editing.columnOf(with->entry(key)->begin);
                std::string block = indented(keys, column + unit());
                block.pop_back();
                textLines(keys).size() == 1 ? setBlock(*node, textLines(keys)[0]) : m_edits.setValue(*node, "|\n" + block);
                m_editing.changed(EditKind::CacheScoped, m_job.id, node->line, textLines(node->scalar).at(0), textLines(keys).at(0));
            }
        }
        warnAboutScripts(m_editing, m_job);
    }

    void writeMergeJob()
    {
        std::vector<const WorkflowStep*> moved;
        const WorkflowStep* last = m_plan.builds.back().step;
        if (!m_plan.plain.empty() && m_plan.plain.back()->entry->begin > last->entry->begin)
            last = m_plan.plain.back();
        for (const WorkflowStep& step : m_job.steps) {
            if (step.entry->begin > last->entry->begin)
                moved.push_back(&step);
        }
        std::vector<std::string> texts;
        bool bakes = false;
        for (const MergedBuild& build : m_plan.builds) {
            texts.push_back(build.tags + "${{ " + build.pushes + " }}");
            bakes |= build.bake.has_value();
            for (std::string& more : build.bake ? bakeTexts(build) : std::vector<std::string>())
                texts.push_back(std::move(more));
        }
        const YamlNode& body = *m_job.entry->value;
        if (const YamlNode* outputs = body.find("outputs")) {
            std::string names;
            for (const YamlEntry& entry : outputs->entries) {
                texts.push_back(entry.value->scalar);
                names += (names.empty() ? "" : ",") + entry.key->scalar;
            }
            m_editing.changed(EditKind::OutputsMoved, m_job.id, outputs->line, names, m_plan.mergeId);
            m_edits.removeEntry(body, *body.entry("outputs"));
        }
        const auto copied = stepsToCopy(m_job, moved, texts, bakes);
        const std::string& text = m_editing.workflow.text();
        const std::size_t at = lineAfter(text, m_job.entry->end);
        const bool broken = at > 0 && text[at - 1] == '\n';
        m_edits.replace(at, at, std::string(broken ? "" : "\n") + "\n" + indented(mergeJobText(m_editing, m_plan, copied, moved, unit()), jobColumn()));
        m_editing.changed(EditKind::MergeJobAdded, m_job.id, m_job.line, m_plan.mergeId);
        std::string names;
        for (const WorkflowStep* step : moved) {
            m_edits.removeElement(stepsNode(m_job), *step->entry);
            names += (names.empty() ? "" : ", ") + (step->name.empty() ? step->uses ? step->uses->name : std::string("run") : step->name);
        }
        if (!moved.empty())
            m_editing.changed(EditKind::StepsMoved, m_job.id, moved[0]->line, names, m_plan.mergeId);
        if (!m_job.environment.empty())
            m_editing.warn(EditKind::ProtectedTwice, m_job.id, m_job.line, m_job.environment);
        // Jobs that waited for the image wait for the merged one.
        renameNeeds(m_editing, m_job.id, m_plan.mergeId);
    }

    Editing& m_editing;
    TextEdits& m_edits;
    const WorkflowJob& m_job;
    const MigrateOptions& m_options;
    MigratePlan m_plan;
};

} // namespace

std::optional<Error> migrateCombinedJob(Editing& editing, const WorkflowJob& job, std::vector<NativeLeg> legs, const MigrateOptions& options)
{
    return CombinedJob(editing, job, std::move(legs), options).migrate();
}

} // namespace layerline
