// How the rows of the Layers view are painted.
#include "widgets/layers/layers_table.h"

#include "items/build_text.h"
#include "items/log_text.h"
#include "widgets/style/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace layerline {

namespace {
constexpr int badge = 16;
constexpr int badgeColumn = 22;
constexpr int gap = 8;
constexpr int durationColumn = 66;
constexpr int sizeColumn = 58;
constexpr int barHeight = 9;
/// Bars of a build that took a blink are not drawn as if they had taken an hour.
constexpr double leastScale = 5.0;
} // namespace

void LayersTable::paintEvent(QPaintEvent*)
{
    const Palette& colors = Theme::palette();
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), colors.panel);
    if (m_columns.lefts.empty())
        return;
    m_longest = m_model.longest();
    const int first = std::max(0, verticalOffset() / rowHeight);
    const int last = std::min(m_model.rowCount() - 1, (verticalOffset() + viewport()->height()) / rowHeight);
    for (int row = first; row <= last; ++row)
        paintRow(painter, row);
    if (m_edges)
        paintEdges(painter);
}

void LayersTable::paintRow(QPainter& painter, int number) const
{
    const Palette& colors = Theme::palette();
    const LayerRow& row = m_model.row(number);
    const QRect whole(0, yOf(number), viewport()->width(), rowHeight);
    const bool current = currentIndex().isValid() && currentIndex().row() == number;
    if (current)
        painter.fillRect(whole, colors.selection);
    else if (number == m_hover)
        painter.fillRect(whole, mixed(colors.selection, colors.panel, 0.4));
    else if (row.isGroup)
        painter.fillRect(whole, colors.panelRaised);
    painter.fillRect(QRect(0, whole.bottom(), whole.width(), 1), mixed(colors.line, colors.panel, 0.55));
    if (current && hasFocus())
        painter.fillRect(QRect(0, whole.top(), 3, rowHeight - 1), colors.accent);

    const QRect name(m_columns.nameLeft, whole.top(), m_columns.nameRight - m_columns.nameLeft, rowHeight - 1);
    if (row.isGroup)
        paintGroupName(painter, row, name, m_model.expanded(number));
    else
        paintStepName(painter, number, name);
    paintCells(painter, number, whole.top());
    if (m_columns.ratioShown)
        paintRatio(painter, number, QRect(m_columns.ratioLeft, whole.top(), m_columns.ratioRight - m_columns.ratioLeft, rowHeight - 1));
}

void LayersTable::paintGroupName(QPainter& painter, const LayerRow& row, const QRect& rect, bool open) const
{
    const Palette& colors = Theme::palette();
    Theme::paintIcon(painter, QRectF(rect.left() - 2, rect.center().y() - 6.5, 14, 14),
                     open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), colors.muted);
    int x = rect.left() + 17;
    painter.setFont(Theme::uiFont(0, 600));
    painter.setPen(colors.text);
    const QString title = painter.fontMetrics().elidedText(row.title, Qt::ElideRight, rect.right() - x);
    painter.drawText(QRect(x, rect.top(), rect.right() - x, rect.height()), Qt::AlignVCenter, title);
    x += painter.fontMetrics().horizontalAdvance(title) + 9;
    QString detail = row.detail;
    if (!open || row.group != LayerGroup::Stage)
        detail = (detail.isEmpty() ? QString() : detail + QStringLiteral(" · ")) + tr("%n step(s)", nullptr, int(row.steps.size()));
    painter.setFont(Theme::uiFont());
    painter.setPen(colors.muted);
    // Half a word says nothing: below that the tooltip has to do.
    if (rect.right() - x > 36)
        painter.drawText(QRect(x, rect.top(), rect.right() - x, rect.height()), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(detail, Qt::ElideRight, rect.right() - x));
}

