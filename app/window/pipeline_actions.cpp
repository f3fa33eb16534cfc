#include "app/window/pipeline_actions.h"

#include "app/tasks/cache_writers.h"
#include "app/tasks/dispatch_call.h"
#include "app/window/dispatch_choices.h"
#include "app/window/error_reporter.h"
#include "app/window/pipelines.h"
#include "items/own_words.h"
#include "items/workflow_values.h"
#include "widgets/dialogs/action_dialog.h"
#include "widgets/dialogs/caches_dialog.h"
#include "widgets/dialogs/dispatch_dialog.h"
#include "widgets/dialogs/repository_dialog.h"
#include "widgets/dialogs/sign_in_dialog.h"
#include "widgets/dialogs/workflow_dialog.h"
#include "widgets/pages/pipelines_page.h"

#include <QTimer>

#include <algorithm>
#include <functional>
#include <set>

namespace layerline {

namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

/// In the order RunActions deletes them.
std::vector<std::int64_t> idsOf(const std::vector<CacheEntry>& entries, const QStringList& keys)
{
    std::vector<std::int64_t> ids;
    for (const CacheEntry& entry : entries) {
        if (keys.contains(qt(entry.key)))
            ids.push_back(entry.id);
    }
    std::sort(ids.begin(), ids.end(), std::greater<>());
    return ids;
}

DispatchRequest requestOf(const QString& workflow, const QString& ref, const QMap<QString, QString>& inputs)
{
    DispatchRequest request{workflow.toStdString(), ref.toStdString(), {}};
    for (auto it = inputs.begin(); it != inputs.end(); ++it)
        request.inputs.emplace(it.key().toStdString(), it.value().toStdString());
    return request;
}

/// Null writers: nobody looked into the workflow files yet.
CacheTable tableOf(const std::string& repository, const std::vector<CacheEntry>& entries, const CacheLimits& limits, const CacheWriters* writers, Timestamp now)
{
    const CacheOverview overview = cacheOverview(entries, now, limits);
    CacheTable table;
    std::set<std::string> colliding;
    table.looked = writers != nullptr;
    for (const CacheCollision& collision : writers ? cacheCollisions(overview, writers->writers, writers->complete) : std::vector<CacheCollision>{}) {
        CacheCollisionRow row{collision.scope, collision.proven, {}, int(collision.rewrites.size())};
        for (const CacheWriter& writer : collision.writers)
            row.writers.push_back(writer.workflow.substr(writer.workflow.rfind('/') + 1) + ": " + writer.job);
        table.collisions.push_back(std::move(row));
        colliding.insert(collision.scope);
    }
    for (const std::string& problem : writers ? writers->problems : std::vector<std::string>{})
        table.unread += (table.unread.empty() ? "" : "\n") + problem;
    table.repository = repository;
    table.usedBytes = overview.totalBytes;
    table.quotaBytes = overview.quotaBytes;
    table.quotaTold = overview.quotaTold;
    table.entries = int(entries.size());
    for (const CacheScope& scope : overview.scopes) {
        for (const CacheScopeRef& ref : scope.refs) {
            CacheScopeRow row{scope.name, ref.ref, int(ref.revision), true, colliding.count(scope.name) > 0, ref.live.created, ref.live.lastUsed, {ref.live.key}};
            for (const CacheEntry& stale : ref.stale)
                row.keys.push_back(stale.key);
            table.scopes.push_back(std::move(row));
        }
    }
    return table;
}

} // namespace

PipelineActions::PipelineActions(Pipelines& pipelines, PipelinesPage& page, ErrorReporter& errors)
    : QObject(&page), m_pipelines(pipelines), m_page(page), m_errors(errors), m_actions(pipelines.api(), pipelines.clock())
{
    if (const auto& problem = pipelines.runnerTableProblem()) // once the window is there
        QTimer::singleShot(0, this, [this, error = *problem] { m_errors.report(error, tr("The table of runners")); });
    connect(&page, &PipelinesPage::signInRequested, this, &PipelineActions::askForAccount);
    connect(&page, &PipelinesPage::addRepositoryRequested, this, &PipelineActions::askForRepository);
    connect(&page, &PipelinesPage::cachesRequested, this, &PipelineActions::askForCaches);
    connect(&page, &PipelinesPage::dispatchRequested, this, &PipelineActions::askForDispatch);
    connect(&page, &PipelinesPage::rerunRequested, this, &PipelineActions::rerun);
    connect(&page, &PipelinesPage::rerunJobRequested, this, &PipelineActions::rerunJob);
    connect(&page, &PipelinesPage::cancelRequested, this, &PipelineActions::cancel);
    connect(&page, &PipelinesPage::attemptRequested, &pipelines, &Pipelines::selectAttempt);
    connect(&pipelines, &Pipelines::attemptFailed, this, [this](int attempt, const Error& error) { m_errors.report(error, tr("Attempt %1").arg(attempt)); });
    connect(&page, &PipelinesPage::pageRequested, this, &PipelineActions::pageRequested);
    connect(&page, &PipelinesPage::changeRequested, this, [this](const QString& repository, const QString& workflow, bool rollback) {
        WorkflowWish wish;
        wish.place = repository;
        wish.workflow = workflow;
        wish.rollback = rollback;
        askForChange(wish);
    });
    connect(&page, &PipelinesPage::changeShown, this, [this] {
        if (m_change)
            m_change->open();
    });
}

