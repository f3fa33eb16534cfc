#include "widgets/pages/details_pane.h"

#include "widgets/pages/details_pane_value.h"
#include "widgets/style/theme.h"

#include <QEvent>
#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace layerline {

namespace {
constexpr int margin = 20;
constexpr int leastName = 136;
constexpr int mostName = 250;
constexpr int twoColumnsFrom = 900;
} // namespace

DetailsPane::DetailsPane(BuildStore& store, SelectionState& selection, QWidget* parent)
    : QWidget(parent), m_model(new DetailsModel(store, this)), m_scroll(new QScrollArea(this)), m_empty(new QLabel(this))
{
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::StrongFocus);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setProperty("role", QStringLiteral("muted"));
    m_empty->setText(tr("No build is selected."));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_scroll, 1);
    column->addWidget(m_empty, 1);
    setFocusProxy(m_scroll);

    m_rebuild.setSingleShot(true);
    m_rebuild.setInterval(0);
    connect(&m_rebuild, &QTimer::timeout, this, &DetailsPane::rebuild);
    const auto later = [this] { m_rebuild.start(); };
    connect(m_model, &QAbstractItemModel::rowsInserted, this, later);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, later);
    connect(m_model, &QAbstractItemModel::modelReset, this, later);
    connect(m_model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex& first, const QModelIndex& last) { updateValues(first.row(), last.row()); });
    connect(&selection, &SelectionState::buildChanged, this, [this, &selection] {
        m_model->setBuild(selection.build());
        m_scroll->verticalScrollBar()->setValue(0);
    });
    m_model->setBuild(selection.build());
    rebuild();
}

void DetailsPane::flush()
{
    if (m_rebuild.isActive()) {
        m_rebuild.stop();
        rebuild();
    }
}

void DetailsPane::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale)
        rebuild();
}

int DetailsPane::columnsFor(int width) const { return width >= twoColumnsFrom ? 2 : 1; }

/// Cards for what the model holds now. Hidden, it waits: a page nobody sees costs nothing.
void DetailsPane::rebuild()
{
    m_stale = !isVisible();
    if (m_stale)
        return;
    const int rows = m_model->rowCount();
    m_scroll->setVisible(rows > 0);
    m_empty->setVisible(rows == 0);
    const int position = m_scroll->verticalScrollBar()->value();
    m_shown.assign(std::size_t(rows), {});
    QWidget* content = makeContent();
    m_scroll->setWidget(content); // takes the old one away
    content->layout()->activate();
    const int width = m_scroll->viewport()->width();
    content->resize(width, std::max(m_scroll->viewport()->height(), content->heightForWidth(width)));
    m_scroll->verticalScrollBar()->setValue(position);
}

/// One column, or two of about the same length when there is room.
QWidget* DetailsPane::makeContent()
{
    auto* content = new QWidget;
    std::vector<QFrame*> sections;
    std::vector<int> weights;
    int all = 0;
    for (int first = 0; first < m_model->rowCount();) {
        int last = first, weight = 3;
        for (; last < m_model->rowCount() && m_model->row(last).section == m_model->row(first).section; ++last)
            weight += 1 + int(m_model->row(last).value.count(QLatin1Char('\n')));
        sections.push_back(makeSection(content, first, last - 1));
        weights.push_back(weight);
        all += weight;
        first = last;
    }
    m_columns = columnsFor(width());
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(margin, 16, margin, margin);
    row->setSpacing(14);
    std::size_t next = 0;
    for (int column = 0, used = 0; column < m_columns; ++column) {
        auto* stack = new QVBoxLayout;
        stack->setSpacing(12);
        const bool last = column + 1 == m_columns;
        while (next < sections.size() && (last || used + weights[next] / 2 < all / m_columns)) {
            stack->addWidget(sections[next]);
            used += weights[next++];
        }
        stack->addStretch(1);
        row->addLayout(stack, 1);
    }
    return content;
}

QFrame* DetailsPane::makeSection(QWidget* parent, int first, int last)
{
    auto* card = new QFrame(parent);
    card->setProperty("role", QStringLiteral("card"));
    auto* grid = new QGridLayout(card);
    grid->setContentsMargins(16, 12, 12, 12);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    const int nameWidth = nameWidthOf(first, last);
    grid->setColumnMinimumWidth(0, nameWidth);
    auto* title = new QLabel(detailTitle(m_model->row(first).section), card);
    title->setFont(Theme::uiFont(0, 600));
    title->setContentsMargins(0, 0, 0, 4);
    if (m_model->row(first).bad)
        title->setProperty("tone", QStringLiteral("bad"));
    grid->addWidget(title, 0, 0, 1, 2);
    for (int row = first; row <= last; ++row)
        makeRow(grid, card, row, nameWidth);
    return card;
}

