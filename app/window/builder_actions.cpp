#include "app/window/builder_actions.h"

#include "app/tasks/cache_records.h"
#include "app/tasks/plan_world.h"
#include "app/tasks/warm_plan.h"
#include "app/window/plan_texts.h"
#include "app/window/session.h"
#include "items/builders_model.h"
#include "items/own_words.h"
#include "sources/runner/build_runner.h"
#include "widgets/dialogs/builder_forms.h"
#include "widgets/dialogs/node_dialog.h"
#include "widgets/pages/builders_page.h"
#include "widgets/style/theme.h"

#include <QPointer>
#include <QProcess>

namespace layerline {

namespace {

constexpr std::int64_t nsPerDay = 86'400'000'000'000;

QString qt(const std::string& text) { return QString::fromStdString(text); }

std::vector<std::string> buildx(const std::string& builder = {})
{
    return buildxProgram(BuildxEnvironment::fromProcess(), builder);
}

} // namespace

BuilderActions::BuilderActions(Session& session, BuildersPage& page, BuildRunner& runner)
    : QObject(&page), m_session(session), m_page(page), m_runner(runner)
{
    connect(&page, &BuildersPage::actionRequested, this, &BuilderActions::ask);
}

BuilderActions::~BuilderActions()
{
    // What still runs ends with us, and must not tell.
    for (QProcess* process : findChildren<QProcess*>())
        process->disconnect(this);
}

BuilderActions::Act BuilderActions::cleanUp(const QString& builder, const PruneOptions& options) const
{
    std::vector<CacheRecord> records;
    int silent = 0;
    for (const NodeStatus& node : m_session.nodes()) {
        if (qt(node.builder) != builder)
            continue;
        silent += !node.diskUsage;
        if (node.diskUsage) {
            const auto more = cacheRecords(*node.diskUsage);
            records.insert(records.end(), more.begin(), more.end());
        }
    }
    const PrunePreview what = previewPrune(records, options, m_session.clock().now());
    Act act;
    act.command = pruneCommand(builder.toStdString(), options, buildx(builder.toStdString()));
    ActionPreview& preview = act.preview;
    preview.title = tr("Clean up the cache of %1").arg(builder);
    preview.sentences = {tr("%n record(s) go, %1 in all.", nullptr, int(what.goes.size())).arg(humanBytes(what.bytes))};
    if (what.stays > 0)
        preview.sentences += tr("%n record(s) of %1 stay: what a running build needs, and what was not asked for.", nullptr, what.stays).arg(humanBytes(what.staysBytes));
    preview.sentences += tr("The next builds run the steps again whose results go.");
    if (silent > 0)
        preview.sentences += tr("%n node(s) have not said what they hold; what they have to give comes on top.", nullptr, silent);
    for (const PrunePreview::Kind& kind : what.kinds)
        preview.parts.emplace_back(tr("%1 (%n)", nullptr, kind.records).arg(diskTypeName(kind.type)), humanBytes(kind.bytes));
    preview.button = tr("Delete %1 of cache").arg(humanBytes(what.bytes));
    preview.destructive = true;
    preview.command = qt(commandText(act.command));
    if (what.goes.empty())
        preview.problem = tr("There is nothing to delete.");
    return act;
}

BuilderActions::Act BuilderActions::simple(const QString& builder, BuilderAction action, const QString& node) const
{
    Act act;
    ActionPreview& preview = act.preview;
    const std::string name = builder.toStdString();
    switch (action) {
    case BuilderAction::Use:
        act.command = useCommand(name, buildx());
        preview.title = tr("Use %1 by default").arg(builder);
        preview.sentences = {tr("`docker buildx build` without --builder goes to it from then on.")};
        break;
    case BuilderAction::Start:
        act.command = bootstrapCommand(name, buildx(name));
        preview.title = tr("Start %1").arg(builder);
        preview.sentences = {tr("Its containers start; what is missing is pulled.")};
        break;
    case BuilderAction::Stop:
        act.command = stopCommand(name, buildx(name));
        preview.title = tr("Stop %1").arg(builder);
        preview.sentences = {tr("Builds that run on it fail. Its cache stays.")};
        preview.destructive = true;
        break;
    case BuilderAction::Remove:
        act.command = removeCommand(name, false, buildx());
        preview.title = tr("Remove %1").arg(builder);
        preview.sentences = {tr("The builder goes, with its containers and their cache. Builds that run on it fail.")};
        preview.destructive = true;
        break;
    case BuilderAction::RemoveNode:
        act.command = leaveCommand(name, node.toStdString(), buildx());
        preview.title = tr("Take node %1 out of %2").arg(node, builder);
        preview.sentences = {tr("The builder goes on without it: platforms that ran natively there are emulated elsewhere, or can't be built."),
                             tr("A container of its own stays on that machine, with its cache.")};
        preview.destructive = true;
        break;
    case BuilderAction::CleanUp: case BuilderAction::Warm: case BuilderAction::AddNode: case BuilderAction::Create: break;
    }
    preview.button = preview.title;
    preview.command = qt(commandText(act.command));
    return act;
}

ActionDialog* BuilderActions::open(const std::function<Act()>& act, QWidget* form)
{
    auto* dialog = new ActionDialog(act().preview, &m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (form)
        dialog->setForm(form);
    connect(dialog, &ActionDialog::confirmed, this, [this, dialog, act] { run(dialog, act().command); });
    dialog->open();
    return dialog;
}

void BuilderActions::ask(const QString& builder, BuilderAction action, const QString& node)
{
    switch (action) {
    case BuilderAction::CleanUp: return askToCleanUp(builder);
    case BuilderAction::Warm: return askToWarm(builder);
    case BuilderAction::AddNode: return askForNode(builder);
    case BuilderAction::Create: return askForBuilder();
    case BuilderAction::RemoveNode: case BuilderAction::Use: case BuilderAction::Start: case BuilderAction::Stop: case BuilderAction::Remove: break;
    }
    open([this, builder, action, node] { return simple(builder, action, node); });
}

void BuilderActions::askToCleanUp(const QString& builder)
{
    auto* form = new CleanUpForm;
    const auto act = [this, builder, form] {
        PruneOptions options;
        options.all = form->all();
        if (form->unusedDays() > 0)
            options.until = Duration{form->unusedDays() * nsPerDay};
        return cleanUp(builder, options);
    };
    ActionDialog* dialog = open(act, form);
    connect(form, &CleanUpForm::changed, dialog, [dialog, act] { dialog->setPreview(act().preview); });
}

void BuilderActions::askToWarm(const QString& builder)
{
    auto* form = new WarmForm;
    const auto plan = [this, builder, form]() -> Result<WarmPlan> {
        const std::string platforms = form->platforms().toStdString();
        WarmChoice choice{builder, form->folder(), form->dockerfile(), parsePlatformList(platforms)};
        if (choice.folder.isEmpty())
            return Error{ErrorKind::BadInput, {}, false};
        if (!platforms.empty() && choice.platforms.empty())
            return Error{ErrorKind::BadInput, "\"" + platforms + "\" is no list of platforms", false};
        std::vector<std::string> known;
        for (const NodeStatus& node : m_session.nodes())
            known.push_back(node.builder);
        return planWarming(choice, BuildxEnvironment::fromProcess(), known);
    };
    auto* dialog = new ActionDialog(warmPreview(builder, plan()), &m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setForm(form);
    connect(form, &WarmForm::changed, dialog, [dialog, builder, plan] { dialog->setPreview(warmPreview(builder, plan())); });
    connect(dialog, &ActionDialog::confirmed, this, [this, dialog, plan] {
        auto warming = plan();
        if (!warming)
            return dialog->showProblem(ownWords(warming.error().detail));
        if (const auto written = writeRecipe(*warming); !written)
            return dialog->showProblem(ownWords(written.error().detail));
        const auto started = m_runner.start(std::move(warming->request.job), std::move(warming->request.secrets));
        if (!started)
            return dialog->showProblem(ownWords(started.error().detail));
        dialog->accept();
    });
    dialog->open();
}

ActionPreview BuilderActions::warmPreview(const QString& builder, const Result<WarmPlan>& plan)
{
    ActionPreview preview;
    preview.title = tr("Fetch base images to %1").arg(builder);
    preview.sentences = {tr("The images a project's Dockerfile builds upon are fetched and unpacked, so that the next build need not wait for them. Nothing of them is run.")};
    preview.button = tr("Fetch them");
    if (!plan) {
        preview.problem = plan.error().detail.empty() ? tr("Choose a project.") : ownWords(plan.error().detail);
        return preview;
    }
    for (const std::string& base : plan->bases)
        preview.parts.emplace_back(qt(base), QString());
    preview.command = qt(dryRunText(plan->request));
    QStringList problems;
    for (const Obstacle& obstacle : plan->obstacles)
        problems += obstacleSentence(obstacle) + QLatin1Char(' ') + obstacleHelp(obstacle);
    preview.problem = problems.join(QLatin1Char('\n'));
    preview.sentences += tr("It runs as a build of its own and is shown among the builds.");
    return preview;
}

void BuilderActions::askForBuilder()
{
    auto* form = new NewBuilderForm;
    const auto act = [form] {
        NewNode node;
        node.builder = form->name().toStdString();
        node.driver = form->driver().toStdString();
        node.endpoint = form->endpoint().toStdString();
        node.platforms = parsePlatformList(form->platforms().toStdString());
        node.use = form->use();
        node.bootstrap = form->start();
        for (const QString& option : form->options())
            node.driverOptions.push_back(option.toStdString());
        Act result;
        result.command = createCommand(node, buildx());
        result.preview.title = tr("Make a builder");
        result.preview.sentences = {tr("buildx remembers it under its name. A container or pod is made when it is started first: now, if you say so, else by its first build.")};
        result.preview.button = tr("Make it");
        if (!node.builder.empty())
            result.preview.command = qt(commandText(result.command));
        if (node.builder.empty())
            result.preview.incomplete = true; // the field asks for the name
        else if (node.driver == "remote" && node.endpoint.empty())
            result.preview.problem = tr("Say where it is: a remote BuildKit has an address.");
        else if (!form->platforms().isEmpty() && node.platforms.empty())
            result.preview.problem = tr("%1 is no list of platforms.").arg(form->platforms());
        return result;
    };
    ActionDialog* dialog = open(act, form);
    connect(form, &NewBuilderForm::changed, dialog, [dialog, act] { dialog->setPreview(act().preview); });
}

void BuilderActions::askForNode(const QString& builder)
{
    QStringList builders;
    for (const NodeStatus& node : m_session.nodes()) {
        if (node.driver != "docker" && node.driver != "bare" && !builders.contains(qt(node.builder)))
            builders << qt(node.builder);
    }
    auto* dialog = new NodeDialog(builders, builder.isEmpty() ? builders.value(0) : builder, &m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const auto commandFor = [dialog] {
        const NodeForm form = dialog->form();
        if (form.builder.isEmpty() || form.endpoint.isEmpty())
            return std::vector<std::string>{};
        NewNode node;
        node.builder = form.builder.toStdString();
        node.endpoint = form.endpoint.toStdString();
        node.platforms = parsePlatformList(form.platforms.toStdString());
        return appendCommand(node, buildx());
    };
    connect(dialog, &NodeDialog::formChanged, this, [dialog, commandFor] {
        const auto command = commandFor();
        dialog->setCommand(command.empty() ? QString() : qt(commandText(command)));
    });
    connect(dialog, &NodeDialog::confirmed, this, [this, dialog, commandFor] {
        Act act{{}, commandFor()};
        act.preview.title = tr("Add a native node");
        act.preview.command = qt(commandText(act.command));
        act.preview.button = act.preview.title;
        dialog->accept();
        run(open([act] { return act; }), act.command);
    });
    dialog->open();
}

void BuilderActions::run(ActionDialog* dialog, const std::vector<std::string>& command)
{
    dialog->setBusy(tr("Running…"));
    // Not the dialog's own child: that may be closed while it runs, and a process says that it ended even when it is deleted.
    auto* process = new QProcess(this);
    QStringList arguments;
    for (std::size_t i = 1; i < command.size(); ++i)
        arguments << qt(command[i]);
    process->setStandardInputFile(QProcess::nullDevice());
    const QPointer<ActionDialog> shown(dialog);
    connect(process, &QProcess::errorOccurred, this, [shown, process](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        if (shown)
            shown->showProblem(process->errorString());
        process->deleteLater();
    });
    connect(process, &QProcess::finished, this, [this, shown, process](int code, QProcess::ExitStatus status) {
        process->deleteLater();
        m_session.rescan();
        m_session.refreshDiskUsage();
        if (!shown)
            return;
        if (status == QProcess::NormalExit && code == 0)
            return shown->accept();
        const QStringList lines = QString::fromUtf8(process->readAllStandardError()).trimmed().split(QLatin1Char('\n'));
        shown->showProblem(lines.last().isEmpty() ? tr("It ended with status %1.").arg(code) : lines.last());
    });
    process->start(qt(command.front()), arguments);
}

} // namespace layerline
