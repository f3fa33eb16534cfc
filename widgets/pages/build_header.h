// The top of a build: name, status, where it runs, and the numbers one looks at first.
#pragma once

#include "domain/build_store.h"
#include "domain/clock.h"
#include "domain/critical_path.h"
#include "domain/summary.h"
#include "items/lane_counts.h"
#include "items/selection_state.h"

#include <QStringList>
#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace layerline {

class ElidedLabel;
class EstimateBoard;

/// Follows the selected build. While it runs the elapsed time ticks once a second.
class BuildHeader : public QWidget {
    Q_OBJECT
public:
    BuildHeader(BuildStore& store, SelectionState& selection, const Clock& clock, QWidget* parent = nullptr);
    /// Right of the chips; the caller's actions.
    void addAction(QPushButton* button);
    /// What is left of running builds; the board must outlive the header.
    void setEstimates(const EstimateBoard& board);
    void refresh();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Stat {
        QWidget* box;
        QLabel* name;
        ElidedLabel* value;
        QLabel* note;
        int held = 0; ///< pixels it has once needed at this width: what stands beside it does not move back and forth
    };
    Stat addStat(QHBoxLayout* row);
    static void setStat(const Stat& stat, const QString& name, const QString& value, const QString& note, const QString& tip = {});
    static void setChip(QLabel* chip, const QString& text, const char* tone = nullptr, const QString& tip = {});
    /// Gives each its width. The critical path takes what is left and elides; only when that is too little others go, what
    /// matters least first.
    void fit(const Build& build);
    void fitChips();
    void fitStats();
    void fitPath();
    /// Pixels for the critical path when the others have theirs; may be negative.
    int pathRoom() const;
    static int widthOf(const Stat& stat);
    /// What takes a look at every step. A build that has ended is looked at once per revision, however often it is drawn.
    struct Measured {
        Counters counters;
        std::vector<TimelineLane> lanes;
        std::vector<PlatformSummary> platforms;
        CriticalPath path;
    };
    const Measured& measured(const Build& build, Timestamp now);
    void refreshChips(const Build& build);
    void refreshStats(const Build& build, Timestamp now);
    void refreshLeft(const Build& build);

    BuildStore& m_store;
    SelectionState& m_selection;
    const Clock& m_clock;
    const EstimateBoard* m_estimates = nullptr;
    std::pair<BuildId, std::uint64_t> m_shown; ///< the build and its revision
    ElidedLabel* m_title;
    QLabel* m_status;
    QLabel* m_slow;
    QLabel* m_builder;
    QLabel* m_file;
    QLabel* m_source;
    QHBoxLayout* m_buttons;
    QHBoxLayout* m_stats;
    Stat m_elapsed, m_left, m_steps, m_cache, m_emulated, m_path;
    Measured m_measured;
    std::pair<BuildId, std::uint64_t> m_measuredOf; ///< as m_shown; empty for one that runs
    QStringList m_pathTexts; ///< the longest first
    QString m_fitted;        ///< what the widths were held for
    int m_dropped = 0;       ///< how many of what matters least are gone
    QTimer m_tick;
};

/// Word for a status, translated.
QString statusName(BuildStatus status);

} // namespace layerline
