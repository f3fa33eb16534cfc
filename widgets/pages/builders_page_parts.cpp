// The painted parts of a builder's card: state, platforms, disk use.
#include "widgets/pages/builders_page_card.h"

#include "widgets/style/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>

namespace layerline {

namespace {
constexpr int diskRow = 24;
constexpr int legendRow = 22;
constexpr int diskName = 130;
constexpr int diskNumbers = 76;
constexpr int diskCounts = 100;
constexpr int chipHeight = 22;
constexpr int chipGap = 6;

QColor conditionColor(NodeCondition state)
{
    const Palette& colors = Theme::palette();
    switch (state) {
    case NodeCondition::Live: return colors.cached;
    case NodeCondition::Connecting: return colors.running;
    case NodeCondition::Down: case NodeCondition::Forbidden: return colors.failed;
    case NodeCondition::Hung: return colors.rebuilt;
    case NodeCondition::Stopped: case NodeCondition::Unwatched: return colors.canceled;
    }
    return colors.muted;
}

/// Young to old: from the accent to grey.
QColor ageColor(std::size_t age)
{
    const Palette& colors = Theme::palette();
    switch (DiskAge(int(age))) {
    case DiskAge::Day: return colors.running;
    case DiskAge::Week: return mixed(colors.running, colors.panel, 0.68);
    case DiskAge::Month: return mixed(colors.rebuilt, colors.panel, 0.8);
    case DiskAge::Older: return colors.canceled;
    }
    return colors.canceled;
}

QString ageName(std::size_t age)
{
    switch (DiskAge(int(age))) {
    case DiskAge::Day: return DiskUseView::tr("used today");
    case DiskAge::Week: return DiskUseView::tr("this week");
    case DiskAge::Month: return DiskUseView::tr("this month");
    case DiskAge::Older: return DiskUseView::tr("longer ago");
    }
    return {};
}
} // namespace

NodeStateBadge::NodeStateBadge(QWidget* parent) : QWidget(parent) { setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed); }

void NodeStateBadge::setState(NodeCondition state)
{
    m_state = state;
    setAccessibleName(conditionName(state));
    updateGeometry();
    update();
}

QSize NodeStateBadge::sizeHint() const
{
    return {18 + QFontMetrics(Theme::uiFont(0, 600)).horizontalAdvance(conditionName(m_state)) + 6, 22};
}

