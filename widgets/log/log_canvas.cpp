#include "widgets/log/log_canvas.h"

#include "widgets/log/log_accessible.h"
#include "widgets/log/log_line.h"
#include "widgets/style/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QPointer>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>

namespace layerline {

namespace {
constexpr int rowsCopiedAtOnce = 3000;
constexpr int wheelRows = 3;
} // namespace

LogCanvas::LogCanvas(LogModel& model, LogSearch& search, QWidget* parent)
    : QAbstractScrollArea(parent), m_model(model), m_search(search)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setAutoFillBackground(false);
    setAccessibleName(tr("Log"));
    installLogAccessibility();
    setCornerWidget(new QWidget(this)); // the style would draw a frame there
    fontChange();
    m_ranges.setSingleShot(true);
    m_ranges.setInterval(0);
    connect(&m_ranges, &QTimer::timeout, this, &LogCanvas::updateRanges);
    m_copyPump.setInterval(0);
    connect(&m_copyPump, &QTimer::timeout, this, &LogCanvas::copySlice);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &LogCanvas::rowsChanged);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, [this](const QModelIndex&, int first) { rowsRemoved(first); });
    connect(&model, &QAbstractItemModel::modelReset, this, [this] {
        m_markedRow = -1;
        measureNames();
        rowsRemoved(0);
    });
    connect(&model, &QAbstractItemModel::dataChanged, this, &LogCanvas::rowsChanged);
    connect(&search, &LogSearch::changed, this, [this] {
        if (m_currentMatch >= int(m_search.matches().size()))
            m_currentMatch = -1;
        m_lines.clear();
        viewport()->update();
    });
}

LogCanvas::~LogCanvas() = default;

void LogCanvas::fontChange()
{
    const QFontMetrics mono(Theme::monoFont());
    m_rowHeight = mono.height() + 5;
    m_timeWidth = mono.horizontalAdvance(QStringLiteral("00:00.0"));
    measureNames();
    m_lines.clear();
}

/// As wide as the names that can occur, within reason.
void LogCanvas::measureNames()
{
    const QFontMetrics metrics(Theme::uiFont(-0.75));
    m_nameWidth = metrics.averageCharWidth() * 8;
    const Build* build = m_stepNames ? m_model.build() : nullptr;
    const std::size_t count = build ? std::min<std::size_t>(build->steps.size(), 400) : 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (m_model.inScope(StepIndex{i}) && !build->steps[i].log->empty())
            m_nameWidth = std::max(m_nameWidth, metrics.horizontalAdvance(stepName(StepIndex{i})) + 4);
    }
    m_nameWidth = std::min(m_nameWidth, metrics.averageCharWidth() * 30);
}

void LogCanvas::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        fontChange();
        updateRanges();
        viewport()->update();
    }
    QAbstractScrollArea::changeEvent(event);
}

int LogCanvas::topRow() const { return verticalScrollBar()->value(); }

int LogCanvas::visibleRows() const { return std::max(1, (viewport()->height() - 6) / m_rowHeight); }

int LogCanvas::textLeft() const
{
    return 14 + (m_timestamps ? m_timeWidth + 12 : 0) + (m_stepNames ? m_nameWidth + 12 : 0);
}

void LogCanvas::setTop(int row)
{
    m_moving = true;
    verticalScrollBar()->setValue(row);
    m_moving = false;
}

void LogCanvas::updateRanges()
{
    m_moving = true;
    const int rows = m_model.rowCount();
    verticalScrollBar()->setRange(0, std::max(0, rows - visibleRows()));
    verticalScrollBar()->setPageStep(visibleRows());
    verticalScrollBar()->setSingleStep(1);
    const int room = viewport()->width() - textLeft() - 14;
    horizontalScrollBar()->setRange(0, std::max(0, m_contentWidth - room));
    horizontalScrollBar()->setPageStep(std::max(1, room));
    horizontalScrollBar()->setSingleStep(24);
    m_moving = false;
    if (m_follow)
        setTop(verticalScrollBar()->maximum());
}

