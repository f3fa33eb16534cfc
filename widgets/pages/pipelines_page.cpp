#include "widgets/pages/pipelines_page.h"

#include "items/own_words.h"
#include "widgets/pages/build_header.h"
#include "widgets/pages/build_list_panel.h"
#include "widgets/pages/build_page.h"
#include "widgets/pages/example_bar.h"
#include "widgets/pages/jobs_table.h"
#include "widgets/pages/pipelines_empty.h"
#include "widgets/pages/run_notices.h"
#include "widgets/style/account_text.h"
#include "widgets/style/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace layerline {

PipelinesPage::PipelinesPage(BuildStore& runs, SelectionState& selection, const Clock& clock, QWidget* parent)
    : QWidget(parent), m_selection(selection)
{
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(makeLeft(runs, clock));
    m_stack = new QStackedWidget(splitter);
    m_empty = new PipelinesEmpty(m_stack);
    m_buildPage = new BuildPage(runs, selection, clock, m_stack);
    m_buildPage->addBelowHeader(makeTop(clock));
    makeActions();
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_buildPage);
    splitter->addWidget(m_stack);
    m_exampleBar = new ExampleBar(this);
    layOutWithExample(*this, *m_exampleBar, *splitter, {348, 1028});

    connect(m_exampleBar, &ExampleBar::closeRequested, this, &PipelinesPage::exampleClosed);
    connect(m_empty, &PipelinesEmpty::exampleRequested, this, &PipelinesPage::exampleRequested);
    connect(m_empty, &PipelinesEmpty::signInRequested, this, &PipelinesPage::signInRequested);
    connect(m_empty, &PipelinesEmpty::addRepositoryRequested, this, &PipelinesPage::addRepositoryRequested);
    nameThings();
    refreshAccount();
    refreshActions();
}

QWidget* PipelinesPage::makeLeft(BuildStore& runs, const Clock& clock)
{
    auto* left = new QFrame(this);
    left->setProperty("role", QStringLiteral("raised"));
    left->setMinimumWidth(240);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(14, 12, 12, 0);
    m_title = new QLabel(left);
    m_title->setProperty("role", QStringLiteral("title"));
    m_add = new QPushButton(left);
    m_add->setObjectName(QStringLiteral("addRepository"));
    m_add->setProperty("flat", true);
    head->addWidget(m_title);
    head->addStretch(1);
    head->addWidget(m_add);
    column->addLayout(head);
    m_list = new BuildListPanel(runs, m_selection, clock, left);
    column->addWidget(m_list, 1);

    m_change = new QPushButton(left);
    m_change->setObjectName(QStringLiteral("changeShow"));
    m_change->hide();
    auto* change = new QHBoxLayout;
    change->setContentsMargins(14, 6, 12, 0);
    change->addWidget(m_change);
    column->addLayout(change);
    connect(m_change, &QPushButton::clicked, this, &PipelinesPage::changeShown);

    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(14, 6, 12, 8);
    m_budget = new QLabel(left);
    m_budget->setObjectName(QStringLiteral("requestBudget"));
    m_budget->setProperty("role", QStringLiteral("muted"));
    m_budget->setWordWrap(true);
    m_signIn = new QPushButton(left);
    m_signIn->setObjectName(QStringLiteral("signIn"));
    m_signIn->setProperty("flat", true);
    foot->addWidget(m_budget, 1);
    foot->addWidget(m_signIn);
    column->addLayout(foot);
    connect(m_add, &QPushButton::clicked, this, &PipelinesPage::addRepositoryRequested);
    connect(m_signIn, &QPushButton::clicked, this, &PipelinesPage::signInRequested);
    m_list->view()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list->view(), &QWidget::customContextMenuRequested, this, &PipelinesPage::openRunMenu);
    connect(m_list, &BuildListPanel::demoRequested, this, [this] {
        if (m_account.state == AccountRow::State::SignedIn)
            Q_EMIT addRepositoryRequested();
        else
            Q_EMIT signInRequested();
    });
    return left;
}

QWidget* PipelinesPage::makeTop(const Clock& clock)
{
    auto* top = new QWidget(this);
    auto* column = new QVBoxLayout(top);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(4);
    m_notices = new RunNotices(top);
    m_jobs = new JobsTable(clock, top);
    column->addWidget(m_notices);
    auto* inset = new QHBoxLayout;
    inset->setContentsMargins(12, 0, 12, 0);
    inset->addWidget(m_jobs);
    column->addLayout(inset);
    m_cost = new QLabel(top);
    m_cost->setObjectName(QStringLiteral("runCost"));
    m_cost->setProperty("role", QStringLiteral("muted"));
    m_cost->setContentsMargins(20, 0, 20, 0);
    m_cost->hide();
    column->addWidget(m_cost);
    connect(m_notices, &RunNotices::pageRequested, this, &PipelinesPage::openRunPage);
    connect(m_notices, &RunNotices::rollbackRequested, this, [this] { requestChange(true); });
    connect(m_notices, &RunNotices::anotherTryRequested, this, &PipelinesPage::anotherTryRequested);
    connect(m_jobs, &JobsTable::rerunJobRequested, this, &PipelinesPage::rerunJobRequested);
    connect(m_jobs, &JobsTable::jobPageRequested, this, &PipelinesPage::pageRequested);
    return top;
}

