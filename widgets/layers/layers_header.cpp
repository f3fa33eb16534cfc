#include "widgets/layers/layers_header.h"

#include "widgets/log/key_button.h"
#include "widgets/style/theme.h"

#include <QMenu>
#include <QMouseEvent>
#include <QPainter>

namespace layerline {

LayersHeader::LayersHeader(LayersModel& model, QWidget* parent)
    : QWidget(parent), m_model(model), m_edges(new KeyButton(QStringLiteral("edges"), tr("edges"), {}, this)),
      m_fold(new KeyButton(QStringLiteral("fit"), {}, {}, this))
{
    setFixedHeight(32);
    m_edges->setCheckable(true);
    m_edges->setToolTip(tr("Draw what the selected step needs and what needs it"));
    m_edges->setObjectName(QStringLiteral("layerEdges"));
    m_fold->setText(tr("fold"));
    m_fold->setToolTip(tr("Close or open all groups"));
    m_fold->setObjectName(QStringLiteral("layerFold"));
    connect(&model, &QAbstractItemModel::headerDataChanged, this, [this] { update(); });
}

void LayersHeader::setColumns(const LayersGeometry& columns, int hidden)
{
    m_columns = columns;
    m_hidden = hidden;
    placeButtons();
    update();
}

void LayersHeader::placeButtons()
{
    const QSize edges = m_edges->sizeHint(), fold = m_fold->sizeHint();
    int right = m_columns.nameRight;
    m_edges->setGeometry(right - edges.width(), 3, edges.width(), 26);
    right -= edges.width() + 2;
    m_fold->setGeometry(right - fold.width(), 3, fold.width(), 26);
    // Their words give way to the column's title.
    const int title = m_columns.nameLeft + fontMetrics().horizontalAdvance(m_model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString()) + 24;
    m_fold->setVisible(right - fold.width() > title);
}

void LayersHeader::resizeEvent(QResizeEvent*) { placeButtons(); }

void LayersHeader::paintEvent(QPaintEvent*)
{
    const Palette& colors = Theme::palette();
    QPainter painter(this);
    painter.fillRect(rect(), colors.panelRaised);
    painter.fillRect(QRect(0, height() - 1, width(), 1), colors.line);
    QFont font = Theme::uiFont(-1.5, 600);
    painter.setFont(font);
    painter.setPen(colors.faint);
    const auto title = [&](int column) { return m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().toUpper(); };
    const auto draw = [&](int left, int width, const QString& text, Qt::Alignment side) {
        painter.drawText(QRect(left, 0, width, height() - 1), int(side | Qt::AlignVCenter) | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, width));
    };
    const int nameRoom = (m_fold->isVisible() ? m_fold->x() : m_edges->x()) - m_columns.nameLeft - 6;
    draw(m_columns.nameLeft, nameRoom, title(0), Qt::AlignLeft);
    for (std::size_t i = 0; i < m_columns.platforms.size(); ++i) {
        int left = m_columns.lefts[i], width = m_columns.cellWidth;
        const Platform& platform = m_model.platforms()[std::size_t(m_columns.platforms[i])];
        if (!platform.empty()) {
            Theme::paintIcon(painter, QRectF(left, (height() - 15) / 2.0, 14, 14), Theme::archIcon(platform), colors.muted);
            left += 22;
            width -= 22;
        }
        const QString text = title(m_columns.platforms[i] + 1);
        draw(left, width, text, Qt::AlignLeft);
        if (m_hidden > 0) {
            const int x = left + std::min(width - 16, painter.fontMetrics().horizontalAdvance(text) + 5);
            Theme::paintIcon(painter, QRectF(x, (height() - 13) / 2.0, 12, 12), QStringLiteral("chevron-down"), colors.muted);
        }
    }
    if (m_columns.ratioShown)
        draw(m_columns.ratioLeft - 10, m_columns.ratioRight - m_columns.ratioLeft + 10, title(m_model.columnCount() - 1), Qt::AlignRight);
}

void LayersHeader::mousePressEvent(QMouseEvent* event)
{
    if (m_hidden == 0 || event->button() != Qt::LeftButton)
        return;
    for (std::size_t i = 0; i < m_columns.lefts.size(); ++i) {
        if (event->pos().x() < m_columns.lefts[i] || event->pos().x() >= m_columns.cellRight(i))
            continue;
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        for (int platform = 0; platform < int(m_model.platforms().size()); ++platform) {
            QAction* action = menu->addAction(m_model.headerData(platform + 1, Qt::Horizontal, Qt::DisplayRole).toString());
            action->setCheckable(true);
            action->setChecked(platform == m_columns.platforms[i]);
            connect(action, &QAction::triggered, this, [this, i, platform] { Q_EMIT platformPicked(int(i), platform); });
        }
        menu->popup(mapToGlobal(QPoint(m_columns.lefts[i], height())));
        return;
    }
}

} // namespace layerline
