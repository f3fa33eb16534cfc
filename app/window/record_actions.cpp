#include "app/window/record_actions.h"

#include "app/tasks/record_call.h"
#include "app/window/session.h"
#include "items/own_words.h"
#include "widgets/dialogs/action_dialog.h"
#include "widgets/pages/build_header.h"
#include "widgets/style/theme.h"

#include <QMenu>
#include <QPointer>
#include <QPushButton>

#include <algorithm>
#include <memory>

namespace layerline {

namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

bool pinned(const Build& build)
{
    return std::any_of(build.records.begin(), build.records.end(), [](const Record& record) { return record.info.pinned; });
}

} // namespace

RecordActions::RecordActions(Session& session, SelectionState& selection, BuildHeader& header, QWidget* window)
    : QObject(window), m_session(session), m_selection(selection), m_window(window), m_button(new QPushButton(Theme::icon(QStringLiteral("more")), {}, &header)),
      m_menu(new QMenu(m_button))
{
    m_button->setObjectName(QStringLiteral("recordActions"));
    m_button->setToolTip(tr("The record on its builder"));
    m_button->setAccessibleName(m_button->toolTip());
    m_button->setMenu(m_menu);
    header.addAction(m_button);
    connect(m_menu, &QMenu::aboutToShow, this, &RecordActions::fillMenu);
    connect(&selection, &SelectionState::buildChanged, this, &RecordActions::refresh);
    connect(&session, &Session::nodesChanged, this, &RecordActions::refresh);
    connect(&session.store(), &BuildStore::changed, this, [this](const ChangeSet& changes) {
        if (changes.builds.count(m_selection.build()))
            refresh();
    });
    refresh();
}

const Build* RecordActions::held() const
{
    const Build* build = m_session.store().find(m_selection.build());
    if (!build || build->source() != SourceKind::BuildKit || build->status() == BuildStatus::Running || build->records.empty())
        return nullptr;
    const auto live = [this](const Record& record) {
        const auto& nodes = m_session.nodes();
        return !record.removed && std::any_of(nodes.begin(), nodes.end(), [&](const NodeStatus& node) {
            return node.state == NodeState::Live && node.workerId == record.key.worker;
        });
    };
    return std::all_of(build->records.begin(), build->records.end(), live) ? build : nullptr;
}

void RecordActions::refresh()
{
    m_button->setIcon(Theme::icon(QStringLiteral("more")));
    m_button->setVisible(held() != nullptr);
}

void RecordActions::fillMenu()
{
    m_menu->clear();
    const Build* build = held();
    if (!build)
        return;
    if (pinned(*build))
        m_menu->addAction(tr("Let the builder delete it again…"), this, [this] { ask(HistoryChange::Unpin); });
    else
        m_menu->addAction(tr("Keep it on the builder…"), this, [this] { ask(HistoryChange::Pin); });
    m_menu->addAction(tr("Delete it from the builder's history…"), this, [this] { ask(HistoryChange::Delete); });
}

ActionPreview RecordActions::previewOf(const Build& build, HistoryChange what) const
{
    ActionPreview preview;
    const QString name = qt(build.name());
    switch (what) {
    case HistoryChange::Pin:
        preview.title = tr("Keep %1 on the builder").arg(name);
        preview.sentences = {tr("The builder deletes records that are older than two days and beyond the newest fifty. This one stays, with its log and provenance, until you let it go or delete it.")};
        preview.button = tr("Keep it");
        break;
    case HistoryChange::Unpin:
        preview.title = tr("Let the builder delete %1 again").arg(name);
        preview.sentences = {tr("It goes with the others of its age: once it is older than two days and beyond the newest fifty.")};
        preview.button = tr("Let it go");
        break;
    case HistoryChange::Delete:
        preview.title = tr("Delete %1 from the builder's history").arg(name);
        preview.sentences = {tr("The builder forgets this build: its record, log, trace and provenance. `docker buildx history` no longer lists it, for nobody."),
                             tr("The cache and pushed images stay, and so does what Layerline has kept of it in its own history.")};
        if (pinned(build))
            preview.sentences += tr("It is marked to be kept on the builder. It goes nevertheless.");
        preview.button = tr("Delete the record");
        preview.destructive = true;
        break;
    }
    QStringList lines;
    for (const Record& record : build.records) {
        lines += qt("layerline builder " + std::string(recordVerb(what)) + " " + record.key.ref);
        lines += qt("# " + record.info.builder + ": " + recordCall(record.key.ref, what));
    }
    preview.command = lines.join(QLatin1Char('\n'));
    return preview;
}

void RecordActions::ask(HistoryChange what)
{
    const Build* build = held();
    if (!build)
        return;
    auto* dialog = new ActionDialog(previewOf(*build, what), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ActionDialog::confirmed, this, [this, dialog, id = build->id, what] { change(dialog, id, what); });
    dialog->open();
}

void RecordActions::change(ActionDialog* dialog, const BuildId& id, HistoryChange what)
{
    const Build* build = m_session.store().find(id);
    if (!build)
        return dialog->reject();
    dialog->setBusy(tr("Asking the builder…"));
    // The answers may come when the dialog has gone; the last good one closes it, a bad one keeps it open.
    auto waiting = std::make_shared<std::size_t>(build->records.size());
    const QPointer<ActionDialog> shown(dialog);
    for (const Record& record : build->records) {
        m_session.changeHistory(record.key, what, [shown, waiting](const Result<void>& done) {
            if (!shown)
                return;
            if (!done)
                shown->showProblem(ownWords(done.error().detail));
            else if (--*waiting == 0)
                shown->accept();
        });
    }
}

} // namespace layerline
