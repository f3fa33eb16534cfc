#include "app/tasks/rewrite_steps.h"

#include "app/tasks/rewrite_texts.h"
#include "domain/sha256.h"

#include <QFileInfo>

#include <nlohmann/json.hpp>

namespace layerline {

using Json = nlohmann::ordered_json;

namespace {

std::string ownerOf(const std::string& repository)
{
    return repository.substr(0, repository.find('/'));
}

std::string bytesText(const std::string& text)
{
    return "(" + std::to_string(text.size()) + " bytes)";
}

DispatchRequest dispatchOf(const RewriteOrder& order, const std::string& branch)
{
    return {order.plan.target.toStdString(), branch, order.request.inputs};
}

/// Makes the steps of an order.
class StepList {
public:
    explicit StepList(const RewriteOrder& order) : m_order(order), m_repository(repositoryPath(order.request.place.toStdString())) {}

    void add(const char* name, std::string call, const Json& body, const std::string& branch, const std::string& detail = {})
    {
        steps.push_back({name, std::move(call), body.is_null() ? std::string() : body.dump(), branch, RewriteState::Pending, detail.empty() ? branch : detail});
    }
    void branch(const char* name, const std::string& branch)
    {
        add(name, "POST " + m_repository + "/git/refs", {{"ref", "refs/heads/" + branch}, {"sha", "(newest commit of " + m_order.base + ")"}}, branch);
    }
    void put(const char* name, const std::string& branch, const std::string& message, const std::string& text, bool replaces)
    {
        Json body{{"message", message}, {"content", bytesText(text)}, {"branch", branch}};
        if (replaces)
            body["sha"] = m_order.plan.targetSha;
        add(name, "PUT " + m_repository + "/contents/" + m_order.plan.target.toStdString(), body, branch);
    }
    void run(const char* name, const std::string& branch)
    {
        const DispatchRequest request = dispatchOf(m_order, branch);
        add(name, "POST " + GitHubApi::dispatchTarget(m_order.request.place.toStdString(), request.workflow), Json::parse(GitHubApi::dispatchBody(request)), branch);
    }
    void deletion(const std::string& branch) { add("delete-branch", "DELETE " + m_repository + "/git/refs/heads/" + branch, nullptr, branch); }

