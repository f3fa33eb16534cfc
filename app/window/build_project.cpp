#include "app/window/build_project.h"

#include "app/tasks/build_place.h"
#include "app/window/build_form.h"
#include "domain/post_to.h"
#include "domain/secret_names.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>

#include <algorithm>

namespace layerline {

namespace {

constexpr int patienceMs = 20'000;
constexpr qint64 mostBytes = 1 << 20; ///< of a Dockerfile or bake file

QString qt(const std::string& text) { return QString::fromStdString(text); }

} // namespace

/// What the thread saw; a value, so that it may come late.
struct BuildProject::Found {
    ProjectContents contents;
    std::vector<WantedSecret> wanted;
    std::vector<std::string> bakeFiles, bakeNames;
    std::string folder;
};

BuildProject::BuildProject(std::vector<std::string> buildx, QObject* parent) : QObject(parent), m_buildx(std::move(buildx))
{
    m_pool.setMaxThreadCount(1);
    m_limit.setSingleShot(true);
    m_limit.setInterval(patienceMs);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        stop();
        m_contents.problem = tr("buildx did not answer within %1 seconds.").arg(patienceMs / 1000).toStdString();
        finish(m_contents, {});
    });
}

BuildProject::~BuildProject()
{
    stop();
    m_pool.clear();
    m_pool.waitForDone();
}

void BuildProject::stop()
{
    m_limit.stop();
    if (!m_process)
        return;
    m_process->disconnect(this);
    m_process->kill();
    m_process->waitForFinished(1000); // a killed process is gone at once
    delete std::exchange(m_process, nullptr);
}

void BuildProject::look(const BuildForm& form)
{
    const std::string asked = form.context + '\n' + form.dockerfile;
    if (asked == m_asked)
        return;
    m_asked = asked;
    ++m_question;
    stop();
    if (form.context.empty() || isRemoteContext(form.context))
        return finish({}, {}); // only the builder sees what is there
    m_contents.reading = true;
    Q_EMIT changed();
    m_pool.clear();
    startOn(m_pool, [this, form, question = m_question] {
        Found found;
        found.folder = projectOf(form);
        BuildPlan plan;
        HandOver none;
        apply(form, plan, none);
        if (QFileInfo(qt(contextOf(form))).isDir())
            found.contents.files = recipesIn(found.folder);
        if (plan.bake) {
            found.bakeFiles = plan.bake->files;
            if (form.dockerfile.empty())
                found.contents.usual = QFileInfo(qt(found.bakeFiles.front())).fileName().toStdString();
            found.folder = plan.workingDirectory;
            for (const std::string& path : found.bakeFiles) {
                QFile file(qt(path));
                const auto more = file.open(QIODevice::ReadOnly) ? bakeNames(file.read(mostBytes).toStdString()) : std::vector<std::string>{};
                found.bakeNames.insert(found.bakeNames.end(), more.begin(), more.end());
            }
        } else {
            QFile file(qt(plan.dockerfile.empty() ? plan.context + "/Dockerfile" : plan.dockerfile));
            if (QFileInfo(file).isFile() && file.open(QIODevice::ReadOnly)) {
                const std::string text = file.read(mostBytes).toStdString();
                found.contents.targets = dockerfileTargets(text);
                found.wanted = dockerfileSecrets(text);
            } else if (file.exists()) {
                found.contents.problem = tr("%1 can't be read: %2").arg(file.fileName(), file.errorString()).toStdString();
            }
        }
        postTo(this, [this, question, found] { onFiles(question, found); });
    });
}

void BuildProject::onFiles(int question, const Found& found)
{
    if (question != m_question)
        return;
    if (found.bakeFiles.empty())
        return finish(found.contents, found.wanted);
    m_contents = found.contents;
    m_contents.reading = true;
    m_wanted.clear();
    Q_EMIT changed();
    printBake(bakePrintCommand(found.bakeFiles, found.bakeNames, m_buildx), found.folder);
}

void BuildProject::printBake(const std::vector<std::string>& command, const std::string& folder)
{
    QStringList arguments;
    for (std::size_t i = 1; i < command.size(); ++i)
        arguments << qt(command[i]);
    m_process = new QProcess(this);
    m_process->setWorkingDirectory(qt(folder));
    m_process->setStandardInputFile(QProcess::nullDevice());
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            onPrinted(-1);
    });
    connect(m_process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) { onPrinted(status == QProcess::NormalExit ? code : -1); });
    m_limit.start();
    m_process->start(qt(command.front()), arguments);
}

void BuildProject::onPrinted(int code)
{
    m_limit.stop();
    QProcess* process = std::exchange(m_process, nullptr);
    if (!process)
        return;
    process->disconnect(this);
    process->deleteLater();
    ProjectContents contents = m_contents;
    const std::string said = process->readAllStandardError().trimmed().toStdString();
    if (code != 0) {
        // The last line is the reason, the ones before it are buildx' progress.
        const std::string last = said.substr(said.rfind('\n') + 1);
        contents.problem = maskedText(last.empty() ? process->errorString().toStdString() : last);
        return finish(contents, {});
    }
    const auto all = parseBakePrint(process->readAllStandardOutput().toStdString());
    if (!all) {
        contents.problem = all.error().detail;
        return finish(contents, {});
    }
    const auto add = [&](const std::string& name) {
        const bool hidden = name.empty() || name.front() == '_';
        if (!hidden && std::find(contents.targets.begin(), contents.targets.end(), name) == contents.targets.end())
            contents.targets.push_back(name);
    };
    for (const auto& [name, targets] : all->groups)
        add(name);
    for (const BakeTarget& target : all->targets)
        add(target.name);
    finish(contents, {});
}

void BuildProject::finish(ProjectContents contents, std::vector<WantedSecret> wanted)
{
    contents.reading = false;
    m_contents = std::move(contents);
    m_wanted = std::move(wanted);
    Q_EMIT changed();
}

} // namespace layerline
