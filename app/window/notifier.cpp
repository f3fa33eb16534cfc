#include "app/window/notifier.h"

#include "app/window/desktop_notifications.h"
#include "domain/secret_names.h"
#include "items/log_text.h"
#include "widgets/style/theme.h"

namespace layerline {

namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

/// A step may be a script of a hundred lines, and its name may hold what nobody else should read.
QString shown(const std::string& text)
{
    constexpr int most = 160;
    const QString line = visibleText(maskedText(text)).simplified();
    return line.size() <= most ? line : line.left(most - 1) + QChar(0x2026);
}

constexpr int lookEvery = 2'000;      ///< ms, while a run waits for something
constexpr std::size_t mostSaid = 500; ///< a notification that old is gone from every desktop
const QLatin1String trialKey("trial");

} // namespace

Notifier::Notifier(BuildStore& builds, DesktopNotifications& desktop, std::function<bool()> watched, std::function<Timestamp()> now, QObject* parent)
    : QObject(parent), m_builds(builds), m_desktop(desktop), m_watched(std::move(watched)), m_now(std::move(now))
{
    m_tick.setInterval(lookEvery);
    connect(&m_tick, &QTimer::timeout, this, &Notifier::lookAgain);
    connect(&builds, &BuildStore::changed, this, &Notifier::onChanged);
    connect(&desktop, &DesktopNotifications::activated, this, &Notifier::onActivated);
}

void Notifier::onChanged(const ChangeSet& changes)
{
    for (const auto& [id, change] : changes.builds) {
        const Build* build = m_builds.find(id);
        if (!build || !(change.flags & (Change::Added | Change::Summary | Change::Connection)))
            continue;
        if (const auto news = m_announcer.consider(*build))
            say(*news);
    }
}

void Notifier::considerRun(const Run& run)
{
    if (const auto news = m_announcer.consider(run, m_now()))
        say(*news);
    if (m_announcer.expects(run))
        m_expected[run.key] = run;
    else
        m_expected.erase(run.key);
    if (m_expected.empty())
        m_tick.stop();
    else if (!m_tick.isActive())
        m_tick.start();
}

void Notifier::forgetRun(const RunKey& run)
{
    m_expected.erase(run);
    m_announcer.forget(run);
}

/// A run that waits sends no news.
void Notifier::lookAgain()
{
    const auto expected = m_expected;
    for (const auto& [key, run] : expected)
        considerRun(run);
    if (m_expected.empty())
        m_tick.stop();
}

void Notifier::say(const Announcement& news)
{
    if (!rules().whileWatched && m_watched())
        return;
    const bool bad = news.kind != Announcement::Kind::BuildSucceeded && news.kind != Announcement::Kind::RunSucceeded;
    if (m_said.size() >= mostSaid)
        m_said.clear();
    m_said[qt(news.key)] = news;
    m_desktop.show({qt(news.key), titleOf(news), bodyOf(news), tr("Show"), bad});
}

void Notifier::tryOut()
{
    m_desktop.show({trialKey, tr("This is how Layerline tells you"), tr("Of what failed it names the first failing step, and a click leads there."), tr("Show"), false});
}

QString Notifier::titleOf(const Announcement& news)
{
    switch (news.kind) {
    case Announcement::Kind::BuildSucceeded: return tr("%1 is built").arg(shown(news.name));
    case Announcement::Kind::BuildFailed: return tr("%1 failed").arg(shown(news.name));
    case Announcement::Kind::RunSucceeded: return tr("%1 passed").arg(shown(news.name));
    case Announcement::Kind::RunFailed: return tr("%1 failed").arg(shown(news.name));
    case Announcement::Kind::QueuedTooLong: return tr("%1 waits for a runner").arg(shown(news.subject));
    }
    return {};
}

QString Notifier::bodyOf(const Announcement& news)
{
    const QString took = humanDuration(news.time);
    switch (news.kind) {
    case Announcement::Kind::BuildSucceeded: return tr("On builder %1, in %2.").arg(shown(news.origin), took);
    case Announcement::Kind::RunSucceeded: return tr("%1, in %2.").arg(shown(news.origin), took);
    case Announcement::Kind::BuildFailed:
    case Announcement::Kind::RunFailed:
        return news.subject.empty() ? tr("%1, after %2.").arg(shown(news.origin), took) : tr("First failure: %1\n%2, after %3.").arg(shown(news.subject), shown(news.origin), took);
    case Announcement::Kind::QueuedTooLong:
        return tr("%1 of %2 has waited %3 for a runner labelled %4.").arg(shown(news.name), shown(news.origin), humanElapsed(news.time), shown(news.label));
    }
    return {};
}

void Notifier::onActivated(const QString& key)
{
    const auto said = m_said.find(key);
    if (said == m_said.end())
        return;
    const Announcement news = said->second;
    if (news.run.id == 0)
        Q_EMIT buildRequested(news.build, news.step);
    else
        Q_EMIT runRequested(news.run, news.job, news.jobStep);
}

} // namespace layerline
