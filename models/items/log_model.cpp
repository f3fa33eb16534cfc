#include "items/log_model.h"

#include "domain/secret_names.h"
#include "domain/summary.h"

#include <QElapsedTimer>

#include <algorithm>
#include <functional>

namespace layerline {

namespace {
constexpr int cacheCost = 16 << 20; ///< characters
constexpr std::uint32_t mostChunks = 4095;
constexpr qsizetype shortestSecret = 4; ///< as maskedText() has it

/// Lines that have ended; the (at most two) unfinished ones stand at the end of a LogBuffer.
std::uint32_t endedLines(const LogBuffer& log)
{
    std::size_t count = log.lineCount();
    while (count > 0 && log.line(count - 1).partial)
        --count;
    return std::uint32_t(count);
}

/// Where a chunk begins, moved off the middle of a surrogate pair.
int chunkStart(const QString& text, int chunk)
{
    const int position = chunk * LogModel::chunkLength;
    return position > 0 && position < text.size() && text[position].isLowSurrogate() ? position - 1 : position;
}

/// A byte for each UTF-16 unit: what makes a token or a URL is ASCII, and places in it are places in `text`.
std::string asciiOf(const QString& text)
{
    std::string out;
    out.reserve(std::size_t(text.size()));
    for (const QChar c : text)
        out += c.unicode() < 0x80 ? char(c.unicode()) : char(0x80);
    return out;
}

SafeText slicedText(const SafeText& line, int from, int to)
{
    SafeText out;
    out.text = line.text.mid(from, to - from);
    const auto clip = [&](int start, int length, auto&& add) {
        const int first = std::max(start, from), last = std::min(start + length, to);
        if (first < last)
            add(first - from, last - first);
    };
    for (const StyleRun& run : line.runs)
        clip(run.start, run.length, [&](int start, int length) { out.runs.push_back({start, length, run.style}); });
    for (const TextSpan& token : line.tokens)
        clip(token.start, token.length, [&](int start, int length) { out.tokens.push_back({start, length}); });
    return out;
}

} // namespace

LogModel::LogModel(const BuildStore& store, QObject* parent) : QAbstractListModel(parent), m_store(store), m_cache(cacheCost)
{
    m_pump.setInterval(0);
    connect(&m_pump, &QTimer::timeout, this, &LogModel::slice);
    connect(&store, &BuildStore::changed, this, &LogModel::onChanged);
}

void LogModel::setSource(const BuildId& build, LogScope scope, StepIndex step, const std::optional<Platform>& platform)
{
    const bool same = m_build == build && m_scope == scope && (scope != LogScope::Step || m_step == step)
        && (scope != LogScope::Platform || m_platform == platform);
    if (same)
        return;
    m_build = build;
    m_scope = scope;
    m_step = step;
    m_platform = platform;
    restart();
}

void LogModel::restart()
{
    beginResetModel();
    m_rows.clear();
    m_tail.clear();
    m_cursors.clear();
    m_steps.clear();
    m_heap.clear();
    m_cache.clear();
    endResetModel();
    rescope();
    slice();
}

bool LogModel::inScope(StepIndex index) const
{
    const Build* shown = build();
    if (!shown || raw(index) >= shown->steps.size())
        return false;
    switch (m_scope) {
    case LogScope::Step: return index == m_step;
    case LogScope::Platform: {
        const auto& needed = shown->step(index).neededBy;
        return m_platform && std::find(needed.begin(), needed.end(), *m_platform) != needed.end();
    }
    case LogScope::All: return true;
    }
    return false;
}

/// Values of secret-looking arguments, longest first: one may be the beginning of another. Provenance may name more of them later.
void LogModel::readSecrets()
{
    std::vector<QString> secrets;
    const Build* shown = build();
    for (const std::string& value : shown ? secretValues(*shown) : std::vector<std::string>()) {
        if (const QString text = QString::fromStdString(value); text.size() >= shortestSecret)
            secrets.push_back(text);
    }
    std::sort(secrets.begin(), secrets.end(), [](const QString& a, const QString& b) { return std::pair(-a.size(), a) < std::pair(-b.size(), b); });
    if (secrets == m_secrets)
        return;
    m_secrets = std::move(secrets);
    m_cache.clear();
    if (!m_rows.empty() || !m_tail.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

/// Finds the steps of the scope; those that are new to it get in line.
void LogModel::rescope()
{
    readSecrets();
    const Build* shown = build();
    const std::size_t count = shown ? shown->steps.size() : 0;
    m_cursors.resize(count);
    m_steps.clear();
    if (m_scope == LogScope::Step) {
        if (raw(m_step) < count)
            m_steps.push_back(raw(m_step));
    } else {
        for (std::uint32_t i = 0; i < count; ++i) {
            if (inScope(StepIndex{i}))
                m_steps.push_back(i);
        }
    }
    for (const std::uint32_t step : m_steps)
        queue(step);
    updateGaps();
}

const LogBuffer* LogModel::buffer(std::uint32_t step) const
{
    const Build* shown = build();
    return shown && step < shown->steps.size() ? shown->steps[step].log.get() : nullptr;
}

void LogModel::queue(std::uint32_t step)
{
    Cursor& cursor = m_cursors[step];
    const LogBuffer* log = buffer(step);
    if (cursor.queued || !log || cursor.next >= endedLines(*log))
        return;
    cursor.queued = true;
    m_heap.push_back({std::max(cursor.lastKey, log->line(cursor.next).time.ns), step});
    std::push_heap(m_heap.begin(), m_heap.end(), std::greater<>{});
}

void LogModel::onChanged(const ChangeSet& changes)
{
    const auto found = changes.builds.find(m_build);
    if (found == changes.builds.end())
        return;
    const Change& change = found->second;
    if (!build() || (change.flags & (Change::Removed | Change::Added)) != 0) {
        restart();
        return;
    }
    readSecrets();
    if ((change.flags & Change::Structure) != 0) {
        const std::vector<std::uint32_t> before = m_steps;
        rescope();
        if (!std::includes(m_steps.begin(), m_steps.end(), before.begin(), before.end())) {
            restart(); // a step left the scope: another platform needs it after all
            return;
        }
    }
    if ((change.flags & Change::Log) != 0) {
        for (const StepIndex step : change.steps) {
            if (inScope(step))
                queue(raw(step));
        }
        updateGaps();
        slice();
    } else if ((change.flags & Change::Structure) != 0) {
        slice();
    }
}

/// Takes back the rows that come after `head`, so that it can be put in its place.
void LogModel::rewindTo(const Head& head)
{
    const auto after = std::upper_bound(m_rows.begin(), m_rows.end(), head, [](const Head& h, const Row& row) {
        return h.key != row.key ? h.key < row.key : h.step < row.step;
    });
    const int from = int(after - m_rows.begin());
    if (after == m_rows.end())
        return;
    dropTail();
    beginRemoveRows({}, from, int(m_rows.size()) - 1);
    for (std::size_t i = m_rows.size(); i-- > std::size_t(from);) {
        Cursor& cursor = m_cursors[m_rows[i].step];
        cursor.next = m_rows[i].line;
        cursor.lastKey = m_rows[i].key; // keys never go back within a step, so its lines get the same ones again
    }
    m_rows.resize(std::size_t(from));
    endRemoveRows();
    m_heap.clear();
    for (Cursor& cursor : m_cursors)
        cursor.queued = false;
    for (const std::uint32_t step : m_steps)
        queue(step);
}

void LogModel::appendLine(std::vector<Row>& rows, std::uint32_t step, std::uint32_t line, std::int64_t key) const
{
    const LogBuffer* log = buffer(step);
    std::uint32_t chunks = 1;
    if (log->line(line).text.size() > std::size_t(chunkLength)) {
        const auto length = parsed({key, line, step, 0}, false)->text.size();
        chunks = std::clamp<std::uint32_t>(std::uint32_t((length + chunkLength - 1) / chunkLength), 1, mostChunks + 1);
    }
    for (std::uint32_t chunk = 0; chunk < chunks; ++chunk)
        rows.push_back({key, line, step, chunk & mostChunks});
}

/// Merges ended lines by time until none is left or the budget is used up. Returns true when done.
bool LogModel::fill(int budgetMs)
{
    QElapsedTimer timer;
    timer.start();
    if (!build())
        m_heap.clear();
    if (!m_heap.empty() && !m_rows.empty()) {
        const Head last{m_rows.back().key, m_rows.back().step};
        if (last > m_heap.front())
            rewindTo(m_heap.front());
    }
    std::vector<Row> fresh;
    int untilCheck = 0;
    while (!m_heap.empty()) {
        std::pop_heap(m_heap.begin(), m_heap.end(), std::greater<>{});
        const Head head = m_heap.back();
        m_heap.pop_back();
        Cursor& cursor = m_cursors[head.step];
        cursor.queued = false;
        const LogBuffer* log = buffer(head.step);
        const bool large = log->line(cursor.next).text.size() > 10'000;
        appendLine(fresh, head.step, cursor.next, head.key);
        cursor.lastKey = head.key;
        ++cursor.next;
        queue(head.step);
        if (budgetMs >= 0 && (large || ++untilCheck >= 2000)) {
            untilCheck = 0;
            if (timer.elapsed() >= budgetMs)
                break;
        }
    }
    showRows(std::move(fresh));
    return m_heap.empty();
}

void LogModel::showRows(std::vector<Row> rows)
{
    if (rows.empty())
        return;
    dropTail();
    const int first = int(m_rows.size());
    beginInsertRows({}, first, first + int(rows.size()) - 1);
    m_rows.insert(m_rows.end(), rows.begin(), rows.end());
    endInsertRows();
}

void LogModel::slice()
{
    const bool done = fill(sliceMs);
    if (done)
        updateTail();
    if (done != m_pump.isActive())
        return;
    if (done)
        m_pump.stop();
    else
        m_pump.start();
    Q_EMIT busyChanged(!done);
}

void LogModel::settle()
{
    fill(-1);
    slice();
}

void LogModel::dropTail()
{
    if (m_tail.empty())
        return;
    const int first = int(m_rows.size());
    beginRemoveRows({}, first, first + int(m_tail.size()) - 1);
    m_tail.clear();
    endRemoveRows();
}

/// Unfinished lines follow all others; they are few and change all the time.
void LogModel::updateTail()
{
    std::vector<Row> tail;
    for (const std::uint32_t step : m_steps) {
        const LogBuffer* log = buffer(step);
        if (!log)
            continue;
        const auto count = std::uint32_t(log->lineCount());
        for (std::uint32_t line = endedLines(*log); line < count; ++line) {
            m_cache.remove(quint64(step) << 32 | line);
            appendLine(tail, step, line, log->line(line).time.ns);
        }
    }
    std::stable_sort(tail.begin(), tail.end(), [](const Row& a, const Row& b) {
        return a.key != b.key ? a.key < b.key : a.step != b.step ? a.step < b.step : a.line < b.line;
    });
    const int first = int(m_rows.size());
    if (!tail.empty() && tail.size() == m_tail.size()) {
        m_tail = std::move(tail);
        Q_EMIT dataChanged(index(first), index(rowCount() - 1));
        return;
    }
    dropTail();
    if (tail.empty())
        return;
    beginInsertRows({}, first, first + int(tail.size()) - 1);
    m_tail = std::move(tail);
    endInsertRows();
}

void LogModel::updateGaps()
{
    bool clipped = false;
    std::uint64_t missing = 0;
    for (const std::uint32_t step : m_steps) {
        if (const LogBuffer* log = buffer(step)) {
            clipped = clipped || log->clipped();
            missing += log->missingBytes();
        }
    }
    if (clipped == m_clipped && missing == m_missing)
        return;
    m_clipped = clipped;
    m_missing = missing;
    Q_EMIT gapsChanged();
}

int LogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size() + m_tail.size());
}

const LogModel::Row& LogModel::at(int row) const
{
    const auto index = std::size_t(row);
    return index < m_rows.size() ? m_rows[index] : m_tail[index - m_rows.size()];
}

LogRow LogModel::row(int number) const
{
    const Row& row = at(number);
    LogRow out{StepIndex{row.step}, row.line, int(row.chunk), false};
    if (number + 1 < rowCount()) {
        const Row& next = at(number + 1);
        out.continues = next.step == row.step && next.line == row.line && next.chunk > row.chunk;
    }
    return out;
}

std::shared_ptr<const SafeText> LogModel::parsed(const Row& row, bool keep) const
{
    const quint64 key = quint64(row.step) << 32 | row.line;
    if (const auto* known = m_cache.object(key))
        return *known;
    const LogBuffer* log = buffer(row.step);
    if (!log || row.line >= log->lineCount())
        return std::make_shared<const SafeText>();
    const auto line = log->line(row.line);
    SafeText safe = safeText(line.text);
    // As long as it was: the colours' places stay what they are.
    const auto mask = [&safe](qsizetype begin, qsizetype length) { safe.text.replace(begin, length, QString(length, QChar(0x2022))); };
    for (const QString& secret : m_secrets) {
        for (qsizetype begin = safe.text.indexOf(secret); begin >= 0; begin = safe.text.indexOf(secret, begin + secret.size()))
            mask(begin, secret.size());
        // Of a line that goes on, its end may be the beginning of one.
        qsizetype open = line.partial ? std::min(secret.size() - 1, safe.text.size()) : 0;
        while (open >= shortestSecret && !safe.text.endsWith(QStringView(secret).left(open)))
            --open;
        if (open >= shortestSecret)
            mask(safe.text.size() - open, open);
    }
    for (const SecretSpan& span : secretSpans(asciiOf(safe.text), line.partial))
        mask(qsizetype(span.begin), qsizetype(span.end - span.begin));
    auto made = std::make_shared<const SafeText>(std::move(safe));
    if (keep && !line.partial)
        m_cache.insert(key, new std::shared_ptr<const SafeText>(made), int(std::min<qsizetype>(made->text.size() + 64, cacheCost)));
    return made;
}

SafeText LogModel::lineText(int number) const
{
    return *parsed(at(number), false);
}

SafeText LogModel::text(int number) const
{
    const LogRow shown = row(number);
    const auto line = parsed(at(number));
    if (shown.chunk == 0 && !shown.continues)
        return *line;
    const int from = chunkStart(line->text, shown.chunk);
    const int to = shown.continues ? chunkStart(line->text, shown.chunk + 1) : int(line->text.size());
    return slicedText(*line, from, to);
}

int LogModel::firstRowOfLine(int number) const
{
    return number - int(at(number).chunk);
}

Duration LogModel::offset(int number) const
{
    const Build* shown = build();
    const Row& row = at(number);
    const LogBuffer* log = buffer(row.step);
    if (!shown || !log || row.line >= log->lineCount())
        return {};
    OptionalTime origin = shown->started();
    const Step& step = shown->steps[row.step];
    if (m_scope == LogScope::Step && !step.intervals.empty())
        origin = step.intervals.front().started;
    const Timestamp time = log->line(row.line).time;
    return origin ? time - *origin : Duration{};
}

int LogModel::firstRowOf(StepIndex step) const
{
    const auto is = [step](const Row& row) { return row.step == raw(step); };
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), is);
    if (found != m_rows.end())
        return int(found - m_rows.begin());
    const auto open = std::find_if(m_tail.begin(), m_tail.end(), is);
    return open == m_tail.end() ? -1 : int(m_rows.size()) + int(open - m_tail.begin());
}

QVariant LogModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::DisplayRole)
        return text(index.row()).text;
    return {};
}

} // namespace layerline