/// As wide as the names of a section need, so that "org.opencontainers.image.source" is read in full.
int DetailsPane::nameWidthOf(int first, int last) const
{
    const QFontMetrics metrics(Theme::uiFont());
    int width = leastName;
    for (int row = first; row <= last; ++row) {
        if (m_model->row(row).kind != DetailKind::Excerpt)
            width = std::max(width, metrics.horizontalAdvance(m_model->row(row).name) + 4);
    }
    return std::min(width, mostName);
}

void DetailsPane::makeRow(QGridLayout* grid, QFrame* card, int row, int nameWidth)
{
    const DetailRow& detail = m_model->row(row);
    Shown& shown = m_shown[std::size_t(row)];
    const int line = grid->rowCount();
    if (detail.kind == DetailKind::Excerpt) {
        auto* name = new QLabel(detail.name, card);
        name->setProperty("role", QStringLiteral("muted"));
        name->setTextFormat(Qt::PlainText);
        shown.name = name;
        shown.value = new DetailsExcerpt(card);
        grid->addWidget(name, line, 0, 1, 2);
        grid->addWidget(shown.value, line + 1, 0, 1, 2);
    } else if (detail.kind == DetailKind::Note) {
        auto* note = new QLabel(card);
        note->setWordWrap(true);
        note->setTextFormat(Qt::PlainText);
        note->setProperty("role", QStringLiteral("faint"));
        shown.value = note;
        grid->addWidget(note, line, 0, 1, 2);
    } else {
        auto* value = new DetailsValue(card);
        value->setCopyShown(detail.kind == DetailKind::Command);
        connect(value, &DetailsValue::revealToggled, this, [this, row](bool on) {
            if (row < m_model->rowCount())
                m_model->setRevealed(row, on);
        });
        shown.value = value;
        if (detail.name.isEmpty()) {
            grid->addWidget(value, line, 0, 1, 2);
        } else {
            shown.name = new QLabel(card);
            shown.name->setTextFormat(Qt::PlainText);
            shown.name->setProperty("role", QStringLiteral("muted"));
            shown.name->setContentsMargins(0, 2, 0, 0);
            shown.name->setFixedWidth(nameWidth);
            grid->addWidget(shown.name, line, 0, Qt::AlignTop);
            grid->addWidget(value, line, 1);
        }
    }
    fill(row);
}

void DetailsPane::fill(int row)
{
    const DetailRow& detail = m_model->row(row);
    const Shown& shown = m_shown[std::size_t(row)];
    if (shown.name && detail.kind != DetailKind::Excerpt) {
        shown.name->setText(shown.name->fontMetrics().elidedText(detail.name, Qt::ElideMiddle, shown.name->minimumWidth()));
        shown.name->setToolTip(shown.name->text() == detail.name ? QString() : detail.name.toHtmlEscaped());
    }
    if (auto* excerpt = qobject_cast<DetailsExcerpt*>(shown.value)) {
        excerpt->setLines(detail.value.split(QLatin1Char('\n')), detail.firstLine, detail.ranges);
    } else if (auto* value = qobject_cast<DetailsValue*>(shown.value)) {
        const bool fixed = detail.kind != DetailKind::Text;
        value->setText(m_model->shownValue(row), fixed, detail.bad);
        value->setRevealable(detail.secret(), m_model->revealed(row));
        value->setToolTip(detail.exact.toHtmlEscaped());
    } else if (auto* note = qobject_cast<QLabel*>(shown.value)) {
        note->setText(detail.value);
    }
}

void DetailsPane::updateValues(int first, int last)
{
    if (m_rebuild.isActive() || m_shown.size() != std::size_t(m_model->rowCount()))
        return; // the rows are about to be made anew
    for (int row = first; row <= last; ++row)
        fill(row);
}

void DetailsPane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (columnsFor(width()) != m_columns)
        rebuild();
}

void DetailsPane::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        m_rebuild.start();
}

QStringList DetailsPane::texts() const
{
    QStringList out;
    for (std::size_t i = 0; i < m_shown.size(); ++i) {
        const DetailRow& detail = m_model->row(int(i));
        if (i == 0 || m_model->row(int(i) - 1).section != detail.section)
            out += detailTitle(detail.section);
        const auto* value = qobject_cast<const DetailsValue*>(m_shown[i].value);
        out += (detail.name.isEmpty() ? QString() : detail.name + QStringLiteral(": ")) + (value ? value->text() : detail.value);
    }
    return out;
}

} // namespace layerline
