// Offers something better to do than to wait for an emulated platform that takes long.
#pragma once

#include "items/selection_state.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

namespace layerline {

class BuildActions;
class BuildPage;
class ChoiceCard;
class EstimateBoard;
class Session;
struct Build;

/// Shows a card above the selected build while it is worth it; each choice calls the action that is there already. Asks
/// once a build: who answered is not asked again, in the next window neither. Lives on the GUI thread; all references must
/// outlive it.
class WaitChoices : public QObject {
    Q_OBJECT
public:
    struct World {
        Session& session;
        SelectionState& selection;
        const EstimateBoard& estimates;
        BuildActions& actions;
        QString file; ///< of the builds that were answered for; "" keeps them in memory only
    };
    WaitChoices(const World& world, BuildPage& page);

private:
    void refresh();
    const Build* running() const;
    void answered(const QString& ref);
    void read();
    void write() const;

    World m_world;
    ChoiceCard* m_card;
    QTimer m_tick;          ///< a step that says nothing takes longer, too
    QStringList m_answered; ///< refs, newest last
    QString m_asked;        ///< the ref the card is shown for; "" when it is hidden
    QString m_replaced;     ///< whose native build was asked for and has not begun yet
};

} // namespace layerline
