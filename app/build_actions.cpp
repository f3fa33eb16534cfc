#include "app/build_actions.h"

#include "app/build_form.h"
#include "app/cli_actions.h"
#include "app/error_reporter.h"
#include "app/plan_texts.h"
#include "app/plan_world.h"
#include "app/session.h"
#include "domain/summary.h"
#include "widgets/dialogs/action_dialog.h"
#include "widgets/dialogs/build_dialog.h"
#include "widgets/pages/build_header.h"

#include <QFileInfo>
#include <QMenu>
#include <QPushButton>

#include <algorithm>
#include <set>

namespace layerline {

namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

/// A bake file by its name: what `buildx bake -f` would take.
bool isBakeFile(const std::string& path)
{
    const QString name = QFileInfo(qt(path)).fileName();
    return name.endsWith(QLatin1String(".hcl")) || name.endsWith(QLatin1String(".json")) || name.endsWith(QLatin1String(".yml")) || name.endsWith(QLatin1String(".yaml"));
}

} // namespace

BuildActions::BuildActions(Session& session, SelectionState& selection, BuildRunner& runner, BuildHeader& header, ErrorReporter& errors, QWidget* window)
    : QObject(window), m_session(session), m_selection(selection), m_runner(runner), m_errors(errors), m_window(window)
{
    makeButtons(header);
    connect(&selection, &SelectionState::buildChanged, this, &BuildActions::refresh);
    connect(&session.store(), &BuildStore::changed, this, [this](const ChangeSet& changes) {
        if (changes.builds.count(m_selection.build()))
            refresh();
        for (const BuildJob& job : m_runner.jobs()) {
            if (m_awaited.contains(qt(job.id)))
                onJobChanged(job);
        }
    });
    connect(&runner, &BuildRunner::changed, this, &BuildActions::onJobChanged);
    refresh();
}

void BuildActions::makeButtons(BuildHeader& header)
{
    m_cancel = new QPushButton(tr("Cancel"), &header);
    m_cancel->setObjectName(QStringLiteral("cancelBuild"));
    m_rebuild = new QPushButton(tr("Build again"), &header);
    m_rebuild->setObjectName(QStringLiteral("rebuild"));
    m_menu = new QMenu(m_rebuild);
    m_rebuild->setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &BuildActions::fillMenu);
    connect(m_cancel, &QPushButton::clicked, this, &BuildActions::cancel);
    header.addAction(m_cancel);
    header.addAction(m_rebuild);
}

void BuildActions::refresh()
{
    const Build* build = m_session.store().find(m_selection.build());
    const bool ours = build && build->source() != SourceKind::Replay;
    m_cancel->setVisible(ours && build->status() == BuildStatus::Running);
    m_rebuild->setVisible(ours);
}

void BuildActions::fillMenu()
{
    m_menu->clear();
    m_menu->addAction(tr("As it was…"), this, &BuildActions::rebuild);
    const Build* build = m_session.store().find(m_selection.build());
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
                m_menu->addAction(tr("Try %1 again").arg(qt(lane.name)), this, [this, name = lane.name] { retryLane(qt(name)); });
        }
    }
    m_menu->addSeparator();
    m_menu->addAction(tr("Something else…"), this, &BuildActions::newBuild);
}

std::vector<std::string> BuildActions::builderNames() const
{
    std::vector<std::string> names;
    for (const NodeStatus& node : m_session.nodes()) {
        if (std::find(names.begin(), names.end(), node.builder) == names.end())
            names.push_back(node.builder);
    }
    return names;
}

std::vector<PlatformChoice> BuildActions::choicesFor(const BuildForm& form, const std::vector<Platform>& chosen) const
{
    std::vector<const Build*> builds;
    for (const BuildId& id : m_session.store().builds().ids())
        builds.push_back(m_session.store().find(id));
    std::vector<Platform> wanted = chosen;
    for (const char* common : {"linux/amd64", "linux/arm64"}) {
        const Platform platform = *parsePlatform(common);
        if (std::find(wanted.begin(), wanted.end(), platform) == wanted.end())
            wanted.push_back(platform);
    }
    const auto costs = platformCosts(placesOf(m_session.nodes(), form.builder), wanted, pastTimes(builds, form.context, form.dockerfile, form.target));
    auto choices = choicesOf(costs, chosen);
    for (PlatformChoice& choice : choices)
        choice.chosen = choice.chosen && choice.where != PlatformChoice::Where::Unavailable;
    return choices;
}

