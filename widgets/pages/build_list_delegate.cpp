#include "widgets/pages/build_list_delegate.h"

#include "widgets/style/theme.h"

#include <QDateTime>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace layerline {

namespace {

constexpr int sideMargin = 19; ///< 3 px of selection edge and 16 px of air
constexpr int rightMargin = 16;
constexpr int topMargin = 9;
constexpr int titleHeight = 18, subtitleHeight = 17;
constexpr int stripTop = 6, stripHeight = 5, stripGap = 3;
constexpr int sectionHeight = 30;
constexpr int glyphSize = 10;
constexpr int memberIndent = 18; ///< of a build below its group's header
constexpr int arrowSize = 14;

Look lookOfStatus(BuildStatus status)
{
    switch (status) {
    case BuildStatus::Running: return Look::Running;
    case BuildStatus::Completed: return Look::Cached;
    case BuildStatus::Failed: return Look::Failed;
    case BuildStatus::Canceled: return Look::Canceled;
    case BuildStatus::Lost: return Look::Pending;
    }
    return Look::Pending;
}

QColor statusColor(BuildStatus status)
{
    const Palette& p = Theme::palette();
    if (status == BuildStatus::Running)
        return p.running;
    if (status == BuildStatus::Failed)
        return p.failed;
    if (status == BuildStatus::Lost)
        return mixed(p.rebuilt, p.text, Theme::dark() ? 1.0 : 0.75);
    return p.muted;
}

/// The glyph of a running build is a dot, as nowhere else: a triangle would look like a button here.
void paintStatusGlyph(QPainter& painter, const QRect& rect, BuildStatus status)
{
    if (status == BuildStatus::Lost) {
        Theme::paintIcon(painter, rect.adjusted(-2, -2, 2, 2), QStringLiteral("warning"), statusColor(status));
        return;
    }
    if (status != BuildStatus::Running) {
        paintLookGlyph(painter, rect, lookOfStatus(status), statusColor(status));
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(statusColor(status));
    painter.drawEllipse(rect);
    painter.restore();
}

QString exactTime(Timestamp time)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(time.ns / 1'000'000), QLocale::ShortFormat);
}

} // namespace

BuildListDelegate::BuildListDelegate(const BuildListModel& model, const Clock& clock, QObject* parent)
    : QStyledItemDelegate(parent), m_model(model), m_clock(clock)
{
}

QSize BuildListDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    if (index.data(BuildListModel::KindRole).toInt() == BuildListModel::Section)
        return {200, sectionHeight};
    const BuildListItem* item = m_model.item(index.row());
    const int strips = item ? int(item->strips.size()) : 1; // a group has one
    return {200, topMargin + titleHeight + subtitleHeight + stripTop + strips * (stripHeight + stripGap) - stripGap + topMargin};
}

QString BuildListDelegate::toolTip(const BuildListItem& item)
{
    QStringList lines{item.title, item.subtitle};
    if (item.started)
        lines.append(tr("started %1").arg(exactTime(*item.started)));
    if (item.completed)
        lines.append(tr("ended %1").arg(exactTime(*item.completed)));
    lines.append(tr("%1 of %2 steps, %3 from cache").arg(item.completedSteps).arg(item.steps).arg(item.cachedSteps));
    lines.append(item.notes.value(0));
    if (item.left)
        lines.append(tr("%1 left").arg(humanRange(*item.left)));
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

QString BuildListDelegate::toolTip(const BuildGroupItem& group)
{
    QStringList lines{tr("Bake of %n build(s)", nullptr, group.builds), group.title};
    if (group.started)
        lines.append(tr("started %1").arg(exactTime(*group.started)));
    if (group.completed)
        lines.append(tr("ended %1").arg(exactTime(*group.completed)));
    return lines.join(QLatin1Char('\n'));
}

QString BuildListDelegate::timeText(BuildStatus status, OptionalTime started, Duration elapsed, std::int64_t clockSkewNs) const
{
    if (!started)
        return {};
    if (status != BuildStatus::Running)
        return humanDuration(elapsed);
    return humanElapsed(std::max(Duration{0}, Timestamp{m_clock.now().ns + clockSkewNs} - *started));
}

void BuildListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setClipRect(option.rect);
    if (index.data(BuildListModel::KindRole).toInt() == BuildListModel::Section)
        paintSection(*painter, option.rect, index);
    else if (const BuildGroupItem* group = m_model.group(index.row()))
        paintGroup(*painter, option, *group, m_model.expanded(index.row()));
    else if (const BuildListItem* item = m_model.item(index.row()))
        paintBuild(*painter, option, *item, index.data(BuildListModel::MemberRole).toBool());
    painter->restore();
}

