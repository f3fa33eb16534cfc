#include "app/window/build_actions.h"

#include "app/tasks/engine_disk.h"
#include "app/tasks/plan_world.h"
#include "app/window/error_reporter.h"
#include "app/window/retry_question.h"
#include "app/window/session.h"
#include "items/own_words.h"
#include "widgets/dialogs/action_dialog.h"
#include "widgets/pages/build_header.h"
#include "widgets/pages/job_queue.h"
#include "widgets/pages/notice_bar.h"
#include "widgets/style/theme.h"

#include <QMenu>
#include <QPushButton>

#include <algorithm>
#include <set>

namespace layerline {

namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

/// Layerline's own text for what a full disk does to a build.
bool saysDiskFull(const std::string& error) { return error.find("no space left on device") != std::string::npos; }

bool hasRef(const BuildJob& job, const Build& build)
{
    for (const JobLane& lane : job.lanes) {
        for (const Record& record : build.records) {
            if (std::find(lane.refs.begin(), lane.refs.end(), record.key.ref) != lane.refs.end())
                return true;
        }
    }
    return false;
}

} // namespace

BuildActions::BuildActions(const World& world, BuildHeader& header, JobQueue& queue, NoticeBar& notice, QWidget* window)
    : QObject(window), m_world(world), m_window(window), m_disk(new DiskWatch(world.session, world.askDisk ? world.askDisk : DiskWatch::Asker(engineDisk), this)), m_queue(queue), m_notice(notice)
{
    makeButtons(header);
    connect(&world.selection, &SelectionState::buildChanged, this, &BuildActions::refresh);
    connect(&world.session, &Session::nodesChanged, this, &BuildActions::refresh);
    connect(&world.session.store(), &BuildStore::changed, this, [this](const ChangeSet& changes) {
        if (changes.builds.count(m_world.selection.build()))
            refresh();
        for (const BuildJob& job : m_world.runner.jobs()) {
            if (m_awaited.contains(qt(job.id)))
                onJobChanged(job);
        }
    });
    connect(&world.runner, &BuildRunner::changed, this, &BuildActions::onJobChanged);
    connect(&world.runner, &BuildRunner::finished, this, &BuildActions::onJobFinished);
    connect(m_disk, &DiskWatch::known, this, &BuildActions::onDiskKnown);
    connect(&queue, &JobQueue::cancelRequested, this, &BuildActions::cancelWaiting);
    refresh();
    refreshQueue();
}

void BuildActions::makeButtons(BuildHeader& header)
{
    m_native = new QPushButton(&header);
    m_native->setObjectName(QStringLiteral("nativeOnly"));
    m_cancel = new QPushButton(&header);
    m_cancel->setObjectName(QStringLiteral("cancelBuild"));
    m_rebuild = new QPushButton(tr("Build again"), &header);
    m_rebuild->setObjectName(QStringLiteral("rebuild"));
    m_menu = new QMenu(m_rebuild);
    m_rebuild->setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &BuildActions::fillMenu);
    connect(m_native, &QPushButton::clicked, this, &BuildActions::nativeOnly);
    connect(m_cancel, &QPushButton::clicked, this, &BuildActions::cancel);
    header.addAction(m_native);
    header.addAction(m_cancel);
    header.addAction(m_rebuild);
}

const Build* BuildActions::selected() const { return m_world.session.store().find(m_world.selection.build()); }

std::string BuildActions::nativeArch(const Build& build) const
{
    std::set<std::string> native;
    for (const NodeStatus& node : m_world.session.nodes()) {
        const bool its = std::any_of(build.records.begin(), build.records.end(), [&](const Record& record) { return record.info.builder == node.builder; });
        if (its && node.native)
            native.insert(node.native->arch);
    }
    std::string found;
    bool emulates = false;
    for (const Platform& platform : build.platforms) {
        const bool here = native.count(platform.arch) > 0;
        emulates = emulates || !here;
        if (here && found.empty())
            found = platform.arch;
    }
    return emulates ? found : std::string();
}

void BuildActions::refresh()
{
    const Build* build = selected();
    const bool acts = build && build->source() != SourceKind::Replay;
    const bool running = acts && build->status() == BuildStatus::Running;
    const std::string native = running ? nativeArch(*build) : std::string();
    m_native->setVisible(!native.empty());
    m_native->setText(tr("%1 only…").arg(qt(native)));
    m_native->setToolTip(tr("Build it for %1 alone, without emulation, instead of waiting").arg(qt(native)));
    const bool ours = running && jobOfSelected();
    m_cancel->setVisible(running);
    m_cancel->setText(ours ? tr("Cancel…") : tr("How to stop it…"));
    m_cancel->setToolTip(ours ? QString() : tr("Layerline did not start this build and has no way to cancel it"));
    m_rebuild->setVisible(acts);
}

