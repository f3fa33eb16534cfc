#include "app/window/main_window.h"

#include "app/tasks/build_place.h"
#include "app/tasks/settings_store.h"
#include "app/window/account_settings.h"
#include "app/window/build_actions.h"
#include "app/window/builder_actions.h"
#include "app/window/clean_up_offer.h"
#include "app/window/error_reporter.h"
#include "app/window/estimates.h"
#include "app/window/failure_advice.h"
#include "app/window/file_opener.h"
#include "app/window/log_saver.h"
#include "app/window/main_menus.h"
#include "app/window/pipeline_actions.h"
#include "app/window/pipelines.h"
#include "app/window/record_actions.h"
#include "app/window/releases.h"
#include "app/window/replay_controls.h"
#include "app/window/settings_wiring.h"
#include "app/window/wait_choices.h"
#include "widgets/dialogs/command_palette.h"
#include "widgets/log/log_view.h"
#include "widgets/pages/build_list_panel.h"
#include "widgets/pages/build_page.h"
#include "widgets/pages/builders_page.h"
#include "widgets/pages/empty_state.h"
#include "widgets/pages/job_queue.h"
#include "widgets/pages/notice_bar.h"
#include "widgets/pages/pipelines_page.h"
#include "widgets/pages/releases_page.h"
#include "widgets/pages/settings_page.h"
#include "widgets/style/theme.h"

#include <QDesktopServices>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QListView>
#include <QMimeData>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace layerline {

namespace {

/// The keyboard goes where the eye goes: to what had it when the page was left, else to its first list, else to whatever comes first.
void focusPage(QWidget& page, QWidget* chosen)
{
    const auto takes = [&page](const QWidget* widget) {
        return page.isAncestorOf(widget) && (widget->focusPolicy() & Qt::TabFocus) && widget->isEnabled() && widget->isVisibleTo(&page);
    };
    if (chosen && !takes(chosen))
        chosen = nullptr;
    for (QWidget* at = page.nextInFocusChain(); !chosen && at != &page; at = at->nextInFocusChain())
        chosen = qobject_cast<QAbstractItemView*>(at) && takes(at) ? at : nullptr;
    for (QWidget* at = page.nextInFocusChain(); !chosen && at != &page; at = at->nextInFocusChain())
        chosen = takes(at) ? at : nullptr;
    if (chosen)
        chosen->setFocus(Qt::OtherFocusReason);
}

} // namespace

MainWindow::MainWindow(Session& session, SettingsStore& settings, WindowServices services, QWidget* parent) : QMainWindow(parent), m_session(session)
{
    setWindowTitle(QStringLiteral("Layerline"));
    setWindowIcon(QIcon(QStringLiteral(":/layerline/layerline.svg"))); // also where no desktop file is installed
    setAcceptDrops(true);
    resize(QSize(1440, 900).boundedTo(screen()->availableSize()));
    m_errors = new ErrorReporter(this);
    m_opener = new FileOpener(session, this);
    makePages(services.pipelines, settings.fileBeside(QStringLiteral("releases.conf")));
    if (services.runner)
        makeActions(services, settings.fileBeside(QStringLiteral("presets.json")));
    if (m_buildActions)
        new WaitChoices({session, m_selection, m_estimates->board(), *m_buildActions, settings.fileBeside(QStringLiteral("waits"))}, *m_buildPage);
    makeMenus(*this);
    m_replay = new ReplayControls(session, m_selection, m_buildPage->replayBar(), this);
    m_settings = new SettingsWiring(settings, session, *m_settingsPage, *m_errors, this);
    if (services.pipelines)
        new AccountSettings(*services.pipelines, *m_pipelineActions, settings, *m_settingsPage, *m_errors);
    m_palette = new CommandPalette(this);

    connect(&session.store(), &BuildStore::changed, this, &MainWindow::onStoreChanged);
    connect(&session, &Session::nodesChanged, this, [this] {
        m_buildersPage->setNodes(Session::nodeRows(m_session.nodes(), m_session.clock().now()));
        updateEmptyState();
    });
    connect(&session, &Session::settled, this, &MainWindow::onSettled);
    connect(&session, &Session::problem, m_errors, [this](const Error& error) { m_errors->report(error); });
    connect(m_opener, &FileOpener::opened, this, [this](const BuildId& id) { showOpened(id); });
    connect(m_opener, &FileOpener::failed, m_errors, &ErrorReporter::report);
    connect(m_settings, &SettingsWiring::themeRequested, this, &MainWindow::themeRequested);
    connect(m_buildersPage, &BuildersPage::addAddressRequested, m_settings, [this] { m_settings->askForAddress(this); });
    connect(&m_selection, &SelectionState::buildChanged, this, &MainWindow::onSelected);
    showPage(pages::builds);
    updateEmptyState();
    m_list->view()->setFocus(); // where the arrow keys do something, once there is something
}

