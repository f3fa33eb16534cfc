// The top of a build: name, status, where it runs, and the numbers one looks at first.
#pragma once

#include "domain/build_store.h"
#include "domain/clock.h"
#include "items/selection_state.h"

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace layerline {

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
    struct Stat { QWidget* box; QLabel* name; QLabel* value; QLabel* note; };
    Stat addStat(QHBoxLayout* row);
    static void setStat(const Stat& stat, const QString& name, const QString& value, const QString& note, const QString& tip = {});
    static void setChip(QLabel* chip, const QString& text, const char* tone = nullptr, const QString& tip = {});
    /// Hides what matters least until the rest fits the width.
    void fit();
    int neededWidth() const;
    void refreshChips(const Build& build);
    void refreshStats(const Build& build, Timestamp now);
    void refreshLeft(const Build& build);

    BuildStore& m_store;
    SelectionState& m_selection;
    const Clock& m_clock;
    const EstimateBoard* m_estimates = nullptr;
    QLabel* m_title;
    QLabel* m_status;
    QLabel* m_slow;
    QLabel* m_builder;
    QLabel* m_file;
    QLabel* m_source;
    QHBoxLayout* m_buttons;
    Stat m_elapsed, m_left, m_steps, m_cache, m_path, m_emulated;
    QTimer m_tick;
};

/// Word for a status, translated.
QString statusName(BuildStatus status);

} // namespace layerline