void PipelineActions::askForAccount()
{
    auto* dialog = new SignInDialog(m_pipelines.accountRow(), &m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    GitHubAccount& account = m_pipelines.account();
    dialog->setDeviceFlowPossible(account.deviceSignInPossible());
    connect(dialog, &SignInDialog::tokenGiven, this, [this, &account](const QString& token, const QString& host) {
        // A slip in the server's name takes nothing away from who is signed in.
        if (const auto url = checkedApiUrl(apiUrlOf(host.toStdString())); !url)
            m_errors.report(url.error(), tr("Signing in"));
        else
            account.signIn(token.toStdString(), host.toStdString());
    });
    connect(dialog, &SignInDialog::signOutRequested, &account, &GitHubAccount::signOut);
    connect(dialog, &SignInDialog::deviceSignInRequested, this, [&account](const QString& host) { account.startDeviceSignIn(host.toStdString()); });
    connect(dialog, &SignInDialog::pageRequested, this, &PipelineActions::pageRequested);
    connect(dialog, &QDialog::finished, &account, &GitHubAccount::cancelDeviceSignIn);
    connect(&account, &GitHubAccount::deviceCodeReady, dialog, [dialog](const DeviceCode& code) { dialog->setDeviceCode(qt(code.userCode), QUrl(qt(code.page))); });
    connect(&account, &GitHubAccount::deviceSignInFailed, dialog, [this, dialog](const Error& error) {
        dialog->setDeviceCode({}, {});
        m_errors.report(error, tr("Signing in with a code"));
    });
    connect(&m_pipelines, &Pipelines::accountChanged, dialog, [this, dialog] {
        if (m_pipelines.accountRow().state == AccountRow::State::SignedIn)
            dialog->setDeviceCode({}, {});
        dialog->setAccount(m_pipelines.accountRow());
    });
    dialog->open();
}

void PipelineActions::askForRepository()
{
    auto* dialog = new RepositoryDialog(&m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RepositoryDialog::repositoryGiven, this, [this, dialog](const QString& text) {
        const auto added = m_pipelines.addRepository(text);
        if (added)
            dialog->accept();
        else
            dialog->showProblem(ownWords(added.error().detail));
    });
    dialog->open();
}

void PipelineActions::askForCaches(const QString& repository)
{
    auto* dialog = new CachesDialog(repository, &m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const std::string name = repository.toStdString();
    // What is on show: what is deleted is what the calls shown name, and nothing that came since.
    const auto shown = std::make_shared<std::vector<CacheEntry>>();
    dialog->setCallText([this, name, shown](const QStringList& keys) {
        QStringList calls;
        for (const std::int64_t id : idsOf(*shown, keys))
            calls << QStringLiteral("DELETE %1%2/actions/caches/%3").arg(qt(m_pipelines.session().apiUrl()), qt(repositoryPath(name))).arg(id);
        return calls.join(QLatin1Char('\n'));
    });
    const auto readEntries = [this, name, dialog, shown](const CacheLimits& limits) {
        m_pipelines.api().caches(name, dialog, [this, name, dialog, limits, shown](Result<Listing<StoredCache>> got) {
            if (!got)
                return dialog->showProblem(ownWords(got.error().detail));
            *shown = cacheEntriesOf(got->items);
            const auto entries = std::make_shared<const std::vector<CacheEntry>>(cacheEntriesOf(got->items));
            dialog->setCaches(tableOf(name, *entries, limits, nullptr, m_pipelines.clock().now()));
            readCacheWriters(m_pipelines.api(), m_pipelines.workflows(), name, m_pipelines.runnerTable(), dialog, [this, name, dialog, limits, entries](Result<CacheWriters> told) {
                CacheWriters writers = told ? std::move(told.value()) : CacheWriters{};
                if (!told)
                    writers.problems = {told.error().detail};
                dialog->setCaches(tableOf(name, *entries, limits, &writers, m_pipelines.clock().now()));
            });
        });
    };
    const auto read = [this, name, dialog, readEntries] { readCacheLimits(m_pipelines.api(), name, dialog, readEntries); };
    connect(dialog, &CachesDialog::deleteConfirmed, this, [this, name, dialog, read, shown](const QStringList& keys) {
        m_actions.deleteCaches(name, idsOf(*shown, keys), dialog, [dialog, read](Result<int> deleted) {
            if (!deleted)
                dialog->showProblem(ownWords(deleted.error().detail));
            read();
        });
    });
    read();
    dialog->open();
}

void PipelineActions::askForDispatch(const QString& repository)
{
    auto* reader = new DispatchChoices(m_pipelines.api(), repository.toStdString(), &m_page);
    connect(reader, &DispatchChoices::ready, this, [this, repository, reader](const std::vector<DispatchChoice>& choices, const QString& branch) {
        reader->deleteLater();
        auto* dialog = new DispatchDialog(repository, branch, choices, &m_page);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setCallText([this, repository](const QString& workflow, const QString& ref, const QMap<QString, QString>& inputs) {
            return qt(dispatchCallText(m_pipelines.session().apiUrl(), repository.toStdString(), requestOf(workflow, ref, inputs)));
        });
        connect(dialog, &DispatchDialog::dispatchConfirmed, this, [this, repository, dialog](const QString& workflow, const QString& ref, const QMap<QString, QString>& inputs) {
            const DispatchRequest request = requestOf(workflow, ref, inputs);
            dialog->showProblem(tr("Asking GitHub to start it…"));
            m_actions.dispatch(repository.toStdString(), request, dialog, [this, dialog](Result<Run> started) {
                if (!started)
                    return dialog->showProblem(ownWords(started.error().detail));
                m_pipelines.watcher().refresh(started->key.repository);
                dialog->accept();
            });
        });
        dialog->open();
    });
    connect(reader, &DispatchChoices::failed, this, [this, repository, reader](const Error& error) {
        reader->deleteLater();
        m_errors.report(error, repository);
    });
    reader->start();
}

void PipelineActions::confirm(ActionPreview preview, const QString& busy, const RunCall& call)
{
    preview.command = QStringLiteral("POST %1%2").arg(qt(m_pipelines.session().apiUrl()), qt(GitHubApi::changeTarget(call)));
    preview.button = preview.title;
    auto* dialog = new ActionDialog(preview, &m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ActionDialog::confirmed, this, [this, dialog, busy, call] {
        dialog->setBusy(busy);
        m_actions.change(call, dialog, [this, dialog](Result<Run> done) {
            if (!done)
                return dialog->showProblem(ownWords(done.error().detail));
            m_pipelines.watcher().refresh(done->key.repository);
            dialog->accept();
        });
    });
    dialog->open();
}

void PipelineActions::rerun(bool failedOnly)
{
    const RunPtr run = m_pipelines.selectedRun();
    if (!run)
        return;
    ActionPreview preview;
    preview.title = failedOnly ? tr("Run the failed jobs again") : tr("Run all jobs again");
    preview.sentences = {tr("%1 keeps its number and gets attempt %2. It builds the same commit and the workflow as it was then: a changed workflow is not picked up.").arg(qt(run->title)).arg(run->attempt + 1)};
    confirm(preview, tr("Waiting for GitHub to show the new attempt…"), {failedOnly ? RunAction::RerunFailed : RunAction::Rerun, run->key});
}

void PipelineActions::rerunJob(qint64 job)
{
    const RunPtr run = m_pipelines.selectedRun();
    if (!run)
        return;
    const auto found = std::find_if(run->jobs.begin(), run->jobs.end(), [job](const RunJob& each) { return each.id == job; });
    if (found == run->jobs.end())
        return;
    ActionPreview preview;
    preview.title = tr("Run one job again");
    preview.sentences = {tr("%1, and the jobs that need it, run again on the same commit.").arg(qt(found->name))};
    confirm(preview, tr("Waiting for GitHub to show the new attempt…"), {RunAction::RerunJob, run->key, job});
}

void PipelineActions::cancel(bool force)
{
    const RunPtr run = m_pipelines.selectedRun();
    if (!run)
        return;
    ActionPreview preview;
    preview.title = force ? tr("Force the run to end") : tr("Cancel the run");
    preview.sentences = {force ? tr("All jobs of %1 end at once, also those that would go on when cancelled (if: always()).").arg(qt(run->title))
                               : tr("GitHub asks all jobs of %1 to end. What they pushed already stays.").arg(qt(run->title))};
    preview.destructive = true;
    confirm(preview, tr("Waiting for the jobs to end…"), {force ? RunAction::ForceCancel : RunAction::Cancel, run->key});
}

} // namespace layerline
