// What the Settings page shows and the application keeps, as plain values without secrets.
#pragma once

#include <QString>
#include <QStringList>

#include <cstdint>

namespace layerline {

struct AppearanceSettings {
    QString language; ///< "en", "zh_CN"; "" like the system
    QString theme;    ///< "light", "dark"; "" like the system
    friend bool operator==(const AppearanceSettings&, const AppearanceSettings&) = default;
};

/// 0 = no limit. Pinned builds are never deleted and do not count.
struct HistorySettings {
    QString folder;                        ///< "" for the usual place; takes effect at the next start
    std::int64_t maxBuilds = 2000;
    std::int64_t maxDays = 0;
    std::int64_t maxBytes = 8'000'000'000; ///< of records, logs and provenances
    friend bool operator==(const HistorySettings&, const HistorySettings&) = default;
};

/// Against logs that never end. What lies beyond is counted, not kept.
struct LogSettings {
    std::int64_t stepBytes = 8'000'000'000; ///< of one step
    std::int64_t fileBytes = 8'000'000'000; ///< of a log or progress file that is opened
    friend bool operator==(const LogSettings&, const LogSettings&) = default;
};

/// GitHub Actions. The token is no setting: it lives in the keyring.
struct PipelineSettings {
    QStringList repositories; ///< "owner/name" on github.com, "HOST/owner/name" on another server
    QString server;           ///< "" for github.com, else the host or address of a GitHub Enterprise server
    QString clientId;         ///< of the OAuth app for signing in with a code; "" = not offered
    QStringList clones;       ///< folders of the repositories' clones, as somebody named them
    friend bool operator==(const PipelineSettings&, const PipelineSettings&) = default;
};

/// What the desktop is told while somebody looks elsewhere.
struct NotificationSettings {
    bool successes = true;     ///< builds and runs that ended well, unless they took a few seconds only
    bool failures = true;
    bool queued = true;        ///< a job that waits for a runner longer than `queueMinutes`
    static constexpr int longestQueueMinutes = 1440; ///< GitHub itself gives up after a day
    int queueMinutes = 10;     ///< 1 to longestQueueMinutes
    bool onlyMine = false;     ///< runs: those the account's user started
    bool whileActive = false;  ///< also while Layerline's own window is the active one
    QStringList muted;         ///< builders and "owner/name"s that stay silent
    friend bool operator==(const NotificationSettings&, const NotificationSettings&) = default;
};

struct SettingsValues {
    AppearanceSettings appearance;
    QStringList addresses; ///< of bare buildkitd daemons; checked by checkAddress()
    HistorySettings history;
    LogSettings logs;
    PipelineSettings pipelines;
    NotificationSettings notifications;
    friend bool operator==(const SettingsValues&, const SettingsValues&) = default;
};

} // namespace layerline