void BuildActions::fillMenu()
{
    m_menu->clear();
    m_menu->addAction(tr("As it was…"), this, &BuildActions::rebuild);
    const Build* build = selected();
    if (build && build->platforms.size() > 1) {
        std::set<std::string> archs;
        for (const Platform& platform : build->platforms)
            archs.insert(platform.arch);
        for (const std::string& arch : archs)
            m_menu->addAction(tr("%1 only…").arg(qt(arch)), this, [this, arch] { rebuildOnly(qt(arch)); });
    }
    if (const auto job = jobOfSelected(); job && ended(job->state)) {
        for (const JobLane& lane : job->lanes) {
            if (job->lanes.size() > 1 && lane.state != JobState::Done)
                m_menu->addAction(tr("Try %1 again…").arg(qt(lane.name)), this, [this, name = lane.name] { retryLane(qt(name)); });
        }
    }
    m_menu->addSeparator();
    m_menu->addAction(tr("Something else…"), this, &BuildActions::newBuild);
}

BuildSetup::World BuildActions::setupWorld() const { return {m_world.session, m_world.runner, *m_disk, m_world.presetFile}; }

void BuildActions::follow(BuildSetup* setup)
{
    if (!setup)
        return;
    connect(setup, &BuildSetup::started, this, [this](const QString& job) { m_awaited << job; });
    connect(setup, &BuildSetup::problem, &m_world.errors, &ErrorReporter::report);
    connect(setup, &BuildSetup::addNodeRequested, this, &BuildActions::addNodeRequested);
    connect(setup, &BuildSetup::cleanUpRequested, this, &BuildActions::cleanUpRequested);
}

void BuildActions::newBuild() { newBuildOf({}); }

void BuildActions::newBuildOf(const QString& path) { follow(BuildSetup::ofNew(setupWorld(), path, m_window)); }

void BuildActions::rebuild() { rebuildOnly({}); }

void BuildActions::rebuildOnly(const QString& arch)
{
    if (selected())
        follow(BuildSetup::ofPast(setupWorld(), m_world.selection.build(), arch, m_window));
}

void BuildActions::nativeOnly()
{
    const Build* build = selected();
    if (!build)
        return;
    const std::string native = nativeArch(*build);
    const auto job = jobOfSelected();
    BuildSetup* setup = BuildSetup::ofPast(setupWorld(), build->id, qt(native), m_window);
    follow(setup);
    setup->offerToCancel(job && !ended(job->state) ? job->id : std::string(), qt(build->name()));
}

void BuildActions::refreshQueue()
{
    std::vector<WaitingJob> waiting;
    const auto jobs = m_world.runner.running();
    for (auto job = jobs.rbegin(); job != jobs.rend(); ++job) { // the oldest starts first
        const int running = BuildSetup::runningOn(m_world.runner, job->builder);
        // One that is only just starting would come and go.
        if (job->state == JobState::Queued && (running >= job->limit || !waiting.empty()))
            waiting.push_back({job->id, job->title, job->builder, running, job->limit});
    }
    m_queue.setJobs(waiting);
}

void BuildActions::onJobChanged(const BuildJob& job)
{
    refreshQueue();
    const QString id = qt(job.id);
    if (!m_awaited.contains(id))
        return refresh();
    for (const JobLane& lane : job.lanes) {
        for (const std::string& ref : lane.refs) {
            if (const Build* build = m_world.session.store().builds().findByRef(ref)) {
                m_awaited.removeAll(id);
                Q_EMIT buildStarted(build->id);
                return;
            }
        }
    }
    if (job.state == JobState::Failed || job.state == JobState::Lost) {
        m_awaited.removeAll(id); // it failed before any builder knew it
        m_world.errors.report({ErrorKind::Internal, job.error, false}, qt(job.title));
    } else if (job.state == JobState::Canceled) {
        m_awaited.removeAll(id);
    }
}

void BuildActions::onJobFinished(const BuildJob& job)
{
    const QString builder = qt(job.builder);
    if (saysDiskFull(job.error)) {
        m_notice.say(tr("The disk of %1 is full: %2 could not be built.").arg(builder, qt(job.title)), tr("Clean up…"), true, builder);
        return;
    }
    m_measured << builder;
    m_disk->ask(job.builder);
}

