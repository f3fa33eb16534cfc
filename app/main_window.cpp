#include "app/main_window.h"

#include "app/log_saver.h"
#include "sources/replay/replay.h"
#include "widgets/dialogs/command_palette.h"
#include "widgets/log/log_view.h"
#include "widgets/pages/build_header.h"
#include "widgets/pages/build_list_panel.h"
#include "widgets/pages/build_page.h"
#include "widgets/pages/builders_page.h"
#include "widgets/pages/empty_state.h"
#include "widgets/pages/replay_bar.h"
#include "widgets/style/theme.h"

#include <QActionGroup>
#include <QDesktopServices>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace layerline {

MainWindow::MainWindow(Session& session, QWidget* parent) : QMainWindow(parent), m_session(session)
{
    setWindowTitle(QStringLiteral("Layerline"));
    setAcceptDrops(true);
    resize(1440, 900);
    makePages();
    makeMenus();
    makeReplay();
    m_palette = new CommandPalette(this);

    connect(&session.store(), &BuildStore::changed, this, &MainWindow::onStoreChanged);
    connect(&session, &Session::nodesChanged, this, [this] {
        m_buildersPage->setNodes(Session::nodeRows(m_session.nodes(), m_session.clock().now()));
        updateEmptyState();
    });
    connect(&session, &Session::settled, this, &MainWindow::onSettled);
    connect(&session, &Session::problem, this, &MainWindow::showError);
    connect(&m_selection, &SelectionState::buildChanged, this, &MainWindow::onSelected);
    showPage(BuildsPageId);
    updateEmptyState();
}

void MainWindow::makePages()
{
    auto* central = new QWidget(this);
    auto* row = new QHBoxLayout(central);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_pages = new QStackedWidget(central);
    row->addWidget(makeRail());
    row->addWidget(m_pages, 1);
    setCentralWidget(central);

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
    column->addWidget(m_buildPage, 1);
    m_buildArea->addWidget(m_empty);
    m_buildArea->addWidget(shown);
    splitter->addWidget(m_list);
    splitter->addWidget(m_buildArea);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({348, 1028});
    m_pages->addWidget(splitter);

    m_buildersPage = new BuildersPage(m_pages);
    m_pages->addWidget(m_buildersPage);

    connect(m_empty, &EmptyState::demoRequested, this, &MainWindow::playDemo);
    connect(m_list, &BuildListPanel::demoRequested, this, &MainWindow::playDemo);
    connect(m_empty, &EmptyState::openRequested, this, &MainWindow::openFileDialog);
    connect(m_buildersPage, &BuildersPage::refreshRequested, &m_session, &Session::refreshDiskUsage);
    for (LogView* log : {&m_buildPage->stepLog(), &m_buildPage->log()}) {
        log->setSaveHandler([this](const QString& name, std::shared_ptr<LogExport> text) { saveLog(this, name, std::move(text)); });
        connect(log, &LogView::linkActivated, this, [](const QUrl& url) { QDesktopServices::openUrl(url); });
    }
    m_buildPage->log().setScope(LogScope::All);
}

QWidget* MainWindow::makeBanner()
{
    m_banner = new QFrame(this);
    m_banner->setObjectName(QStringLiteral("noBuilderBanner"));
    m_banner->setProperty("role", QStringLiteral("raised"));
    auto* row = new QHBoxLayout(m_banner);
    row->setContentsMargins(20, 8, 12, 8);
    auto* text = new QLabel(tr("No builder was found on this machine. You are watching a recorded build."), m_banner);
    text->setWordWrap(true);
    auto* how = new QPushButton(tr("How to get a builder"), m_banner);
    auto* close = new QToolButton(m_banner);
    close->setIcon(Theme::icon(QStringLiteral("cross")));
    close->setToolTip(tr("Hide this"));
    close->setAccessibleName(close->toolTip());
    row->addWidget(text, 1);
    row->addWidget(how);
    row->addWidget(close);
    connect(how, &QPushButton::clicked, this, [this] { m_buildArea->setCurrentWidget(m_empty); });
    connect(close, &QToolButton::clicked, m_banner, &QWidget::hide);
    m_banner->hide();
    return m_banner;
}

void MainWindow::onSettled()
{
    if (m_session.anyBuilder() || m_session.store().builds().size() > 0)
        return;
    m_banner->show();
    playDemo();
}

