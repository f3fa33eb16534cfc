#include "items/log_search.h"

#include <QElapsedTimer>

#include <algorithm>

namespace layerline {

namespace {
/// A pattern that backtracks without end gives up on a line instead of freezing the window.
const QString stepLimit = QStringLiteral("(*LIMIT_MATCH=20000)");

bool before(const LogMatch& match, const std::pair<int, int>& place)
{
    return std::pair{match.row, match.start} < place;
}
} // namespace

LogSearch::LogSearch(const LogModel& model, QObject* parent) : QObject(parent), m_model(model)
{
    m_pump.setInterval(0);
    connect(&m_pump, &QTimer::timeout, this, &LogSearch::slice);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &LogSearch::wake);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, [this](const QModelIndex&, int first) { rowsGone(first); });
    connect(&model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex& first) { rowsGone(first.row()); });
    connect(&model, &QAbstractItemModel::modelReset, this, [this] { rowsGone(0); });
}

void LogSearch::setQuery(const LogQuery& query, bool firstOnly)
{
    m_query = query;
    m_firstOnly = firstOnly;
    m_error.clear();
    m_undecided = 0;
    const QString body = query.regex ? query.text : QRegularExpression::escape(query.text);
    auto options = QRegularExpression::UseUnicodePropertiesOption;
    QRegularExpression::PatternOptions all = options;
    if (!query.caseSensitive)
        all |= QRegularExpression::CaseInsensitiveOption;
    const QRegularExpression plain(body, all);
    if (!plain.isValid())
        m_error = plain.errorString();
    m_pattern = QRegularExpression(stepLimit + body, all);
    m_pattern.optimize();
    m_matches.clear();
    m_next = 0;
    Q_EMIT changed();
    wake();
}

void LogSearch::rowsGone(int first)
{
    // A line is searched as a whole: what began in an earlier row of it ends with it.
    const auto keep = std::lower_bound(m_matches.begin(), m_matches.end(), std::pair{first, -1}, before);
    const bool lost = keep != m_matches.end();
    m_matches.erase(keep, m_matches.end());
    m_next = std::min(m_next, first);
    if (lost)
        Q_EMIT changed();
    wake();
}

void LogSearch::wake()
{
    const bool work = active() && m_next < m_model.rowCount() && !capped() && !(m_firstOnly && !m_matches.empty());
    if (work && !m_pump.isActive())
        m_pump.start();
    else if (!work && m_pump.isActive())
        m_pump.stop();
}

void LogSearch::searchLine(int row)
{
    const QString text = m_model.lineText(row).text;
    auto it = m_pattern.globalMatch(text);
    m_undecided += !it.isValid();
    while (it.hasNext()) {
        const auto match = it.next();
        if (!match.isValid()) {
            ++m_undecided;
            break;
        }
        if (match.capturedLength() == 0)
            continue;
        const int at = int(match.capturedStart());
        const int chunk = std::min(at / LogModel::chunkLength, 4095);
        m_matches.push_back({row + chunk, at - chunk * LogModel::chunkLength, int(match.capturedLength())});
        if (capped() || m_firstOnly)
            return;
    }
}

bool LogSearch::work(int budgetMs)
{
    QElapsedTimer timer;
    timer.start();
    int untilCheck = 0;
    const int rows = m_model.rowCount();
    while (m_next < rows) {
        const int row = m_next++;
        if (m_model.row(row).chunk != 0)
            continue;
        searchLine(row);
        if (capped() || (m_firstOnly && !m_matches.empty()))
            return true;
        const bool large = m_model.row(row).continues;
        if (budgetMs >= 0 && (large || ++untilCheck >= 200)) {
            untilCheck = 0;
            if (timer.elapsed() >= budgetMs)
                break;
        }
    }
    return m_next >= rows;
}

void LogSearch::slice()
{
    const std::size_t before_ = m_matches.size();
    const bool done = !active() || work(LogModel::sliceMs);
    if (done)
        m_pump.stop();
    if (done || m_matches.size() != before_)
        Q_EMIT changed();
    if (done)
        Q_EMIT finished();
}

void LogSearch::settle()
{
    if (active())
        work(-1);
    slice();
}

int LogSearch::nextFrom(int row, int column) const
{
    if (m_matches.empty())
        return -1;
    const auto found = std::lower_bound(m_matches.begin(), m_matches.end(), std::pair{row, column}, before);
    return found == m_matches.end() ? 0 : int(found - m_matches.begin());
}

int LogSearch::previousFrom(int row, int column) const
{
    if (m_matches.empty())
        return -1;
    const auto found = std::lower_bound(m_matches.begin(), m_matches.end(), std::pair{row, column}, before);
    return found == m_matches.begin() ? int(m_matches.size()) - 1 : int(found - m_matches.begin()) - 1;
}

std::pair<int, int> LogSearch::matchesIn(int row) const
{
    // A long match may have begun in an earlier row of the same line.
    const int line = m_model.firstRowOfLine(row);
    auto first = std::lower_bound(m_matches.begin(), m_matches.end(), std::pair{line, -1}, before);
    while (first != m_matches.end() && first->row < row
           && first->start + first->length <= (row - first->row) * LogModel::chunkLength)
        ++first;
    auto last = first;
    while (last != m_matches.end() && last->row <= row)
        ++last;
    return {int(first - m_matches.begin()), int(last - m_matches.begin())};
}

} // namespace layerline
