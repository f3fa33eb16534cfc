// The window: rail, pages, menus. Shows what the session knows and turns clicks into calls.
#pragma once

#include "analysis/disk_outlook.h"
#include "app/window/session.h"
#include "items/selection_state.h"
#include "widgets/pages/page_rail.h"
#include "widgets/style/theme.h"

#include <QMainWindow>

#include <functional>

class QStackedWidget;

namespace layerline {

enum class StepCommand;
class BuildActions;
class BuildListPanel;
class BuildPage;
class BuildRunner;
class BuildersPage;
class CommandPalette;
class EmptyState;
class ErrorReporter;
class Estimates;
class FileOpener;
class NoticeBar;
class Releases;
class ReplayControls;
class SettingsPage;
class PipelineActions;
class Pipelines;
class PipelinesPage;
class SettingsStore;
class SettingsWiring;

/// Ids of the window's pages.
namespace pages {
inline constexpr QLatin1String builds{"builds"};
inline constexpr QLatin1String pipelines{"pipelines"};
inline constexpr QLatin1String releases{"releases"};
inline constexpr QLatin1String builders{"builders"};
inline constexpr QLatin1String settings{"settings"};
} // namespace pages

/// What a window can do beyond showing; null: it can't (pictures, tests). All outlive the window.
struct WindowServices {
    Pipelines* pipelines = nullptr; ///< the Pipelines page
    BuildRunner* runner = nullptr;  ///< starting and cancelling builds
    /// How much room an engine has, by driver and endpoint; called on a thread. Empty: engineDisk().
    std::function<Result<EngineDisk>(const std::string&, const std::string&)> askDisk = {};
};

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(Session& session, SettingsStore& settings, WindowServices services = {}, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// An unknown id shows nothing new.
    void showPage(const QString& id);
    QString currentPage() const;
    /// Rail and "Go" menu show them in this order.
    const QList<PageInfo>& pageList() const { return m_pageList; }
    Session& session() { return m_session; }
    PipelinesPage* pipelinesPage() { return m_pipelinesPage; }
    SettingsPage& settingsPage() { return *m_settingsPage; }
    FileOpener& fileOpener() { return *m_opener; }
    ErrorReporter& errors() { return *m_errors; }
    BuildPage& buildPage() { return *m_buildPage; }
    /// Null without a runner.
    BuildActions* buildActions() { return m_buildActions; }
    BuildersPage& buildersPage() { return *m_buildersPage; }
    Releases& releases() { return *m_releases; }
    Estimates& estimates() { return *m_estimates; }
    SelectionState& selection() { return m_selection; }
    BuildListPanel& buildList() { return *m_list; }

public Q_SLOTS:
    void openFileDialog();
    /// Returns at once: the build appears when it is read. A folder, Dockerfile or bake file is built: the form for it opens.
    void openFile(const QString& path);
    /// Files are on their way: no demo starts by itself.
    void expectFiles() { m_filesExpected = true; }
    void openPalette();
    /// A tab of the build that is looked at on the page Builds.
    void showBuildTab(int tab);
    /// All recordings in the list, the cold build playing.
    void playDemo();
    /// One recording ("cold", "warm", "failed") from its start.
    void playRecording(const QString& name);
    void playOrPause();
    /// In the build that is looked at.
    void act(layerline::StepCommand command);
    void setTheme(layerline::ThemeKind kind);

Q_SIGNALS:
    /// The application's to carry out: a window does not reach for it.
    void themeRequested(layerline::ThemeKind kind);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    /// `watchedFile` keeps the images of the Releases page.
    void makePages(Pipelines* pipelines, const QString& watchedFile);
    void makeActions(const WindowServices& services, const QString& presetFile);
    /// A line in makePages() is all a page needs: rail, menu, palette and shortcut follow.
    void addPage(const PageInfo& info, QWidget* page);
    QWidget* makeBuildsPage();
    QWidget* makePipelinesPage(Pipelines& pipelines);
    /// Saving and links, as every log has them.
    void equipLogs(BuildPage& page);
    QWidget* makeBanner();
    /// Nothing to watch: the recorded demo, and how to get a builder.
    void onSettled();
    void onStoreChanged(const ChangeSet& changes);
    void onSelected();
    void showOpened(const Result<BuildId>& opened);
    void updateEmptyState();
    /// How to get a builder, over the build until one goes back.
    void showGuide(bool shown);

    Session& m_session;
    SelectionState m_selection;
    bool m_filesExpected = false;
    bool m_guide = false;
    PageRail* m_rail = nullptr;
    QStackedWidget* m_pages = nullptr;
    QList<PageInfo> m_pageList;
    QStackedWidget* m_buildArea = nullptr;
    BuildListPanel* m_list = nullptr;
    BuildPage* m_buildPage = nullptr;
    BuildersPage* m_buildersPage = nullptr;
    EmptyState* m_empty = nullptr;
    NoticeBar* m_banner = nullptr;
    NoticeBar* m_diskNotice = nullptr;
    PipelinesPage* m_pipelinesPage = nullptr;
    PipelineActions* m_pipelineActions = nullptr;
    BuildActions* m_buildActions = nullptr;
    SettingsPage* m_settingsPage = nullptr;
    CommandPalette* m_palette = nullptr;
    ErrorReporter* m_errors = nullptr;
    FileOpener* m_opener = nullptr;
    SettingsWiring* m_settings = nullptr;
    ReplayControls* m_replay = nullptr;
    Releases* m_releases = nullptr;
    Estimates* m_estimates = nullptr;
};

} // namespace layerline