void LayersTable::paintStepName(QPainter& painter, int number, const QRect& rect) const
{
    const Palette& colors = Theme::palette();
    const LayerRow& row = m_model.row(number);
    painter.fillRect(QRect(rect.left() + 4, rect.top(), 1, rect.height() + 1), colors.line);
    int x = rect.left() + indent;
    QFont font = Theme::monoFont();
    if (row.fold) {
        Theme::paintIcon(painter, QRectF(x - 2, rect.center().y() - 6.5, 14, 14), m_model.expanded(number) ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"),
                         colors.muted);
        x += foldIndent;
    } else if (!row.foldKey.empty()) {
        x += 2 * foldIndent;
    }
    if (!row.keyword.isEmpty()) {
        font.setWeight(QFont::DemiBold);
        painter.setFont(font);
        painter.setPen(colors.accent);
        painter.drawText(QRect(x, rect.top(), rect.right() - x, rect.height()), Qt::AlignVCenter, row.keyword);
        x += painter.fontMetrics().horizontalAdvance(row.keyword + QLatin1Char(' '));
        font.setWeight(QFont::Normal);
    }
    painter.setFont(font);
    painter.setPen(colors.text);
    const QString title = painter.fontMetrics().elidedText(row.title, Qt::ElideRight, rect.right() - x);
    painter.drawText(QRect(x, rect.top(), rect.right() - x, rect.height()), Qt::AlignVCenter, title);
    x += painter.fontMetrics().horizontalAdvance(title) + 10;
    const QString detail = row.fold ? tr("%n step(s)", nullptr, row.below) : row.detail;
    if (detail.isEmpty() || rect.right() - x < 60)
        return;
    painter.setFont(row.fold ? Theme::uiFont() : font);
    painter.setPen(row.fold ? colors.muted : colors.faint);
    painter.drawText(QRect(x, rect.top(), rect.right() - x, rect.height()), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(detail, Qt::ElideRight, rect.right() - x));
}

void LayersTable::paintCells(QPainter& painter, int number, int y) const
{
    const Palette& colors = Theme::palette();
    const LayerRow& row = m_model.row(number);
    const bool closed = row.fold || (row.isGroup && !m_model.expanded(number));
    const int barWidth = m_columns.cellWidth - badgeColumn - durationColumn - sizeColumn - 3 * gap;
    for (std::size_t i = 0; i < m_columns.platforms.size();) {
        const LayerCell cell = m_model.cell(number, m_columns.platforms[i]);
        std::size_t span = 1;
        const auto stepOf = [&](std::size_t at) { return row.cells[std::size_t(m_columns.platforms[at])]; };
        if (closed && m_model.shared(number))
            span = m_columns.platforms.size();
        while (!closed && stepOf(i) != noStep && i + span < m_columns.platforms.size() && stepOf(i + span) == stepOf(i))
            ++span;
        const QRect rect(m_columns.lefts[i], y, m_columns.cellRight(i + span - 1) - m_columns.lefts[i], rowHeight - 1);
        if (!cell.empty)
            paintCell(painter, cell, rect, barWidth);
        if (span > 1) {
            // One step for several platforms: a leader runs through to its numbers.
            const int from = m_columns.lefts[i] + badgeColumn + gap + barWidth + gap;
            const int to = rect.right() - sizeColumn - durationColumn - 2 * gap;
            painter.setFont(Theme::uiFont(-1.75));
            const QString word = tr("shared");
            const int width = paintTag(painter, {from, y + 7}, 16, word, colors.muted);
            painter.setPen(QPen(colors.line, 1, Qt::DotLine));
            painter.drawLine(from + width + gap, y + rowHeight / 2, to, y + rowHeight / 2);
        }
        i += span;
    }
}

