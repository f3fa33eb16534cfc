// Tells the person at the desk what ended while they looked elsewhere: one service for local builds and runs.
#pragma once

#include "analysis/announcer.h"
#include "domain/build_store.h"

#include <QObject>

#include <functional>

namespace layerline {

class DesktopNotifications;

class Notifier : public QObject {
    Q_OBJECT
public:
    /// `watched`: is our window the active one? Then nothing is said.
    Notifier(BuildStore& builds, DesktopNotifications& desktop, std::function<bool()> watched, QObject* parent = nullptr);

    void setRules(AnnouncementRules rules) { m_announcer.setRules(std::move(rules)); }
    const AnnouncementRules& rules() const { return m_announcer.rules(); }
    void considerRun(const Run& run, Timestamp now);

    static QString titleOf(const Announcement& news);
    static QString bodyOf(const Announcement& news);

Q_SIGNALS:
    void buildRequested(const layerline::BuildId& id);
    void runRequested(const QString& repository, qint64 run);

private:
    void onChanged(const ChangeSet& changes);
    void say(const Announcement& news);
    void onActivated(const QString& key);

    BuildStore& m_builds;
    DesktopNotifications& m_desktop;
    std::function<bool()> m_watched;
    Announcer m_announcer;
};

} // namespace layerline
