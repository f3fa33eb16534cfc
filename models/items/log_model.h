// The log of a build as rows of safe text: one step, one platform, or everything interleaved by time.
#pragma once

#include "domain/build_store.h"
#include "items/log_text.h"

#include <QAbstractListModel>
#include <QCache>
#include <QTimer>

#include <cstdint>
#include <optional>
#include <vector>

namespace layerline {

enum class LogScope { Step, Platform, All };

/// One row of the log: a line, or one piece of a very long one.
struct LogRow {
    StepIndex step = noStep;
    std::uint32_t line = 0;  ///< in the step's LogBuffer
    int chunk = 0;
    bool continues = false;  ///< the next row shows more of the same line
};

/// Rows are ordered by (time, step, line); the time used never goes back within a step. Unfinished lines come last.
/// Nothing of the log is copied: rows hold positions, text is made when asked for. Filling runs in slices of at most
/// `sliceMs` of the GUI thread. Rows only ever appear and disappear at the end.
class LogModel : public QAbstractListModel {
    Q_OBJECT
public:
    static constexpr int chunkLength = 1000; ///< UTF-16 units of a line shown in one row
    static constexpr int sliceMs = 6;

    explicit LogModel(const BuildStore& store, QObject* parent = nullptr);

    /// Shows another part. `step` counts for LogScope::Step, `platform` for LogScope::Platform (steps it needs).
    void setSource(const BuildId& build, LogScope scope, StepIndex step, const std::optional<Platform>& platform);
    const BuildId& buildId() const { return m_build; }
    LogScope scope() const { return m_scope; }
    const Build* build() const { return m_store.find(m_build); }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    LogRow row(int row) const;
    /// Text, colours and tokens of a row; positions count from the row's beginning.
    SafeText text(int row) const;
    /// The whole line a row belongs to. Not kept: a search that goes through everything must not push out what is seen.
    SafeText lineText(int row) const;
    /// Row of the line's first chunk.
    int firstRowOfLine(int row) const;
    /// Nanoseconds since the step began (LogScope::Step) or since the build did.
    Duration offset(int row) const;
    /// First row of a step; -1 when it has none.
    int firstRowOf(StepIndex step) const;
    /// Rows to come: filling has not finished.
    bool busy() const { return m_pump.isActive(); }
    /// Finishes filling at once, however long it takes (tests, screenshots).
    void settle();

    /// BuildKit cut a log of this part.
    bool clipped() const { return m_clipped; }
    /// Bytes of this part that never came.
    std::uint64_t missingBytes() const { return m_missing; }
    bool inScope(StepIndex step) const;

Q_SIGNALS:
    void busyChanged(bool busy);
    void gapsChanged(); ///< clipped() or missingBytes()

private:
    /// 16 bytes a row: 1,000,000 lines cost 16 MB whatever their text.
    struct Row {
        std::int64_t key;        ///< time, never going back within a step
        std::uint32_t line;
        std::uint32_t step : 20; ///< Caps::steps is below 2^20
        std::uint32_t chunk : 12;
    };
    struct Cursor {
        std::uint32_t next = 0;
        std::int64_t lastKey = INT64_MIN;
        bool queued = false;
    };
    struct Head {
        std::int64_t key;
        std::uint32_t step;
        friend bool operator>(const Head& a, const Head& b) { return a.key != b.key ? a.key > b.key : a.step > b.step; }
    };

    void onChanged(const ChangeSet& changes);
    void restart();
    void rescope();
    void readSecrets();
    void queue(std::uint32_t step);
    void rewindTo(const Head& head);
    bool fill(int budgetMs);
    void slice();
    void appendLine(std::vector<Row>& rows, std::uint32_t step, std::uint32_t line, std::int64_t key) const;
    void showRows(std::vector<Row> rows);
    void updateTail();
    void dropTail();
    void updateGaps();
    const LogBuffer* buffer(std::uint32_t step) const;
    std::shared_ptr<const SafeText> parsed(const Row& row, bool keep = true) const;
    const Row& at(int row) const;

    const BuildStore& m_store;
    BuildId m_build;
    LogScope m_scope = LogScope::All;
    StepIndex m_step = noStep;
    std::optional<Platform> m_platform;

    std::vector<Row> m_rows;            ///< ended lines
    std::vector<Row> m_tail;            ///< unfinished lines
    std::vector<Cursor> m_cursors;      ///< by step
    std::vector<std::uint32_t> m_steps; ///< in scope
    std::vector<Head> m_heap;           ///< next line of each step that has one
    QTimer m_pump;
    bool m_clipped = false;
    std::uint64_t m_missing = 0;
    std::vector<QString> m_secrets;     ///< values that no row shows
    mutable QCache<quint64, std::shared_ptr<const SafeText>> m_cache;
};

} // namespace layerline