void BuildActions::onDiskKnown(const QString& builder)
{
    if (!m_measured.removeAll(builder))
        return; // a dialog asked
    std::vector<const Build*> past;
    for (const BuildId& id : m_world.session.store().builds().ids()) {
        const Build* build = m_world.session.store().find(id);
        if (build->status() == BuildStatus::Completed && !build->records.empty() && build->records.front().info.builder == builder.toStdString())
            past.push_back(build);
    }
    const auto disk = m_disk->diskOf(builder.toStdString());
    if (!disk || !isShort(*disk, m_disk->forecast(builder.toStdString(), past)))
        return;
    m_notice.say(tr("Only %1 are free on %2, where %3 keeps its cache.").arg(humanBytes(disk->free), qt(disk->folder), builder), tr("Clean up…"), true,
                 builder);
}

std::optional<BuildJob> BuildActions::jobOfSelected() const
{
    const Build* build = selected();
    if (!build)
        return {};
    for (const BuildJob& job : m_world.runner.jobs()) {
        if (hasRef(job, *build))
            return job;
    }
    return {};
}

void BuildActions::retryLane(const QString& lane)
{
    const auto job = jobOfSelected();
    if (!job)
        return;
    auto* question = new RetryQuestion(*job, lane.toStdString(), m_window);
    connect(question, &RetryQuestion::confirmed, this, [this, question, id = job->id, lane](const JobSecrets& secrets) {
        if (const auto done = m_world.runner.retry(id, {lane.toStdString()}, secrets); !done)
            return question->showProblem(done.error());
        m_awaited << qt(id);
        question->close();
    });
}

void BuildActions::cancel()
{
    const Build* build = selected();
    if (!build)
        return;
    if (const auto job = jobOfSelected())
        askCancel(*job, qt(build->name()));
    else
        explainCancel(*build);
}

void BuildActions::cancelWaiting(const QString& id)
{
    for (const BuildJob& job : m_world.runner.running()) {
        if (qt(job.id) == id)
            return askCancel(job, qt(job.title));
    }
}

void BuildActions::askCancel(const BuildJob& job, const QString& name)
{
    ActionPreview preview;
    preview.title = tr("Cancel %1").arg(name);
    preview.button = tr("Cancel the build");
    preview.destructive = true;
    if (job.state == JobState::Queued) {
        preview.sentences = {tr("It has not begun: it waits for a place on %1. It is taken out of the queue.").arg(qt(job.builder))};
        preview.command = QStringLiteral("layerline cancel %1").arg(qt(job.id));
    } else {
        preview.sentences = {tr("Its client is interrupted, and killed if it has not ended after ten seconds. Steps that are done stay in the cache.")};
        // A queued lane has none yet; an ended one may have a number that is another's by now.
        QString interrupt, kill;
        for (const JobLane& lane : job.lanes) {
            if (ended(lane.state) || !lane.process.alive())
                continue;
            interrupt += QStringLiteral("kill -INT -%1\n").arg(lane.process.pid);
            kill += QStringLiteral("kill -KILL -%1\n").arg(lane.process.pid);
        }
        if (!job.supervisor.alive() && !interrupt.isEmpty())
            preview.sentences << tr("The process that looked after it is gone: this window does both, so it has to stay open until then.");
        if (!interrupt.isEmpty())
            preview.command = (interrupt + tr("# after ten seconds, if it still runs:") + QLatin1Char('\n') + kill).trimmed();
    }
    auto* dialog = new ActionDialog(preview, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ActionDialog::confirmed, this, [this, dialog, id = job.id] {
        if (const auto done = m_world.runner.cancel(id); !done)
            return dialog->showProblem(ownWords(done.error().detail));
        dialog->accept();
    });
    dialog->open();
}

void BuildActions::explainCancel(const Build& build)
{
    ActionPreview preview;
    preview.title = tr("How to stop %1").arg(qt(build.name()));
    preview.sentences = {tr("Layerline did not start this build. BuildKit has no call to cancel somebody else's: press Ctrl+C in the terminal it was started in, or stop the program that started it.")};
    if (const auto client = m_world.session.clientOf(build))
        preview.sentences << tr("It was started in %1 by: %2").arg(qt(client->directory), qt(commandText(client->arguments)));
    auto* dialog = new ActionDialog(preview, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace layerline