MainWindow::~MainWindow()
{
    // The pages look at the selection up to their last event: they go before it does.
    delete takeCentralWidget();
}

void MainWindow::makePages(Pipelines* pipelines, const QString& watchedFile)
{
    auto* central = new QWidget(this);
    auto* row = new QHBoxLayout(central);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_rail = new PageRail(central);
    m_pages = new QStackedWidget(central);
    row->addWidget(m_rail);
    row->addWidget(m_pages, 1);
    setCentralWidget(central);
    connect(m_rail, &PageRail::pageChosen, this, &MainWindow::showPage);

    m_buildersPage = new BuildersPage(m_pages);
    connect(m_buildersPage, &BuildersPage::refreshRequested, &m_session, &Session::refreshDiskUsage);
    addPage({pages::builds, QStringLiteral("builds"), tr("Builds"), QKeySequence(Qt::CTRL | Qt::Key_1)}, makeBuildsPage());
    if (pipelines)
        addPage({pages::pipelines, QStringLiteral("pipelines"), tr("Pipelines"), QKeySequence(Qt::CTRL | Qt::Key_2)}, makePipelinesPage(*pipelines));
    auto* releasesPage = new ReleasesPage(m_session.clock(), m_pages);
    addPage({pages::releases, QStringLiteral("releases"), tr("Releases"), QKeySequence(Qt::CTRL | Qt::Key_3)}, releasesPage);
    m_releases = new Releases(*releasesPage, m_session.clock(), watchedFile, releasesPage);
    if (pipelines)
        m_releases->setGitHub(pipelines->releaseGitHub());
    addPage({pages::builders, QStringLiteral("builders"), tr("Builders"), QKeySequence(Qt::CTRL | Qt::Key_7)}, m_buildersPage);
    m_settingsPage = new SettingsPage(m_pages);
    addPage({pages::settings, QStringLiteral("settings"), tr("Settings"), QKeySequence(Qt::CTRL | Qt::Key_Comma), true}, m_settingsPage);
}

void MainWindow::addPage(const PageInfo& info, QWidget* page)
{
    m_rail->addPage(info);
    m_pages->addWidget(page);
    m_pageList.append(info);
}

QWidget* MainWindow::makeBuildsPage()
{
    auto* splitter = new QSplitter(Qt::Horizontal, m_pages);
    splitter->setChildrenCollapsible(false);
    m_list = new BuildListPanel(m_session.store(), m_selection, m_session.clock(), splitter);
    m_list->setMinimumWidth(240);
    m_buildArea = new QStackedWidget(splitter);
    m_empty = new EmptyState(m_buildArea);
    m_buildPage = new BuildPage(m_session.store(), m_selection, m_session.clock(), m_buildArea);
    auto* shown = new QWidget(m_buildArea);
    auto* column = new QVBoxLayout(shown);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBanner());
    m_diskNotice = new NoticeBar(shown);
    m_diskNotice->setObjectName(QStringLiteral("diskNotice"));
    column->addWidget(m_diskNotice);
    column->addWidget(m_buildPage, 1);
    m_buildArea->addWidget(m_empty);
    m_buildArea->addWidget(shown);
    splitter->addWidget(m_list);
    splitter->addWidget(m_buildArea);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({348, 1028});

    connect(m_empty, &EmptyState::demoRequested, this, &MainWindow::playDemo);
    connect(m_list, &BuildListPanel::demoRequested, this, &MainWindow::playDemo);
    connect(m_empty, &EmptyState::openRequested, this, &MainWindow::openFileDialog);
    connect(m_empty, &EmptyState::buildersRequested, this, [this] { showPage(pages::builders); });
    connect(m_empty, &EmptyState::backRequested, this, [this] { showGuide(false); });
    connect(m_list->view(), &QAbstractItemView::clicked, this, [this] { showGuide(false); }); // the selected one, too
    m_estimates = new Estimates(m_session, this);
    m_list->setEstimates(m_estimates->board());
    m_buildPage->setEstimates(m_estimates->board());
    equipLogs(*m_buildPage);
    m_buildPage->setFailureReader(failureAdvice); // of a run the line above it says as much
    return splitter;
}

