#include "app/window/wait_choices.h"

#include "app/window/build_actions.h"
#include "app/window/session.h"
#include "items/estimate_board.h"
#include "items/long_wait.h"
#include "widgets/pages/build_page.h"
#include "widgets/pages/choice_card.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>

namespace layerline {

namespace {

constexpr qsizetype mostAnswered = 200; ///< builds; a running one is among the newest
constexpr qint64 mostBytes = 100'000;   ///< that many refs are 20 kB

QString refOf(const Build& build) { return QString::fromStdString(build.ref()); }

} // namespace

WaitChoices::WaitChoices(const World& world, BuildPage& page) : QObject(&page), m_world(world), m_card(new ChoiceCard(&page))
{
    page.addBelowHeader(m_card);
    read();
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, &WaitChoices::refresh);
    connect(&world.selection, &SelectionState::buildChanged, this, &WaitChoices::refresh);
    connect(&world.session.store(), &BuildStore::changed, this, [this](const ChangeSet& changes) {
        // What it tells is looked at once a second: change sets may come sixty times.
        if (changes.builds.count(m_world.selection.build()) && m_tick.isActive() != (running() != nullptr))
            refresh();
    });
    connect(m_card, &ChoiceCard::waitChosen, this, [this] { answered(m_asked); });
    connect(m_card, &ChoiceCard::nativeOnlyChosen, this, [this] {
        m_replaced = m_asked;
        m_world.actions.nativeOnly();
    });
    connect(m_card, &ChoiceCard::nodeChosen, &world.actions, &BuildActions::addNodeRequested);
    connect(&world.actions, &BuildActions::buildStarted, this, [this] { answered(m_replaced); });
    refresh();
}

/// The selected build, when it is one to ask about.
const Build* WaitChoices::running() const
{
    const Build* build = m_world.session.store().find(m_world.selection.build());
    const bool live = build && build->source() == SourceKind::BuildKit && build->status() == BuildStatus::Running;
    return live && !m_answered.contains(refOf(*build)) ? build : nullptr;
}

void WaitChoices::refresh()
{
    const Build* build = running();
    if (!build) {
        m_tick.stop();
        m_asked.clear();
        return m_card->hide();
    }
    if (!m_tick.isActive())
        m_tick.start();
    // An estimate goes up and down: the card must not.
    const Duration least = m_asked == refOf(*build) ? littleGain : muchGain;
    const auto wait = longWaitOf(*build, m_world.estimates.find(build->id), nowOf(*build, m_world.session.clock().now()), least);
    m_asked = wait ? refOf(*build) : QString();
    if (!wait)
        return m_card->hide();
    m_card->offer(*build, *wait, QString::fromStdString(m_world.actions.nativeArch(*build)));
}

void WaitChoices::answered(const QString& ref)
{
    if (ref.isEmpty())
        return;
    m_answered.removeAll(ref);
    m_answered.append(ref);
    m_answered = m_answered.mid(std::max<qsizetype>(0, m_answered.size() - mostAnswered));
    m_replaced.clear();
    write();
    refresh();
}

void WaitChoices::read()
{
    QFile file(m_world.file);
    if (!m_world.file.isEmpty() && file.open(QIODevice::ReadOnly))
        m_answered = QString::fromUtf8(file.read(mostBytes)).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

/// What can't be written holds for this run.
void WaitChoices::write() const
{
    if (m_world.file.isEmpty())
        return;
    QDir().mkpath(QFileInfo(m_world.file).absolutePath());
    QSaveFile file(m_world.file);
    if (file.open(QIODevice::WriteOnly) && file.write(m_answered.join(QLatin1Char('\n')).toUtf8()) >= 0)
        file.commit();
}

} // namespace layerline
