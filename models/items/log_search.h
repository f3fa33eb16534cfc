// Search in a LogModel, a slice at a time.
#pragma once

#include "items/log_model.h"

#include <QObject>
#include <QRegularExpression>
#include <QTimer>

#include <vector>

namespace layerline {

struct LogMatch {
    int row = 0;    ///< where it begins; it may go on in the next row of the same line
    int start = 0;  ///< in that row's text
    int length = 0;
    friend bool operator==(const LogMatch&, const LogMatch&) = default;
};

struct LogQuery {
    QString text;
    bool regex = false;
    bool caseSensitive = false;
    friend bool operator==(const LogQuery&, const LogQuery&) = default;
};

/// Finds every match of a query, in row order, and keeps up with rows that appear or are taken back. Works in slices
/// of at most LogModel::sliceMs on the GUI thread.
class LogSearch : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t mostMatches = 1'000'000;

    explicit LogSearch(const LogModel& model, QObject* parent = nullptr);

    /// Starts anew. An empty text ends the search. With `firstOnly` it stops at the first match.
    void setQuery(const LogQuery& query, bool firstOnly = false);
    const LogQuery& query() const { return m_query; }
    bool active() const { return !m_query.text.isEmpty() && m_error.isEmpty(); }
    /// Why the pattern is none; empty when it is sound.
    const QString& error() const { return m_error; }

    const std::vector<LogMatch>& matches() const { return m_matches; }
    /// Not all rows were looked at yet.
    bool busy() const { return m_pump.isActive(); }
    /// More matches than are kept.
    bool capped() const { return m_matches.size() >= mostMatches; }
    /// Lines on which the pattern took too long to decide; they count as having no match.
    int undecidedLines() const { return m_undecided; }

    /// First match at or after (row, column), wrapping around; -1 when there is none.
    int nextFrom(int row, int column) const;
    /// Last match that begins before (row, column), wrapping around.
    int previousFrom(int row, int column) const;
    /// Matches that touch a row: [first, last) positions in matches().
    std::pair<int, int> matchesIn(int row) const;
    /// Finishes at once (tests).
    void settle();

Q_SIGNALS:
    void changed();  ///< matches, busy or error
    void finished();

private:
    void rowsGone(int first);
    void wake();
    void slice();
    bool work(int budgetMs);
    void searchLine(int row);

    const LogModel& m_model;
    LogQuery m_query;
    bool m_firstOnly = false;
    QRegularExpression m_pattern;
    QString m_error;
    std::vector<LogMatch> m_matches;
    int m_next = 0; ///< first row not looked at
    int m_undecided = 0;
    QTimer m_pump;
};

} // namespace layerline
