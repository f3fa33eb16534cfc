#include "app/tasks/image_runner.h"

#include "domain/post_to.h"
#include "domain/secret_names.h"

#include <QRandomGenerator>

#include <utility>

namespace layerline {

namespace {

constexpr std::chrono::minutes pullLimit{10};
constexpr std::chrono::seconds smallLimit{30};
constexpr qsizetype mostOutput = 64 * 1024;
constexpr int engineRefused = 125; ///< docker run's own status: the container never started

/// The last line that says something.
std::string lastLine(const QByteArray& output)
{
    const QList<QByteArray> lines = output.trimmed().split('\n');
    std::string line = lines.last().trimmed().left(300).toStdString();
    for (char& c : line) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            c = ' ';
    }
    return maskedText(line);
}

/// docker's explanation: the line before "See 'docker run --help'."
std::string engineLine(const QByteArray& output)
{
    QByteArray kept;
    for (const QByteArray& line : output.split('\n')) {
        const QByteArray trimmed = line.trimmed();
        if (!trimmed.isEmpty() && !trimmed.startsWith("See '") && !trimmed.startsWith("Run 'docker"))
            kept = trimmed;
    }
    return lastLine(kept);
}

} // namespace

const char* toString(RunOutcome::State state)
{
    switch (state) {
    case RunOutcome::State::Ran: return "ran";
    case RunOutcome::State::Running: return "running";
    case RunOutcome::State::Failed: return "failed";
    case RunOutcome::State::NotTried: break;
    }
    return "not_tried";
}

ImageRunner::ImageRunner(std::string docker, QObject* parent) : QObject(parent), m_docker(std::move(docker))
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("GH_TOKEN"));
    environment.remove(QStringLiteral("GITHUB_TOKEN"));
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setProgram(QString::fromStdString(m_docker));
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, &ImageRunner::ranOut);
    connect(&m_process, &QProcess::readyRead, this, [this] { m_output = (m_output + m_process.readAll()).right(mostOutput); });
    connect(&m_process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        m_output = (m_output + m_process.readAll()).right(mostOutput);
        finished(status == QProcess::NormalExit ? code : -1);
    });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finished(engineRefused);
    });
}

ImageRunner::~ImageRunner()
{
    m_process.disconnect(this);
}

std::string ImageRunner::commandLine(const std::string& image, const Platform& platform, const QStringList& command)
{
    return "docker run --rm --platform " + platform.str() + " --network none " + image + (command.isEmpty() ? "" : " " + command.join(QLatin1Char(' ')).toStdString());
}

void ImageRunner::run(const std::string& image, const Platform& platform, const QStringList& command, std::chrono::milliseconds deadline, Callback callback)
{
    m_image = QString::fromStdString(image);
    m_command = command;
    m_deadline = deadline;
    m_callback = std::move(callback);
    m_outcome = {platform, RunOutcome::State::NotTried, -1, {}, {}};
    m_name = QStringLiteral("layerline-gate-%1").arg(QRandomGenerator::system()->generate64(), 16, 16, QLatin1Char('0'));
    if (m_docker.empty()) {
        m_outcome.detail = "there is no docker in PATH to run it with";
        postTo(this, [this] { end(); });
        return;
    }
    start(Stage::Look, {QStringLiteral("image"), QStringLiteral("inspect"), QStringLiteral("--format"), QStringLiteral("{{.Id}}"), m_image}, smallLimit);
}

QStringList ImageRunner::runArguments() const
{
    return QStringList{QStringLiteral("run"), QStringLiteral("--rm"), QStringLiteral("--name"), m_name, QStringLiteral("--pull"), QStringLiteral("never"),
                       QStringLiteral("--platform"), QString::fromStdString(m_outcome.platform.str()), QStringLiteral("--network"), QStringLiteral("none"), m_image}
        + m_command;
}

void ImageRunner::start(Stage stage, const QStringList& arguments, std::chrono::milliseconds limit)
{
    m_stage = stage;
    m_output.clear();
    m_clock.start();
    m_limit.start(limit);
    m_process.setArguments(arguments);
    m_process.start();
}

void ImageRunner::ranOut()
{
    if (m_stage == Stage::Run) {
        m_outcome.state = RunOutcome::State::Running;
        m_outcome.took = {m_clock.nsecsElapsed()};
        m_outcome.detail = "still running after " + std::to_string(m_deadline.count() / 1000) + " s";
    } else if (m_stage == Stage::Look || m_stage == Stage::Pull) {
        m_outcome.detail = m_stage == Stage::Pull ? "the engine did not fetch the image within ten minutes" : "the engine does not answer";
    }
    m_process.kill(); // the client; its container is ended by name
}

void ImageRunner::finished(int code)
{
    m_limit.stop();
    const QString platform = QString::fromStdString(m_outcome.platform.str());
    switch (m_stage) {
    case Stage::Look:
        if (!m_outcome.detail.empty())
            return end();
        m_wasThere = code == 0;
        return start(Stage::Pull, {QStringLiteral("pull"), QStringLiteral("--quiet"), QStringLiteral("--platform"), platform, m_image}, pullLimit);
    case Stage::Pull:
        if (code != 0) {
            if (m_outcome.detail.empty())
                m_outcome.detail = "the engine can't fetch it: " + engineLine(m_output);
            return end();
        }
        return start(Stage::Run, runArguments(), m_deadline);
    case Stage::Run:
        if (m_outcome.state != RunOutcome::State::Running) {
            m_outcome.took = {m_clock.nsecsElapsed()};
            judge(code);
        }
        return start(Stage::Stop, {QStringLiteral("rm"), QStringLiteral("--force"), m_name}, smallLimit);
    case Stage::Stop:
        if (!m_wasThere)
            return start(Stage::Remove, {QStringLiteral("image"), QStringLiteral("rm"), m_image}, smallLimit);
        return end();
    case Stage::Remove: return end();
    case Stage::Idle: return;
    }
}

void ImageRunner::judge(int code)
{
    m_outcome.exitCode = code;
    m_outcome.detail = lastLine(m_output);
    if (code == 0) {
        m_outcome.state = RunOutcome::State::Ran;
    } else if (m_output.contains("exec format error")) {
        m_outcome.detail = "this engine has no emulator for " + m_outcome.platform.shortName();
    } else if (m_output.contains("no command specified") || m_output.contains("No command specified")) {
        m_outcome.detail = "the image has no command of its own; name one after --";
    } else if (code == engineRefused) {
        m_outcome.detail = "the engine does not start it: " + engineLine(m_output);
    } else {
        m_outcome.state = RunOutcome::State::Failed;
    }
}

void ImageRunner::end()
{
    m_stage = Stage::Idle;
    if (const auto callback = std::exchange(m_callback, {}))
        callback(m_outcome);
}

} // namespace layerline
