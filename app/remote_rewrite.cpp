#include "app/remote_rewrite.h"

#include "app/workflow_report.h"
#include "domain/sha256.h"

#include <QFileInfo>

#include <algorithm>

namespace layerline {

namespace {

constexpr int mostVersions = 100;

std::optional<BuildSummary> summaryOf(const std::string& text, const RunnerTable& runners)
{
    const auto workflow = parseWorkflow(text);
    if (!workflow)
        return std::nullopt;
    const auto legs = expandJobs(*workflow, runners);
    return legs ? std::optional(summarise(*legs)) : std::nullopt;
}

std::string owner(const std::string& repository)
{
    return repository.substr(0, repository.find('/'));
}

} // namespace

const char* toString(RewriteState state)
{
    switch (state) {
    case RewriteState::Pending: return "pending";
    case RewriteState::Done: return "done";
    case RewriteState::Existed: return "existed";
    case RewriteState::Failed: return "failed";
    }
    return "unknown";
}

RemoteRewrite::RemoteRewrite(GitHubApi& api, const Clock& clock, WorkflowRequest request, RunnerTable runners, ConfirmPace pace, QObject* parent)
    : QObject(parent), m_api(api), m_actions(api, clock, pace), m_request(std::move(request)), m_runners(std::move(runners)),
      m_repository(m_request.place.toStdString())
{
    m_plan.file = workflowPath(m_request.workflow);
    m_plan.target = workflowPath(m_request.as.isEmpty() ? m_request.workflow : m_request.as);
}

void RemoteRewrite::fail(Error error)
{
    if (m_next < m_steps.size()) {
        m_steps[m_next].state = RewriteState::Failed;
        m_steps[m_next].detail = error.detail;
    }
    m_error = std::move(error);
    Q_EMIT finished();
}

void RemoteRewrite::start()
{
    m_api.repository(m_repository, this, [this](Result<RepositoryInfo> got) {
        if (!got)
            return fail(got.error());
        m_base = got->defaultBranch.empty() ? "main" : got->defaultBranch;
        readFile();
    });
}

void RemoteRewrite::readFile()
{
    m_api.content(m_repository, m_plan.file.toStdString(), m_base, this, [this](Result<FileContent> got) {
        if (!got)
            return fail({got.error().kind, m_plan.file.toStdString() + ": " + got.error().detail, got.error().retryable});
        m_text = got->text;
        if (const auto workflow = parseWorkflow(m_text); !workflow)
            return fail({workflow.error().kind, m_plan.file.toStdString() + ": " + workflow.error().detail, false});
        chooseSource();
    });
}

void RemoteRewrite::chooseSource()
{
    if (!m_request.rollback && m_request.source != RollbackSource::History)
        return take(migrateToNative(m_text, m_runners, m_request.migrateOptions));
    m_plan.source = m_request.source == RollbackSource::Automatic ? RollbackSource::Generate : m_request.source;
    switch (m_plan.source) {
    case RollbackSource::History: return readHistory();
    case RollbackSource::Existing: return readExisting();
    case RollbackSource::Inputs: return take(flipBuilderInputs(m_text, m_runners, m_request.rollbackOptions));
    default: return take(rollbackToQemu(m_text, m_runners, m_request.rollbackOptions));
    }
}

void RemoteRewrite::readHistory()
{
    m_api.commits(m_repository, m_plan.file.toStdString(), m_base, mostVersions, this, [this](Result<Listing<CommitInfo>> got) {
        if (!got)
            return fail(got.error());
        m_commits = std::move(got->items);
        readVersion(0);
    });
}

void RemoteRewrite::readVersion(std::size_t index)
{
    if (index >= m_commits.size())
        return fail({ErrorKind::NotFound, "none of the last " + std::to_string(m_commits.size()) + " versions of " + m_plan.file.toStdString() + (m_request.rollback ? " uses QEMU" : " has native runners"), false});
    m_api.content(m_repository, m_plan.file.toStdString(), m_commits[index].sha, this, [this, index](Result<FileContent> got) {
        // A commit that took the file away has none.
        if (!got && got.error().kind != ErrorKind::NotFound)
            return fail(got.error());
        if (!got || !leadsThere(m_request, got->text, m_runners))
            return readVersion(index + 1);
        m_plan.commit = m_commits[index].sha;
        take(replacedBy(m_text, got->text, m_runners, wantsDispatch(m_request)));
    });
}

void RemoteRewrite::readExisting()
{
    m_api.workflows(m_repository, this, [this](Result<Listing<WorkflowInfo>> got) {
        if (!got)
            return fail(got.error());
        m_workflows = std::move(got->items);
        readWorkflow(0);
    });
}

void RemoteRewrite::readWorkflow(std::size_t index)
{
    if (index >= m_workflows.size())
        return fail({ErrorKind::NotFound, "no other workflow builds these platforms with QEMU", false});
    const std::string path = m_workflows[index].path;
    if (path == m_plan.file.toStdString() || path.rfind(".github/", 0) != 0)
        return readWorkflow(index + 1);
    m_api.content(m_repository, path, m_base, this, [this, index, path](Result<FileContent> got) {
        if (!got && got.error().kind != ErrorKind::NotFound)
            return fail(got.error());
        const auto wanted = summaryOf(m_text, m_runners), found = got ? summaryOf(got->text, m_runners) : std::nullopt;
        const bool covers = wanted && found && found->style == BuildStyle::Qemu
                            && std::includes(found->promised.begin(), found->promised.end(), wanted->promised.begin(), wanted->promised.end());
        if (!covers)
            return readWorkflow(index + 1);
        m_plan.target = QString::fromStdString(path);
        m_plan.existing = {m_plan.target};
        take(withDispatch(got->text, m_runners));
    });
}

void RemoteRewrite::take(Result<WorkflowEdit> edit)
{
    if (!edit)
        return fail({edit.error().kind, m_plan.file.toStdString() + ": " + edit.error().detail, false});
    m_plan.edit = std::move(*edit);
    if (m_plan.target != m_plan.file && m_plan.source != RollbackSource::Existing)
        m_plan.edit.warnings.push_back({EditKind::RunsTwice, {}, m_plan.file.toStdString(), {}, 0});
    if (m_request.trial && m_request.publish) {
        m_trial = m_plan.edit.after;
    } else if (m_request.trial) {
        auto trial = withoutPublishing(m_plan.edit.after, m_runners);
        if (!trial)
            return fail(trial.error());
        m_trial = std::move(trial->after);
        for (EditNote& note : trial->warnings) {
            if (note.kind == EditKind::PublishesAnyway)
                m_plan.edit.warnings.push_back(std::move(note));
        }
    }
    readTarget();
}

void RemoteRewrite::readTarget()
{
    m_api.content(m_repository, m_plan.target.toStdString(), m_base, this, [this](Result<FileContent> got) {
        if (!got && got.error().kind != ErrorKind::NotFound)
            return fail(got.error());
        m_plan.targetExists = got.ok();
        if (got) {
            m_targetSha = got->sha;
            m_plan.targetBefore = got->text;
        }
        makeSteps();
        m_planned = true;
        if (m_request.write || m_request.undo)
            return nextStep();
        Q_EMIT finished();
    });
}

void RemoteRewrite::makeSteps()
{
    const std::string repository = repositoryPath(m_repository), stem = QFileInfo(m_plan.target).completeBaseName().toStdString();
    const std::string hash = std::string(sha256Hex(sha256Digest(m_plan.edit.after)).substr(0, 8));
    m_branch = std::string("layerline/") + (m_request.rollback ? "rollback-" : "migrate-") + stem + "-" + hash;
    const auto add = [&](const char* name, const std::string& call, std::string detail) { m_steps.push_back({name, call, RewriteState::Pending, std::move(detail)}); };
    if (m_request.undo) {
        add("delete-branch", "DELETE " + repository + "/git/refs/heads/" + m_branch, m_branch);
        add("delete-branch", "DELETE " + repository + "/git/refs/heads/" + m_branch + "-trial", m_branch + "-trial");
        return;
    }
    const std::string put = "PUT " + repository + "/contents/" + m_plan.target.toStdString(), dispatch = "POST " + GitHubApi::dispatchTarget(m_repository, m_plan.target.toStdString());
    if (m_plan.source == RollbackSource::Existing && m_plan.edit.after == m_plan.targetBefore) {
        add("run", dispatch, m_base);
        return;
    }
    if (m_request.direct) {
        m_branch = m_base;
        add("commit", put, m_branch);
        return;
    }
    add("branch", "POST " + repository + "/git/refs", m_branch);
    add("commit", put, m_branch);
    add("pull-request", "POST " + repository + "/pulls", m_branch + " -> " + m_base);
    if (!m_request.trial)
        return;
    add("trial-branch", "POST " + repository + "/git/refs", m_branch + "-trial");
    add("trial-commit", put, m_branch + "-trial");
    add("trial-run", dispatch, m_branch + "-trial");
}

void RemoteRewrite::nextStep()
{
    if (m_next >= m_steps.size()) {
        Q_EMIT finished();
        return;
    }
    const std::string name = m_steps[m_next].name;
    if (name == "branch")
        ensureBranch(m_branch);
    else if (name == "commit")
        ensureCommit(m_branch, m_plan.edit.after);
    else if (name == "pull-request")
        ensurePull();
    else if (name == "trial-branch")
        ensureBranch(m_branch + "-trial");
    else if (name == "trial-commit")
        ensureCommit(m_branch + "-trial", m_trial);
    else if (name == "delete-branch")
        deleteBranch(m_steps[m_next].detail);
    else
        dispatchOn(m_steps[m_next].detail);
}

void RemoteRewrite::stepDone(RewriteState state, std::string detail)
{
    m_steps[m_next].state = state;
    m_steps[m_next].detail = std::move(detail);
    ++m_next;
    nextStep();
}

void RemoteRewrite::ensureBranch(const std::string& branch)
{
    m_api.gitRef(m_repository, "heads/" + branch, this, [this, branch](Result<GitRef> got) {
        if (got)
            return stepDone(RewriteState::Existed, branch);
        if (got.error().kind != ErrorKind::NotFound)
            return fail(got.error());
        m_api.gitRef(m_repository, "heads/" + m_base, this, [this, branch](Result<GitRef> from) {
            if (!from)
                return fail(from.error());
            createBranch(branch, from->sha);
        });
    });
}

void RemoteRewrite::createBranch(const std::string& branch, const std::string& sha)
{
    m_api.createRef(m_repository, {"refs/heads/" + branch, sha}, this, [this, branch](Result<GitRef> got) {
        if (!got)
            return fail(got.error());
        stepDone(RewriteState::Done, branch);
    });
}

void RemoteRewrite::ensureCommit(const std::string& branch, const std::string& text)
{
    m_api.content(m_repository, m_plan.target.toStdString(), branch, this, [this, branch, text](Result<FileContent> got) {
        if (!got && got.error().kind != ErrorKind::NotFound)
            return fail(got.error());
        if (got && got->text == text)
            return stepDone(RewriteState::Existed, branch);
        // Only what was planned from is replaced; anything else is somebody's work.
        const std::string sha = got ? got->sha : std::string();
        if (sha != m_targetSha)
            return fail({ErrorKind::BadInput, m_plan.target.toStdString() + " on " + branch + " is not what was planned from: somebody changed it", false});
        commit(branch, text, sha);
    });
}

void RemoteRewrite::commit(const std::string& branch, const std::string& text, const std::string& sha)
{
    NewContent content;
    content.path = m_plan.target.toStdString();
    content.branch = branch;
    content.text = text;
    content.sha = sha;
    content.message = (m_request.rollback ? "Build with QEMU again: " : "Build on native runners: ") + content.path;
    if (!m_plan.commit.empty())
        content.message += "\n\nAs of " + m_plan.commit;
    m_api.putContent(m_repository, content, this, [this](Result<std::string> got) {
        if (!got)
            return fail(got.error());
        stepDone(RewriteState::Done, *got);
    });
}

std::string RemoteRewrite::pullBody() const
{
    std::string body;
    const auto list = [&](const char* title, const std::vector<EditNote>& notes) {
        if (notes.empty())
            return;
        body += std::string("**") + title + "**\n\n";
        for (const EditNote& note : notes)
            body += "- " + editSentence(note) + "\n";
        body += "\n";
    };
    list("What it does", m_plan.edit.changes);
    list("Look at first", m_plan.edit.warnings);
    if (!m_plan.edit.differences.empty())
        body += "**What differs**\n\n";
    for (const PropertyDifference& difference : m_plan.edit.differences) {
        for (const std::string& text : difference.removed)
            body += std::string("- ") + toString(difference.property) + ": no longer `" + text + "`\n";
        for (const std::string& text : difference.added)
            body += std::string("- ") + toString(difference.property) + ": now `" + text + "`\n";
    }
    return body;
}

void RemoteRewrite::ensurePull()
{
    m_api.pulls(m_repository, owner(m_repository) + ":" + m_branch, this, [this](Result<Listing<PullRequestInfo>> got) {
        if (!got)
            return fail(got.error());
        for (const PullRequestInfo& pull : got->items) {
            if (pull.state == "open" && pull.head == m_branch)
                return stepDone(RewriteState::Existed, pull.url);
        }
        createPull();
    });
}

void RemoteRewrite::createPull()
{
    const std::string title = (m_request.rollback ? "Build with QEMU again: " : "Build on native runners: ") + m_plan.target.toStdString();
    m_api.createPull(m_repository, {title, pullBody(), m_branch, m_base}, this, [this](Result<PullRequestInfo> got) {
        if (!got)
            return fail(got.error());
        stepDone(RewriteState::Done, got->url);
    });
}

void RemoteRewrite::dispatchOn(const std::string& branch)
{
    if (!m_plan.targetExists)
        return fail({ErrorKind::Unsupported, "GitHub starts a workflow only when its file is on " + m_base + " too: merge first, or write to the same file", false});
    m_actions.dispatch(m_repository, {m_plan.target.toStdString(), branch, {}}, this, [this](Result<Run> got) {
        if (!got)
            return fail(got.error());
        stepDone(RewriteState::Done, got->url);
    });
}

void RemoteRewrite::deleteBranch(const std::string& branch)
{
    // Not there is as good as deleted; GitHub closes the pull request with its branch.
    m_api.gitRef(m_repository, "heads/" + branch, this, [this, branch](Result<GitRef> got) {
        if (!got && got.error().kind == ErrorKind::NotFound)
            return stepDone(RewriteState::Existed, branch);
        if (!got)
            return fail(got.error());
        m_api.deleteRef(m_repository, "heads/" + branch, this, [this, branch](Result<void> deleted) {
            if (!deleted)
                return fail(deleted.error());
            stepDone(RewriteState::Done, branch);
        });
    });
}

} // namespace layerline
