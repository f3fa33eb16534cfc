// A workflow for a trial run on a branch: everything is built, nothing is pushed.
#include "analysis/workflow/build_calls.h"
#include "analysis/workflow/edit_steps.h"
#include "analysis/workflow/write_out.h"

#include <cctype>

namespace layerline {

namespace {

/// Output settings that push nothing.
std::string unpushed(const std::string& settings)
{
    std::string result;
    for (const std::string& item : listItems(settings)) {
        const std::string kept = item == "type=registry" ? "type=image" : item;
        if (kept.rfind("push=", 0) != 0)
            result += (result.empty() ? "" : ",") + kept;
    }
    return result + ",push=false";
}

class Trial {
public:
    explicit Trial(Editing& editing) : m_editing(editing) {}

    void switchOff()
    {
        for (const WorkflowJob& job : m_editing.workflow.jobs) {
            if (isGithubBuilder(job)) {
                if (const YamlNode* with = job.entry->value->find("with"))
                    setFalse(job, *with, "push", job.line);
                continue;
            }
            if (job.uses) {
                m_editing.warn(EditKind::PublishesAnyway, job.id, job.line, job.uses->name);
                continue;
            }
            if (mergesOnly(job)) {
                setCondition(*job.entry->value, *job.entry);
                m_editing.changed(EditKind::PublishingOff, job.id, job.line, "job " + job.id);
                continue;
            }
            for (const WorkflowStep& step : job.steps)
                switchOff(job, step);
        }
    }

private:
    static bool mergesOnly(const WorkflowJob& job)
    {
        bool merges = false;
        for (const WorkflowStep& step : job.steps) {
            if (step.kind == ActionKind::BuildPush || step.kind == ActionKind::Bake)
                return false;
            merges |= mergesDigests(step);
        }
        return merges;
    }

    void setCondition(const YamlNode& map, const YamlEntry& entry)
    {
        if (const YamlNode* old = map.find("if"))
            m_editing.edits.setValue(*old, "${{ false }}");
        else
            m_editing.edits.addEntry(*entry.value, &map.entries.front(), "if: ${{ false }}\n");
    }

    void setFalse(const WorkflowJob& job, const YamlNode& with, const char* key, int line)
    {
        const YamlNode* node = with.find(key);
        if (!node || node->scalar == "false")
            return;
        m_editing.edits.setValue(*node, "false");
        m_editing.changed(EditKind::PublishingOff, job.id, line, std::string(key) + ": " + node->scalar);
    }

    void switchOff(const WorkflowJob& job, const WorkflowStep& step)
    {
        const YamlNode* with = step.entry->value->find("with");
        if (step.kind == ActionKind::BuildPush && with) {
            setFalse(job, *with, "push", step.line);
            switchOutputsOff(job, step, *with);
        } else if (step.kind == ActionKind::Bake && with) {
            setFalse(job, *with, "push", step.line);
            switchSetOff(job, step, *with);
        } else if (buildsImage(step) && !pushesByScript(step) && pushesItsBuild(step)) {
            switchScriptOff(step);
            m_editing.changed(EditKind::PublishingOff, job.id, step.line, step.name.empty() ? "run" : step.name);
        } else if (step.kind == ActionKind::Run && (pushesByScript(step) || pushesItsBuild(step))) {
            setCondition(*step.entry->value, *step.entry);
            m_editing.changed(EditKind::PublishingOff, job.id, step.line, step.name.empty() ? "run" : step.name);
        } else if (step.kind == ActionKind::Other && mayPublish(step)) {
            m_editing.warn(EditKind::PublishesAnyway, job.id, step.line, step.uses->name);
        }
    }

    void switchOutputsOff(const WorkflowJob& job, const WorkflowStep& step, const YamlNode& with)
    {
        const YamlNode* outputs = with.find("outputs");
        const auto lines = textLines(valueOf(step.with, "outputs"));
        if (!outputs || (outputs->scalar.find("push=") == std::string::npos && outputs->scalar.find("type=registry") == std::string::npos))
            return;
        if (lines.size() == 1)
            m_editing.edits.setValue(*outputs, yamlScalar(unpushed(lines[0])));
        else
            m_editing.warn(EditKind::PublishesAnyway, job.id, step.line, "outputs");
        m_editing.changed(EditKind::PublishingOff, job.id, outputs->line, "outputs");
    }

    /// `*.output=type=image,push=true` among bake's settings.
    void switchSetOff(const WorkflowJob& job, const WorkflowStep& step, const YamlNode& with)
    {
        const YamlNode* set = with.find("set");
        if (!set || set->scalar.find("push=true") == std::string::npos)
            return;
        const std::string& text = m_editing.workflow.text();
        for (std::size_t at = text.find("push=true", set->begin); at != std::string::npos && at < set->end; at = text.find("push=true", at + 1))
            m_editing.edits.replace(at + 5, at + 9, "false");
        m_editing.changed(EditKind::PublishingOff, job.id, step.line, "set");
    }

    static bool pushesItsBuild(const WorkflowStep& step)
    {
        return step.run.find("--push") != std::string::npos || step.run.find("push=true") != std::string::npos;
    }

    /// The build goes on, its push does not.
    void switchScriptOff(const WorkflowStep& step)
    {
        const YamlNode& run = *step.entry->value->find("run");
        const std::string& text = m_editing.workflow.text();
        for (std::size_t at = text.find("push", run.begin); at != std::string::npos && at < run.end; at = text.find("push", at + 1)) {
            if (text.compare(at, 9, "push=true") == 0)
                m_editing.edits.replace(at + 5, at + 9, "false");
            else if (at >= 2 && text.compare(at - 2, 2, "--") == 0 && (at + 4 >= text.size() || std::isspace(static_cast<unsigned char>(text[at + 4]))))
                m_editing.edits.replace(at + 4, at + 4, "=false");
        }
    }

    /// Pushes otherwise than by the build itself.
    static bool pushesByScript(const WorkflowStep& step)
    {
        for (const char* command : {"docker push", "output type=registry", "output=type=registry", "-o type=registry", "imagetools create", "manifest push", "docker image push", "gh release", "crane ", "skopeo copy"}) {
            if (step.run.find(command) != std::string::npos)
                return true;
        }
        return false;
    }

    static bool mayPublish(const WorkflowStep& step)
    {
        for (const char* word : {"release", "deploy", "publish", "push"}) {
            if (step.uses && step.uses->name.find(word) != std::string::npos)
                return true;
        }
        return false;
    }

    Editing& m_editing;
};

} // namespace

Result<WorkflowEdit> withoutPublishing(const std::string& text, const RunnerTable& runners)
{
    return editWrittenOut(text, runners, [&](const std::string& each) -> Result<WorkflowEdit> {
        auto begun = beginEditing(each, runners);
        if (!begun)
            return begun.error();
        Trial(**begun).switchOff();
        return finishEditing(**begun, runners);
    });
}

} // namespace layerline