void LogCanvas::rowsChanged()
{
    if (m_stepNames)
        measureNames();
    m_lines.clear();
    updateRanges();
    viewport()->update();
}

void LogCanvas::rowsRemoved(int first)
{
    if (first == 0)
        m_contentWidth = 0;
    if (m_anchor && m_caret && std::max(*m_anchor, *m_caret).row >= first)
        m_anchor = m_caret = std::nullopt;
    if (m_markedRow >= first)
        m_markedRow = -1;
    rowsChanged();
}

void LogCanvas::setFollow(bool follow)
{
    if (m_follow != follow) {
        m_follow = follow;
        Q_EMIT followChanged(follow);
    }
    if (follow)
        setTop(verticalScrollBar()->maximum());
}

void LogCanvas::setTimestamps(bool shown)
{
    m_timestamps = shown;
    rowsChanged();
}

void LogCanvas::setStepNames(bool shown)
{
    if (m_stepNames == shown)
        return;
    m_stepNames = shown;
    measureNames();
    rowsChanged();
}

void LogCanvas::setPlaceholder(const QString& text)
{
    if (m_placeholder == text)
        return;
    m_placeholder = text;
    viewport()->update();
}

void LogCanvas::scrollToRow(int row)
{
    setFollow(false);
    const int top = topRow();
    if (row < top || row >= top + visibleRows())
        setTop(row - visibleRows() / 3);
    viewport()->update();
}

void LogCanvas::setCurrentMatch(int match)
{
    m_currentMatch = match;
    m_lines.clear();
    if (match >= 0 && match < int(m_search.matches().size())) {
        const LogMatch& found = m_search.matches()[std::size_t(match)];
        scrollToRow(found.row);
        layOut();
        for (const auto& line : m_lines) {
            if (line->row != found.row)
                continue;
            const int x = int(line->xOf(found.start)), end = int(line->xOf(found.start + found.length));
            const int room = viewport()->width() - textLeft() - 14, left = horizontalScrollBar()->value();
            updateRanges();
            if (x < left || end > left + room)
                horizontalScrollBar()->setValue(std::max(0, x - room / 3));
        }
    }
    viewport()->update();
}

void LogCanvas::setMarkedRow(int row)
{
    m_markedRow = row;
    if (row >= 0)
        scrollToRow(row);
    viewport()->update();
}

void LogCanvas::resizeEvent(QResizeEvent*)
{
    m_lines.clear();
    updateRanges();
}

void LogCanvas::scrollContentsBy(int, int)
{
    m_lines.clear();
    // Whoever scrolls away wants to read; whoever scrolls to the end wants to see what comes.
    if (!m_moving)
        setFollow(topRow() >= verticalScrollBar()->maximum() && m_model.rowCount() > visibleRows());
    viewport()->update();
}

LogPlace LogCanvas::selectionStart() const { return m_anchor && m_caret ? std::min(*m_anchor, *m_caret) : LogPlace{}; }
LogPlace LogCanvas::selectionEnd() const { return m_anchor && m_caret ? std::max(*m_anchor, *m_caret) : LogPlace{}; }

void LogCanvas::select(LogPlace from, LogPlace to)
{
    m_anchor = from;
    m_caret = to;
    viewport()->update();
}

void LogCanvas::selectAll()
{
    if (const int rows = m_model.rowCount(); rows > 0)
        select({0, 0}, {rows - 1, int(m_model.text(rows - 1).text.size())});
}

void LogCanvas::copy()
{
    if (!hasSelection())
        return;
    m_copied.clear();
    m_copying = std::make_unique<LogExport>(m_model, selectionStart(), selectionEnd());
    copySlice();
}

