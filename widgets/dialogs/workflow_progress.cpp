#include "widgets/dialogs/workflow_progress.h"

#include "items/jobs_model.h"
#include "widgets/style/theme.h"

#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace layerline {

namespace {

QString stateWord(WorkflowStepRow::State state)
{
    switch (state) {
    case WorkflowStepRow::State::Pending: return WorkflowProgressPane::tr("to do");
    case WorkflowStepRow::State::Running: return WorkflowProgressPane::tr("doing");
    case WorkflowStepRow::State::Done: return WorkflowProgressPane::tr("done");
    case WorkflowStepRow::State::Existed: return WorkflowProgressPane::tr("was there already");
    case WorkflowStepRow::State::Failed: return WorkflowProgressPane::tr("failed");
    }
    return {};
}

QLabel* plain(QWidget* parent, const QString& text, const char* role = nullptr)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (role)
        label->setProperty("role", QLatin1String(role));
    return label;
}

} // namespace

WorkflowProgressPane::WorkflowProgressPane(QWidget* parent)
    : QWidget(parent), m_column(new QVBoxLayout(this)), m_title(plain(this, {}, "heading")), m_problem(plain(this, {}))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(10);
    m_problem->setProperty("tone", QStringLiteral("bad"));
    m_problem->setObjectName(QStringLiteral("changeProblem"));
    m_column->addWidget(m_title);
    m_column->addWidget(m_problem);
    m_column->addStretch(1);
}

void WorkflowProgressPane::setProgress(const WorkflowProgress& progress)
{
    m_progress = progress;
    rebuild();
}

QWidget* WorkflowProgressPane::addLine(const QString& icon, const QColor& color, const QString& text, const QString& detail, const QString& state)
{
    auto* line = new QFrame(m_lines);
    line->setProperty("role", QStringLiteral("card"));
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(10);
    auto* glyph = new QLabel(line);
    glyph->setFixedSize(16, 16);
    if (!icon.isEmpty())
        glyph->setPixmap(Theme::icon(icon, color).pixmap(16, 16));
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(plain(line, text));
    if (!detail.isEmpty())
        texts->addWidget(plain(line, detail, "muted"));
    row->addWidget(glyph, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    QLabel* word = plain(line, state, "muted");
    word->setWordWrap(false);
    row->addWidget(word, 0, Qt::AlignTop);
    m_lines->layout()->addWidget(line);
    return line;
}

void WorkflowProgressPane::addStep(const WorkflowStepRow& step)
{
    const layerline::Palette& colors = Theme::palette();
    QString icon;
    QColor color = colors.muted;
    switch (step.state) {
    case WorkflowStepRow::State::Pending: break;
    case WorkflowStepRow::State::Running: icon = QStringLiteral("play"), color = colors.running; break;
    case WorkflowStepRow::State::Done:
    case WorkflowStepRow::State::Existed: icon = QStringLiteral("tick"), color = colors.cached; break;
    case WorkflowStepRow::State::Failed: icon = QStringLiteral("cross"), color = colors.failed; break;
    }
    QWidget* line = addLine(icon, color, step.text, step.detail, stateWord(step.state));
    line->setToolTip(step.call);
    if (!step.detail.startsWith(QLatin1String("https://")) && !step.detail.startsWith(QLatin1String("http://")))
        return;
    auto* open = new QPushButton(tr("Open the page"), line);
    open->setAutoDefault(false);
    line->layout()->addWidget(open);
    connect(open, &QPushButton::clicked, this, [this, url = step.detail] { Q_EMIT pageRequested(url); });
}

void WorkflowProgressPane::addRun(const WorkflowRunRow& run)
{
    const layerline::Palette& colors = Theme::palette();
    const bool ended = run.state == RunState::Completed, good = run.conclusion == Conclusion::Success;
    QWidget* line = addLine(!ended ? QStringLiteral("play") : good ? QStringLiteral("tick") : QStringLiteral("cross"), !ended ? colors.running : good ? colors.cached : colors.failed,
                            run.text, {}, JobsModel::stateWord(run.state, run.conclusion));
    auto* show = new QPushButton(tr("Show the run"), line);
    show->setObjectName(QStringLiteral("showRun"));
    show->setAutoDefault(false);
    line->layout()->addWidget(show);
    connect(show, &QPushButton::clicked, this, [this, key = run.key] { Q_EMIT runRequested(key); });
}

void WorkflowProgressPane::rebuild()
{
    if (m_lines) {
        m_lines->hide();
        m_lines->deleteLater(); // a change of theme, or the click on one of its buttons, may be under way
    }
    m_lines = new QWidget(this);
    auto* column = new QVBoxLayout(m_lines);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    m_title->setText(m_progress.undoing ? tr("The way back") : tr("What is done"));
    for (const WorkflowStepRow& step : m_progress.steps)
        addStep(step);
    for (const WorkflowRunRow& run : m_progress.runs)
        addRun(run);
    m_column->insertWidget(1, m_lines);
    m_lines->show(); // at once: the old ones are gone
    m_problem->setText(m_progress.problem);
    m_problem->setVisible(!m_progress.problem.isEmpty());
}

QStringList WorkflowProgressPane::texts() const
{
    QStringList said;
    for (const WorkflowStepRow& step : m_progress.steps)
        said << QStringLiteral("%1: %2 (%3)").arg(stateWord(step.state), step.text, step.detail);
    for (const WorkflowRunRow& run : m_progress.runs)
        said << QStringLiteral("%1: %2").arg(JobsModel::stateWord(run.state, run.conclusion), run.text);
    if (!m_progress.problem.isEmpty())
        said << m_progress.problem;
    return said;
}

void WorkflowProgressPane::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        rebuild();
    QWidget::changeEvent(event);
}

} // namespace layerline
