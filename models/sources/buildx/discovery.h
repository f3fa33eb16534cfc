// Finds builders: from files at once, from `buildx ls` when it answers.
#pragma once

#include "sources/buildx/builder_info.h"
#include "sources/buildx/environment.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QProcess>
#include <QTimer>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace layerline {

/// Lives on a thread with an event loop and never blocks it for longer than reading a few small files.
class Discovery : public QObject {
    Q_OBJECT
public:
    struct Options {
        bool builders = true;                      ///< false: only the addresses
        bool runLs = true;
        std::chrono::milliseconds lsLimit{25'000}; ///< ls waits up to 20 s for a hung endpoint
        std::chrono::milliseconds rescanEvery{5'000};
        std::chrono::milliseconds lsEvery{60'000};
    };
    explicit Discovery(BuildxEnvironment environment, Options options, QObject* parent = nullptr);
    ~Discovery() override;

    /// Reads the files before it returns (changed() is emitted), then starts `ls`.
    void start();
    void stop();
    void setAddresses(std::vector<std::string> addresses);
    const std::vector<BuilderInfo>& builders() const { return m_builders; }
    const BuildxEnvironment& environment() const { return m_environment; }
    /// True once `ls` has answered or failed (or will never be asked).
    bool lsAnswered() const { return m_lsAnswered; }
    /// Why the last `ls` failed, "" when it did not.
    const std::string& lsError() const { return m_lsError; }

public Q_SLOTS:
    void rescan();
    /// Asks `ls` now; when it runs already, once more after it.
    void runLs();

Q_SIGNALS:
    void changed(const std::vector<layerline::BuilderInfo>& builders);
    void lsFinished();

private:
    void watchFolders();
    void finishLs(std::string error);
    void onLsFinished(int exitCode, QProcess::ExitStatus status);

    BuildxEnvironment m_environment;
    Options m_options;
    std::vector<std::string> m_addresses;
    std::vector<BuilderInfo> m_builders;
    std::vector<BuilderInfo> m_listed;
    std::unique_ptr<QProcess> m_ls;
    QFileSystemWatcher m_watcher;
    QTimer m_rescanTimer, m_lsTimer, m_lsLimit, m_settleFiles;
    std::string m_lsError;
    bool m_lsAnswered = false;
    bool m_lsAgain = false;
    bool m_started = false;
    bool m_announced = false;
};

} // namespace layerline