    std::vector<RewriteStep> steps;

private:
    const RewriteOrder& m_order;
    std::string m_repository;
};

/// Nothing to write: the workflow that is there is only started.
bool onlyStarts(const WorkflowPlan& plan)
{
    return plan.source == RollbackSource::Existing && plan.edit.after == plan.targetBefore;
}

bool alive(const Run& run)
{
    return run.state != RunState::Completed || run.conclusion == Conclusion::Success;
}

} // namespace

const char* toString(RewriteState state)
{
    switch (state) {
    case RewriteState::Pending: return "pending";
    case RewriteState::Running: return "running";
    case RewriteState::Done: return "done";
    case RewriteState::Existed: return "existed";
    case RewriteState::Failed: return "failed";
    }
    return "unknown";
}

std::string rewriteBranch(const RewriteOrder& order)
{
    if (order.request.route == RewriteRoute::Direct || onlyStarts(order.plan))
        return order.base;
    const std::string stem = QFileInfo(order.plan.target).completeBaseName().toStdString();
    const std::string hash(sha256Hex(sha256Digest(order.plan.edit.after)).substr(0, 8));
    return std::string("layerline/") + (order.request.rollback ? "rollback-" : "migrate-") + stem + "-" + hash;
}

std::vector<RewriteStep> rewriteSteps(const RewriteOrder& order)
{
    const WorkflowPlan& plan = order.plan;
    const std::string branch = rewriteBranch(order), trial = branch + "-trial", message = commitMessage(order.request, plan);
    StepList list(order);
    if (onlyStarts(plan)) {
        list.run("run", branch);
        return list.steps;
    }
    if (order.request.route == RewriteRoute::Direct) {
        list.put("commit", branch, message, plan.edit.after, plan.targetExists);
        return list.steps;
    }
    if (order.request.route == RewriteRoute::PullRequest) {
        list.branch("branch", branch);
        list.put("commit", branch, message, plan.edit.after, plan.targetExists);
        list.add("pull-request", "POST " + repositoryPath(order.request.place.toStdString()) + "/pulls",
                 {{"title", pullTitle(order.request, plan)}, {"head", branch}, {"base", order.base}, {"body", bytesText(pullBody(plan))}}, branch,
                 branch + " -> " + order.base);
    }
    if (!order.request.trial)
        return list.steps;
    list.branch("trial-branch", trial);
    list.put("trial-commit", trial, message, plan.trial, plan.targetExists);
    list.run("trial-run", trial);
    return list.steps;
}

std::vector<RewriteStep> undoSteps(const RewriteOrder& order)
{
    const std::string branch = rewriteBranch(order), contents = repositoryPath(order.request.place.toStdString()) + "/contents/" + order.plan.target.toStdString();
    StepList list(order);
    if (onlyStarts(order.plan))
        return {};
    if (order.request.route == RewriteRoute::Direct) {
        if (order.plan.targetExists)
            list.put("restore", branch, undoMessage(order.plan), order.plan.targetBefore, true);
        else
            list.add("restore", "DELETE " + contents, {{"message", undoMessage(order.plan)}, {"branch", branch}, {"sha", "(of what was written)"}}, branch);
    } else {
        if (order.request.route == RewriteRoute::PullRequest)
            list.deletion(branch);
        list.deletion(branch + "-trial");
    }
    list.add("original", "GET " + contents + "?ref=" + order.base, nullptr, order.base);
    return list.steps;
}

RewriteSteps::RewriteSteps(GitHubApi& api, const Clock& clock, RewriteOrder order, ConfirmPace pace, QObject* parent)
    : QObject(parent), m_api(api), m_clock(clock), m_actions(api, clock, pace), m_order(std::move(order)), m_repository(m_order.request.place.toStdString()),
      m_branch(rewriteBranch(m_order)), m_steps(rewriteSteps(m_order))
{
}

void RewriteSteps::start()
{
    if (m_running)
        return;
    if (m_undoing && !m_error) {
        m_undoing = false;
        m_steps = rewriteSteps(m_order);
        m_next = 0;
    }
    m_error.reset();
    m_running = true;
    m_next == 0 && !m_undoing ? begin() : nextStep();
}

/// A branch without the commit it was made for is not left behind by a token that could have been asked.
void RewriteSteps::begin()
{
    m_steps[m_next].state = RewriteState::Running;
    Q_EMIT changed();
    askRewritePermissions(m_api, m_repository, m_steps, this, [this](RewritePermissions got) {
        m_permissions = std::move(got);
        if (m_permissions.missing.empty())
            return nextStep();
        const Error lacking{ErrorKind::Permission, m_permissions.missing.front().sentence, false};
        if (m_undoing || m_order.request.route == RewriteRoute::Direct)
            return fail(lacking);
        // Begun earlier, perhaps with another token: what is left may need less than the whole.
        m_api.gitRef(m_repository, "heads/" + m_branch, this, [this, lacking](Result<GitRef> begun) { begun ? nextStep() : fail(lacking); });
    });
}

void RewriteSteps::undo()
{
    if (m_running)
        return;
    m_undoing = true;
    m_steps = undoSteps(m_order);
    m_next = 0;
    m_error.reset();
    m_running = true;
    m_steps.empty() ? nextStep() : begin();
}

void RewriteSteps::fail(Error error)
{
    m_steps[m_next].state = RewriteState::Failed;
    m_steps[m_next].detail = error.detail;
    m_error = std::move(error);
    m_running = false;
    Q_EMIT changed();
    Q_EMIT finished();
}

void RewriteSteps::stepDone(RewriteState state, std::string detail)
{
    m_steps[m_next].state = state;
    m_steps[m_next].detail = std::move(detail);
    ++m_next;
    nextStep();
}

void RewriteSteps::nextStep()
{
    if (m_next >= m_steps.size()) {
        m_running = false;
        Q_EMIT changed();
        Q_EMIT finished();
        return;
    }
    m_steps[m_next].state = RewriteState::Running;
    Q_EMIT changed();
    const std::string name = m_steps[m_next].name;
    if (name == "branch")
        ensureBranch(m_branch);
    else if (name == "commit")
        ensureCommit(m_branch, m_order.plan.edit.after);
    else if (name == "pull-request")
        ensurePull();
    else if (name == "trial-branch")
        ensureBranch(m_branch + "-trial");
    else if (name == "trial-commit")
        ensureCommit(m_branch + "-trial", m_order.plan.trial);
    else if (name == "trial-run")
        ensureRun(m_branch + "-trial", true);
    else if (name == "run")
        ensureRun(m_branch, false);
    else if (name == "restore")
        restore();
    else if (name == "original")
        checkOriginal();
    else
        deleteBranch(m_steps[m_next].branch);
}

void RewriteSteps::ensureBranch(const std::string& branch)
{
    m_api.gitRef(m_repository, "heads/" + branch, this, [this, branch](Result<GitRef> got) {
        if (got)
            return stepDone(RewriteState::Existed, branch);
        if (got.error().kind != ErrorKind::NotFound)
            return fail(got.error());
        m_api.gitRef(m_repository, "heads/" + m_order.base, this, [this, branch](Result<GitRef> from) {
            if (!from)
                return fail(from.error());
            createBranch(branch, from->sha);
        });
    });
}

void RewriteSteps::createBranch(const std::string& branch, const std::string& sha)
{
    m_api.createRef(m_repository, {"refs/heads/" + branch, sha}, this, [this, branch](Result<GitRef> got) {
        if (!got)
            return fail(got.error());
        stepDone(RewriteState::Done, branch);
    });
}

void RewriteSteps::ensureCommit(const std::string& branch, const std::string& text)
{
    const std::string target = m_order.plan.target.toStdString();
    m_api.content(m_repository, target, branch, this, [this, branch, text, target](Result<FileContent> got) {
        if (!got && got.error().kind != ErrorKind::NotFound)
            return fail(got.error());
        if (got && got->text == text)
            return stepDone(RewriteState::Existed, branch);
        // Only what was planned from is replaced; anything else is somebody's work.
        const std::string sha = got ? got->sha : std::string();
        if (sha != m_order.plan.targetSha)
            return fail({ErrorKind::BadInput, target + " on " + branch + " is not what was planned from: somebody changed it", false});
        commit(branch, text, sha);
    });
}

void RewriteSteps::commit(const std::string& branch, const std::string& text, const std::string& sha)
{
    NewContent content;
    content.path = m_order.plan.target.toStdString();
    content.branch = branch;
    content.text = text;
    content.sha = sha;
    content.message = m_undoing ? undoMessage(m_order.plan) : commitMessage(m_order.request, m_order.plan);
    m_api.putContent(m_repository, content, this, [this, path = content.path](Result<std::string> got) {
        if (!got)
            return fail(workflowWriteError(got.error(), path, m_api.session().permissionHint()));
        stepDone(RewriteState::Done, *got);
    });
}

void RewriteSteps::ensurePull()
{
    m_api.pulls(m_repository, ownerOf(m_repository) + ":" + m_branch, this, [this](Result<Listing<PullRequestInfo>> got) {
        if (!got)
            return fail(got.error());
        for (const PullRequestInfo& pull : got->items) {
            if (pull.state == "open" && pull.head == m_branch)
                return stepDone(RewriteState::Existed, pull.url);
        }
        createPull();
    });
}

void RewriteSteps::createPull()
{
    m_api.createPull(m_repository, {pullTitle(m_order.request, m_order.plan), pullBody(m_order.plan), m_branch, m_order.base}, this, [this](Result<PullRequestInfo> got) {
        if (!got)
            return fail(got.error());
        stepDone(RewriteState::Done, got->url);
    });
}

/// A trial of this very text that runs or went through is not started twice; nor is a run GitHub accepted and did not show.
void RewriteSteps::ensureRun(const std::string& branch, bool trial)
{
    if (!m_order.plan.targetExists)
        return fail({ErrorKind::Unsupported, "GitHub starts a workflow only when its file is on " + m_order.defaultBranch + " too: merge first, or write to the same file", false});
    if (!trial && !m_dispatched)
        return dispatchOn(branch);
    RunQuery query;
    query.branch = branch;
    query.event = "workflow_dispatch";
    query.workflow = m_order.plan.target.toStdString();
    query.limit = 10;
    m_api.runs(m_repository, query, this, [this, branch, trial](Result<Listing<Run>> got) {
        if (!got && got.error().kind != ErrorKind::NotFound)
            return fail(got.error());
        if (got) {
            for (const Run& run : got->items) {
                const bool ours = trial ? alive(run) : run.created && *run.created >= *m_dispatched;
                if (!ours)
                    continue;
                m_run = run.key;
                return stepDone(RewriteState::Existed, run.url);
            }
        }
        dispatchOn(branch);
    });
}

void RewriteSteps::dispatchOn(const std::string& branch)
{
    const Timestamp before = m_clock.now() + m_api.session().clockSkew();
    m_actions.dispatch(m_repository, dispatchOf(m_order, branch), this, [this, before](Result<Run> got) {
        if (!got) {
            if (got.error().kind == ErrorKind::Timeout)
                m_dispatched = before;
            return fail(got.error());
        }
        m_run = got->key;
        stepDone(RewriteState::Done, got->url);
    });
}

void RewriteSteps::deleteBranch(const std::string& branch)
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

void RewriteSteps::restore()
{
    const std::string target = m_order.plan.target.toStdString();
    m_api.content(m_repository, target, m_branch, this, [this, target](Result<FileContent> got) {
        const WorkflowPlan& plan = m_order.plan;
        if (!got && got.error().kind != ErrorKind::NotFound)
            return fail(got.error());
        if (got.ok() == plan.targetExists && (!got || got->text == plan.targetBefore))
            return stepDone(RewriteState::Existed, m_branch);
        if (!got || got->text != plan.edit.after)
            return fail({ErrorKind::BadInput, target + " on " + m_branch + " was changed since: it is left as it is", false});
        if (plan.targetExists)
            return commit(m_branch, plan.targetBefore, got->sha);
        m_api.deleteContent(m_repository, {target, m_branch, undoMessage(plan), {}, got->sha}, this, [this, target](Result<std::string> deleted) {
            if (!deleted)
                return fail(workflowWriteError(deleted.error(), target, m_api.session().permissionHint()));
            stepDone(RewriteState::Done, *deleted);
        });
    });
}

void RewriteSteps::checkOriginal()
{
    const std::string target = m_order.plan.target.toStdString();
    m_api.content(m_repository, target, m_order.base, this, [this, target](Result<FileContent> got) {
        const WorkflowPlan& plan = m_order.plan;
        if (!got && got.error().kind != ErrorKind::NotFound)
            return fail(got.error());
        if (got.ok() == plan.targetExists && (!got || got->text == plan.targetBefore))
            return stepDone(RewriteState::Done, m_order.base);
        if (got && got->text == plan.edit.after)
            return fail({ErrorKind::Unsupported, "it was merged: " + m_order.base + " has the new " + target, false});
        fail({ErrorKind::BadInput, target + " on " + m_order.base + " was changed by somebody else", false});
    });
}

} // namespace layerline