RebuildPlan BuildActions::known(const std::optional<BuildId>& repeats, const RebuildChecks& checks) const
{
    const Build* build = repeats ? m_session.store().find(*repeats) : nullptr;
    return build ? planRebuild(*build, m_session.clientOf(*build), checks) : RebuildPlan{};
}

BuildForm BuildActions::formFor(const Build& build) const
{
    const RebuildPlan plan = known(build.id, realChecks(BuildxEnvironment::fromProcess(), builderNames()));
    BuildForm form = formOf(plan.plan, {});
    form.platforms = choicesFor(form, plan.plan.platforms.empty() ? build.platforms : plan.plan.platforms);
    return form;
}

void BuildActions::newBuild() { newBuildOf({}); }

void BuildActions::newBuildOf(const QString& path)
{
    BuildForm form;
    form.context = path.toStdString();
    for (const NodeRow& row : Session::nodeRows(m_session.nodes(), m_session.clock().now())) {
        if (row.current)
            form.builder = row.builder;
    }
    form.platforms = choicesFor(form, {});
    openDialog(tr("New build"), std::move(form), {});
}

void BuildActions::rebuild()
{
    const Build* build = m_session.store().find(m_selection.build());
    if (build)
        openDialog(tr("Build %1 again").arg(qt(build->name())), formFor(*build), build->id);
}

void BuildActions::rebuildOnly(const QString& arch)
{
    const Build* build = m_session.store().find(m_selection.build());
    if (!build)
        return;
    BuildForm form = formFor(*build);
    for (PlatformChoice& choice : form.platforms)
        choice.chosen = choice.chosen && choice.platform.arch == arch.toStdString();
    openDialog(tr("Build %1 again").arg(qt(build->name())), std::move(form), build->id);
}

void BuildActions::openDialog(const QString& title, BuildForm form, std::optional<BuildId> repeats)
{
    QStringList builders;
    for (const std::string& name : builderNames())
        builders << qt(name);
    auto* dialog = new BuildDialog(title, form, builders, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &BuildDialog::formChanged, this, [this, dialog, repeats] {
        dialog->setPreview(preview(planFor(dialog->form(), dialog->answers(), repeats)));
    });
    connect(dialog, &BuildDialog::builderChanged, this, [this, dialog] { dialog->setPlatforms(choicesFor(dialog->form(), dialog->form().chosen())); });
    connect(dialog, &BuildDialog::addNodeRequested, this, &BuildActions::addNodeRequested);
    connect(dialog, &BuildDialog::startRequested, this, [this, dialog, repeats] { start(*dialog, repeats); });
    dialog->open();
}

BuildActions::Plan BuildActions::planFor(const BuildForm& form, const SecretAnswers& answers, const std::optional<BuildId>& repeats) const
{
    const auto environment = BuildxEnvironment::fromProcess();
    RebuildChecks checks = realChecks(environment, builderNames());
    Plan result;
    result.plan = known(repeats, checks);
    result.questions = result.plan.plan.secrets;
    BuildPlan& plan = result.plan.plan;
    plan = planOf(form, plan);
    if (!repeats && isBakeFile(form.context)) {
        plan.bake = PlanBake{{form.context}, {}, {}};
        plan.context.clear();
    }
    answer(answers, plan, result.plan.handOver);
    // What was typed counts as there; the rest is looked for in our own environment.
    const auto inherited = checks.variable;
    const auto& handed = result.plan.handOver.variables;
    checks.variable = [inherited, &handed](const std::string& name) { return handed.count(name) > 0 || (inherited && inherited(name)); };
    result.plan.obstacles = obstaclesOf(plan, checks);
    auto request = requestFor(plan, result.plan.handOver, form.keepGoing, environment);
    if (request)
        result.request = std::move(request).value();
    else
        result.problem = request.error().detail;
    return result;
}

