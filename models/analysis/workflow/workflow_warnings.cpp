// What to know before a workflow is written: actions that no longer work, permissions that are missing, labels that do not exist.
#include "analysis/workflow/action_table.h"
#include "analysis/workflow/build_calls.h"
#include "analysis/workflow/workflow_edit.h"

#include <algorithm>
#include <set>

namespace layerline {

namespace {

class Warner {
public:
    Warner(const Workflow& workflow, const RunnerTable& runners) : m_workflow(workflow), m_runners(runners) {}

    void addAction(const WorkflowJob& job, const ActionRef& action, int line)
    {
        const ActionVerdict verdict = judgeAction(action);
        const std::string name = action.name + "@" + (action.pinned ? "v" + std::to_string(action.major) : action.ref);
        if (verdict.state == ActionState::Dead)
            add(EditKind::DeadAction, job, line, name, verdict.since + " v" + std::to_string(verdict.workingMajor));
        else if (verdict.state == ActionState::Old)
            add(EditKind::OldAction, job, line, name, "v" + std::to_string(verdict.workingMajor));
    }

    void addLabel(const JobLeg& leg)
    {
        if (leg.runsOn.unknownLabel.empty())
            return;
        const int line = leg.job->runsOn ? leg.job->runsOn->line : leg.job->line;
        add(EditKind::UnknownLabel, *leg.job, line, leg.runsOn.unknownLabel, nearestLabel(leg.runsOn.unknownLabel, m_runners).value_or(""));
    }

    /// `always`: a repository's settings never grant it by themselves.
    void need(const WorkflowJob& job, int line, const std::string& scope, const std::string& level, const std::string& reason, bool always)
    {
        const Permissions& given = job.permissions.stated ? job.permissions : m_workflow.permissions;
        const std::string wanted = scope + ": " + level;
        if (!given.stated) {
            add(always ? EditKind::MissingPermission : EditKind::PermissionUnknown, job, line, wanted, reason);
            return;
        }
        for (const std::string& name : {std::string("*"), scope}) {
            const std::string have = valueOf(given.scopes, name);
            if (have == "write" || (have == "read" && level == "read"))
                return;
        }
        add(EditKind::MissingPermission, job, line, wanted, reason);
    }

    std::vector<EditNote> take() { return std::move(m_notes); }

private:
    void add(EditKind kind, const WorkflowJob& job, int line, std::string detail, std::string other)
    {
        EditNote note{kind, job.id, std::move(detail), std::move(other), line};
        if (std::find(m_notes.begin(), m_notes.end(), note) == m_notes.end())
            m_notes.push_back(std::move(note));
    }

    const Workflow& m_workflow;
    const RunnerTable& m_runners;
    std::vector<EditNote> m_notes;
};

bool usesGithubToken(std::string_view password)
{
    return password.find("secrets.GITHUB_TOKEN") != std::string_view::npos || password.find("github.token") != std::string_view::npos;
}

void checkPermissions(const WorkflowJob& job, bool publishes, Warner& warner)
{
    for (const WorkflowStep& step : job.steps) {
        if (step.kind == ActionKind::Login && publishes && valueOf(step.with, "registry") == "ghcr.io" && usesGithubToken(valueOf(step.with, "password")))
            warner.need(job, step.line, "packages", "write", "ghcr.io", false);
        const bool keys = hasKey(step.with, "aws-access-key-id") || hasKey(step.with, "aws-secret-access-key");
        if (step.kind == ActionKind::AwsCredentials && hasKey(step.with, "role-to-assume") && !keys)
            warner.need(job, step.line, "id-token", "write", "AWS OIDC", true);
        if (step.kind == ActionKind::Checkout)
            warner.need(job, step.line, "contents", "read", "checkout", false);
    }
}

} // namespace

std::vector<EditNote> workflowWarnings(const Workflow& workflow, const Legs& legs, const RunnerTable& runners)
{
    Warner warner(workflow, runners);
    std::set<const WorkflowJob*> publishing;
    for (const JobLeg& leg : legs.legs) {
        warner.addLabel(leg);
        if (leg.merges || std::any_of(leg.builds.begin(), leg.builds.end(), [](const BuildCall& build) { return build.pushes; }))
            publishing.insert(leg.job);
    }
    for (const WorkflowJob& job : workflow.jobs) {
        if (job.uses)
            warner.addAction(job, *job.uses, job.line);
        for (const WorkflowStep& step : job.steps) {
            if (step.uses)
                warner.addAction(job, *step.uses, step.line);
        }
        checkPermissions(job, publishing.count(&job) > 0, warner);
    }
    std::vector<EditNote> notes = warner.take();
    // A repository grants reading by default: only what is stated too narrowly is worth a line.
    notes.erase(std::remove_if(notes.begin(), notes.end(),
                               [](const EditNote& note) { return note.kind == EditKind::PermissionUnknown && note.detail == "contents: read"; }),
                notes.end());
    return notes;
}

const char* toString(EditKind kind)
{
    static const char* const names[] = {
        "runner-changed",  "qemu-added",       "qemu-removed",    "qemu-conditional",   "platforms-stated", "platform-per-leg", "runner-arch-replaced",
        "matrix-added",    "fail-fast-off",    "cache-scoped",    "pushed-by-digest",   "digests-uploaded", "merge-job-added",  "steps-moved",
        "outputs-moved",   "kept-apart",      "needs-changed",    "input-flipped",   "dispatch-added",     "schedule-added",   "paths-added",      "publishing-off",
        "matrix-removed",  "pushed-by-tag",    "merge-job-removed", "written-out",
        "dead-action",     "old-action",       "missing-permission", "permission-unknown", "not-pinned",    "unknown-label",    "arch-in-script",
        "platforms-open",  "called-workflow",  "publishes-anyway", "runs-twice",         "protected-twice",    "matrix-kept",    "cache-together",     "cache-apart"};
    static_assert(std::size(names) == std::size_t(EditKind::CacheApart) + 1);
    return names[int(kind)];
}

bool isWarning(EditKind kind)
{
    return kind >= EditKind::DeadAction;
}

} // namespace layerline
