#include "app/cli/remote_rewrite.h"

#include "app/tasks/rewrite_texts.h"

namespace layerline {

RemoteRewrite::RemoteRewrite(GitHubApi& api, const Clock& clock, WorkflowRequest request, RunnerTable runners, ConfirmPace pace, QObject* parent)
    : QObject(parent), m_api(api), m_clock(clock), m_runners(std::move(runners)), m_pace(pace), m_order{std::move(request), {}, {}, {}}
{
}

void RemoteRewrite::fail(Error error)
{
    m_error = std::move(error);
    Q_EMIT finished();
}

void RemoteRewrite::start()
{
    if (m_order.request.undo && m_order.request.route == RewriteRoute::Direct)
        return findCommit();
    readAt(m_order.request.branch.toStdString());
}

void RemoteRewrite::readAt(const std::string& branch)
{
    WorkflowRequest request = m_order.request;
    request.branch = QString::fromStdString(branch);
    m_reader = std::make_unique<WorldReader>(m_api, request, needsOf(request), m_runners);
    connect(m_reader.get(), &WorldReader::finished, this, &RemoteRewrite::onRead);
    m_reader->start();
}

/// The newest commit of the file, or the one before it when that took the change back already.
void RemoteRewrite::findCommit()
{
    const std::string repository = m_order.request.place.toStdString();
    WorkflowPlan what;
    what.target = targetPath(m_order.request, workflowPath(m_order.request.workflow));
    const auto onCommits = [this, what](Result<Listing<CommitInfo>> got) {
        const std::string file = what.target.toStdString() + " on " + m_base;
        if (!got)
            return fail(got.error());
        const auto& commits = got->items;
        const std::size_t at = !commits.empty() && commits[0].message.rfind(undoMessage(what), 0) == 0 ? 1 : 0;
        if (at >= commits.size())
            return fail({ErrorKind::NotFound, "no commit changed " + file + " that could be taken back", false});
        m_taken = commits[at].sha;
        readParent();
    };
    m_api.repository(repository, this, [this, repository, what, onCommits](Result<RepositoryInfo> got) {
        if (!got)
            return fail(got.error());
        m_base = !m_order.request.branch.isEmpty() ? m_order.request.branch.toStdString() : got->defaultBranch.empty() ? "main" : got->defaultBranch;
        m_api.commits(repository, what.target.toStdString(), m_base, 2, this, onCommits);
    });
}

/// A commit of ours has one parent, so that is what is listed after it; of any other the bytes don't match later.
void RemoteRewrite::readParent()
{
    m_api.commits(m_order.request.place.toStdString(), {}, m_taken, 2, this, [this](Result<Listing<CommitInfo>> got) {
        if (!got)
            return fail(got.error());
        if (got->items.size() < 2)
            return fail({ErrorKind::NotFound, "there is nothing before commit " + m_taken, false});
        readAt(got->items[1].sha);
    });
}

void RemoteRewrite::onRead()
{
    const WorkflowRequest& request = m_order.request;
    const auto failed = [this](const Error& error) {
        const std::string which = m_taken.empty() ? std::string() : "commit " + m_taken + " is not this change: before it, ";
        fail({error.kind, which + error.detail, error.retryable});
    };
    if (m_reader->error())
        return failed(*m_reader->error());
    auto plan = planFrom(m_reader->world(), request, m_runners);
    if (!plan)
        return failed(plan.error());
    m_order.plan = std::move(*plan);
    m_order.base = m_taken.empty() ? m_reader->world().base : m_base;
    m_order.defaultBranch = m_reader->world().defaultBranch;
    m_planned = true;
    if (!request.write) {
        m_preview = request.undo ? undoSteps(m_order) : rewriteSteps(m_order);
        if (request.undo) {
            Q_EMIT finished();
            return;
        }
        askRewritePermissions(m_api, request.place.toStdString(), m_preview, this, [this](RewritePermissions got) {
            m_permissions = std::move(got);
            Q_EMIT finished();
        });
        return;
    }
    m_steps = std::make_unique<RewriteSteps>(m_api, m_clock, m_order, m_pace);
    connect(m_steps.get(), &RewriteSteps::finished, this, [this] {
        m_error = m_steps->error();
        Q_EMIT finished();
    });
    request.undo ? m_steps->undo() : m_steps->start();
}

} // namespace layerline