BuildPreview BuildActions::preview(const Plan& plan) const
{
    BuildPreview preview;
    std::set<std::string> asked;
    const auto ask = [&](const std::string& id, bool ssh) {
        if (asked.insert(id).second)
            preview.secrets.push_back({id, ssh});
    };
    // All of them, answered or not: a question stays where its answer was typed.
    for (const PlanSecret& secret : plan.questions)
        ask(secret.id, false);
    for (const Missing& missing : plan.plan.missing) {
        if (missing.gap == Gap::SecretSource || missing.gap == Gap::SshSource)
            ask(missing.subject, missing.gap == Gap::SshSource);
        else
            preview.missing.push_back(gapSentence(missing).toStdString());
    }
    for (const Obstacle& obstacle : plan.plan.obstacles) {
        if (obstacle.refusal == Refusal::SshNeeded)
            ask(obstacle.subject, true);
        preview.obstacles.emplace_back(obstacleSentence(obstacle).toStdString(), obstacleHelp(obstacle).toStdString());
    }
    if (plan.request)
        preview.command = dryRunText(*plan.request);
    else
        preview.obstacles.emplace_back(plan.problem, std::string());
    return preview;
}

void BuildActions::start(BuildDialog& dialog, const std::optional<BuildId>& repeats)
{
    Plan plan = planFor(dialog.form(), dialog.answers(), repeats);
    if (!plan.request || !plan.plan.possible())
        return dialog.setPreview(preview(plan)); // something changed since it was shown
    const auto started = m_runner.start(std::move(plan.request->job), std::move(plan.request->secrets));
    if (!started)
        return m_errors.report(started.error(), tr("The build"));
    m_awaited << qt(started.value());
    dialog.accept();
}

void BuildActions::onJobChanged(const BuildJob& job)
{
    const QString id = qt(job.id);
    if (!m_awaited.contains(id))
        return refresh();
    for (const JobLane& lane : job.lanes) {
        for (const std::string& ref : lane.refs) {
            if (const Build* build = m_session.store().builds().findByRef(ref)) {
                m_awaited.removeAll(id);
                Q_EMIT buildStarted(build->id);
                return;
            }
        }
    }
    if (job.state == JobState::Failed) {
        m_awaited.removeAll(id); // it failed before any builder knew it
        m_errors.report({ErrorKind::Internal, job.error, false}, qt(job.title));
    }
}

std::optional<BuildJob> BuildActions::jobOfSelected() const
{
    const Build* build = m_session.store().find(m_selection.build());
    if (!build)
        return {};
    for (const BuildJob& job : m_runner.jobs()) {
        for (const JobLane& lane : job.lanes) {
            for (const Record& record : build->records) {
                if (std::find(lane.refs.begin(), lane.refs.end(), record.key.ref) != lane.refs.end())
                    return job;
            }
        }
    }
    return {};
}

void BuildActions::retryLane(const QString& lane)
{
    const auto job = jobOfSelected();
    if (!job)
        return;
    if (const auto done = m_runner.retry(job->id, {lane.toStdString()}, {}); !done)
        m_errors.report(done.error(), lane);
    else
        m_awaited << qt(job->id);
}

void BuildActions::cancel()
{
    const Build* build = m_session.store().find(m_selection.build());
    if (!build)
        return;
    const auto job = jobOfSelected();
    ActionPreview preview;
    preview.title = tr("Cancel %1").arg(qt(build->name()));
    preview.button = tr("Cancel the build");
    preview.destructive = true;
    if (job) {
        preview.sentences = {tr("Its client is interrupted, and killed if it has not ended after ten seconds. Steps that are done stay in the cache.")};
        for (const JobLane& lane : job->lanes) {
            if (lane.process.pid > 0 && !ended(lane.state))
                preview.command += QStringLiteral("kill -INT -%1\n").arg(lane.process.pid);
        }
        preview.command = preview.command.trimmed();
    } else {
        preview.sentences = {tr("Layerline did not start this build. BuildKit has no call to cancel somebody else's: press Ctrl+C in the terminal it was started in, or stop the program that started it.")};
        preview.problem = tr("It can't be cancelled from here.");
    }
    auto* dialog = new ActionDialog(preview, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ActionDialog::confirmed, this, [this, dialog, job] {
        if (const auto done = m_runner.cancel(job->id); !done)
            return dialog->showProblem(qt(done.error().detail));
        dialog->accept();
    });
    dialog->open();
}

} // namespace layerline
