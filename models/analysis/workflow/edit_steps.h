// The parts that rewriting a workflow is made of.
#pragma once

#include "analysis/workflow/text_edits.h"
#include "analysis/workflow/workflow_edit.h"

namespace layerline {

/// A workflow being edited.
struct Editing {
    explicit Editing(Workflow w, Legs l) : workflow(std::move(w)), legs(std::move(l)), edits(*workflow.document) {}
    Workflow workflow;
    Legs legs;
    TextEdits edits;
    std::vector<EditNote> changes, warnings;
    const BakeSources* bake = nullptr; ///< outlives this

    void changed(EditKind kind, const std::string& job, int line, std::string detail = {}, std::string other = {})
    {
        changes.push_back({kind, job, std::move(detail), std::move(other), line});
    }
    void warn(EditKind kind, const std::string& job, int line, std::string detail = {}, std::string other = {})
    {
        warnings.push_back({kind, job, std::move(detail), std::move(other), line});
    }
    /// The job's legs.
    std::vector<const JobLeg*> legsOf(const WorkflowJob& job) const;
    int columnOf(std::size_t offset) const; ///< from 0
};

Result<std::unique_ptr<Editing>> beginEditing(const std::string& text, const RunnerTable& runners, const BakeSources* bake = nullptr);
/// Applies the changes, reads the result again and compares. Unsupported when what came out can't be read:
/// odd but valid YAML (keys in braces across lines, ids with quotes) may do that, and is left alone then.
Result<WorkflowEdit> finishEditing(Editing& editing, const RunnerTable& runners);

void addDispatchTrigger(Editing& editing);
/// Adds an event with lines below it ("- cron: '...'"); a short list of events becomes a map when the event has lines.
/// `also` is an event without lines that is added with it.
void addTrigger(Editing& editing, const std::string& event, const std::string& lines, const std::string& also = {});

/// A list of platforms as setup-qemu and people write it: "arm64,riscv64".
std::string shortNames(const std::vector<Platform>& platforms);
/// Labels as YAML on one line.
std::string runsOnYaml(const std::vector<std::string>& labels);
/// Sets up emulation for `platforms` before the job's builder or build, unless a step does.
void addQemuStep(Editing& editing, const WorkflowJob& job, const std::vector<Platform>& platforms);
/// Scripts that ask for the machine's architecture will hear something else.
void warnAboutScripts(Editing& editing, const WorkflowJob& job);

/// Inputs of the workflow a job calls; a value may have several lines. What says so already stays.
void setInputs(Editing& editing, const WorkflowJob& job, const TextMap& inputs);
/// docker/github-builder keeps the caches of platforms it distributes apart, and has one for those it builds together.
void warnAboutBuilderCaches(Editing& editing, EditKind kind, const WorkflowJob& job, const std::vector<const JobLeg*>& legs);

/// Whoever waits for job `from`, or reads its outputs, does so with job `to`.
void renameNeeds(Editing& editing, const std::string& from, const std::string& to);

const WorkflowStep* firstStep(const WorkflowJob& job, ActionKind kind);
const YamlNode& stepsNode(const WorkflowJob& job);

} // namespace layerline