void MainWindow::makeActions(const WindowServices& services, const QString& presetFile)
{
    auto* queue = new JobQueue(m_list);
    m_list->addFooter(queue);
    BuildRunner& runner = *services.runner;
    m_buildActions = new BuildActions({m_session, m_selection, runner, *m_errors, presetFile, services.askDisk}, m_buildPage->header(), *queue, *m_diskNotice, this);
    new RecordActions(m_session, m_selection, m_buildPage->header(), this);
    auto* builders = new BuilderActions(m_session, *m_buildersPage, runner);
    new CleanUpOffer(m_session, runner, *m_diskNotice);
    const auto cleanUp = [this, builders](const QString& builder) {
        m_diskNotice->hide();
        builders->ask(builder, BuilderAction::CleanUp);
    };
    connect(m_diskNotice, &NoticeBar::actionRequested, builders, cleanUp);
    connect(m_buildActions, &BuildActions::cleanUpRequested, builders, cleanUp);
    connect(m_buildActions, &BuildActions::addNodeRequested, builders, [builders] { builders->askForNode({}); });
    connect(m_buildActions, &BuildActions::buildStarted, this, [this](const BuildId& id) { showOpened(id); });
}

QWidget* MainWindow::makePipelinesPage(Pipelines& pipelines)
{
    m_pipelinesPage = new PipelinesPage(pipelines.store(), pipelines.selection(), pipelines.clock(), m_pages);
    m_pipelineActions = new PipelineActions(pipelines, *m_pipelinesPage, *m_errors);
    connect(m_pipelineActions, &PipelineActions::pageRequested, this, [](const QUrl& page) { QDesktopServices::openUrl(page); });
    connect(m_pipelinesPage, &PipelinesPage::buildsRequested, this, [this, &pipelines] { showOpened(m_session.openBatches(pipelines.builtBySelected())); });
    equipLogs(m_pipelinesPage->buildPage());
    pipelines.show(*m_pipelinesPage);
    return m_pipelinesPage;
}

void MainWindow::equipLogs(BuildPage& page)
{
    for (LogView* log : {&page.stepLog(), &page.log()}) {
        log->setSaveHandler([this](const QString& name, std::shared_ptr<LogExport> text) { saveLog(this, name, std::move(text)); });
        connect(log, &LogView::linkActivated, this, [](const QUrl& url) { QDesktopServices::openUrl(url); });
    }
    page.log().setScope(LogScope::All);
}

QWidget* MainWindow::makeBanner()
{
    m_banner = new NoticeBar(this);
    m_banner->setObjectName(QStringLiteral("noBuilderBanner"));
    connect(m_banner, &NoticeBar::actionRequested, this, [this](const QString& page) { page.isEmpty() ? showGuide(true) : showPage(page); });
    return m_banner;
}

void MainWindow::onSettled()
{
    if (m_session.anyBuilder() || m_session.store().builds().size() > 0 || m_filesExpected)
        return;
    if (m_session.nodes().empty())
        m_banner->say(tr("No builder was found on this machine. You are watching a recorded build."), tr("How to get a builder"));
    else
        m_banner->say(tr("No builder of this machine answers. You are watching a recorded build."), tr("Show the builders"), false, pages::builders);
    // The page somebody is on stays: "Builders" says more about missing builders than a recording does.
    m_session.startDemo(QStringLiteral("cold"), this, [this](const Result<BuildId>& played) {
        if (!played)
            return m_errors->report(played.error());
        m_selection.setBuild(played.value());
    });
}

