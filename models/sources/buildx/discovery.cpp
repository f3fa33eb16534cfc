#include "sources/buildx/discovery.h"

#include "sources/buildx/config_reader.h"

#include <QDir>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QStringList>

#include <csignal>
#include <sys/prctl.h>

namespace layerline {

namespace {

QStringList foldersToWatch(const BuildxEnvironment& environment)
{
    QStringList folders;
    for (const std::string& folder : environment.buildxFolders()) {
        folders << QString::fromStdString(folder) << QString::fromStdString(folder + "/instances");
    }
    folders << QString::fromStdString(environment.dockerFolder())
            << QString::fromStdString(environment.dockerFolder() + "/contexts/meta");
    return folders;
}

QProcessEnvironment processEnvironment(const BuildxEnvironment& environment)
{
    QProcessEnvironment result = QProcessEnvironment::systemEnvironment();
    const auto set = [&result](const char* name, const std::string& value) {
        if (value.empty())
            result.remove(QString::fromLatin1(name));
        else
            result.insert(QString::fromLatin1(name), QString::fromStdString(value));
    };
    set("HOME", environment.home);
    set("BUILDX_CONFIG", environment.buildxConfig);
    set("DOCKER_CONFIG", environment.dockerConfig);
    set("DOCKER_HOST", environment.dockerHost);
    set("DOCKER_CONTEXT", environment.dockerContext);
    set("BUILDX_BUILDER", environment.buildxBuilder);
    return result;
}

std::string lastLine(const QByteArray& output)
{
    const QList<QByteArray> lines = output.trimmed().split('\n');
    return lines.isEmpty() ? std::string() : lines.back().trimmed().left(500).toStdString();
}

} // namespace

Discovery::Discovery(BuildxEnvironment environment, Options options, QObject* parent)
    : QObject(parent), m_environment(std::move(environment)), m_options(options)
{
    m_rescanTimer.setInterval(m_options.rescanEvery);
    m_lsTimer.setInterval(m_options.lsEvery);
    m_lsLimit.setSingleShot(true);
    m_lsLimit.setInterval(m_options.lsLimit);
    // Editors and buildx write several files at once: one scan for all of them.
    m_settleFiles.setSingleShot(true);
    m_settleFiles.setInterval(100);
    connect(&m_rescanTimer, &QTimer::timeout, this, &Discovery::rescan);
    connect(&m_lsTimer, &QTimer::timeout, this, &Discovery::runLs);
    connect(&m_settleFiles, &QTimer::timeout, this, &Discovery::rescan);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_settleFiles, qOverload<>(&QTimer::start));
    connect(&m_lsLimit, &QTimer::timeout, this, [this] { finishLs("buildx ls did not answer in time"); });
}

Discovery::~Discovery()
{
    stop();
}

void Discovery::start()
{
    if (m_started)
        return;
    m_started = true;
    m_lsAnswered = !(m_options.builders && m_options.runLs);
    rescan();
    m_rescanTimer.start();
    if (!m_lsAnswered) {
        m_lsTimer.start();
        runLs();
    }
}

void Discovery::stop()
{
    m_started = false;
    m_lsAgain = false;
    m_rescanTimer.stop();
    m_lsTimer.stop();
    m_lsLimit.stop();
    m_settleFiles.stop();
    if (m_ls) {
        m_ls->disconnect(this);
        m_ls->kill();
        m_ls->waitForFinished(500);
        m_ls.reset();
    }
    // Those that were too slow have been killed; their end may not have been heard of yet.
    for (QProcess* process : findChildren<QProcess*>()) {
        process->waitForFinished(500);
        delete process;
    }
}

void Discovery::setAddresses(std::vector<std::string> addresses)
{
    m_addresses = std::move(addresses);
    if (m_started)
        rescan();
}

void Discovery::rescan()
{
    std::vector<BuilderInfo> builders = m_options.builders ? readBuilders(m_environment) : std::vector<BuilderInfo>();
    if (m_options.builders)
        mergeLs(builders, m_listed);
    for (const std::string& address : m_addresses) {
        auto bare = bareBuilder(address);
        if (!bare) {
            BuilderInfo broken;
            broken.name = address;
            broken.driver = "bare";
            broken.error = bare.error().detail;
            bare = std::move(broken);
        }
        builders.push_back(std::move(*bare));
    }
    watchFolders();
    if (builders == m_builders && m_announced)
        return;
    m_announced = true;
    m_builders = std::move(builders);
    Q_EMIT changed(m_builders);
}

void Discovery::watchFolders()
{
    if (!m_options.builders)
        return;
    const QStringList watched = m_watcher.directories();
    for (const QString& folder : foldersToWatch(m_environment)) {
        if (!watched.contains(folder) && QFileInfo(folder).isDir())
            m_watcher.addPath(folder);
    }
}

void Discovery::runLs()
{
    if (!m_started || !m_options.builders || !m_options.runLs)
        return;
    if (m_ls) {
        m_lsAgain = true;
        return;
    }
    const std::vector<std::string> command = m_environment.buildxCommand();
    if (command.empty()) {
        finishLs("neither docker buildx nor a standalone buildx is installed");
        return;
    }
    QStringList arguments;
    for (std::size_t i = 1; i < command.size(); ++i)
        arguments << QString::fromStdString(command[i]);
    arguments << QStringLiteral("ls") << QStringLiteral("--format") << QStringLiteral("json");
    m_ls = std::make_unique<QProcess>();
    m_ls->setProcessEnvironment(processEnvironment(m_environment));
    m_ls->setStandardInputFile(QProcess::nullDevice());
    m_ls->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    connect(m_ls.get(), &QProcess::finished, this, &Discovery::onLsFinished);
    connect(m_ls.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finishLs("buildx could not be started");
    });
    m_lsLimit.start();
    m_ls->start(QString::fromStdString(command.front()), arguments);
}

void Discovery::onLsFinished(int exitCode, QProcess::ExitStatus status)
{
    if (!m_ls)
        return;
    if (status != QProcess::NormalExit || exitCode != 0) {
        const std::string reason = lastLine(m_ls->readAllStandardError());
        finishLs(reason.empty() ? "buildx ls failed" : reason);
        return;
    }
    m_listed = parseLs(m_ls->readAllStandardOutput().toStdString());
    finishLs({});
}

void Discovery::finishLs(std::string error)
{
    m_lsLimit.stop();
    m_lsError = std::move(error);
    m_lsAnswered = true;
    if (m_ls) {
        // Called from a signal of the process itself, so it outlives this call; a killed one also its own end.
        QProcess* process = m_ls.release();
        process->disconnect(this);
        if (process->state() == QProcess::NotRunning) {
            process->deleteLater();
        } else {
            process->setParent(this);
            connect(process, &QProcess::finished, process, &QObject::deleteLater);
            process->kill();
        }
    }
    rescan();
    Q_EMIT lsFinished();
    if (m_lsAgain) {
        m_lsAgain = false;
        runLs();
    }
}

} // namespace layerline
