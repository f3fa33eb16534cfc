// Starts an image on one architecture with the local engine, to see whether it runs there at all.
#pragma once

#include "domain/platform.h"
#include "domain/time.h"

#include <QElapsedTimer>
#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QTimer>

#include <chrono>
#include <functional>
#include <string>

namespace layerline {

struct RunOutcome {
    enum class State {
        Ran,      ///< ended with 0
        Running,  ///< still ran at the deadline, as a server does; it was ended then
        Failed,   ///< ended with something else
        NotTried, ///< the engine can't: no engine, no emulator, no such image for it
    };
    Platform platform;
    State state = State::NotTried;
    int exitCode = -1;
    std::string detail; ///< why not, or the last line it printed; one line
    Duration took;
};

/// "ran", "running", "failed", "not_tried"
const char* toString(RunOutcome::State state);

/// One at a time; lives on a thread with an event loop. An image that was not there before is removed again.
class ImageRunner : public QObject {
    Q_OBJECT
public:
    using Callback = std::function<void(RunOutcome)>;
    /// `docker` is the program's path; "" makes every outcome NotTried.
    explicit ImageRunner(std::string docker, QObject* parent = nullptr);
    ~ImageRunner() override;

    /// `image` is NAME@DIGEST. `command` replaces the image's own when it isn't empty. The deadline counts from the
    /// container's start; fetching the image has ten minutes.
    void run(const std::string& image, const Platform& platform, const QStringList& command, std::chrono::milliseconds deadline, Callback callback);
    /// The commands run() would use, for people.
    static std::string commandLine(const std::string& image, const Platform& platform, const QStringList& command);

private:
    enum class Stage { Idle, Look, Pull, Run, Stop, Remove };
    void start(Stage stage, const QStringList& arguments, std::chrono::milliseconds limit);
    void finished(int code);
    void ranOut();
    void judge(int code);
    void end();
    QStringList runArguments() const;

    std::string m_docker;
    QProcess m_process;
    QTimer m_limit;
    QElapsedTimer m_clock;
    Stage m_stage = Stage::Idle;
    QByteArray m_output;
    QString m_name, m_image;
    QStringList m_command;
    bool m_wasThere = false;
    std::chrono::milliseconds m_deadline{};
    RunOutcome m_outcome;
    Callback m_callback;
};

} // namespace layerline
