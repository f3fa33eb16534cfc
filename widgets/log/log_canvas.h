// The lines of a log: lays out what is visible and nothing else.
#pragma once

#include "items/build_text.h"
#include "items/log_export.h"
#include "items/log_search.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QTimer>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace layerline {

struct LogLine;

/// Scrolls by rows, so that a million lines scroll as well as ten. Text is painted exactly as LogModel gives it.
class LogCanvas : public QAbstractScrollArea {
    Q_OBJECT
public:
    LogCanvas(LogModel& model, LogSearch& search, QWidget* parent = nullptr);
    ~LogCanvas() override;

    bool follow() const { return m_follow; }
    void setFollow(bool follow);
    void setTimestamps(bool shown);
    bool timestamps() const { return m_timestamps; }
    /// Names the step before its lines (scopes of more than one step).
    void setStepNames(bool shown);
    /// What stands in the middle when there are no rows.
    void setPlaceholder(const QString& text);

    int rowHeight() const { return m_rowHeight; }
    int topRow() const;
    int visibleRows() const;
    int textLeft() const; ///< pixels from the viewport's left, unscrolled
    void scrollToRow(int row);
    /// Shows a match of the search as the current one; -1 for none.
    void setCurrentMatch(int match);
    int currentMatch() const { return m_currentMatch; }
    /// Marks a row (the first error); -1 for none.
    void setMarkedRow(int row);
    int markedRow() const { return m_markedRow; }

    bool hasSelection() const { return m_anchor && m_caret && *m_anchor != *m_caret; }
    LogPlace selectionStart() const;
    LogPlace selectionEnd() const;
    void select(LogPlace from, LogPlace to);
    void selectAll();
    /// Puts the selected text on the clipboard, in portions when it is long.
    void copy();
    /// The link at a point of the viewport.
    std::optional<TextLink> linkAt(const QPoint& point) const;
    /// The place at a point of the viewport.
    LogPlace placeAt(const QPoint& point) const;
    /// Texts of the rows in sight, for tests and screen readers.
    QStringList visibleText() const;
    /// What the gutter names beside them, "" where it repeats itself.
    QStringList visibleNames() const;

Q_SIGNALS:
    void followChanged(bool follow);
    void linkActivated(const QUrl& url);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void fontChange();
    void rowsChanged();
    void rowsRemoved(int first);
    void updateRanges();
    void setTop(int row);
    void layOut();
    std::unique_ptr<LogLine> makeLine(int row) const;
    QString stepName(StepIndex step) const;
    void measureNames();
    void paintLine(QPainter& painter, const LogLine& line, int y) const;
    void paintGutter(QPainter& painter, const LogLine& line, int y) const;
    void moveCaret(int rows, int columns, bool toEdge);
    void extendTo(LogPlace place);
    const LogLine* lineAt(int y) const;
    QString toolTipAt(const QPoint& point) const;
    void copySlice();

    LogModel& m_model;
    LogSearch& m_search;
    std::vector<std::unique_ptr<LogLine>> m_lines; ///< rows in sight
    QTimer m_ranges;
    int m_rowHeight = 19;
    int m_timeWidth = 0;
    int m_nameWidth = 0;
    int m_contentWidth = 0;
    bool m_follow = false;
    bool m_timestamps = true;
    bool m_stepNames = false;
    mutable std::optional<BuildText> m_shown; ///< masks the build's secrets in step names
    mutable std::pair<BuildId, std::uint64_t> m_shownOf; ///< the build and its revision
    bool m_moving = false; ///< the scroll bar moves by our doing
    QString m_placeholder;
    int m_currentMatch = -1;
    int m_markedRow = -1;
    std::optional<LogPlace> m_anchor, m_caret;
    std::optional<TextLink> m_pressedLink;
    QPoint m_pressed;
    bool m_dragging = false;
    QBasicTimer m_autoScroll;
    std::unique_ptr<LogExport> m_copying;
    QString m_copied;
    QTimer m_copyPump;
};

} // namespace layerline
