#include "widgets/dialogs/workflow_preview.h"

#include "widgets/dialogs/diff_view.h"
#include "widgets/style/theme.h"
#include "widgets/style/tone.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QTableWidget>
#include <QVBoxLayout>

namespace layerline {

namespace {

constexpr int warningsHeight = 132;

QLabel* paragraph(QWidget* parent, const char* name)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QScrollArea* scrolled(QWidget* inner, QWidget* parent)
{
    auto* area = new QScrollArea(parent);
    area->setWidget(inner);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return area;
}

QString bullets(const QStringList& lines, const QString& sign)
{
    QStringList marked;
    for (const QString& line : lines)
        marked << sign + QLatin1Char(' ') + line;
    return marked.join(QLatin1Char('\n'));
}

} // namespace

WorkflowPreviewPane::WorkflowPreviewPane(QWidget* parent)
    : QWidget(parent), m_headline(paragraph(this, "changeHeadline")), m_status(paragraph(this, "changeStatus")), m_tabs(new QTabWidget(this)), m_diff(new DiffView(this))
{
    m_headline->setProperty("role", QStringLiteral("heading"));
    m_status->setProperty("role", QStringLiteral("muted"));
    m_status->setAlignment(Qt::AlignTop | Qt::AlignLeft); // alone in the pane when nothing can be done
    m_diff->setObjectName(QStringLiteral("changeDiff"));
    auto* changed = new QWidget(this);
    auto* column = new QVBoxLayout(changed);
    column->setContentsMargins(0, 8, 0, 0);
    column->addWidget(m_diff);
    m_tabs->addTab(changed, tr("Difference"));
    m_tabs->addTab(makeProperties(), tr("What stays, what differs"));
    m_tabs->addTab(makeCalls(), tr("What will be done"));
    m_tabs->setObjectName(QStringLiteral("changeTabs"));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(8);
    rows->addWidget(m_headline);
    rows->addWidget(makeWarnings());
    rows->addWidget(m_status);
    rows->addWidget(m_tabs, 1);
}

QWidget* WorkflowPreviewPane::makeWarnings()
{
    m_warningBox = new QFrame(this);
    m_warningBox->setProperty("role", QStringLiteral("well"));
    auto* row = new QHBoxLayout(m_warningBox);
    row->setContentsMargins(10, 8, 4, 8);
    row->setSpacing(8);
    auto* glyph = new QLabel(m_warningBox);
    glyph->setPixmap(Theme::icon(QStringLiteral("warning"), Theme::palette().rebuilt).pixmap(16, 16));
    m_warnings = paragraph(nullptr, "changeWarnings");
    m_warnings->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    QScrollArea* area = scrolled(m_warnings, m_warningBox);
    area->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    area->viewport()->setAutoFillBackground(false);
    m_warnings->setAutoFillBackground(false);
    row->addWidget(glyph, 0, Qt::AlignTop);
    row->addWidget(area, 1);
    m_warningBox->hide();
    return m_warningBox;
}

QWidget* WorkflowPreviewPane::makeProperties()
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    m_changes = paragraph(nullptr, "changeList");
    m_changes->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_properties = new QTableWidget(box);
    m_properties->setObjectName(QStringLiteral("changeProperties"));
    m_properties->setColumnCount(3);
    m_properties->setHorizontalHeaderLabels({tr("Property"), tr("After"), tr("Details")});
    m_properties->verticalHeader()->hide();
    m_properties->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_properties->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    m_properties->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_properties->setShowGrid(false);
    m_properties->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_properties->setSelectionMode(QAbstractItemView::NoSelection);
    m_properties->setTabKeyNavigation(false);
    m_properties->setWordWrap(true);
    column->addWidget(m_properties, 3);
    column->addWidget(scrolled(m_changes, box), 2);
    return box;
}

QPlainTextEdit* WorkflowPreviewPane::field(const char* name, const QString& title, QVBoxLayout* column)
{
    auto* head = new QHBoxLayout;
    auto* label = new QLabel(title, this);
    label->setProperty("role", QStringLiteral("section"));
    auto* copy = new QPushButton(tr("Copy"), this);
    copy->setProperty("flat", true);
    copy->setAutoDefault(false);
    copy->setObjectName(QLatin1String(name) + QStringLiteral("Copy"));
    auto* text = new QPlainTextEdit(this);
    text->setObjectName(QLatin1String(name));
    text->setReadOnly(true);
    text->setFont(Theme::monoFont(-0.5));
    text->setAccessibleName(title);
    head->addWidget(label, 1);
    head->addWidget(copy);
    column->addLayout(head);
    column->addWidget(text);
    connect(copy, &QPushButton::clicked, this, [this, text] { Q_EMIT copyRequested(text->toPlainText()); });
    return text;
}