void NodeStateBadge::paintEvent(QPaintEvent*)
{
    const QColor color = conditionColor(m_state);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF mark(1, (height() - 12) / 2.0, 12, 12);
    painter.setPen(QPen(color, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF c = mark.center();
    switch (m_state) {
    case NodeCondition::Live: // a filled dot
        painter.setBrush(color);
        painter.drawEllipse(c, 4.5, 4.5);
        break;
    case NodeCondition::Connecting: // half a ring
        painter.drawArc(mark.adjusted(1, 1, -1, -1), 30 * 16, 200 * 16);
        break;
    case NodeCondition::Down: // a cross
        painter.drawLine(c + QPointF(-4, -4), c + QPointF(4, 4));
        painter.drawLine(c + QPointF(-4, 4), c + QPointF(4, -4));
        break;
    case NodeCondition::Hung: // a clock
        painter.drawEllipse(c, 5, 5);
        painter.drawLine(c, c + QPointF(0, -3));
        painter.drawLine(c, c + QPointF(2.2, 0.8));
        break;
    case NodeCondition::Forbidden: // no entry
        painter.drawEllipse(c, 5, 5);
        painter.drawLine(c + QPointF(-2.6, 0), c + QPointF(2.6, 0));
        break;
    case NodeCondition::Unwatched: // a ring of dots
        painter.setPen(QPen(color, 1.8, Qt::DotLine, Qt::RoundCap));
        painter.drawEllipse(c, 5, 5);
        break;
    case NodeCondition::Stopped: // a square
        painter.drawRoundedRect(mark.adjusted(2, 2, -2, -2), 1.5, 1.5);
        break;
    }
    painter.setFont(Theme::uiFont(0, 600));
    painter.setPen(mixed(color, Theme::palette().text, 0.7));
    painter.drawText(QRect(18, 0, width() - 18, height()), Qt::AlignVCenter, conditionName(m_state));
}

PlatformChips::PlatformChips(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void PlatformChips::setNode(const NodeRow& node)
{
    m_chips.clear();
    QStringList spoken;
    for (const Platform& platform : node.platforms) {
        Chip made{QString::fromStdString(platform.shortName()), executionOnNode(node, platform), {}};
        const QString name = QString::fromStdString(platform.str());
        switch (made.execution) {
        case Execution::Native: case Execution::Cross: made.tip = tr("%1 runs natively here").arg(name); break;
        case Execution::Emulated: made.tip = tr("%1 runs under QEMU here: expect it to be several times slower").arg(name); break;
        case Execution::Unknown: made.tip = tr("%1: not known whether this machine runs it natively").arg(name); break;
        }
        spoken += made.tip;
        m_chips.push_back(std::move(made));
    }
    setAccessibleName(spoken.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

std::vector<QRect> PlatformChips::place(int width) const
{
    std::vector<QRect> rects;
    const QFontMetrics metrics(Theme::uiFont(-0.75));
    int x = 0, y = 0;
    for (const Chip& one : m_chips) {
        const int wide = metrics.horizontalAdvance(one.name) + 18 + (one.execution == Execution::Emulated ? metrics.horizontalAdvance(QStringLiteral(" QEMU")) + 2 : 0);
        if (x > 0 && x + wide > width) {
            x = 0;
            y += chipHeight + chipGap;
        }
        rects.emplace_back(x, y, wide, chipHeight);
        x += wide + chipGap;
    }
    return rects;
}

int PlatformChips::heightForWidth(int width) const
{
    const auto rects = place(width);
    return rects.empty() ? 0 : rects.back().bottom() + 1;
}

QSize PlatformChips::sizeHint() const { return {320, heightForWidth(std::max(320, width()))}; }

void PlatformChips::paintEvent(QPaintEvent*)
{
    const Palette& colors = Theme::palette();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::uiFont(-0.75));
    const auto rects = place(width());
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        const Chip& one = m_chips[i];
        const QRectF rect = QRectF(rects[i]).adjusted(0.5, 0.5, -0.5, -0.5);
        const bool native = one.execution == Execution::Native;
        const bool emulated = one.execution == Execution::Emulated;
        painter.setPen(native ? mixed(colors.cached, colors.panel, 0.6) : colors.line);
        painter.setBrush(native ? mixed(colors.cached, colors.panel, 0.16) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2);
        QRect text = rects[i].adjusted(9, 0, -9, 0);
        painter.setPen(native ? colors.text : colors.muted);
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft, one.name);
        if (emulated) {
            painter.setPen(mixed(colors.rebuilt, colors.text, 0.85));
            painter.drawText(text, Qt::AlignVCenter | Qt::AlignRight, QStringLiteral("QEMU"));
        }
    }
}

bool PlatformChips::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto rects = place(width());
    for (std::size_t i = 0; i < rects.size(); ++i) {
        if (rects[i].contains(help->pos())) {
            QToolTip::showText(help->globalPos(), m_chips[i].tip, this);
            return true;
        }
    }
    QToolTip::hideText();
    return true;
}

DiskUseView::DiskUseView(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void DiskUseView::setSums(std::vector<DiskSum> sums)
{
    m_sums = std::move(sums);
    m_all = {};
    for (const DiskSum& sum : m_sums) {
        for (std::size_t age = 0; age < diskAges; ++age)
            m_all.bytes[age] += sum.bytes[age];
        m_all.total += sum.total;
        m_all.reclaimable += sum.reclaimable;
        m_all.count += sum.count;
    }
    setAccessibleName(texts().join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

QSize DiskUseView::sizeHint() const { return {520, int(m_sums.size()) * diskRow + legendRow}; }

QStringList DiskUseView::texts() const
{
    QStringList out;
    for (const DiskSum& sum : m_sums) {
        QStringList ages;
        for (std::size_t age = 0; age < diskAges; ++age) {
            if (sum.bytes[age] > 0)
                ages += ageName(age) + QLatin1Char(' ') + humanBytes(sum.bytes[age]);
        }
        out += tr("%1 %2 (%3 can be freed)").arg(sum.type, humanBytes(sum.total), humanBytes(sum.reclaimable)) + QStringLiteral("; ") + ages.join(QStringLiteral(", "));
    }
    return out;
}

QRect DiskUseView::rowRect(int row) const { return {0, row * diskRow, width(), diskRow}; }

void DiskUseView::paintBar(QPainter& painter, const QRect& rect, const DiskSum& sum) const
{
    const Palette& colors = Theme::palette();
    painter.fillRect(rect, mixed(colors.line, colors.panel, 0.5));
    const std::int64_t scale = std::max<std::int64_t>(1, m_sums.front().total);
    double x = rect.left();
    for (std::size_t age = 0; age < diskAges; ++age) {
        const double width = double(sum.bytes[age]) / double(scale) * rect.width();
        if (width <= 0)
            continue;
        const int left = int(x + 0.5), right = std::max(left + 2, int(x + width + 0.5));
        painter.fillRect(QRect(left, rect.top(), std::min(right, rect.right() + 1) - left - (right < rect.right() ? 1 : 0), rect.height()), ageColor(age));
        x += width;
    }
}

void DiskUseView::paintEvent(QPaintEvent*)
{
    if (m_sums.empty())
        return;
    const Palette& colors = Theme::palette();
    QPainter painter(this);
    painter.setFont(Theme::uiFont());
    const int barRoom = std::max(40, width() - diskName - diskNumbers - diskCounts - 12);
    for (std::size_t i = 0; i < m_sums.size(); ++i) {
        const DiskSum& sum = m_sums[i];
        const QRect row = rowRect(int(i));
        painter.setPen(colors.text);
        painter.drawText(row.adjusted(0, 0, diskName - 8 - row.width(), 0), Qt::AlignVCenter, painter.fontMetrics().elidedText(sum.type, Qt::ElideRight, diskName - 8));
        paintBar(painter, QRect(diskName, row.top() + 7, barRoom, 10), sum);
        painter.setPen(colors.text);
        const int right = diskName + barRoom + 4;
        drawTabular(painter, QRect(right, row.top(), diskNumbers, row.height()), Qt::AlignRight | Qt::AlignVCenter, humanBytes(sum.total));
        painter.setPen(colors.muted);
        drawTabular(painter, QRect(right + diskNumbers, row.top(), diskCounts, row.height()), Qt::AlignRight | Qt::AlignVCenter, tr("%n record(s)", nullptr, sum.count));
    }
    int x = diskName;
    const int y = int(m_sums.size()) * diskRow;
    painter.setFont(Theme::uiFont(-0.75));
    for (std::size_t age = 0; age < diskAges; ++age) {
        if (m_all.bytes[age] == 0)
            continue;
        painter.fillRect(QRect(x, y + 8, 10, 8), ageColor(age));
        painter.setPen(colors.muted);
        const QString text = ageName(age);
        const int wide = painter.fontMetrics().horizontalAdvance(text);
        painter.drawText(QRect(x + 15, y, wide + 2, legendRow + 2), Qt::AlignVCenter, text);
        x += wide + 33;
    }
}

QString DiskUseView::toolTipFor(const DiskSum& sum) const
{
    QStringList lines;
    for (std::size_t age = 0; age < diskAges; ++age) {
        if (sum.bytes[age] > 0)
            lines += tr("%1: %L2 bytes").arg(ageName(age)).arg(sum.bytes[age]);
    }
    lines += tr("can be freed: %L1 bytes").arg(sum.reclaimable);
    return lines.join(QLatin1Char('\n'));
}

bool DiskUseView::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int row = help->pos().y() / diskRow;
    if (row >= 0 && row < int(m_sums.size()))
        QToolTip::showText(help->globalPos(), toolTipFor(m_sums[std::size_t(row)]), this);
    else
        QToolTip::hideText();
    return true;
}

} // namespace layerline
