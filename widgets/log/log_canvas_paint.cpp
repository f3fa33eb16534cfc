// How the log view lays out and paints its rows.
#include "widgets/log/log_canvas.h"

#include "widgets/log/log_colors.h"
#include "widgets/log/log_line.h"

#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <cmath>

namespace layerline {

namespace {
constexpr int topPad = 6;
constexpr int leftPad = 14;
constexpr int columnGap = 12;

QTextLayout::FormatRange range(int start, int length)
{
    QTextLayout::FormatRange format;
    format.start = start;
    format.length = length;
    return format;
}

QTextCharFormat formatOf(const TextStyle& style, const Palette& colors)
{
    QTextCharFormat format;
    const LogInk ink = logInk(style, colors, colors.panel);
    format.setForeground(ink.text);
    if (ink.paper.isValid())
        format.setBackground(ink.paper);
    if (style.bold)
        format.setFontWeight(QFont::Bold);
    format.setFontItalic(style.italic);
    format.setFontUnderline(style.underline);
    format.setFontStrikeOut(style.strike);
    return format;
}
} // namespace

QString logTime(Duration offset)
{
    const std::int64_t tenths = std::max<std::int64_t>(0, offset.ns / 100'000'000);
    const std::int64_t all = tenths / 10;
    const auto two = [](std::int64_t value) { return QString::number(value).rightJustified(2, QLatin1Char('0')); };
    const QString tail = QStringLiteral("%1:%2.%3").arg(two(all / 60 % 60), two(all % 60), QString::number(tenths % 10));
    return all >= 3600 ? QStringLiteral("%1:%2").arg(all / 3600).arg(tail) : tail;
}

QString LogCanvas::stepName(StepIndex index) const
{
    const Build* build = m_model.build();
    if (!build || raw(index) >= build->steps.size())
        return {};
    if (!m_shown || m_shownOf != std::pair(build->id, build->revision)) {
        m_shown.emplace(*build);
        m_shownOf = {build->id, build->revision};
    }
    const Step& step = build->step(index);
    QString name;
    if (step.neededBy.size() == 1)
        name = QString::fromStdString(step.neededBy.front().shortName()) + QLatin1Char(' ');
    if (step.parsed.index > 0) {
        const QString stage = (*m_shown)(step.parsed.stage);
        return name + (stage.isEmpty() ? stage : stage + QLatin1Char(' ')) + QStringLiteral("%1/%2").arg(step.parsed.index).arg(step.parsed.count);
    }
    return name + (*m_shown)(step.parsed.text);
}

std::unique_ptr<LogLine> LogCanvas::makeLine(int row) const
{
    const Palette& colors = Theme::palette();
    auto line = std::make_unique<LogLine>();
    line->row = row;
    line->ref = m_model.row(row);
    line->safe = m_model.text(row);
    line->links = linksIn(line->safe.text);
    line->time = line->ref.chunk == 0 ? logTime(m_model.offset(row)) : QString();
    line->clipped = line->safe.text.contains(QLatin1String("[output clipped, log limit"));
    if (m_stepNames && (row == topRow() || m_model.row(row - 1).step != line->ref.step))
        line->name = stepName(line->ref.step);

    QList<QTextLayout::FormatRange> formats;
    for (const StyleRun& run : line->safe.runs) {
        formats.append(range(run.start, run.length));
        formats.back().format = formatOf(run.style, colors);
    }
    for (const TextLink& link : line->links) {
        formats.append(range(link.start, link.length));
        formats.back().format.setFontUnderline(true);
        formats.back().format.setForeground(readable(colors.accent, colors.panel));
    }
    for (const TextSpan& token : line->safe.tokens) {
        formats.append(range(token.start, token.length));
        formats.back().format.setForeground(colors.panel);
        formats.back().format.setBackground(colors.muted);
    }
    const auto [first, last] = m_search.matchesIn(row);
    for (int i = first; i < last; ++i) {
        const LogMatch& match = m_search.matches()[std::size_t(i)];
        const int start = match.start - (row - match.row) * LogModel::chunkLength;
        formats.append(range(std::max(0, start), match.length + std::min(0, start)));
        const QColor paper = i == m_currentMatch ? colors.rebuilt : mixed(colors.rebuilt, colors.panel, 0.35);
        formats.back().format.setBackground(paper);
        formats.back().format.setForeground(readable(colors.text, paper));
    }
    line->layout.setText(line->safe.text);
    line->layout.setFont(Theme::monoFont());
    line->layout.setFormats(formats);
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(Qt::LeftToRight);
    line->layout.setTextOption(option);
    line->layout.beginLayout();
    QTextLine laid = line->layout.createLine();
    if (laid.isValid())
        laid.setLineWidth(1e7);
    line->layout.endLayout();
    line->width = laid.isValid() ? laid.naturalTextWidth() : 0;
    return line;
}

void LogCanvas::layOut()
{
    if (!m_lines.empty())
        return;
    const int rows = m_model.rowCount();
    const int first = std::min(topRow(), std::max(0, rows - 1));
    const int count = viewport()->height() / m_rowHeight + 1;
    int width = m_contentWidth;
    for (int row = first; row < rows && row < first + count; ++row) {
        m_lines.push_back(makeLine(row));
        width = std::max(width, int(std::ceil(m_lines.back()->width)));
    }
    if (width > m_contentWidth) {
        m_contentWidth = width;
        m_ranges.start(); // not now: this may be in the middle of painting
    }
}

void LogCanvas::paintGutter(QPainter& painter, const LogLine& line, int y) const
{
    const Palette& colors = Theme::palette();
    int x = leftPad;
    if (m_timestamps) {
        painter.setFont(Theme::monoFont());
        painter.setPen(colors.faint);
        const QString text = line.ref.chunk == 0 ? line.time : QStringLiteral("↪");
        painter.drawText(QRect(x, y, m_timeWidth + columnGap - 2, m_rowHeight), Qt::AlignVCenter | Qt::AlignLeft, text);
        x += m_timeWidth + columnGap;
    }
    if (m_stepNames && !line.name.isEmpty()) {
        painter.setFont(Theme::uiFont(-0.75));
        painter.setPen(colors.muted);
        const QString text = painter.fontMetrics().elidedText(line.name, Qt::ElideMiddle, m_nameWidth);
        painter.drawText(QRect(x, y, m_nameWidth, m_rowHeight), Qt::AlignVCenter | Qt::AlignLeft, text);
    }
}

void LogCanvas::paintLine(QPainter& painter, const LogLine& line, int y) const
{
    const Palette& colors = Theme::palette();
    const int width = viewport()->width();
    const QRect whole(0, y, width, m_rowHeight);
    if (line.clipped)
        painter.fillRect(whole, mixed(colors.rebuilt, colors.panel, 0.16));
    if (line.row == m_markedRow) {
        painter.fillRect(whole, mixed(colors.failed, colors.panel, 0.16));
        painter.fillRect(QRect(0, y, 3, m_rowHeight), colors.failed);
    }
    paintGutter(painter, line, y);
    painter.save();
    painter.setClipRect(QRect(textLeft() - 2, y, width - textLeft() + 2, m_rowHeight));
    QList<QTextLayout::FormatRange> selections;
    if (hasSelection()) {
        const LogPlace from = selectionStart(), to = selectionEnd();
        if (line.row >= from.row && line.row <= to.row) {
            const int first = line.row == from.row ? from.column : 0;
            const int last = line.row == to.row ? to.column : int(line.safe.text.size());
            selections.append(range(first, last - first));
            selections.back().format.setBackground(mixed(colors.accent, colors.panel, 0.35));
            selections.back().format.setForeground(readable(colors.text, mixed(colors.accent, colors.panel, 0.35)));
        }
    }
    painter.setPen(line.clipped ? readable(colors.rebuilt, colors.panel) : colors.text);
    const QPointF at(textLeft() - horizontalScrollBar()->value(), y + (m_rowHeight - line.layout.boundingRect().height()) / 2);
    line.layout.draw(&painter, at, selections);
    painter.restore();
}

void LogCanvas::paintEvent(QPaintEvent*)
{
    const Palette& colors = Theme::palette();
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), colors.panel);
    layOut();
    if (m_lines.empty()) {
        painter.setFont(Theme::uiFont());
        painter.setPen(colors.muted);
        painter.drawText(viewport()->rect().adjusted(32, 0, -32, 0), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
        return;
    }
    int y = topPad;
    for (const auto& line : m_lines) {
        paintLine(painter, *line, y);
        y += m_rowHeight;
    }
    if (hasFocus()) {
        painter.setPen(mixed(colors.accent, colors.panel, 0.6));
        painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
    }
}

QString LogCanvas::toolTipAt(const QPoint& point) const
{
    if (const auto link = linkAt(point))
        return tr("Opens %1").arg(link->host) + QLatin1Char('\n') + link->url.toString(QUrl::FullyEncoded);
    const LogLine* line = lineAt(point.y());
    if (!line || !m_timestamps || point.x() > leftPad + m_timeWidth || (point.y() - topPad) / m_rowHeight != line->row - topRow())
        return {};
    const Build* build = m_model.build();
    if (!build || raw(line->ref.step) >= build->steps.size())
        return {};
    const LogBuffer& log = *build->step(line->ref.step).log;
    return line->ref.line < log.lineCount() ? QString::fromStdString(formatRfc3339(log.line(line->ref.line).time)) : QString();
}

bool LogCanvas::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = toolTipAt(help->pos());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), text.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>")), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace layerline
