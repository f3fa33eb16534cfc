#include "app/window/main_menus.h"

#include "app/window/build_actions.h"
#include "app/window/main_window.h"
#include "domain/build_store.h"
#include "widgets/pages/build_header.h"
#include "widgets/pages/build_list_panel.h"
#include "widgets/pages/build_page.h"
#include "widgets/pages/example_bar.h"
#include "widgets/pages/pipelines_page.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QMenuBar>
#include <QMessageBox>

namespace layerline {

namespace {

/// Space plays a recording, but a button that has the focus is pressed by it.
class ButtonKeys : public QObject {
public:
    using QObject::QObject;
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() != QEvent::ShortcutOverride)
            return false;
        const auto* key = static_cast<QKeyEvent*>(event);
        const auto* window = qobject_cast<QWidget*>(watched);
        const bool pressed = key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier && window && qobject_cast<QAbstractButton*>(window->focusWidget());
        event->setAccepted(event->isAccepted() || pressed);
        return pressed;
    }
};

void makeFileMenu(MainWindow& window)
{
    QMenu* file = window.menuBar()->addMenu(MainWindow::tr("&File"));
    file->addAction(MainWindow::tr("&Open…"), QKeySequence::Open, &window, &MainWindow::openFileDialog);
    QMenu* demo = file->addMenu(MainWindow::tr("&Recorded demo"));
    const std::pair<QString, QString> recordings[] = {
        {QStringLiteral("cold"), MainWindow::tr("Cold build")}, {QStringLiteral("warm"), MainWindow::tr("Warm build")}, {QStringLiteral("failed"), MainWindow::tr("Failed build")}};
    for (const auto& [name, text] : recordings)
        demo->addAction(text, &window, [&window, recording = name] { window.playRecording(recording); });
    file->addAction(MainWindow::tr("Play the &demo"), &window, &MainWindow::playDemo);
    file->addSeparator();
    file->addAction(MainWindow::tr("&Quit"), QKeySequence::Quit, &window, &QWidget::close);
}

void makeBuildMenu(MainWindow& window)
{
    BuildActions* actions = window.buildActions();
    if (!actions)
        return;
    QMenu* build = window.menuBar()->addMenu(MainWindow::tr("&Build"));
    build->addAction(MainWindow::tr("&New build…"), QKeySequence::New, actions, &BuildActions::newBuild);
    build->addAction(MainWindow::tr("Build &again…"), QKeySequence(Qt::Key_R), actions, &BuildActions::rebuild);
    build->addAction(MainWindow::tr("&Cancel the build…"), actions, &BuildActions::cancel);
    build->addSeparator();
    build->addAction(MainWindow::tr("Add a native &node…"), actions, &BuildActions::addNodeRequested);
}

void makePipelineMenu(MainWindow& window)
{
    PipelinesPage* page = window.pipelinesPage();
    if (!page)
        return;
    QMenu* menu = window.menuBar()->addMenu(MainWindow::tr("&Pipeline"));
    const auto add = [&](const QString& text, std::function<void()> what) {
        return menu->addAction(text, &window, [&window, what = std::move(what)] {
            window.showPage(pages::pipelines);
            what();
        });
    };
    add(MainWindow::tr("&Add a repository…"), [page] { Q_EMIT page->addRepositoryRequested(); });
    menu->addSeparator();
    menu->setToolTipsVisible(true);
    for (QAction* action : {add(MainWindow::tr("&Roll back to QEMU…"), [page] { page->requestChange(true); }),
                            add(MainWindow::tr("&Migrate to native runners…"), [page] { page->requestChange(false); })}) {
        QObject::connect(page, &PipelinesPage::exampleChanged, action, [action](bool shown) {
            action->setDisabled(shown); // with the reason: what is on screen has no workflow behind it
            action->setToolTip(shown ? ExampleBar::reason() : QString());
        });
    }
}

void makeViewMenu(MainWindow& window)
{
    QMenu* view = window.menuBar()->addMenu(MainWindow::tr("&View"));
    const QString names[] = {MainWindow::tr("Timeline"), MainWindow::tr("Layers"), MainWindow::tr("Log"), MainWindow::tr("Details")};
    for (int i = 0; i < 4; ++i) {
        view->addAction(names[i], QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + i)), &window, [&window, i] { window.showBuildTab(i); });
    }
    view->addSeparator();
    QMenu* theme = view->addMenu(MainWindow::tr("Theme"));
    const std::pair<ThemeKind, QString> kinds[] = {{ThemeKind::System, MainWindow::tr("Like the system")}, {ThemeKind::Light, MainWindow::tr("Light")}, {ThemeKind::Dark, MainWindow::tr("Dark")}};
    for (const auto& [kind, text] : kinds)
        theme->addAction(text, &window, [&window, chosen = kind] { window.setTheme(chosen); });
    view->addAction(MainWindow::tr("Play or pause the recording"), QKeySequence(Qt::Key_Space), &window, &MainWindow::playOrPause);
}