void BuildListDelegate::paintSection(QPainter& painter, const QRect& rect, const QModelIndex& index) const
{
    QFont font = Theme::uiFont(-1.5, 600);
    font.setCapitalization(QFont::AllUppercase);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.45);
    painter.setFont(font);
    painter.setPen(Theme::palette().faint);
    const QRect line(rect.left() + 16, rect.top() + 8, rect.width() - 32, 18);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
    drawTabular(painter, line, Qt::AlignRight | Qt::AlignVCenter, QString::number(index.data(BuildListModel::CountRole).toInt()));
}

void BuildListDelegate::paintRowBackground(QPainter& painter, const QRect& rect, const QStyleOptionViewItem& option) const
{
    const Palette& p = Theme::palette();
    if (option.state & QStyle::State_Selected) {
        painter.fillRect(rect, p.selection);
        painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), p.accent);
    } else if (option.state & QStyle::State_MouseOver) {
        painter.fillRect(rect, mixed(p.selection, p.panelRaised, 0.45));
    }
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_Selected)) {
        painter.setPen(QPen(mixed(p.accent, p.selection, 0.6), 1));
        painter.drawRect(rect.adjusted(3, 0, -1, -1));
    }
}

void BuildListDelegate::paintGroup(QPainter& painter, const QStyleOptionViewItem& option, const BuildGroupItem& group, bool expanded) const
{
    const Palette& p = Theme::palette();
    const QRect& rect = option.rect;
    paintRowBackground(painter, rect, option);
    const int left = rect.left() + sideMargin, width = rect.width() - sideMargin - rightMargin;
    int top = rect.top() + topMargin;
    Theme::paintIcon(painter, QRectF(left - 4, top + (titleHeight - arrowSize) / 2.0, arrowSize, arrowSize),
                     expanded ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), p.muted);
    const QRect line(left + arrowSize, top, width - arrowSize, titleHeight);
    const QRect room = paintStatus(painter, line, group.status, timeText(group.status, group.started, group.elapsed, group.clockSkewNs));
    painter.setPen(p.text);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, painter.fontMetrics().elidedText(group.title, Qt::ElideRight, room.width()));
    top += titleHeight;
    painter.setFont(Theme::uiFont(-0.75));
    painter.setPen(p.muted);
    const QRect below(left + arrowSize, top, width - arrowSize, subtitleHeight);
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, tr("bake · %n build(s)", nullptr, group.builds));
    QStringList notes;
    if (group.failed > 0)
        notes += tr("%n failed", nullptr, group.failed);
    if (group.running > 0)
        notes += tr("%n running", nullptr, group.running);
    drawTabular(painter, below, Qt::AlignRight | Qt::AlignVCenter, notes.join(QStringLiteral(" · ")));
    top += subtitleHeight + stripTop;
    paintStrips(painter, {left, top, width, rect.bottom() - topMargin - top + 1}, group.strips);
}

