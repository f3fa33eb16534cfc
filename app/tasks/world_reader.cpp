#include "app/tasks/world_reader.h"

#include "app/tasks/workflow_reader.h"

namespace layerline {

namespace {

constexpr int mostVersions = 100;
constexpr std::size_t mostBake = 10; ///< bake files and folders of one workflow

} // namespace

WorldReader::WorldReader(GitHubApi& api, WorkflowRequest request, WorkflowNeeds needs, RunnerTable runners, QObject* parent)
    : QObject(parent), m_api(api), m_request(std::move(request)), m_needs(needs), m_runners(std::move(runners)), m_repository(m_request.place.toStdString())
{
}

void WorldReader::fail(Error error)
{
    m_error = std::move(error);
    Q_EMIT finished();
}

void WorldReader::start()
{
    m_api.repository(m_repository, this, [this](Result<RepositoryInfo> got) {
        if (!got)
            return fail(got.error());
        m_world.defaultBranch = got->defaultBranch.empty() ? "main" : got->defaultBranch;
        m_world.base = m_request.branch.isEmpty() ? m_world.defaultBranch : m_request.branch.toStdString();
        m_needs.others ? listOthers() : chooseFile();
    });
}

void WorldReader::listOthers()
{
    m_api.workflows(m_repository, this, [this](Result<Listing<WorkflowInfo>> got) {
        if (!got)
            return fail(got.error());
        for (const WorkflowInfo& workflow : got->items) {
            if (workflow.path.rfind(".github/", 0) == 0) // others are GitHub's own: no file has them
                m_others.push_back(workflow.path);
        }
        readOther(0);
    });
}

void WorldReader::readOther(std::size_t index)
{
    if (index >= m_others.size())
        return chooseFile();
    m_api.content(m_repository, m_others[index], m_world.base, this, [this, index](Result<FileContent> got) {
        // Listed, but not on this branch.
        if (!got && got.error().kind != ErrorKind::NotFound)
            return fail(got.error());
        if (got)
            m_world.files.push_back({QString::fromStdString(m_others[index]), got->text, got->sha});
        readOther(index + 1);
    });
}

void WorldReader::chooseFile()
{
    m_world.file = m_request.workflow.isEmpty() ? likelyWorkflow(m_world.files, m_request.rollback, m_runners) : workflowPath(m_request.workflow);
    if (m_world.file.isEmpty())
        return fail({ErrorKind::NotFound, m_repository + " has no workflow", false});
    readFile(m_world.file, true, &WorldReader::readBake);
}

/// One after the other; what is missing stays open, and the rewriting says so.
void WorldReader::readBake()
{
    const auto missing = bakeFilesNeeded(m_world.find(m_world.file)->text, m_world.bake);
    if (missing.empty() || m_world.bake.size() >= mostBake)
        return readTarget();
    readBakeSource(m_api, m_repository, missing.front(), m_world.base, this, [this, key = missing.front()](Result<std::string> got) {
        if (!got && got.error().kind != ErrorKind::NotFound)
            return fail(got.error());
        m_world.bake[key] = got ? std::optional(std::move(got.value())) : std::nullopt;
        readBake();
    });
}

void WorldReader::readTarget()
{
    readFile(targetPath(m_request, m_world.file), false, &WorldReader::readHistory);
}

void WorldReader::readFile(const QString& path, bool needed, void (WorldReader::*then)())
{
    if (m_world.find(path))
        return (this->*then)();
    m_api.content(m_repository, path.toStdString(), m_world.base, this, [this, path, needed, then](Result<FileContent> got) {
        if (!got && (needed || got.error().kind != ErrorKind::NotFound))
            return fail({got.error().kind, path.toStdString() + ": " + got.error().detail, got.error().retryable});
        if (got)
            m_world.files.push_back({path, got->text, got->sha});
        (this->*then)();
    });
}

void WorldReader::readHistory()
{
    if (m_needs.versions <= 0) {
        Q_EMIT finished();
        return;
    }
    m_api.commits(m_repository, m_world.file.toStdString(), m_world.base, mostVersions, this, [this](Result<Listing<CommitInfo>> got) {
        if (got)
            m_commits = std::move(got->items);
        else
            m_world.historyProblem = {got.error().kind, "its history can't be read: " + got.error().detail, got.error().retryable};
        readVersion(0);
    });
}

void WorldReader::readVersion(std::size_t index)
{
    if (index >= m_commits.size() || int(m_world.versions.size()) >= m_needs.versions) {
        if (m_world.versions.empty() && !m_world.historyProblem)
            m_world.historyProblem = Error{ErrorKind::NotFound, "none of the last " + std::to_string(m_commits.size()) + " versions" + (m_request.rollback ? " uses QEMU" : " has native runners"), false};
        Q_EMIT finished();
        return;
    }
    m_api.content(m_repository, m_world.file.toStdString(), m_commits[index].sha, this, [this, index](Result<FileContent> got) {
        // A commit that took the file away has none.
        if (!got && got.error().kind != ErrorKind::NotFound) {
            const std::string which = "its version of commit " + m_commits[index].sha.substr(0, 10);
            m_world.historyProblem = {got.error().kind, which + " can't be read: " + got.error().detail, got.error().retryable};
            return readVersion(m_commits.size());
        }
        const CommitInfo& commit = m_commits[index];
        ++m_world.looked;
        if (got && leadsThere(m_request, got->text, m_runners))
            m_world.versions.push_back({commit.sha, commit.date ? formatRfc3339(*commit.date) : std::string(), commit.message.substr(0, commit.message.find('\n')), got->text});
        readVersion(index + 1);
    });
}

} // namespace layerline