void MainWindow::playDemo()
{
    m_session.startDemo(QStringLiteral("cold"), this, [this](const Result<BuildId>& played) { showOpened(played); });
}

void MainWindow::playRecording(const QString& name)
{
    m_session.startRecording(name, this, [this](const Result<BuildId>& played) { showOpened(played); });
}

void MainWindow::showOpened(const Result<BuildId>& opened)
{
    if (!opened)
        return m_errors->report(opened.error());
    showPage(pages::builds);
    m_selection.setBuild(opened.value());
    m_list->view()->setFocus(Qt::OtherFocusReason); // keys are for what was opened, not for the button that did
    showGuide(false);
}

void MainWindow::playOrPause()
{
    m_replay->playOrPause();
}

void MainWindow::act(StepCommand command)
{
    BuildPage& page = m_pipelinesPage && currentPage() == pages::pipelines ? m_pipelinesPage->buildPage() : *m_buildPage;
    page.act(command);
}

void MainWindow::setTheme(ThemeKind kind)
{
    m_settings->setTheme(kind);
}

void MainWindow::showPage(const QString& id)
{
    for (int i = 0; i < m_pageList.size(); ++i) {
        if (m_pageList[i].id != id)
            continue;
        QWidget* held = m_pages->widget(i)->focusWidget(); // before the stack gives it to the first button it finds
        m_pages->setCurrentIndex(i);
        focusPage(*m_pages->currentWidget(), held);
        m_rail->setCurrent(id);
        if (id == pages::settings)
            m_settings->refresh();
        return;
    }
}

QString MainWindow::currentPage() const
{
    return m_pageList.value(m_pages->currentIndex()).id;
}

void MainWindow::showBuildTab(int tab)
{
    showPage(pages::builds);
    showGuide(false);
    m_buildPage->showTab(BuildPage::Tab(tab));
}

void MainWindow::showGuide(bool shown)
{
    const bool held = m_empty->isAncestorOf(focusWidget());
    m_guide = shown;
    updateEmptyState();
    if (held && !shown)
        m_list->view()->setFocus();
}

void MainWindow::updateEmptyState()
{
    const bool shown = m_session.store().find(m_selection.build()) != nullptr;
    m_empty->setBack(shown);
    m_buildArea->setCurrentIndex(shown && !m_guide ? 1 : 0);
    const bool builder = m_session.anyBuilder();
    m_empty->setBuilderFound(builder);
    m_empty->setBuildersDown(!builder && !m_session.nodes().empty());
    if (builder)
        m_banner->hide();
}

void MainWindow::onStoreChanged(const ChangeSet& changes)
{
    if (m_session.store().find(m_selection.build())) {
        // The interesting step is known only once there are steps.
        if (changes.builds.count(m_selection.build()))
            m_buildPage->improveSelection();
        return;
    }
    const auto& ids = m_session.store().builds().ids();
    if (!ids.empty()) {
        const BuildId* newest = &ids.front();
        for (const BuildId& id : ids) {
            if (m_session.store().find(id)->started().value_or(Timestamp{}) > m_session.store().find(*newest)->started().value_or(Timestamp{}))
                newest = &id;
        }
        m_selection.setBuild(BuildId(*newest));
    }
    updateEmptyState();
}

void MainWindow::onSelected()
{
    m_replay->follow();
    m_session.loadDetails(m_selection.build());
    m_buildPage->selectInterestingStep();
    showGuide(false);
}

void MainWindow::openFileDialog()
{
    auto* dialog = new QFileDialog(this, tr("Open a build"), QString(), tr("Builds and logs (*.dockerbuild *.json *.jsonl *.log *.txt *.zip);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openFile);
    dialog->open();
}

void MainWindow::openFile(const QString& path)
{
    m_filesExpected = true;
    const bool built = QFileInfo(path).isDir() || isBuildRecipe(path.toStdString());
    if (built && m_buildActions)
        return m_buildActions->newBuildOf(QFileInfo(path).absoluteFilePath());
    m_opener->open(path);
}

void MainWindow::openPalette()
{
    m_palette->open(paletteEntries(*this));
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    for (const QUrl& url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            openFile(url.toLocalFile());
    }
}

} // namespace layerline
