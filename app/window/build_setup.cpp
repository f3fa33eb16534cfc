#include "app/window/build_setup.h"

#include "analysis/bake_exports.h"
#include "app/tasks/plan_world.h"
#include "app/window/disk_watch.h"
#include "app/window/session.h"
#include "domain/secret_names.h"
#include "widgets/dialogs/action_dialog.h"
#include "widgets/dialogs/build_dialog.h"

#include <algorithm>
#include <utility>

namespace layerline {

namespace {

constexpr int costsLaterMs = 250;
constexpr std::size_t pastShown = 10; ///< builds whose steps are loaded for their times

QString qt(const std::string& text) { return QString::fromStdString(text); }

std::vector<std::string> buildx()
{
    return buildxProgram(BuildxEnvironment::fromProcess());
}

/// The client's own words, seen when it started, or those of the job of ours that it was.
std::optional<ClientCommand> clientFor(const Session& session, const BuildRunner& runner, const Build& build)
{
    if (auto client = session.clientOf(build))
        return client;
    for (const BuildJob& job : runner.jobs()) {
        for (const Record& record : build.records) {
            if (auto client = clientOf(job, record.key.ref))
                return client;
        }
    }
    return {};
}

} // namespace

std::vector<std::string> BuildSetup::builderNames(const Session& session)
{
    std::vector<std::string> names;
    for (const NodeStatus& node : session.nodes()) {
        if (std::find(names.begin(), names.end(), node.builder) == names.end())
            names.push_back(node.builder);
    }
    return names;
}

int BuildSetup::runningOn(const BuildRunner& runner, const std::string& builder)
{
    const auto jobs = runner.running();
    return int(std::count_if(jobs.begin(), jobs.end(), [&](const BuildJob& job) { return job.builder == builder && job.state != JobState::Queued; }));
}

BuildSetup* BuildSetup::ofNew(const World& world, const QString& what, QWidget* window)
{
    BuildForm form;
    form.context = what.toStdString();
    for (const NodeStatus& node : world.session.nodes()) {
        if (node.current)
            form.builder = node.builder;
    }
    return new BuildSetup(world, tr("New build"), {}, std::move(form), window);
}

BuildSetup* BuildSetup::ofPast(const World& world, const BuildId& id, const QString& arch, QWidget* window)
{
    const Build* build = world.session.store().find(id);
    if (!build)
        return nullptr;
    const RebuildChecks checks = realChecks(BuildxEnvironment::fromProcess(), builderNames(world.session));
    const auto client = clientFor(world.session, world.runner, *build);
    const RebuildPlan plan = planRebuild(*build, client, checks);
    std::vector<PlatformChoice> chosen;
    for (const Platform& platform : plan.plan.platforms.empty() ? build->platforms : plan.plan.platforms) {
        PlatformChoice choice;
        choice.platform = platform;
        choice.chosen = arch.isEmpty() || platform.arch == arch.toStdString();
        choice.where = PlatformChoice::Where::Unknown;
        chosen.push_back(std::move(choice));
    }
    auto* setup = new BuildSetup(world, tr("Build %1 again").arg(qt(build->name())), id, formOf(plan.plan, std::move(chosen)), window);
    RebuildChoice whole;
    whole.wholeCall = true;
    if (wholeCallOf(client))
        setup->offerWholeCall(planRebuild(*build, client, checks, whole).plan, arch.isEmpty() ? std::vector<Platform>{} : setup->m_dialog->form().chosen());
    return setup;
}

void BuildSetup::offerWholeCall(const BuildPlan& call, const std::vector<Platform>& chosen)
{
    const auto joined = [](const std::vector<std::string>& words) {
        std::string text;
        for (const std::string& word : words)
            text += (text.empty() ? "" : " ") + word;
        return text;
    };
    m_otherForm = formOf(call, {});
    m_otherForm.context = call.workingDirectory;
    m_otherForm.dockerfile = joined(call.bake->files);
    m_otherForm.target = joined(call.bake->targets);
    m_otherForm.wholeCall = true;
    m_otherForm.platforms = choices(m_otherForm, chosen);
    const QString targets = call.bake->targets.empty() ? QStringLiteral("default") : qt(m_otherForm.target);
    m_dialog->offerWholeCall(tr("Repeat the whole bake call it was a part of (%1)").arg(targets));
    connect(m_dialog, &BuildDialog::wholeCallChosen, this, &BuildSetup::switchCall);
}

void BuildSetup::switchCall(bool whole)
{
    BuildForm shown = m_dialog->form();
    shown.wholeCall = !whole; // the box is ticked already
    m_dialog->setForm(std::exchange(m_otherForm, std::move(shown)));
    m_dialog->setContents(whole ? ProjectContents{} : m_project->contents());
    m_costsOf.clear();
}

BuildSetup::BuildSetup(const World& world, const QString& title, std::optional<BuildId> repeats, BuildForm form, QWidget* window)
    : m_world(world), m_repeats(std::move(repeats)), m_presets(world.presetFile), m_project(new BuildProject(buildx(), this))
{
    form.platforms = choices(form, form.chosen());
    QStringList builders;
    for (const std::string& name : builderNames(world.session))
        builders << qt(name);
    m_dialog = new BuildDialog(title, form, builders, window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    setParent(m_dialog);
    if (!m_repeats && !world.presetFile.isEmpty())
        m_dialog->setPresets({}); // at once: nothing jumps when there are some
    m_costsLater.setSingleShot(true);
    m_costsLater.setInterval(costsLaterMs);
    connectDialog();
    if (!m_repeats)
        offerLastPreset();
    m_project->look(m_dialog->form());
    m_dialog->open();
}

void BuildSetup::connectDialog()
{
    connect(m_dialog, &BuildDialog::formChanged, this, &BuildSetup::refresh);
    connect(m_dialog, &BuildDialog::startRequested, this, &BuildSetup::start);
    connect(m_dialog, &BuildDialog::addNodeRequested, this, &BuildSetup::addNodeRequested);
    connect(m_dialog, &BuildDialog::cleanUpRequested, this, &BuildSetup::cleanUpRequested);
    connect(m_dialog, &BuildDialog::presetChosen, this, &BuildSetup::loadPreset);
    connect(m_dialog, &BuildDialog::presetSaved, this, &BuildSetup::askToKeepPreset);
    connect(m_dialog, &BuildDialog::presetRemoved, this, &BuildSetup::askToRemovePreset);
    connect(m_project, &BuildProject::changed, this, [this] {
        if (!m_dialog->form().wholeCall)
            m_dialog->setContents(m_project->contents());
        showPreview(plan()); // the Dockerfile's secrets are questions
    });
    // Nodes come and go, steps of past builds arrive, disks are measured: the numbers follow.
    connect(&m_costsLater, &QTimer::timeout, this, [this] {
        m_costsOf.clear();
        refreshCosts(m_dialog->form());
    });
    connect(&m_world.session, &Session::nodesChanged, &m_costsLater, qOverload<>(&QTimer::start));
    connect(&m_world.session.store(), &BuildStore::changed, this, [this](const ChangeSet& changes) {
        const bool ours = std::any_of(m_past.begin(), m_past.end(), [&](const BuildId& id) { return changes.builds.count(id) > 0; });
        if (ours && !m_costsLater.isActive())
            m_costsLater.start();
    });
    connect(&m_world.disk, &DiskWatch::known, this, &BuildSetup::refreshDisk);
    connect(&m_world.runner, &BuildRunner::changed, this, [this] { showPreview(plan()); });
}

void BuildSetup::offerToCancel(const std::string& job, const QString& name)
{
    m_replaced = job;
    m_replacedName = name;
    if (!job.empty())
        m_dialog->offerToCancel(tr("Cancel the running build of %1 first").arg(name), true);
}

KnownBuild BuildSetup::known() const
{
    KnownBuild known;
    known.build = m_repeats ? m_world.session.store().find(*m_repeats) : nullptr;
    if (known.build)
        known.client = clientFor(m_world.session, m_world.runner, *known.build);
    else
        known.wanted = m_project->wanted();
    return known;
}

FormPlan BuildSetup::plan() const
{
    const auto environment = BuildxEnvironment::fromProcess();
    return planFor(m_dialog->form(), m_dialog->answers(), known(), realChecks(environment, builderNames(m_world.session)), environment);
}

void BuildSetup::refresh()
{
    const BuildForm form = m_dialog->form();
    if (!form.wholeCall)
        m_project->look(form);
    refreshCosts(form);
    refreshPresets();
    showPreview(plan());
}

std::vector<const Build*> BuildSetup::past(const BuildForm& form) const
{
    BuildPlan plan;
    HandOver none;
    apply(form, plan, none, m_repeats.has_value());
    if (plan.bake || plan.context.empty())
        return {};
    std::vector<const Build*> builds;
    for (const BuildId& id : m_world.session.store().builds().ids())
        builds.push_back(m_world.session.store().find(id));
    return buildsOf(builds, plan.context, plan.dockerfile, plan.target);
}

std::vector<PlatformChoice> BuildSetup::choices(const BuildForm& form, const std::vector<Platform>& chosen) const
{
    std::vector<Platform> wanted = chosen;
    for (const char* common : {"linux/amd64", "linux/arm64"}) {
        const Platform platform = *parsePlatform(common);
        if (std::find(wanted.begin(), wanted.end(), platform) == wanted.end())
            wanted.push_back(platform);
    }
    const auto builds = past(form);
    BuildPlan plan;
    HandOver none;
    apply(form, plan, none, m_repeats.has_value());
    auto costs = platformCosts(placesOf(m_world.session.nodes(), form.builder), wanted, pastTimes(builds, plan.context, plan.dockerfile, plan.target));
    addFactors(costs, builds);
    auto choices = choicesOf(costs, chosen);
    for (PlatformChoice& choice : choices)
        choice.chosen = choice.chosen && choice.where != PlatformChoice::Where::Unavailable;
    return choices;
}

void BuildSetup::refreshCosts(const BuildForm& form)
{
    const std::string about = form.context + '\n' + form.dockerfile + '\n' + form.target + '\n' + form.builder;
    if (about == m_costsOf)
        return;
    m_costsOf = about;
    m_past.clear();
    auto builds = past(form);
    builds.resize(std::min(builds.size(), pastShown));
    for (const Build* build : builds) {
        m_past.insert(build->id);
        m_world.session.loadDetails(build->id);
    }
    m_dialog->setPlatforms(choices(form, form.chosen()));
    m_world.disk.ask(form.builder);
    refreshDisk();
}

void BuildSetup::refreshDisk()
{
    const BuildForm form = m_dialog->form();
    const DiskForecast forecast = m_world.disk.forecast(form.builder, past(form));
    DiskOutlook outlook{forecast.usual, forecast.most, forecast.samples, {}, {}, false};
    if (const auto disk = m_world.disk.diskOf(form.builder)) {
        outlook.free = disk->free;
        outlook.folder = disk->folder;
        outlook.isShort = isShort(*disk, forecast);
    }
    m_dialog->setDisk(outlook);
}

void BuildSetup::refreshPresets()
{
    const std::string project = projectOf(m_dialog->form());
    if (m_repeats || m_world.presetFile.isEmpty() || project.empty() || project == m_presetsOf)
        return;
    m_presetsOf = project;
    const auto names = m_presets.names(project);
    if (!names)
        Q_EMIT problem(names.error(), tr("Presets"));
    m_names.clear();
    for (const std::string& name : names ? names.value() : std::vector<std::string>{})
        m_names << qt(name);
    m_dialog->setPresets(m_names);
}

void BuildSetup::loadPreset(const QString& name)
{
    auto form = m_presets.load(projectOf(m_dialog->form()), name.toStdString());
    if (!form)
        return Q_EMIT problem(form.error(), tr("The preset"));
    form->platforms = choices(form.value(), form->chosen());
    if (const std::string given = m_dialog->form().context; isRemoteContext(given))
        form->context = given; // what is kept is without its credentials
    m_dialog->setForm(form.value());
}

void BuildSetup::presetsChanged(const Result<void>& done)
{
    if (!done)
        Q_EMIT problem(done.error(), tr("The preset"));
    m_presetsOf.clear();
    refreshPresets();
}

void BuildSetup::askToKeepPreset(const QString& name)
{
    const BuildForm form = m_dialog->form();
    const std::string project = projectOf(form);
    if (project.empty())
        return Q_EMIT problem({ErrorKind::BadInput, "a preset belongs to a folder: choose one first", false}, tr("The preset"));
    const auto old = m_presets.load(project, name.toStdString());
    ActionPreview preview;
    preview.title = (old ? tr("Replace the preset “%1”") : tr("Keep this build as “%1”")).arg(name);
    preview.sentences = {tr("What is filled in is kept for %1 without any secret's value. Nothing is built.").arg(qt(maskedText(project)))};
    if (old)
        preview.sentences << tr("What the preset holds now is lost: %1").arg(qt(presetCommandText(old.value(), {})));
    preview.command = qt(presetCommandText(form, name.toStdString()));
    preview.button = old ? tr("Replace the preset") : tr("Keep the preset");
    preview.destructive = bool(old);
    auto* question = new ActionDialog(preview, m_dialog);
    question->setAttribute(Qt::WA_DeleteOnClose);
    connect(question, &ActionDialog::confirmed, this, [this, question, project, name, form] {
        question->accept();
        presetsChanged(m_presets.save(project, name.toStdString(), form));
    });
    question->open();
}

void BuildSetup::askToRemovePreset(const QString& name)
{
    const std::string project = projectOf(m_dialog->form());
    const auto old = m_presets.load(project, name.toStdString());
    ActionPreview preview;
    preview.title = tr("Delete the preset “%1”").arg(name);
    preview.sentences = {tr("What was kept under this name is forgotten for this project. The form stays as it is.")};
    if (old)
        preview.sentences << tr("It can be kept again by: %1").arg(qt(presetCommandText(old.value(), name.toStdString())));
    preview.command = qt(commandText({"layerline", "presets", project, "--delete", name.toStdString()}));
    preview.button = tr("Delete the preset");
    preview.destructive = true;
    auto* question = new ActionDialog(preview, m_dialog);
    question->setAttribute(Qt::WA_DeleteOnClose);
    connect(question, &ActionDialog::confirmed, this, [this, question, project, name] {
        question->accept();
        presetsChanged(m_presets.remove(project, name.toStdString()));
    });
    question->open();
}

/// A folder is opened with what it was built with last; a file that was named is not replaced by another.
void BuildSetup::offerLastPreset()
{
    const BuildForm form = m_dialog->form();
    const std::string project = projectOf(form);
    if (m_world.presetFile.isEmpty() || project.empty() || project != contextOf(form))
        return;
    const QString last = qt(m_presets.lastUsed(project));
    if (last.isEmpty())
        return;
    refreshPresets();
    loadPreset(last);
    m_dialog->setPresets(m_names, last);
}

/// A build without one is remembered too: the next form is empty then.
void BuildSetup::rememberPreset()
{
    const QString name = m_dialog->preset();
    if (m_repeats || m_world.presetFile.isEmpty())
        return;
    const auto kept = m_presets.setLastUsed(projectOf(m_dialog->form()), m_names.contains(name) ? name.toStdString() : std::string());
    if (!kept)
        Q_EMIT problem(kept.error(), tr("The preset"));
}

void BuildSetup::showPreview(const FormPlan& plan)
{
    BuildPreview preview = previewOf(plan);
    if (plan.request) {
        const BuildJob& job = plan.request->job;
        const int running = runningOn(m_world.runner, job.builder);
        if (running >= job.limit)
            preview.notes.push_back(tr("%n of Layerline's build(s) run on %1: this one waits until fewer than %2 do.", nullptr, running).arg(qt(job.builder)).arg(job.limit).toStdString());
    }
    if (!m_replacedName.isEmpty() && m_replaced.empty())
        preview.notes.push_back(tr("The running build of %1 was not started by Layerline: it goes on until it is stopped where it was started.").arg(m_replacedName).toStdString());
    if (m_dialog->cancelsOther() && !m_replaced.empty() && !preview.command.empty())
        preview.command = "layerline cancel " + m_replaced + "\n" + preview.command;
    m_dialog->setPreview(preview);
}

void BuildSetup::start()
{
    FormPlan plan = this->plan();
    if (!plan.possible())
        return showPreview(plan); // something changed since it was shown
    if (m_dialog->cancelsOther() && !m_replaced.empty()) {
        const auto canceled = m_world.runner.cancel(m_replaced);
        const bool ended = !canceled && canceled.error().kind == ErrorKind::BadInput; // by itself, meanwhile
        if (!canceled && !ended)
            return Q_EMIT problem(canceled.error(), m_replacedName);
    }
    const auto started = m_world.runner.start(std::move(plan.request->job), std::move(plan.request->secrets));
    if (!started)
        return Q_EMIT problem(started.error(), tr("The build"));
    rememberPreset();
    Q_EMIT this->started(qt(started.value()));
    m_dialog->accept();
}

} // namespace layerline
