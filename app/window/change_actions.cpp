// The part of PipelineActions that changes workflows.
#include "app/window/error_reporter.h"
#include "app/window/pipeline_actions.h"
#include "app/window/pipelines.h"
#include "app/window/workflow_change.h"
#include "widgets/pages/pipelines_page.h"

#include <QFileDialog>

namespace layerline {

void PipelineActions::askForChange(const WorkflowWish& wish)
{
    auto runners = loadRunnerTable();
    if (!runners)
        return m_errors.report(runners.error(), tr("The table of runners"));
    if (m_change)
        m_change->deleteLater();
    m_page.setChange({});
    auto* dialog = new WorkflowDialog(wish, m_pipelines.foldersOf(wish.place.toStdString()), &m_page);
    auto* change = new WorkflowChange(m_pipelines, std::move(runners).value(), ConfirmPace{}, *dialog);
    m_change = dialog;
    connect(dialog, &WorkflowDialog::folderRequested, this, [this, dialog] { askForFolder(*dialog); });
    connect(dialog, &WorkflowDialog::pageRequested, this, [this](const QString& url) { Q_EMIT pageRequested(QUrl(url)); });
    connect(dialog, &QDialog::finished, this, [this, dialog, change] { followChange(*dialog, *change); });
    connect(dialog, &WorkflowDialog::runRequested, this, [this, dialog, change] { followChange(*dialog, *change); });
    // After the dialog's own answer, and not from within it: this one goes.
    connect(change, &WorkflowChange::otherRequested, this, &PipelineActions::askForChange, Qt::QueuedConnection);
    dialog->open();
    dialog->start();
}

/// Hidden, it stays for as long as there is something to see or to take back.
void PipelineActions::followChange(WorkflowDialog& dialog, WorkflowChange& change)
{
    if (!change.started()) {
        m_page.setChange({});
        return dialog.deleteLater();
    }
    m_page.setChange(tr("Change of %1…").arg(change.workflow()));
}

void PipelineActions::askForFolder(WorkflowDialog& dialog)
{
    auto* chooser = new QFileDialog(&dialog, tr("A clone of the repository"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::Directory);
    chooser->setOption(QFileDialog::ShowDirsOnly);
    connect(chooser, &QFileDialog::fileSelected, &dialog, [this, &dialog](const QString& folder) {
        m_pipelines.rememberFolder(folder);
        dialog.addFolder(folder);
    });
    chooser->open();
}

} // namespace layerline
