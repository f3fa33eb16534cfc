// The window: rail, pages, menus. Shows what the session knows and turns clicks into calls.
#pragma once

#include "app/session.h"
#include "items/selection_state.h"
#include "widgets/style/theme.h"

#include <QMainWindow>

class QActionGroup;
class QStackedWidget;
class QToolButton;

namespace layerline {

class BuildListPanel;
class BuildPage;
class BuildersPage;
class CommandPalette;
class EmptyState;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    enum Page { BuildsPageId, BuildersPageId };

    explicit MainWindow(Session& session, QWidget* parent = nullptr);

    void showPage(Page page);
    BuildPage& buildPage() { return *m_buildPage; }
    BuildersPage& buildersPage() { return *m_buildersPage; }
    SelectionState& selection() { return m_selection; }
    BuildListPanel& buildList() { return *m_list; }

public Q_SLOTS:
    void openFileDialog();
    void openFile(const QString& path);
    void openPalette();
    /// All recordings in the list, the cold build playing.
    void playDemo();

Q_SIGNALS:
    /// The application's to carry out: a window does not reach for it.
    void themeRequested(layerline::ThemeKind kind);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void makePages();
    QWidget* makeRail();
    QWidget* makeBanner();
    /// Nothing to watch: the recorded demo, and how to get a builder.
    void onSettled();
    void makeMenus();
    void makeViewMenu();
    void makeReplay();
    void addRailButton(Page page, const QString& icon, const QString& text);
    void onStoreChanged(const ChangeSet& changes);
    void onSelected();
    void showError(const Error& error);
    void updateEmptyState();

    Session& m_session;
    SelectionState m_selection;
    QStackedWidget* m_pages = nullptr;
    QStackedWidget* m_buildArea = nullptr;
    QWidget* m_rail = nullptr;
    QList<QToolButton*> m_railButtons;
    BuildListPanel* m_list = nullptr;
    BuildPage* m_buildPage = nullptr;
    BuildersPage* m_buildersPage = nullptr;
    EmptyState* m_empty = nullptr;
    QWidget* m_banner = nullptr;
    CommandPalette* m_palette = nullptr;
    QActionGroup* m_themes = nullptr;
};

} // namespace layerline