void PipelinesPage::makeActions()
{
    m_openBuilds = new QPushButton(this);
    m_openBuilds->setObjectName(QStringLiteral("openBuilds"));
    connect(m_openBuilds, &QPushButton::clicked, this, &PipelinesPage::buildsRequested);
    m_rerun = new QPushButton(this);
    m_rerun->setObjectName(QStringLiteral("rerun"));
    m_rerun->setMenu(new QMenu(m_rerun));
    m_cancel = new QPushButton(this);
    m_cancel->setObjectName(QStringLiteral("cancelRun"));
    m_cancel->setMenu(new QMenu(m_cancel));
    m_more = new QPushButton(this);
    m_more->setObjectName(QStringLiteral("runMore"));
    m_more->setMenu(new QMenu(m_more));
    for (QPushButton* button : {m_openBuilds, m_rerun, m_cancel, m_more})
        m_buildPage->header().addAction(button);
}

void PipelinesPage::nameThings()
{
    m_title->setText(tr("Pipelines"));
    m_add->setText(tr("Add a repository…"));
    m_openBuilds->setText(tr("Open its build"));
    m_openBuilds->setToolTip(tr("What the jobs built, from their records and logs, without the jobs' own steps: as if it had been built here"));
    m_rerun->setText(tr("Run again"));
    m_rerun->menu()->clear();
    m_rerun->menu()->addAction(tr("Failed jobs only"), this, [this] { Q_EMIT rerunRequested(true); });
    m_rerun->menu()->addAction(tr("All jobs"), this, [this] { Q_EMIT rerunRequested(false); });
    m_cancel->setText(tr("Cancel"));
    m_cancel->menu()->clear();
    m_cancel->menu()->addAction(tr("Cancel the run"), this, [this] { Q_EMIT cancelRequested(false); });
    m_cancel->menu()->addAction(tr("Force: also jobs that refuse to end"), this, [this] { Q_EMIT cancelRequested(true); });
    m_cost->setToolTip(tr("The prices come with the program. A table of your own, ~/.config/layerline/runners.json, takes their place."));
    m_more->setText(tr("More"));
    m_more->menu()->clear();
    m_more->menu()->addAction(tr("Open on GitHub"), this, &PipelinesPage::openRunPage);
    delete m_attempts; // clear() leaves submenus alone
    m_attempts = m_more->menu()->addMenu(tr("Attempts"));
    m_attempts->setObjectName(QStringLiteral("runAttempts"));
    m_more->menu()->addAction(tr("Start a workflow…"), this, [this] {
        if (m_run)
            Q_EMIT dispatchRequested(QString::fromStdString(m_run->key.repository));
    });
    m_more->menu()->addAction(tr("Build caches of the repository…"), this, [this] {
        if (m_run)
            Q_EMIT cachesRequested(QString::fromStdString(m_run->key.repository));
    });
    m_more->menu()->addSeparator();
    m_more->menu()->addAction(tr("Roll back to QEMU…"), this, [this] { requestChange(true); });
    m_more->menu()->addAction(tr("Migrate to native runners…"), this, [this] { requestChange(false); });
    BuildListTexts texts;
    texts.search = tr("Search runs, branches, errors…");
    texts.emptyTitle = tr("No runs");
    texts.emptyText = tr("The runs of the repositories you add appear here by themselves.");
    texts.emptyButton = tr("Add a repository…");
    m_list->setTexts(texts);
}

void PipelinesPage::setAccount(const AccountRow& account)
{
    if (account == m_account)
        return;
    m_account = account;
    refreshAccount();
}

void PipelinesPage::setRepositories(std::vector<RepositoryRow> repositories)
{
    if (repositories == m_repositories)
        return;
    m_repositories = std::move(repositories);
    refreshAccount();
}

void PipelinesPage::setRun(const std::shared_ptr<const Run>& run, std::vector<RunNotice> notices, const QString& cost, int latest)
{
    m_latest = latest;
    m_cost->setText(cost);
    m_cost->setVisible(!cost.isEmpty());
    m_run = run;
    m_jobs->setRun(run);
    m_notices->setNotices(std::move(notices));
    m_stack->setCurrentWidget(run ? static_cast<QWidget*>(m_buildPage) : m_empty);
    refreshActions();
}