void BuildListDelegate::paintBuild(QPainter& painter, const QStyleOptionViewItem& option, const BuildListItem& item, bool member) const
{
    const QRect& rect = option.rect;
    paintRowBackground(painter, rect, option);
    const int indent = member ? memberIndent : 0;
    if (member)
        painter.fillRect(QRect(rect.left() + sideMargin + 2, rect.top(), 1, rect.height()), Theme::palette().line);
    const int left = rect.left() + sideMargin + indent, width = rect.width() - sideMargin - rightMargin - indent;
    int top = rect.top() + topMargin;
    paintTitle(painter, {left, top, width, titleHeight}, item);
    top += titleHeight;
    paintSubtitle(painter, {left, top, width, subtitleHeight}, item);
    top += subtitleHeight + stripTop;
    paintStrips(painter, {left, top, width, rect.bottom() - topMargin - top + 1}, item.strips);
}

QRect BuildListDelegate::paintStatus(QPainter& painter, const QRect& line, BuildStatus status, const QString& time) const
{
    painter.setFont(Theme::uiFont(0, 600));
    const int timeWidth = time.isEmpty() ? 0 : int(std::ceil(tabularWidth(painter.font(), time)));
    painter.setPen(statusColor(status));
    drawTabular(painter, line, Qt::AlignRight | Qt::AlignVCenter, time);
    paintStatusGlyph(painter, QRect(line.right() + 1 - timeWidth - glyphSize - 5, line.top() + (line.height() - glyphSize) / 2, glyphSize, glyphSize), status);
    return line.adjusted(0, 0, -timeWidth - glyphSize - 6 - 8, 0);
}

void BuildListDelegate::paintTitle(QPainter& painter, const QRect& line, const BuildListItem& item) const
{
    const QRect room = paintStatus(painter, line, item.status, timeText(item.status, item.started, item.elapsed, item.clockSkewNs));
    painter.setPen(Theme::palette().text);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, painter.fontMetrics().elidedText(item.title, Qt::ElideMiddle, room.width()));
}

void BuildListDelegate::paintSubtitle(QPainter& painter, const QRect& line, const BuildListItem& item) const
{
    painter.setFont(Theme::uiFont(-0.75));
    painter.setPen(Theme::palette().muted);
    const auto width = [&](const QString& text) { return int(std::ceil(tabularWidth(painter.font(), text))); };
    // Both sides shorten by whole words: first the note, then the subtitle, and only then is anything elided.
    QString left = item.subtitle, note;
    QStringList notes = item.notes;
    if (item.left)
        notes.prepend(tr("%1 left").arg(humanRange(*item.left)));
    if (item.slow)
        notes.prepend(tr("slower than usual"));
    for (const QString& subtitle : {item.subtitle, item.shortSubtitle}) {
        left = subtitle;
        const int room = line.width() - width(left) - 12;
        const auto fitting = std::find_if(notes.begin(), notes.end(), [&](const QString& text) { return width(text) <= room; });
        if (fitting != notes.end()) {
            note = *fitting;
            break;
        }
    }
    const int room = line.width() - (note.isEmpty() ? 0 : width(note) + 12);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, painter.fontMetrics().elidedText(left, Qt::ElideRight, room));
    drawTabular(painter, line, Qt::AlignRight | Qt::AlignVCenter, note);
}

void BuildListDelegate::paintStrips(QPainter& painter, const QRect& rect, const std::vector<BuildStrip>& strips) const
{
    const Palette& p = Theme::palette();
    int top = rect.top();
    for (const BuildStrip& strip : strips) {
        const QRect track(rect.left(), top, rect.width(), stripHeight);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(mixed(p.line, p.panelRaised, 0.6));
        painter.drawRoundedRect(track, 2, 2);
        painter.setRenderHint(QPainter::Antialiasing, false);
        for (const StripSegment& segment : strip.segments) {
            const int left = track.left() + int(std::lround(segment.begin * track.width()));
            const int right = std::max(left + 2, track.left() + int(std::lround(segment.end * track.width())));
            paintBar(painter, QRect(left, top, std::min(right, track.right() + 1) - left, stripHeight), segment.look, segment.emulated);
        }
        top += stripHeight + stripGap;
    }
}

} // namespace layerline
