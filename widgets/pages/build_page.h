// One build: header, tabs, and the panes below the timeline. All panes share one selection.
#pragma once

#include "domain/build_store.h"
#include "domain/clock.h"
#include "items/failure_advice.h"
#include "items/selection_state.h"

#include <QWidget>

#include <memory>

class QSplitter;
class QTabBar;
class QStackedWidget;

namespace layerline {

class BuildHeader;
class DetailsPane;
class EstimateBoard;
class FailureNotice;
class LayersView;
class LogView;
class ReplayBar;
class StepInspector;
class TimelineView;

/// What the Step menu offers, by keys that the panes know too.
enum class StepCommand { Next, Previous, NextError, FollowLog, SearchLog, ZoomIn, ZoomOut, WholeBuild };

class BuildPage : public QWidget {
    Q_OBJECT
public:
    enum Tab { TimelineTab, LayersTab, LogTab, DetailsTab };

    BuildPage(BuildStore& store, SelectionState& selection, const Clock& clock, QWidget* parent = nullptr);

    /// Between the header and the tabs; the caller's.
    void addBelowHeader(QWidget* widget);
    /// What is left of running builds, and how long steps usually take; the board must outlive the page.
    void setEstimates(const EstimateBoard& board);
    /// Tells why a build failed; shown below the header and in the inspector.
    void setFailureReader(FailureReader reader);
    void showTab(Tab tab);
    Tab tab() const;
    BuildHeader& header() { return *m_header; }
    ReplayBar& replayBar() { return *m_replayBar; }
    TimelineView& timeline() { return *m_timeline; }
    LayersView& layers() { return *m_layers; }
    LogView& stepLog() { return *m_stepLog; }
    LogView& log() { return *m_log; }
    DetailsPane& details() { return *m_details; }
    /// Selects the step people look for first: the failed one, else the running one, else the longest.
    void selectInterestingStep();
    /// While nobody else chose a step: from a short first one to one that has something to tell, as soon as there is one.
    void improveSelection();
    /// Does it in the pane of this tab that can, wherever the focus is.
    void act(StepCommand command);

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeTimelineTab(const Clock& clock);
    void nameTabs();
    LogView* logInSight() const;

    BuildStore& m_store;
    SelectionState& m_selection;
    StepIndex m_suggested = noStep; ///< chosen here, not by anybody
    const Clock& m_clock;
    BuildHeader* m_header;
    std::shared_ptr<FailureNotes> m_failures = std::make_shared<FailureNotes>(); ///< its panes hold it too
    FailureNotice* m_failureNotice;
    QTabBar* m_tabs;
    QStackedWidget* m_stack;
    ReplayBar* m_replayBar;
    TimelineView* m_timeline = nullptr;
    LayersView* m_layers;
    LogView* m_stepLog = nullptr;
    LogView* m_log;
    DetailsPane* m_details;
    StepInspector* m_inspector = nullptr;
};

} // namespace layerline
