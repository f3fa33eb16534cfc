#include "analysis/workflow/rollback_combine.h"

#include "analysis/workflow/combine_plan.h"
#include "analysis/workflow/migrate_plan.h"
#include "analysis/workflow/yaml_scan.h"

#include <algorithm>

namespace layerline {

namespace {

void replaceAll(std::string& text, const std::string& what, const std::string& with)
{
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

class Combiner {
public:
    Combiner(Editing& editing, const CombinePlan& plan, const std::vector<std::string>& runner)
        : m_editing(editing), m_edits(editing.edits), m_job(*plan.job), m_plan(plan), m_runner(runner)
    {
    }

    void write()
    {
        writeMatrix();
        for (const CombinedBuild& build : m_plan.builds)
            writeBuild(build);
        writeSteps();
        writeMergeJobAway();
    }

private:
    void writeMatrix()
    {
        const std::string list = m_plan.platformList();
        const YamlNode& body = *m_job.entry->value;
        if (m_plan.otherKeys.empty()) {
            m_edits.removeEntry(body, *body.entry("strategy"));
        } else {
            for (const YamlEntry& entry : m_job.matrix->entries) {
                if (m_plan.platformKeys.count(entry.key->scalar))
                    m_edits.removeEntry(*m_job.matrix, entry);
            }
        }
        m_editing.changed(EditKind::MatrixRemoved, m_job.id, m_job.matrix->line, list);
        const std::string& text = m_editing.workflow.text();
        const YamlNode& runsOn = *m_job.runsOn;
        m_edits.setValue(runsOn, runsOnYaml(m_runner));
        m_editing.changed(EditKind::RunnerChanged, m_job.id, runsOn.line, text.substr(runsOn.begin, runsOn.end - runsOn.begin), runsOnYaml(m_runner));
        std::vector<Platform> foreign;
        std::copy_if(m_plan.platforms.begin(), m_plan.platforms.end(), std::back_inserter(foreign),
                     [](const Platform& platform) { return executionOn({"linux", "amd64", {}}, platform) != Execution::Native; });
        addQemuStep(m_editing, m_job, foreign);
        const YamlNode* concurrency = body.find("concurrency");
        for (const YamlNode* node : {body.find("name"), concurrency && concurrency->isMap() ? concurrency->find("group") : concurrency}) {
            if (node && node->isScalar() && !m_plan.legReference(referencesBelow(*node)).empty())
                m_edits.setScalar(*node, m_plan.withoutLeg(node->scalar));
        }
    }

    void writeBake(const CombinedBuild& build)
    {
        const YamlNode& with = *build.step->entry->value->find("with");
        std::string lines;
        for (const std::string& line : build.settings)
            lines += line + "\n";
        if (lines.empty())
            m_edits.removeEntry(with, *with.entry("set"));
        else
            m_edits.setValue(*with.find("set"), "|\n" + withoutLastBreak(indented(lines, m_editing.columnOf(with.entry("set")->begin) + unit())));
        const std::string push = build.pushes == "true" ? "true" : "${{ " + build.pushes + " }}";
        if (const YamlNode* old = with.find("push"))
            m_edits.setValue(*old, push);
        else
            m_edits.addEntry(with, nullptr, "push: " + push + "\n");
        if (build.targets && build.targets->empty() && with.find("targets"))
            m_edits.removeEntry(with, *with.entry("targets"));
        else if (build.targets && with.find("targets"))
            m_edits.setValue(*with.find("targets"), yamlScalar(*build.targets));
        m_editing.changed(EditKind::PlatformsStated, m_job.id, build.step->line, m_plan.platformList());
        m_editing.changed(EditKind::PushedByTag, m_job.id, build.step->line, nameOf(*build.step));
    }

    static std::string withoutLastBreak(std::string text)
    {
        text.pop_back();
        return text;
    }

    void writeBuild(const CombinedBuild& build)
    {
        if (build.bake)
            return writeBake(build);
        const YamlNode& node = *build.step->entry->value;
        const YamlNode& with = *node.find("with");
        const std::string list = m_plan.platformList();
        if (const YamlNode* platforms = with.find("platforms"))
            setLines(with, "platforms", *platforms, list);
        else
            m_edits.addEntry(with, nullptr, "platforms: " + list + "\n");
        m_editing.changed(EditKind::PlatformsStated, m_job.id, build.step->line, list);
        for (const char* key : {"cache-from", "cache-to"}) {
            if (const YamlNode* cache = with.find(key))
                writeCache(with, key, *cache);
        }
        std::string tags = build.tags;
        for (const auto& [from, to] : m_plan.renamed)
            replaceAll(tags, "steps." + from + ".", "steps." + to + ".");
        const std::string push = build.pushes == "true" ? "true" : "${{ " + build.pushes + " }}";
        if (const YamlNode* old = with.find("tags"))
            setLines(with, "tags", *old, tags);
        else
            m_edits.addEntry(with, with.entry("outputs"), "tags:" + yamlLines(tags, unit()));
        const YamlNode& outputs = *with.find("outputs");
        if (!build.outputs.empty()) {
            m_edits.setValue(outputs, yamlScalar("type=image" + build.outputs + ",push=" + push));
        } else {
            m_edits.addEntry(with, with.entry("outputs"), "push: " + push + "\n");
            m_edits.removeEntry(with, *with.entry("outputs"));
        }
        m_editing.changed(EditKind::PushedByTag, m_job.id, build.step->line, textLines(tags).at(0));
    }

    int unit() const { return m_job.entry->value->column - m_job.entry->key->column; }

    void setLines(const YamlNode& with, const char* key, const YamlNode& node, const std::string& text)
    {
        if (textLines(text).size() == 1 && node.style != YamlStyle::Literal && node.style != YamlStyle::Folded) {
            m_edits.setScalar(node, textLines(text)[0]);
            return;
        }
        std::string block = yamlLines(text, m_editing.columnOf(with.entry(key)->begin) + unit());
        block.pop_back();
        m_edits.setValue(node, block.substr(1));
    }

    /// Reads what each leg kept and what this one will keep, and writes that to a scope of its own.
    void writeCache(const YamlNode& with, const char* key, const YamlNode& node)
    {
        if (m_plan.legReference(referencesBelow(node)).empty())
            return;
        std::string lines;
        const std::string together = m_plan.withoutLeg(node.scalar);
        if (std::string_view(key) == "cache-from") {
            for (const ExpressionContext& context : m_plan.legContexts()) {
                for (const std::string& line : textLines(resolvedText(node.scalar, context)))
                    lines += line + "\n";
            }
        }
        for (const std::string& line : textLines(together)) {
            if (("\n" + lines).find("\n" + line + "\n") == std::string::npos)
                lines += line + "\n";
        }
        setLines(with, key, node, lines);
        m_editing.changed(EditKind::CacheScoped, m_job.id, node.line, textLines(node.scalar).at(0), textLines(together).at(0));
    }

    void writeSteps()
    {
        const YamlNode& steps = stepsNode(m_job);
        const WorkflowStep* first = m_plan.builds.front().step;
        const WorkflowStep* last = m_plan.builds.back().step;
        for (const WorkflowStep* step : m_plan.dropped) {
            if (step->entry->begin < m_job.entry->end && step->entry->begin > m_job.entry->begin)
                m_edits.removeElement(steps, *step->entry);
        }
        std::string names;
        for (const WorkflowStep* step : m_plan.before) {
            m_edits.addElement(steps, first->entry, moved(*step, false));
            names += (names.empty() ? "" : ", ") + nameOf(*step);
        }
        const std::string& text = m_editing.workflow.text();
        const std::size_t at = lineAfter(text, last->entry->end);
        const bool broken = at > 0 && text[at - 1] == '\n';
        for (const WorkflowStep* step : m_plan.after) {
            m_edits.replace(at, at, std::string(broken ? "" : "\n") + "\n" + indented(moved(*step, true), m_editing.columnOf(last->entry->begin)));
            names += (names.empty() ? "" : ", ") + nameOf(*step);
        }
        if (!names.empty())
            m_editing.changed(EditKind::StepsMoved, m_plan.merge->id, m_plan.merge->line, names, m_job.id);
    }

    static std::string nameOf(const WorkflowStep& step)
    {
        return step.name.empty() ? step.uses ? step.uses->name : std::string("run") : step.name;
    }

    std::string moved(const WorkflowStep& step, bool after) const
    {
        std::string text = m_edits.elementText(*step.entry);
        const auto renamed = m_plan.renamed.find(step.id);
        if (renamed != m_plan.renamed.end()) {
            const std::size_t at = text.find("id: " + step.id);
            if (at != std::string::npos)
                text.replace(at + 4, step.id.size(), renamed->second);
        }
        for (const auto& [from, to] : m_plan.renamed)
            replaceAll(text, "steps." + from + ".", "steps." + to + ".");
        for (const CombinedBuild& build : m_plan.builds) {
            if (!build.merge->id.empty())
                replaceAll(text, "steps." + build.merge->id + ".outputs.digest", "steps." + build.step->id + ".outputs.digest");
        }
        if (after && !m_plan.condition.empty() && step.condition.empty())
            text += "  if: ${{ " + m_plan.condition + " }}\n";
        return text;
    }

    void writeMergeJobAway()
    {
        const YamlNode& jobs = *m_editing.workflow.document->root->find("jobs");
        if (const YamlEntry* outputs = m_plan.merge->entry->value->entry("outputs")) {
            std::string text = m_edits.elementText(*outputs);
            for (const auto& [from, to] : m_plan.renamed)
                replaceAll(text, "steps." + from + ".", "steps." + to + ".");
            for (const CombinedBuild& build : m_plan.builds)
                replaceAll(text, "steps." + build.merge->id + ".outputs.digest", "steps." + build.step->id + ".outputs.digest");
            m_edits.addEntry(*m_job.entry->value, m_job.entry->value->entry("runs-on"), text);
        }
        m_edits.removeMember(jobs, *m_plan.merge->entry);
        m_editing.changed(EditKind::MergeJobRemoved, m_plan.merge->id, m_plan.merge->line, m_plan.merge->id);
        renameNeeds(m_editing, m_plan.merge->id, m_job.id);
    }

    Editing& m_editing;
    TextEdits& m_edits;
    const WorkflowJob& m_job;
    const CombinePlan& m_plan;
    const std::vector<std::string>& m_runner;
};

} // namespace

std::optional<std::string> combineLegs(Editing& editing, const WorkflowJob& job, const std::vector<std::string>& runner)
{
    CombinePlan plan;
    if (const auto why = planCombination(editing, job, plan))
        return why;
    Combiner(editing, plan, runner).write();
    return std::nullopt;
}

} // namespace layerline
