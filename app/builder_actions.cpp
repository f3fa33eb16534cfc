#include "app/builder_actions.h"

#include "app/cache_records.h"
#include "app/plan_world.h"
#include "app/session.h"
#include "items/builders_model.h"
#include "widgets/dialogs/action_dialog.h"
#include "widgets/dialogs/node_dialog.h"
#include "widgets/pages/builders_page.h"
#include "widgets/style/theme.h"

#include <QProcess>

namespace layerline {

namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

std::vector<std::string> buildx()
{
    return buildxProgram(BuildxEnvironment::fromProcess());
}

} // namespace

BuilderActions::BuilderActions(Session& session, BuildersPage& page) : QObject(&page), m_session(session), m_page(page)
{
    connect(&page, &BuildersPage::actionRequested, this, &BuilderActions::ask);
}

void BuilderActions::previewCleanUp(const QString& builder, ActionPreview& preview, std::vector<std::string>& command) const
{
    std::vector<CacheRecord> records;
    for (const NodeStatus& node : m_session.nodes()) {
        if (qt(node.builder) == builder && node.diskUsage) {
            const auto more = cacheRecords(*node.diskUsage);
            records.insert(records.end(), more.begin(), more.end());
        }
    }
    const PruneOptions options;
    const PrunePreview what = previewPrune(records, options, m_session.clock().now());
    command = pruneCommand(builder.toStdString(), options, buildx());
    preview.title = tr("Clean up the cache of %1").arg(builder);
    preview.sentences = {tr("%n record(s) go, %1 in all. What a running build needs and what images share stays.", nullptr, int(what.goes.size())).arg(humanBytes(what.bytes)),
                         tr("The next builds run those steps again.")};
    for (const PrunePreview::Kind& kind : what.kinds)
        preview.parts.emplace_back(tr("%1 (%n)", nullptr, kind.records).arg(diskTypeName(kind.type)), humanBytes(kind.bytes));
    preview.button = tr("Delete %1 of cache").arg(humanBytes(what.bytes));
    preview.destructive = true;
    if (what.goes.empty())
        preview.problem = tr("There is nothing to delete.");
}

ActionPreview BuilderActions::previewOf(const QString& builder, BuilderAction action, std::vector<std::string>& command) const
{
    ActionPreview preview;
    const std::string name = builder.toStdString();
    switch (action) {
    case BuilderAction::CleanUp: previewCleanUp(builder, preview, command); break;
    case BuilderAction::Use:
        command = useCommand(name, buildx());
        preview.title = tr("Use %1 by default").arg(builder);
        preview.sentences = {tr("`docker buildx build` without --builder goes to it from then on.")};
        preview.button = preview.title;
        break;
    case BuilderAction::Start:
        command = bootstrapCommand(name, buildx());
        preview.title = tr("Start %1").arg(builder);
        preview.sentences = {tr("Its containers start; what is missing is pulled.")};
        preview.button = preview.title;
        break;
    case BuilderAction::Stop:
        command = stopCommand(name, buildx());
        preview.title = tr("Stop %1").arg(builder);
        preview.sentences = {tr("Builds that run on it fail. Its cache stays.")};
        preview.button = preview.title;
        preview.destructive = true;
        break;
    case BuilderAction::Remove:
        command = removeCommand(name, false, buildx());
        preview.title = tr("Remove %1").arg(builder);
        preview.sentences = {tr("The builder goes, with its containers and their cache. Builds that run on it fail.")};
        preview.button = preview.title;
        preview.destructive = true;
        break;
    case BuilderAction::AddNode: break;
    }
    preview.command = qt(commandText(command));
    return preview;
}

void BuilderActions::ask(const QString& builder, BuilderAction action)
{
    if (action == BuilderAction::AddNode)
        return askForNode(builder);
    std::vector<std::string> command;
    const ActionPreview preview = previewOf(builder, action, command);
    auto* dialog = new ActionDialog(preview, &m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ActionDialog::confirmed, this, [this, dialog, command] { run(dialog, command); });
    dialog->open();
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
        const auto command = commandFor();
        ActionPreview preview;
        preview.title = tr("Add a native node");
        preview.command = qt(commandText(command));
        preview.button = preview.title;
        dialog->accept();
        auto* progress = new ActionDialog(preview, &m_page);
        progress->setAttribute(Qt::WA_DeleteOnClose);
        connect(progress, &ActionDialog::confirmed, this, [this, progress, command] { run(progress, command); });
        progress->open();
        run(progress, command);
    });
    dialog->open();
}

void BuilderActions::run(ActionDialog* dialog, std::vector<std::string> command)
{
    dialog->setBusy(tr("Running…"));
    auto* process = new QProcess(dialog);
    QStringList arguments;
    for (std::size_t i = 1; i < command.size(); ++i)
        arguments << qt(command[i]);
    process->setStandardInputFile(QProcess::nullDevice());
    connect(process, &QProcess::errorOccurred, dialog, [dialog, process](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            dialog->showProblem(process->errorString());
    });
    connect(process, &QProcess::finished, dialog, [this, dialog, process](int code, QProcess::ExitStatus status) {
        if (status == QProcess::NormalExit && code == 0) {
            m_session.rescan();
            m_session.refreshDiskUsage();
            return dialog->accept();
        }
        const QStringList lines = QString::fromUtf8(process->readAllStandardError()).trimmed().split(QLatin1Char('\n'));
        dialog->showProblem(lines.last().isEmpty() ? tr("It ended with status %1.").arg(code) : lines.last());
    });
    process->start(qt(command.front()), arguments);
}

} // namespace layerline