QWidget* MainWindow::makeRail()
{
    m_rail = new QFrame(this);
    m_rail->setObjectName(QStringLiteral("rail"));
    m_rail->setProperty("role", QStringLiteral("panel"));
    m_rail->setFixedWidth(64);
    auto* column = new QVBoxLayout(m_rail);
    column->setContentsMargins(4, 10, 4, 10);
    column->setSpacing(4);
    addRailButton(BuildsPageId, QStringLiteral("builds"), tr("Builds"));
    addRailButton(BuildersPageId, QStringLiteral("builders"), tr("Builders"));
    column->addStretch(1);
    return m_rail;
}

void MainWindow::addRailButton(Page page, const QString& icon, const QString& text)
{
    auto* button = new QToolButton(m_rail);
    button->setProperty("rail", true);
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setIcon(Theme::icon(icon));
    button->setIconSize({20, 20});
    button->setText(text);
    button->setCheckable(true);
    button->setFixedSize(56, 52);
    button->setToolTip(QStringLiteral("%1 (Ctrl+%2)").arg(text).arg(int(page) + 1));
    connect(button, &QToolButton::clicked, this, [this, page] { showPage(page); });
    m_rail->layout()->addWidget(button);
    m_railButtons.append(button);
}

void MainWindow::makeMenus()
{
    QMenu* file = menuBar()->addMenu(tr("&File"));
    file->addAction(tr("&Open…"), QKeySequence::Open, this, &MainWindow::openFileDialog);
    QMenu* demo = file->addMenu(tr("&Recorded demo"));
    const std::pair<QString, QString> recordings[] = {{QStringLiteral("cold"), tr("Cold build")}, {QStringLiteral("warm"), tr("Warm build")}, {QStringLiteral("failed"), tr("Failed build")}};
    for (const auto& [name, text] : recordings) {
        demo->addAction(text, this, [this, recording = name] {
            if (const auto played = m_session.playRecording(recording); played)
                m_selection.setBuild(played.value());
            else
                showError(played.error());
        });
    }
    file->addAction(tr("Play the &demo"), this, &MainWindow::playDemo);
    file->addSeparator();
    file->addAction(tr("&Quit"), QKeySequence::Quit, this, &QWidget::close);

    makeViewMenu();

    QMenu* go = menuBar()->addMenu(tr("&Go"));
    go->addAction(tr("Command palette…"), QKeySequence(Qt::CTRL | Qt::Key_K), this, &MainWindow::openPalette);
    go->addSeparator();
    go->addAction(tr("Builds"), QKeySequence(Qt::CTRL | Qt::Key_1), this, [this] { showPage(BuildsPageId); });
    go->addAction(tr("Builders"), QKeySequence(Qt::CTRL | Qt::Key_2), this, [this] { showPage(BuildersPageId); });

    QMenu* help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("About Layerline"), this, [this] {
        QMessageBox::about(this, tr("About Layerline"), tr("Layerline %1\n\nWatches every multi-architecture container build of this machine.\nGPL-3.0-or-later").arg(QStringLiteral(LAYERLINE_VERSION)));
    });
}

void MainWindow::makeViewMenu()
{
    QMenu* view = menuBar()->addMenu(tr("&View"));
    const QString names[] = {tr("Timeline"), tr("Layers"), tr("Log"), tr("Details")};
    for (int i = 0; i < 4; ++i) {
        view->addAction(names[i], QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + i)), this, [this, i] {
            showPage(BuildsPageId);
            m_buildPage->showTab(BuildPage::Tab(i));
        });
    }
    view->addSeparator();
    QMenu* theme = view->addMenu(tr("Theme"));
    m_themes = new QActionGroup(this);
    const std::pair<ThemeKind, QString> kinds[] = {{ThemeKind::System, tr("Like the system")}, {ThemeKind::Light, tr("Light")}, {ThemeKind::Dark, tr("Dark")}};
    for (const auto& [kind, text] : kinds) {
        QAction* action = theme->addAction(text, this, [this, chosen = kind] { Q_EMIT themeRequested(chosen); });
        action->setCheckable(true);
        m_themes->addAction(action);
    }
    QAction* pause = view->addAction(tr("Play or pause the recording"), this, [this] {
        if (Replay* replay = m_session.replayOf(m_selection.build()))
            replay->isPlaying() ? replay->pause() : replay->play();
    });
    pause->setShortcut(QKeySequence(Qt::Key_Space));
}