QWidget* WorkflowPreviewPane::makeCalls()
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(4);
    m_calls = field("changeCalls", tr("IN THIS ORDER"), column);
    m_command = field("changeCommand", tr("THE SAME ON THE COMMAND LINE"), column);
    m_command->setMaximumHeight(92);
    m_command->setWordWrapMode(QTextOption::WrapAnywhere);
    return box;
}

void WorkflowPreviewPane::setBusy(const QString& text)
{
    m_status->setText(text);
    setTone(m_status, "");
    m_status->setVisible(!text.isEmpty());
    m_tabs->setEnabled(text.isEmpty());
}

void WorkflowPreviewPane::setPreview(const WorkflowPreview& preview)
{
    setBusy({});
    const bool possible = preview.problem.isEmpty();
    m_headline->setText(!possible ? QString() : tr("%1: %2 → %3").arg(preview.target, preview.was, preview.becomes));
    m_headline->setVisible(possible);
    m_warnings->setText(bullets(preview.warnings, QStringLiteral("•")));
    m_warningBox->setVisible(!preview.warnings.isEmpty());
    const int wanted = m_warnings->heightForWidth(std::max(200, width() - 60)) + 20;
    m_warningBox->setFixedHeight(std::min(warningsHeight, wanted));
    m_changes->setText(bullets(preview.changes, QStringLiteral("•")));
    m_diff->setDiff(preview.diff);
    m_tabs->setTabText(0, m_diff->added() + m_diff->removed() == 0 ? tr("Difference") : tr("Difference (+%1 −%2)").arg(m_diff->added()).arg(m_diff->removed()));
    m_diff->setPlaceholderText(preview.unchanged ? tr("No file changes: the workflow is there and is only started.") : tr("Nothing to show."));
    m_calls->setPlainText(preview.calls);
    m_command->setPlainText(preview.command);
    fillProperties(preview);
    m_tabs->setVisible(possible);
    if (possible)
        return;
    m_status->setText(preview.problem);
    setTone(m_status, "bad");
    m_status->show();
}

void WorkflowPreviewPane::fillProperties(const WorkflowPreview& preview)
{
    const layerline::Palette& colors = Theme::palette();
    m_properties->setRowCount(int(preview.properties.size()));
    for (int row = 0; row < m_properties->rowCount(); ++row) {
        const WorkflowPropertyRow& property = preview.properties[std::size_t(row)];
        const bool same = property.removed.isEmpty() && property.added.isEmpty();
        QStringList details;
        for (const QString& text : property.removed)
            details << QStringLiteral("− ") + text;
        for (const QString& text : property.added)
            details << QStringLiteral("+ ") + text;
        auto* state = new QTableWidgetItem(same ? tr("stays") : tr("differs"));
        state->setIcon(Theme::icon(same ? QStringLiteral("tick") : QStringLiteral("warning"), same ? colors.cached : colors.rebuilt));
        auto* detail = new QTableWidgetItem(details.join(QLatin1Char('\n')));
        detail->setFont(Theme::monoFont(-0.75));
        detail->setToolTip(details.join(QLatin1Char('\n')));
        m_properties->setItem(row, 0, new QTableWidgetItem(property.name));
        m_properties->setItem(row, 1, state);
        m_properties->setItem(row, 2, detail);
    }
    m_properties->resizeRowsToContents();
}

QStringList WorkflowPreviewPane::texts() const
{
    QStringList said{m_headline->text(), m_status->text(), m_warnings->text(), m_changes->text(), m_diff->toPlainText(), m_calls->toPlainText(), m_command->toPlainText()};
    for (int row = 0; row < m_properties->rowCount(); ++row)
        said << m_properties->item(row, 0)->text() + QStringLiteral(": ") + m_properties->item(row, 1)->text();
    return said;
}

} // namespace layerline