/// Keys without modifiers, so only while the focus is somewhere around a build: in a list of the settings they mean nothing.
void makeStepMenu(MainWindow& window)
{
    QMenu* step = window.menuBar()->addMenu(MainWindow::tr("&Step"));
    QWidgetList around{&window.buildPage(), &window.buildList()};
    if (window.pipelinesPage())
        around.append(window.pipelinesPage());
    const auto add = [&](const QString& text, Qt::Key key, StepCommand command) {
        QAction* action = step->addAction(text, QKeySequence(key), &window, [&window, command] { window.act(command); });
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        for (QWidget* widget : around)
            widget->addAction(action);
    };
    add(MainWindow::tr("&Next step"), Qt::Key_J, StepCommand::Next);
    add(MainWindow::tr("&Previous step"), Qt::Key_K, StepCommand::Previous);
    add(MainWindow::tr("Next &error"), Qt::Key_E, StepCommand::NextError);
    step->addSeparator();
    add(MainWindow::tr("&Follow the log"), Qt::Key_F, StepCommand::FollowLog);
    add(MainWindow::tr("&Search the log"), Qt::Key_Slash, StepCommand::SearchLog);
    step->addSeparator();
    add(MainWindow::tr("Zoom &in"), Qt::Key_Plus, StepCommand::ZoomIn);
    add(MainWindow::tr("Zoom &out"), Qt::Key_Minus, StepCommand::ZoomOut);
    add(MainWindow::tr("&Whole build"), Qt::Key_0, StepCommand::WholeBuild);
}

void makeGoMenu(MainWindow& window)
{
    QMenu* go = window.menuBar()->addMenu(MainWindow::tr("&Go"));
    go->addAction(MainWindow::tr("Command palette…"), QKeySequence(Qt::CTRL | Qt::Key_K), &window, &MainWindow::openPalette);
    go->addSeparator();
    for (const PageInfo& page : window.pageList())
        go->addAction(page.title, page.shortcut, &window, [&window, id = page.id] { window.showPage(id); });
}

void makeHelpMenu(MainWindow& window)
{
    QMenu* help = window.menuBar()->addMenu(MainWindow::tr("&Help"));
    help->addAction(MainWindow::tr("About Layerline"), &window, [&window] {
        QMessageBox::about(&window, MainWindow::tr("About Layerline"),
                           MainWindow::tr("Layerline %1\n\nWatches every multi-architecture container build of this machine.\nGPL-3.0-or-later").arg(QStringLiteral(LAYERLINE_VERSION)));
    });
}

void addEntries(const QList<QAction*>& actions, const QString& under, QList<CommandPalette::Entry>& entries)
{
    for (QAction* action : actions) {
        const QString name = under + action->text().remove(QLatin1Char('&'));
        if (action->menu())
            addEntries(action->menu()->actions(), name + QStringLiteral(": "), entries);
        else if (!action->isSeparator())
            entries.append({name, action->shortcut().toString(QKeySequence::NativeText), [action] { action->trigger(); }, true});
    }
}

} // namespace

void makeMenus(MainWindow& window)
{
    makeFileMenu(window);
    makeBuildMenu(window);
    makePipelineMenu(window);
    makeViewMenu(window);
    makeStepMenu(window);
    makeGoMenu(window);
    makeHelpMenu(window);
    window.installEventFilter(new ButtonKeys(&window));
}

QList<CommandPalette::Entry> paletteEntries(MainWindow& window)
{
    QList<CommandPalette::Entry> entries;
    for (QAction* menu : window.menuBar()->actions()) {
        if (menu->menu())
            addEntries(menu->menu()->actions(), {}, entries);
    }
    const BuildSet& builds = window.session().store().builds();
    for (const BuildId& id : builds.ids()) {
        const Build* build = builds.find(id);
        entries.append({QString::fromStdString(build->name()), statusName(build->status()), [&window, id] {
                            window.showPage(pages::builds);
                            window.selection().setBuild(id);
                        }});
    }
    return entries;
}

} // namespace layerline
