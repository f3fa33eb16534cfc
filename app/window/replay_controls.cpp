#include "app/window/replay_controls.h"

#include "app/window/session.h"
#include "domain/post_to.h"
#include "items/selection_state.h"
#include "sources/replay/replay.h"
#include "widgets/pages/replay_bar.h"

namespace layerline {

ReplayControls::ReplayControls(Session& session, SelectionState& selection, ReplayBar& bar, QObject* parent)
    : QObject(parent), m_session(session), m_selection(selection), m_bar(bar)
{
    connect(&session, &Session::restarting, this, &ReplayControls::onRestarting);
    connect(&bar, &ReplayBar::playRequested, this, [this](bool play) {
        if (Replay* replay = current())
            play ? replay->play() : replay->pause();
    });
    connect(&bar, &ReplayBar::seekRequested, this, [this](qint64 ms) {
        if (Replay* replay = current())
            replay->seek({ms * 1'000'000});
    });
    connect(&bar, &ReplayBar::speedRequested, this, [this](double speed) {
        if (Replay* replay = current())
            replay->setSpeed(speed);
    });
}

Replay* ReplayControls::current() const
{
    return m_session.replayOf(m_selection.build());
}

void ReplayControls::onRestarting(const BuildId& id)
{
    if (m_selection.build() != id)
        return;
    // The list chooses another build when the chosen one goes; the choice is taken back once it is there again.
    const auto restore = [this, id, step = m_selection.step()] {
        m_selection.setBuild(id);
        m_selection.setStep(step);
    };
    postTo(this, restore);
}

void ReplayControls::follow()
{
    Replay* replay = current();
    m_bar.setVisible(replay != nullptr);
    if (!replay)
        return;
    m_bar.setLength(replay->length().ms());
    m_bar.setSpeed(replay->speed());
    const auto show = [this, replay] {
        if (current() != replay)
            return;
        m_bar.setPosition(replay->position().ms());
        m_bar.setPlaying(replay->isPlaying());
    };
    show();
    disconnect(replay, nullptr, &m_bar, nullptr); // chosen before: one connection is enough
    connect(replay, &Replay::positionChanged, &m_bar, show);
    connect(replay, &Replay::playingChanged, &m_bar, show);
}

void ReplayControls::playOrPause()
{
    if (Replay* replay = current())
        replay->isPlaying() ? replay->pause() : replay->play();
}

} // namespace layerline