void LogCanvas::copySlice()
{
    m_copied += m_copying->next(rowsCopiedAtOnce);
    if (!m_copying->done()) {
        m_copyPump.start();
        return;
    }
    m_copyPump.stop();
    QGuiApplication::clipboard()->setText(m_copied);
    m_copied = {};
}

void LogCanvas::extendTo(LogPlace place)
{
    if (!m_anchor)
        m_anchor = m_caret.value_or(place);
    m_caret = place;
    if (place.row < topRow())
        scrollToRow(place.row);
    else if (place.row >= topRow() + visibleRows())
        setTop(place.row - visibleRows() + 1);
    viewport()->update();
}

void LogCanvas::moveCaret(int rows, int columns, bool toEdge)
{
    const int count = m_model.rowCount();
    if (count == 0)
        return;
    LogPlace place = m_caret.value_or(LogPlace{topRow(), 0});
    if (!m_anchor)
        m_anchor = place;
    place.row = std::clamp(place.row + rows, 0, count - 1);
    const int length = int(m_model.text(place.row).text.size());
    if (toEdge)
        place.column = columns < 0 ? 0 : length;
    else
        place.column = std::min(place.column, length) + columns;
    if (place.column < 0 && place.row > 0) {
        --place.row;
        place.column = int(m_model.text(place.row).text.size());
    } else if (place.column > length && place.row + 1 < count) {
        ++place.row;
        place.column = 0;
    }
    place.column = std::clamp(place.column, 0, int(m_model.text(place.row).text.size()));
    extendTo(place);
}

void LogCanvas::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        return copy();
    if (event->matches(QKeySequence::SelectAll))
        return selectAll();
    const bool extend = event->modifiers().testFlag(Qt::ShiftModifier);
    const bool all = event->modifiers().testFlag(Qt::ControlModifier);
    const auto scroll = [this](int rows) { verticalScrollBar()->setValue(topRow() + rows); };
    const int page = visibleRows();
    switch (event->key()) {
    case Qt::Key_Up: return extend ? moveCaret(-1, 0, false) : scroll(-1);
    case Qt::Key_Down: return extend ? moveCaret(1, 0, false) : scroll(1);
    case Qt::Key_PageUp: return extend ? moveCaret(-page, 0, false) : scroll(-page);
    case Qt::Key_PageDown: return extend ? moveCaret(page, 0, false) : scroll(page);
    case Qt::Key_Home: return extend ? moveCaret(all ? -m_model.rowCount() : 0, -1, true) : scroll(-topRow());
    case Qt::Key_End: return extend ? moveCaret(all ? m_model.rowCount() : 0, 1, true) : setFollow(true);
    case Qt::Key_Left:
        return extend ? moveCaret(0, -1, false) : horizontalScrollBar()->setValue(horizontalScrollBar()->value() - 24);
    case Qt::Key_Right:
        return extend ? moveCaret(0, 1, false) : horizontalScrollBar()->setValue(horizontalScrollBar()->value() + 24);
    default: break;
    }
    event->ignore(); // the view around has keys of its own
}

const LogLine* LogCanvas::lineAt(int y) const
{
    const_cast<LogCanvas*>(this)->layOut();
    if (m_lines.empty())
        return nullptr;
    const int at = std::clamp((y - 6) / m_rowHeight, 0, int(m_lines.size()) - 1);
    return m_lines[std::size_t(at)].get();
}

LogPlace LogCanvas::placeAt(const QPoint& point) const
{
    const LogLine* line = lineAt(point.y());
    if (!line)
        return {};
    if (point.y() < 0)
        return {std::max(0, line->row - 1), 0};
    return {line->row, line->columnAt(point.x() - textLeft() + horizontalScrollBar()->value())};
}

std::optional<TextLink> LogCanvas::linkAt(const QPoint& point) const
{
    const LogLine* line = lineAt(point.y());
    if (!line || point.x() < textLeft() || (point.y() - 6) / m_rowHeight != line->row - topRow())
        return {};
    const double x = point.x() - textLeft() + horizontalScrollBar()->value();
    for (const TextLink& link : line->links) {
        if (x >= line->xOf(link.start) && x < line->xOf(link.start + link.length))
            return link;
    }
    return {};
}