void PipelinesPage::refreshAccount()
{
    m_empty->setState(m_account, m_repositories);
    QStringList lines;
    for (const RepositoryRow& repository : m_repositories) {
        if (!repository.problem.empty())
            lines << QStringLiteral("%1: %2").arg(QString::fromStdString(repository.name), ownWords(repository.problem));
    }
    switch (m_account.state) {
    case AccountRow::State::None: lines << tr("Not signed in"); break;
    case AccountRow::State::Checking: lines << tr("Asking GitHub…"); break;
    case AccountRow::State::Refused: lines << tr("The token was refused"); break;
    case AccountRow::State::Offline: lines << tr("Offline"); break;
    case AccountRow::State::SignedIn:
        if (!m_account.login.empty())
            lines << QString::fromStdString(m_account.login);
        break;
    }
    if (const QString budget = budgetText(m_account); !budget.isEmpty())
        lines << budget;
    QStringList missing;
    for (const PermissionGap& gap : m_account.gaps) {
        if (gap.certain)
            missing << gapText(gap);
    }
    if (!missing.isEmpty())
        lines << tr("The token lacks %n permission(s)", nullptr, int(missing.size()));
    m_budget->setToolTip(missing.join(QLatin1Char('\n')));
    m_budget->setText(lines.join(QLatin1Char('\n')));
    m_signIn->setText(m_account.state == AccountRow::State::SignedIn ? tr("Account…") : tr("Sign in…"));
}

void PipelinesPage::setBuildsRead(bool read)
{
    m_buildsRead = read;
    refreshActions();
}

void PipelinesPage::refreshActions()
{
    m_openBuilds->setVisible(m_run && m_buildsRead);
    const bool ended = m_run && m_run->state == RunState::Completed;
    // Only the latest attempt can be run again.
    const bool earlier = m_run && m_run->attempt < m_latest;
    m_rerun->setVisible(ended && !earlier);
    m_rerun->menu()->actions().front()->setEnabled(ended && failed(m_run->conclusion));
    m_cancel->setVisible(m_run && !ended && !earlier);
    m_more->setVisible(m_run != nullptr);
    const QString why = m_example ? ExampleBar::reason() : QString();
    for (QPushButton* button : {m_rerun, m_cancel, m_more}) {
        button->setEnabled(!m_example);
        button->setToolTip(why);
    }
    m_jobs->setReadOnly(why);
    m_jobs->setEarlier(earlier ? tr("An earlier attempt: only the latest one can be run again") : QString());
    refreshAttempts();
    m_notices->setReadOnly(why);
}

void PipelinesPage::refreshAttempts()
{
    m_attempts->menuAction()->setVisible(m_run && m_latest > 1);
    // Made anew only when there are others: one of them may just be at work.
    if (int(m_attempts->actions().size()) != m_latest) {
        m_attempts->clear();
        for (int attempt = m_latest; attempt >= 1; --attempt) {
            QAction* action = m_attempts->addAction(attempt == m_latest ? tr("Attempt %1 (latest)").arg(attempt) : tr("Attempt %1").arg(attempt), this,
                                                    [this, attempt] { Q_EMIT attemptRequested(attempt); });
            action->setCheckable(true);
        }
    }
    for (int i = 0; m_run && i < m_latest; ++i)
        m_attempts->actions().at(i)->setChecked(m_latest - i == m_run->attempt);
}

void PipelinesPage::setExample(bool example)
{
    m_example = example;
    m_exampleBar->setVisible(example);
    refreshActions();
    Q_EMIT exampleChanged(example);
}

void PipelinesPage::setChange(const QString& text)
{
    m_change->setText(text);
    m_change->setVisible(!text.isEmpty());
}

void PipelinesPage::requestChange(bool rollback)
{
    if (m_run && !m_example)
        Q_EMIT changeRequested(QString::fromStdString(m_run->key.repository), QString::fromStdString(m_run->path).section(QLatin1Char('@'), 0, 0), rollback);
    else if (!m_repositories.empty())
        Q_EMIT changeRequested(QString::fromStdString(m_repositories.front().name), {}, rollback);
    else
        Q_EMIT addRepositoryRequested();
}

/// The menu is about the row below it.
void PipelinesPage::openRunMenu(const QPoint& at)
{
    const QModelIndex index = m_list->view()->indexAt(at);
    if (!index.isValid())
        return;
    m_list->view()->setCurrentIndex(index);
    if (m_run && !m_example)
        m_more->menu()->popup(m_list->view()->viewport()->mapToGlobal(at));
}

void PipelinesPage::openRunPage()
{
    if (m_run && !m_run->url.empty())
        Q_EMIT pageRequested(QUrl(QString::fromStdString(m_run->url)));
}

void PipelinesPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        nameThings();
        refreshAccount();
        refreshActions();
    }
    QWidget::changeEvent(event);
}

} // namespace layerline
