// Ties the controls of a recording to the recording behind the chosen build.
#pragma once

#include "domain/ids.h"

#include <QObject>

namespace layerline {

class Replay;
class ReplayBar;
class SelectionState;
class Session;

class ReplayControls : public QObject {
    Q_OBJECT
public:
    ReplayControls(Session& session, SelectionState& selection, ReplayBar& bar, QObject* parent = nullptr);

    /// Another build was chosen: shows the controls when it is a recording.
    void follow();
    void playOrPause();

private:
    Replay* current() const;
    void onRestarting(const BuildId& id);

    Session& m_session;
    SelectionState& m_selection;
    ReplayBar& m_bar;
};

} // namespace layerline