void LayersTable::paintCell(QPainter& painter, const LayerCell& cell, const QRect& rect, int barWidth) const
{
    const Palette& colors = Theme::palette();
    painter.setRenderHint(QPainter::Antialiasing);
    paintLookBadge(painter, QRect(rect.left(), rect.top() + (rect.height() - badge) / 2, badge, badge), cell.look);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QRect bars(rect.left() + badgeColumn + gap, rect.top() + (rect.height() - barHeight) / 2, barWidth, barHeight);
    if (cell.look == Look::Pending) {
        painter.setFont(Theme::uiFont());
        painter.setPen(colors.faint);
        painter.drawText(QRect(bars.left(), rect.top(), rect.right() - bars.left(), rect.height()), Qt::AlignVCenter, tr("pending"));
        return;
    }
    const double scale = std::sqrt(std::max(m_longest.seconds(), leastScale));
    const double share = std::sqrt(std::max(0.0, cell.duration.seconds())) / scale;
    const int width = std::clamp(int(std::lround(share * bars.width())), 3, std::max(3, bars.width()));
    paintBar(painter, QRect(bars.left(), bars.top(), width, barHeight), cell.look, cell.emulated);
    paintNumbers(painter, cell, rect);
}

void LayersTable::paintNumbers(QPainter& painter, const LayerCell& cell, const QRect& rect) const
{
    const Palette& colors = Theme::palette();
    const QRect size(rect.right() + 1 - sizeColumn, rect.top(), sizeColumn, rect.height());
    const QRect duration(size.left() - gap - durationColumn, rect.top(), durationColumn, rect.height());
    const bool hit = cell.look == Look::Cached || cell.look == Look::Imported;
    painter.setFont(Theme::uiFont());
    painter.setPen(cell.look == Look::Failed ? colors.failed : cell.look == Look::Running ? colors.text : colors.muted);
    if (hit)
        painter.drawText(duration, Qt::AlignRight | Qt::AlignVCenter, lookName(cell.look));
    else
        drawTabular(painter, duration, Qt::AlignRight | Qt::AlignVCenter,
                    cell.look == Look::Running ? humanElapsed(cell.duration) : humanDuration(cell.duration));
    painter.setPen(cell.look == Look::Failed ? colors.failed : colors.muted);
    QRect word = size; // into the gap beside the cell rather than cut
    word.setRight(size.right() + gap);
    const bool needsWord = cell.look == Look::Failed || cell.look == Look::Canceled || (cell.look == Look::Joined && cell.bytes == 0);
    if (needsWord)
        painter.drawText(painter.fontMetrics().horizontalAdvance(lookName(cell.look)) > sizeColumn ? word : size, Qt::AlignRight | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(lookName(cell.look), Qt::ElideRight, word.width()));
    else if (cell.percent >= 0)
        drawTabular(painter, size, Qt::AlignRight | Qt::AlignVCenter, tr("%1 %").arg(cell.percent));
    else if (cell.bytes > 0)
        drawTabular(painter, size, Qt::AlignRight | Qt::AlignVCenter, humanBytes(cell.bytes));
}

void LayersTable::paintRatio(QPainter& painter, int row, const QRect& rect) const
{
    const auto factor = m_model.ratio(row, m_columns.platforms);
    if (!factor)
        return;
    const Palette& colors = Theme::palette();
    const bool slow = *factor >= 1.5;
    painter.setFont(Theme::uiFont(0, slow ? 600 : 400));
    painter.setPen(slow ? mixed(colors.rebuilt, colors.text, 0.85) : colors.muted);
    drawTabular(painter, rect, Qt::AlignRight | Qt::AlignVCenter, humanFactor(*factor));
}