QStringList LogCanvas::visibleText() const
{
    const_cast<LogCanvas*>(this)->layOut();
    QStringList texts;
    for (const auto& line : m_lines)
        texts += line->safe.text;
    return texts;
}

QStringList LogCanvas::visibleNames() const
{
    const_cast<LogCanvas*>(this)->layOut();
    QStringList names;
    for (const auto& line : m_lines)
        names += line->name;
    return names;
}

void LogCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_model.rowCount() == 0)
        return;
    m_pressed = event->pos();
    m_pressedLink = linkAt(event->pos());
    m_dragging = true;
    const LogPlace place = placeAt(event->pos());
    if (event->modifiers().testFlag(Qt::ShiftModifier))
        extendTo(place);
    else
        select(place, place);
}

void LogCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_dragging) {
        viewport()->setCursor(linkAt(event->pos()) ? Qt::PointingHandCursor : event->pos().x() < textLeft() - 6 ? Qt::ArrowCursor : Qt::IBeamCursor);
        return;
    }
    if ((event->pos() - m_pressed).manhattanLength() >= QApplication::startDragDistance())
        m_pressedLink.reset();
    if (!m_pressedLink)
        extendTo(placeAt(event->pos()));
    if (viewport()->rect().contains(event->pos()))
        m_autoScroll.stop();
    else if (!m_autoScroll.isActive())
        m_autoScroll.start(40, this);
}

void LogCanvas::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_autoScroll.timerId())
        return QAbstractScrollArea::timerEvent(event);
    const QPoint point = viewport()->mapFromGlobal(QCursor::pos());
    verticalScrollBar()->setValue(topRow() + (point.y() < 0 ? -1 : point.y() > viewport()->height() ? 1 : 0));
    extendTo(placeAt(point));
}

void LogCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    m_autoScroll.stop();
    m_dragging = false;
    if (event->button() != Qt::LeftButton)
        return;
    const auto link = linkAt(event->pos());
    if (link && m_pressedLink && link->url == m_pressedLink->url && !hasSelection())
        Q_EMIT linkActivated(link->url);
    m_pressedLink.reset();
}

void LogCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    const LogLine* line = lineAt(event->pos().y());
    if (!line || event->button() != Qt::LeftButton)
        return;
    const QString& text = line->safe.text;
    const LogPlace place = placeAt(event->pos());
    const auto inWord = [&](int at) { return at >= 0 && at < text.size() && !text[at].isSpace() && !QStringLiteral("\"'()[]<>,;").contains(text[at]); };
    int from = std::min(place.column, int(text.size())), to = from;
    while (inWord(from - 1))
        --from;
    while (inWord(to))
        ++to;
    select({place.row, from}, {place.row, to});
}

void LogCanvas::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* copying = menu->addAction(tr("Copy"), this, &LogCanvas::copy);
    copying->setShortcut(QKeySequence::Copy);
    copying->setEnabled(hasSelection());
    QAction* all = menu->addAction(tr("Select all"), this, &LogCanvas::selectAll);
    all->setShortcut(QKeySequence::SelectAll);
    if (const auto link = linkAt(event->pos())) {
        const QUrl url = link->url;
        menu->addAction(tr("Copy link"), this, [url] { QGuiApplication::clipboard()->setText(url.toString(QUrl::FullyEncoded)); });
    }
    menu->popup(event->globalPos());
}

void LogCanvas::wheelEvent(QWheelEvent* event)
{
    if (event->angleDelta().y() == 0 || !event->pixelDelta().isNull())
        return QAbstractScrollArea::wheelEvent(event);
    verticalScrollBar()->setValue(topRow() - event->angleDelta().y() * wheelRows / 120);
    event->accept();
}

} // namespace layerline