void MainWindow::makeReplay()
{
    ReplayBar& bar = m_buildPage->replayBar();
    const auto replay = [this] { return m_session.replayOf(m_selection.build()); };
    // The list chooses another build when the chosen one goes; the choice is taken back once it is there again.
    connect(&m_session, &Session::restarting, this, [this](const BuildId& id) {
        if (m_selection.build() != id)
            return;
        const auto restore = [this, id, step = m_selection.step()] {
            m_selection.setBuild(id);
            m_selection.setStep(step);
        };
        QMetaObject::invokeMethod(this, restore, Qt::QueuedConnection);
    });
    connect(&bar, &ReplayBar::playRequested, this, [replay](bool play) {
        if (Replay* current = replay())
            play ? current->play() : current->pause();
    });
    connect(&bar, &ReplayBar::seekRequested, this, [replay](qint64 ms) {
        if (Replay* current = replay())
            current->seek({ms * 1'000'000});
    });
    connect(&bar, &ReplayBar::speedRequested, this, [replay](double speed) {
        if (Replay* current = replay())
            current->setSpeed(speed);
    });
}

void MainWindow::playDemo()
{
    const auto played = m_session.playDemo();
    if (!played)
        return showError(played.error());
    showPage(BuildsPageId);
    m_selection.setBuild(played.value());
}

void MainWindow::showPage(Page page)
{
    m_pages->setCurrentIndex(page);
    for (int i = 0; i < m_railButtons.size(); ++i)
        m_railButtons[i]->setChecked(i == page);
}

void MainWindow::updateEmptyState()
{
    const bool shown = m_session.store().find(m_selection.build()) != nullptr;
    m_buildArea->setCurrentIndex(shown ? 1 : 0);
    const bool builder = m_session.anyBuilder();
    m_empty->setBuilderFound(builder);
    if (builder)
        m_banner->hide();
}

void MainWindow::onStoreChanged(const ChangeSet& changes)
{
    if (m_session.store().find(m_selection.build())) {
        // The interesting step is known only once there are steps.
        if (m_selection.step() == noStep && changes.builds.count(m_selection.build()))
            m_buildPage->selectInterestingStep();
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
    ReplayBar& bar = m_buildPage->replayBar();
    Replay* replay = m_session.replayOf(m_selection.build());
    bar.setVisible(replay != nullptr);
    if (replay) {
        bar.setLength(replay->length().ms());
        bar.setPosition(replay->position().ms());
        bar.setPlaying(replay->isPlaying());
        const auto follow = [this, &bar, replay] {
            if (m_session.replayOf(m_selection.build()) != replay)
                return;
            bar.setPosition(replay->position().ms());
            bar.setPlaying(replay->isPlaying());
        };
        disconnect(replay, nullptr, &bar, nullptr); // chosen before: one connection is enough
        connect(replay, &Replay::positionChanged, &bar, follow);
        connect(replay, &Replay::playingChanged, &bar, follow);
    }
    m_session.loadDetails(m_selection.build());
    m_buildPage->selectInterestingStep();
    updateEmptyState();
}

void MainWindow::showError(const Error& error)
{
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Layerline"), QString::fromStdString(error.detail), QMessageBox::Ok, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
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
    const auto opened = m_session.openFile(path);
    if (!opened)
        return showError(opened.error());
    showPage(BuildsPageId);
    m_selection.setBuild(opened.value());
}

void MainWindow::openPalette()
{
    QList<CommandPalette::Entry> entries;
    for (QAction* menu : menuBar()->actions()) {
        if (!menu->menu())
            continue;
        for (QAction* action : menu->menu()->actions()) {
            if (action->isSeparator() || action->menu())
                continue;
            entries.append({action->text().remove(QLatin1Char('&')), action->shortcut().toString(QKeySequence::NativeText), [action] { action->trigger(); }});
        }
    }
    for (const BuildId& id : m_session.store().builds().ids()) {
        const Build* build = m_session.store().find(id);
        entries.append({QString::fromStdString(build->name()), statusName(build->status()), [this, id] {
                            showPage(BuildsPageId);
                            m_selection.setBuild(id);
                        }});
    }
    m_palette->open(std::move(entries));
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
