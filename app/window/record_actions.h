// What the window can do to a build's record on its builder: keep it there for good, or have it deleted.
#pragma once

#include "items/selection_state.h"
#include "sources/buildkit/node_types.h"

#include <QObject>

class QMenu;
class QPushButton;

namespace layerline {

class ActionDialog;
class BuildHeader;
class Session;
struct ActionPreview;
struct Build;

/// Lives on the GUI thread, as a child of the window. Everything is shown and confirmed before it is done.
class RecordActions : public QObject {
    Q_OBJECT
public:
    /// Adds its button to `header`. All references must outlive this.
    RecordActions(Session& session, SelectionState& selection, BuildHeader& header, QWidget* window);

    /// Of the selected build; nothing happens when its builder does not hold it.
    void ask(layerline::HistoryChange what);

private:
    /// The selected build when a builder that answers holds all of it, else null.
    const Build* held() const;
    void refresh();
    void fillMenu();
    ActionPreview previewOf(const Build& build, HistoryChange what) const;
    void change(ActionDialog* dialog, const BuildId& id, HistoryChange what);

    Session& m_session;
    SelectionState& m_selection;
    QWidget* m_window;
    QPushButton* m_button;
    QMenu* m_menu;
};

} // namespace layerline
