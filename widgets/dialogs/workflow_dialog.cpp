#include "widgets/dialogs/workflow_dialog.h"

#include "widgets/dialogs/workflow_form.h"
#include "widgets/dialogs/workflow_preview.h"
#include "widgets/dialogs/workflow_progress.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace layerline {

namespace {
constexpr int typingPause = 250; // ms
constexpr int formWidth = 316;
} // namespace

WorkflowDialog::WorkflowDialog(const WorkflowWish& wish, const QStringList& folders, QWidget* parent)
    : QDialog(parent), m_form(new WorkflowForm(wish, folders, this)), m_preview(new WorkflowPreviewPane(this)), m_progress(new WorkflowProgressPane(this)),
      m_right(new QStackedWidget(this)), m_note(new QLabel(this)), m_close(new QPushButton(this)), m_back(new QPushButton(tr("Change something else"), this)),
      m_undo(new QPushButton(tr("Take it back"), this)), m_go(new QPushButton(this))
{
    setWindowTitle(tr("Change a workflow of %1").arg(wish.place));
    resize(1080, 720);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setProperty("role", QStringLiteral("muted"));
    m_close->setObjectName(QStringLiteral("changeClose"));
    m_back->setObjectName(QStringLiteral("changeOther"));
    m_undo->setObjectName(QStringLiteral("changeUndo"));
    m_go->setObjectName(QStringLiteral("changeGo"));
    m_go->setProperty("primary", true);
    for (QPushButton* button : {m_close, m_back, m_undo, m_go})
        button->setAutoDefault(false);
    layOut();
    m_later.setSingleShot(true);
    m_later.setInterval(typingPause);
    connect(&m_later, &QTimer::timeout, this, &WorkflowDialog::ask);
    connect(m_form, &WorkflowForm::changed, this, &WorkflowDialog::onChanged);
    connect(m_form, &WorkflowForm::folderRequested, this, &WorkflowDialog::folderRequested);
    connect(m_preview, &WorkflowPreviewPane::copyRequested, this, &WorkflowDialog::copyRequested);
    connect(m_progress, &WorkflowProgressPane::pageRequested, this, &WorkflowDialog::pageRequested);
    connect(m_progress, &WorkflowProgressPane::runRequested, this, &WorkflowDialog::runRequested);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &WorkflowDialog::press);
    connect(m_undo, &QPushButton::clicked, this, [this] { m_state.merged ? Q_EMIT otherWayRequested() : Q_EMIT undoRequested(); });
    connect(m_back, &QPushButton::clicked, this, [this] {
        m_started = false;
        m_state = {};
        m_surveyed = {};
        ask();
    });
    nameButtons();
}

void WorkflowDialog::layOut()
{
    auto* area = new QScrollArea(this);
    area->setObjectName(QStringLiteral("changeForm"));
    area->setWidget(m_form);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFixedWidth(formWidth);
    m_right->addWidget(m_preview);
    auto* following = new QScrollArea(this);
    following->setWidget(m_progress);
    following->setWidgetResizable(true);
    following->setFrameShape(QFrame::NoFrame);
    m_right->addWidget(following);
    auto* panes = new QHBoxLayout;
    panes->setSpacing(16);
    panes->addWidget(area);
    panes->addWidget(m_right, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_note, 1);
    buttons->addWidget(m_close);
    buttons->addWidget(m_back);
    buttons->addWidget(m_undo);
    buttons->addWidget(m_go);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(14);
    column->addLayout(panes, 1);
    column->addLayout(buttons);
}

WorkflowWish WorkflowDialog::wish() const
{
    return m_form->wish();
}

void WorkflowDialog::start()
{
    ask();
}

void WorkflowDialog::addFolder(const QString& folder)
{
    m_form->addFolder(folder);
}

void WorkflowDialog::onChanged()
{
    // What is shown is no longer what would be done.
    m_shown.reset();
    m_go->setEnabled(false);
    m_later.start();
}

void WorkflowDialog::ask()
{
    const WorkflowWish now = wish();
    m_shown.reset();
    if (m_surveyed.place.isEmpty() || !now.samePlace(m_surveyed)) {
        m_surveyed = now;
        m_preview->setBusy(tr("Reading the workflows…"));
        Q_EMIT surveyRequested(now);
    } else {
        m_preview->setBusy(tr("Working out what changes…"));
        Q_EMIT previewRequested(now);
    }
    nameButtons();
}

void WorkflowDialog::setSurvey(const WorkflowSurvey& survey)
{
    m_branch = survey.branch;
    if (!survey.problem.isEmpty()) {
        m_surveyed = {}; // asked again with the next change
        WorkflowPreview nothing;
        nothing.problem = survey.problem;
        return setPreview(nothing);
    }
    m_form->setSurvey(survey);
    m_surveyed = wish();
    QStringList problems;
    for (const WorkflowSourceRow& row : survey.sources)
        problems << row.problem;
    if (problems.contains(QString()))
        return ask();
    WorkflowPreview nothing;
    nothing.problem = tr("There is no way to do that here.") + QLatin1Char('\n') + problems.join(QLatin1Char('\n'));
    setPreview(nothing);
}

void WorkflowDialog::setPreview(const WorkflowPreview& preview)
{
    m_shown = preview;
    m_form->setTrialProblem(preview.trialProblem);
    m_preview->setPreview(preview);
    nameButtons();
}

void WorkflowDialog::setProgress(const WorkflowProgress& progress)
{
    m_started = true;
    m_state = progress;
    m_progress->setProgress(progress);
    nameButtons();
}

QString WorkflowDialog::goText(const WorkflowWish& wish) const
{
    if (m_shown && m_shown->unchanged)
        return tr("Start the workflow");
    switch (wish.route) {
    case WorkflowRoute::PullRequest: return wish.trial ? tr("Open pull request and try it") : tr("Open pull request");
    case WorkflowRoute::Commit: return m_branch.isEmpty() ? tr("Commit") : tr("Commit to %1").arg(m_branch);
    case WorkflowRoute::Trial: return tr("Run trial on branch");
    case WorkflowRoute::File: return m_shown && m_shown->newFile ? tr("Write new file") : tr("Write file");
    }
    return {};
}

void WorkflowDialog::nameButtons()
{
    const bool ended = m_started && !m_state.running;
    m_right->setCurrentIndex(m_started ? 1 : 0);
    m_form->setEnabled(!m_started);
    m_close->setText(ended && !m_state.failed ? tr("Close") : tr("Cancel"));
    if (m_started && m_state.running)
        m_close->setText(tr("Close"));
    m_back->setVisible(ended);
    m_undo->setVisible(ended && (m_state.undoable || m_state.merged));
    m_undo->setText(m_state.merged ? tr("Change it back…") : tr("Take it back"));
    m_act = !m_started ? Act::Go : m_state.failed && !m_state.merged ? Act::Resume : Act::None;
    m_go->setVisible(m_act != Act::None);
    m_go->setText(m_act == Act::Resume ? tr("Go on where it stopped") : goText(wish()));
    m_go->setEnabled(m_act == Act::Resume ? !m_state.running : m_shown && m_shown->problem.isEmpty() && !m_later.isActive());
    m_note->setText(m_started || !m_shown || !m_shown->problem.isEmpty() ? QString()
                    : wish().local ? tr("Nothing is written yet. The old bytes are kept, so that it can be taken back.")
                                   : tr("Nothing is changed yet."));
}

void WorkflowDialog::press()
{
    if (m_act == Act::Resume)
        Q_EMIT resumeRequested();
    else if (m_act == Act::Go && m_shown)
        Q_EMIT goRequested(wish());
}

} // namespace layerline
