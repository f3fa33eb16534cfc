// Tells the person at the desk what ended while they looked elsewhere: one service for local builds and runs.
#pragma once

#include "analysis/announcer.h"
#include "domain/build_store.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>

namespace layerline {

class DesktopNotifications;

class Notifier : public QObject {
    Q_OBJECT
public:
    /// `watched`: is a window of ours the active one? Then nothing is said, unless the rules want it. `now` is GitHub's
    /// clock as far as known.
    Notifier(BuildStore& builds, DesktopNotifications& desktop, std::function<bool()> watched, std::function<Timestamp()> now, QObject* parent = nullptr);

    void setRules(AnnouncementRules rules) { m_announcer.setRules(std::move(rules)); }
    const AnnouncementRules& rules() const { return m_announcer.rules(); }
    /// To be called with each news of a run. What only time makes news of is noticed here.
    void considerRun(const Run& run);
    void forgetRun(const RunKey& run);
    /// A look at a repository succeeded; what begins and ends until the next one is news as well.
    void looked(const std::string& repository) { m_announcer.looked(repository, m_now()); }
    void forgetRepository(const std::string& repository) { m_announcer.forget(repository); }
    /// A notification about nothing, whatever the rules, so that people see what one looks like.
    void tryOut();

    static QString titleOf(const Announcement& news);
    static QString bodyOf(const Announcement& news);

Q_SIGNALS:
    /// `step`: the first failing one; empty when there is none.
    void buildRequested(const layerline::BuildId& id, const layerline::StepDigest& step);
    /// `job`, `step`: where it failed or waits (step 0); job 0 when none is known.
    void runRequested(const layerline::RunKey& run, qint64 job, int step);

private:
    void onChanged(const ChangeSet& changes);
    void lookAgain();
    void say(const Announcement& news);
    void onActivated(const QString& key);

    BuildStore& m_builds;
    DesktopNotifications& m_desktop;
    std::function<bool()> m_watched;
    std::function<Timestamp()> m_now;
    Announcer m_announcer;
    std::map<RunKey, Run> m_expected;         ///< time alone may make news of them
    std::map<QString, Announcement> m_said;   ///< by key: where a click leads
    QTimer m_tick;
};

} // namespace layerline