/// The selected step's inputs and what waits for it, as curves in the left margin.
void LayersTable::paintEdges(QPainter& painter) const
{
    const Build* build = m_model.build();
    const StepIndex selected = m_selection.step();
    if (!build || raw(selected) >= build->steps.size())
        return;
    const int own = m_model.rowOf(selected);
    if (own < 0)
        return;
    const Palette& colors = Theme::palette();
    painter.setRenderHint(QPainter::Antialiasing);
    const int right = m_columns.nameLeft - 4;
    const auto centre = [&](int row) { return yOf(row) + rowHeight / 2.0; };
    const auto edge = [&](int from, int to, const QColor& color) {
        if (from < 0 || to < 0 || from == to)
            return;
        const double y1 = centre(from), y2 = centre(to);
        const double bulge = std::min(right - 3.0, 10 + 3.5 * std::log2(1 + std::abs(to - from)));
        QPainterPath path({double(right), y1});
        path.cubicTo(right - bulge * 1.33, y1, right - bulge * 1.33, y2, right - 3, y2);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, 1.5));
        painter.drawPath(path);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawPolygon(QPolygonF({{right + 1.0, y2}, {right - 5.0, y2 - 3.5}, {right - 5.0, y2 + 3.5}}));
        painter.drawEllipse(QPointF(right, y1), 2.2, 2.2);
    };
    const Step& step = build->step(selected);
    for (const StepIndex dependent : step.dependents)
        edge(own, m_model.rowOf(dependent), mixed(colors.muted, colors.panel, 0.7));
    for (const StepIndex input : step.inputSteps)
        edge(m_model.rowOf(input), own, colors.accent);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

QString LayersTable::cellToolTip(int row, int platform) const
{
    const Build* build = m_model.build();
    const LayerCell cell = m_model.cell(row, platform);
    if (!build || cell.empty)
        return {};
    QStringList lines;
    const auto add = [&](const QString& name, const QString& value) {
        if (!value.isEmpty())
            lines += QStringLiteral("<tr><td style='padding-right:10px'>%1</td><td>%2</td></tr>").arg(name.toHtmlEscaped(), value.toHtmlEscaped());
    };
    add(tr("State"), lookName(cell.look));
    if (cell.look != Look::Pending)
        add(tr("Duration"), tr("%1 s").arg(QString::number(cell.duration.seconds(), 'f', 3)));
    if (cell.bytes > 0)
        add(tr("Moved"), tr("%L1 bytes").arg(cell.bytes));
    if (cell.step == noStep) {
        add(tr("Steps"), QString::number(cell.steps));
        return QStringLiteral("<table>%1</table>").arg(lines.join(QString()));
    }
    const Step& step = build->step(cell.step);
    if (step.runsOn)
        add(tr("Runs on"), QString::fromStdString(step.runsOn->str()) + (cell.emulated ? tr(" (emulated)") : QString()));
    QStringList needed;
    for (const Platform& one : step.neededBy)
        needed += QString::fromStdString(one.str());
    add(tr("Needed by"), needed.join(QStringLiteral(", ")));
    for (const Interval& interval : step.intervals) {
        add(tr("Started"), QString::fromStdString(formatRfc3339(interval.started)));
        if (interval.completed)
            add(tr("Ended"), QString::fromStdString(formatRfc3339(*interval.completed)));
    }
    add(tr("Error"), BuildText(*build)(step.error).left(300));
    add(tr("Digest"), visibleText(step.digest.str()));
    return QStringLiteral("<table>%1</table>").arg(lines.join(QString()));
}

QString LayersTable::nameToolTip(int row) const
{
    const LayerRow& shown = m_model.row(row);
    QStringList parts{shown.keyword, shown.title, shown.detail};
    parts.removeAll(QString());
    return QStringLiteral("<div>%1</div>").arg(parts.join(QLatin1Char(' ')).left(2000).toHtmlEscaped());
}

QString LayersTable::toolTipAt(const QPoint& point) const
{
    const QModelIndex index = indexAt(point);
    if (!index.isValid())
        return {};
    if (index.column() == 0)
        return nameToolTip(index.row());
    if (index.column() < m_model.columnCount() - 1)
        return cellToolTip(index.row(), index.column() - 1);
    if (const auto factor = m_model.ratio(index.row(), m_columns.platforms))
        return tr("Took %1 times as long emulated as on its own architecture").arg(QString::number(*factor, 'f', 2));
    return {};
}

} // namespace layerline
