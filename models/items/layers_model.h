// The steps of a build as a flat table: groups (stages, internal, export) and steps, the same step of all platforms in one row.
#pragma once

#include "domain/build_store.h"
#include "domain/clock.h"
#include "items/layers_rows.h"
#include "items/step_look.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace layerline {

/// What stands in one platform's cell of a row.
struct LayerCell {
    StepIndex step = noStep;
    bool empty = true;         ///< the row has nothing for this platform
    Look look = Look::Pending;
    bool emulated = false;
    Duration duration;
    std::int64_t bytes = 0;    ///< moved by its transfers; 0 = unknown
    int percent = -1;          ///< of running transfers with known totals
    int steps = 1;             ///< > 1 in the sum of a closed group
};

/// Columns: the step, one for each platform, the ratio. Holds positions, not copies of steps.
class LayersModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        StepRole = Qt::UserRole + 1, ///< quint32 of the cell's step (column 0: the row's first step)
        GroupRole,                   ///< bool
        ExpandedRole,                ///< bool, groups and folds only
    };

    LayersModel(const BuildStore& store, const Clock& clock, QObject* parent = nullptr);

    void setBuild(const BuildId& build);
    const Build* build() const { return m_store.find(m_build); }
    /// Platforms of the build, those that run natively first. One empty platform when none is known.
    const std::vector<Platform>& platforms() const { return m_platforms; }
    Execution executionOf(int platform) const { return m_executions[std::size_t(platform)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    const LayerRow& row(int row) const { return m_rows[std::size_t(row)]; }
    LayerCell cell(int row, int platform) const;
    /// True when every step of the row serves all platforms of the build (or none is known): its cells say the same.
    bool shared(int row) const;
    /// Emulated duration / native duration of a RUN that ran on both sides (>= 0.1 s), of the slowest and the fastest
    /// among the given platforms.
    std::optional<double> ratio(int row, const std::vector<int>& platforms) const;
    /// Longest duration of a step, the scale of the bars.
    Duration longest() const;

    /// A stage or other group, or the fold of a progress group. Folds are closed until somebody opens them.
    bool expandable(int row) const { return m_rows[std::size_t(row)].isGroup || m_rows[std::size_t(row)].fold; }
    bool expanded(int row) const;
    void setExpanded(int row, bool expanded);
    void setAllExpanded(bool expanded);
    /// Row that shows a step: its own, or its group's when that is closed. -1 when it has none.
    int rowOf(StepIndex step) const;
    /// Opens the group of a step and returns its row.
    int reveal(StepIndex step);
    /// Does at once what very large builds put off.
    void flush();

Q_SIGNALS:
    void aboutToArrange(); ///< rows may come and go until arranged()
    void arranged();

private:
    void onChanged(const ChangeSet& changes);
    void rebuild();
    void updatePlatforms();
    void replaceRows(std::vector<LayerRow> rows);
    void indexSteps();
    bool isOpen(const LayerRow& row) const;
    LayerCell sumCell(const LayerRow& row, int platform) const;
    LayerCell stepCell(StepIndex step) const;
    QString cellText(const LayerCell& cell) const;
    Timestamp now() const;

    const BuildStore& m_store;
    const Clock& m_clock;
    BuildId m_build;
    std::vector<Platform> m_platforms{Platform{}};
    std::vector<Execution> m_executions{Execution::Unknown};
    std::vector<LayerRow> m_rows;
    std::vector<int> m_rowOfStep;            ///< by step; -1 = none
    std::set<std::string> m_toggled;         ///< groups that are not in their initial state
    struct Present {
        const Build* build = nullptr; ///< compared, never followed
        std::uint64_t revision = 0;
        Timestamp wall, now;
    };
    mutable Present m_now;
    QTimer m_rebuild;
    qint64 m_rebuildMs = 0;
};

} // namespace layerline
