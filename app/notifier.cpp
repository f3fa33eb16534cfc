#include "app/notifier.h"

#include "app/desktop_notifications.h"
#include "widgets/style/theme.h"

namespace layerline {

namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

const QLatin1String buildPrefix("build ");
const QLatin1String runPrefix("run ");

} // namespace

Notifier::Notifier(BuildStore& builds, DesktopNotifications& desktop, std::function<bool()> watched, QObject* parent)
    : QObject(parent), m_builds(builds), m_desktop(desktop), m_watched(std::move(watched))
{
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

void Notifier::considerRun(const Run& run, Timestamp now)
{
    if (const auto news = m_announcer.consider(run, now))
        say(*news);
}

void Notifier::say(const Announcement& news)
{
    if (m_watched())
        return;
    const bool bad = news.kind != Announcement::Kind::BuildSucceeded && news.kind != Announcement::Kind::RunSucceeded;
    m_desktop.show({qt(news.key), titleOf(news), bodyOf(news), tr("Show"), bad});
}

QString Notifier::titleOf(const Announcement& news)
{
    switch (news.kind) {
    case Announcement::Kind::BuildSucceeded: return tr("%1 is built").arg(qt(news.name));
    case Announcement::Kind::BuildFailed: return tr("%1 failed").arg(qt(news.name));
    case Announcement::Kind::RunSucceeded: return tr("%1 passed").arg(qt(news.name));
    case Announcement::Kind::RunFailed: return tr("%1 failed").arg(qt(news.name));
    case Announcement::Kind::QueuedTooLong: return tr("%1 waits for a runner").arg(qt(news.subject));
    }
    return {};
}

QString Notifier::bodyOf(const Announcement& news)
{
    const QString took = humanDuration(news.time);
    switch (news.kind) {
    case Announcement::Kind::BuildSucceeded: return tr("On builder %1, in %2.").arg(qt(news.origin), took);
    case Announcement::Kind::RunSucceeded: return tr("%1, in %2.").arg(qt(news.origin), took);
    case Announcement::Kind::BuildFailed:
    case Announcement::Kind::RunFailed:
        return news.subject.empty() ? tr("%1, after %2.").arg(qt(news.origin), took) : tr("First failure: %1\n%2, after %3.").arg(qt(news.subject), qt(news.origin), took);
    case Announcement::Kind::QueuedTooLong:
        return tr("%1 of %2 has waited %3 for a runner labelled %4.").arg(qt(news.name), qt(news.origin), humanElapsed(news.time), qt(news.label));
    }
    return {};
}

void Notifier::onActivated(const QString& key)
{
    if (key.startsWith(buildPrefix)) {
        Q_EMIT buildRequested(BuildId(key.mid(buildPrefix.size()).toStdString()));
    } else if (key.startsWith(runPrefix)) {
        const QStringList parts = key.mid(runPrefix.size()).split(QLatin1Char(' '));
        if (parts.size() == 2)
            Q_EMIT runRequested(parts[0], parts[1].toLongLong());
    }
}

} // namespace layerline
