#include "widgets/pages/build_page.h"

#include "domain/summary.h"
#include "widgets/layers/layers_table.h"
#include "widgets/layers/layers_view.h"
#include "widgets/log/log_view.h"
#include "widgets/pages/build_header.h"
#include "widgets/pages/details_pane.h"
#include "widgets/pages/failure_notice.h"
#include "widgets/pages/replay_bar.h"
#include "widgets/pages/step_inspector.h"
#include "widgets/timeline/timeline_view.h"

#include <QEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <utility>

namespace layerline {

BuildPage::BuildPage(BuildStore& store, SelectionState& selection, const Clock& clock, QWidget* parent)
    : QWidget(parent), m_store(store), m_selection(selection), m_clock(clock)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_header = new BuildHeader(store, selection, clock, this);
    column->addWidget(m_header);
    m_failureNotice = new FailureNotice(store, selection, m_failures, this);
    column->addWidget(m_failureNotice);

    m_tabs = new QTabBar(this);
    m_tabs->setObjectName(QStringLiteral("buildTabs"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    for (int i = 0; i < 4; ++i)
        m_tabs->addTab(QString());
    auto* tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(20, 10, 20, 0);
    tabRow->addWidget(m_tabs);
    tabRow->addStretch(1);
    column->addLayout(tabRow);
    auto* line = new QFrame(this);
    line->setProperty("role", QStringLiteral("line"));
    line->setFixedHeight(1);
    column->addWidget(line);

    m_stack = new QStackedWidget(this);
    m_stack->addWidget(makeTimelineTab(clock));
    m_layers = new LayersView(store, selection, clock, this);
    m_stack->addWidget(m_layers);
    m_log = new LogView(store, selection, clock, this);
    m_stack->addWidget(m_log);
    m_details = new DetailsPane(store, selection, this);
    m_stack->addWidget(m_details);
    column->addWidget(m_stack, 1);

    m_replayBar = new ReplayBar(this);
    m_replayBar->hide();
    column->addWidget(m_replayBar);

    connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    nameTabs();
}

QWidget* BuildPage::makeTimelineTab(const Clock& clock)
{
    auto* vertical = new QSplitter(Qt::Vertical, this);
    vertical->setChildrenCollapsible(false);
    m_timeline = new TimelineView(m_store, m_selection, clock, vertical);
    auto* bottom = new QSplitter(Qt::Horizontal, vertical);
    bottom->setChildrenCollapsible(false);
    m_stepLog = new LogView(m_store, m_selection, clock, bottom);
    m_inspector = new StepInspector(m_store, m_selection, clock, bottom);
    m_inspector->setFailures(m_failures);
    bottom->addWidget(m_stepLog);
    bottom->addWidget(m_inspector);
    bottom->setStretchFactor(0, 5);
    bottom->setStretchFactor(1, 3);
    vertical->addWidget(m_timeline);
    vertical->addWidget(bottom);
    vertical->setStretchFactor(0, 2);
    vertical->setStretchFactor(1, 1);
    vertical->setSizes({460, 250});
    bottom->setSizes({640, 390});
    return vertical;
}

void BuildPage::nameTabs()
{
    m_tabs->setTabText(TimelineTab, tr("Timeline"));
    m_tabs->setTabText(LayersTab, tr("Layers"));
    m_tabs->setTabText(LogTab, tr("Log"));
    m_tabs->setTabText(DetailsTab, tr("Details"));
}

void BuildPage::addBelowHeader(QWidget* widget)
{
    static_cast<QVBoxLayout*>(layout())->insertWidget(1, widget);
}

void BuildPage::setEstimates(const EstimateBoard& board)
{
    m_header->setEstimates(board);
    m_timeline->setEstimates(board);
    m_inspector->setEstimates(board);
}

void BuildPage::setFailureReader(FailureReader reader)
{
    m_failures->setReader(std::move(reader));
    m_failureNotice->refresh();
    m_inspector->refresh();
}

void BuildPage::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
}

BuildPage::Tab BuildPage::tab() const
{
    return Tab(m_tabs->currentIndex());
}

void BuildPage::selectInterestingStep()
{
    const Build* build = m_store.find(m_selection.build());
    if (!build)
        return;
    StepIndex best = firstFailed(*build);
    const Timestamp now = nowOf(*build, m_clock.now());
    // A RUN has a log to show; fetching a base image or copying files seldom has.
    for (const auto& [running, run] : {std::pair(true, true), std::pair(false, true), std::pair(true, false), std::pair(false, false)}) {
        if (best != noStep)
            break;
        for (std::uint32_t i = 0; i < build->steps.size(); ++i) {
            const Step& step = build->steps[i];
            const bool fits = (!running || stateOf(*build, step) == StepState::Running) && (!run || step.parsed.keyword == "RUN");
            if (fits && step.parsed.kind == StepKind::Instruction && !step.intervals.empty()
                && (best == noStep || durationOf(*build, step, now) > durationOf(*build, build->step(best), now)))
                best = StepIndex{i};
        }
    }
    m_suggested = best;
    if (best != noStep)
        m_selection.setStep(best);
}

void BuildPage::improveSelection()
{
    const Build* build = m_store.find(m_selection.build());
    const StepIndex chosen = m_selection.step();
    if (!build || (chosen != noStep && (chosen != m_suggested || raw(chosen) >= build->steps.size())))
        return;
    if (chosen == noStep || (build->status() == BuildStatus::Running && build->step(chosen).parsed.keyword != "RUN"))
        selectInterestingStep();
}

LogView* BuildPage::logInSight() const
{
    return tab() == TimelineTab ? m_stepLog : tab() == LogTab ? m_log : nullptr;
}

/// Steps are walked through in the order of the tab in sight; what it has not the timeline has: the selection is everybody's.
void BuildPage::act(StepCommand command)
{
    LogView* log = logInSight();
    switch (command) {
    case StepCommand::Next: return tab() == LayersTab ? m_layers->table().moveToStep(1) : m_timeline->selectNextStep();
    case StepCommand::Previous: return tab() == LayersTab ? m_layers->table().moveToStep(-1) : m_timeline->selectPreviousStep();
    case StepCommand::NextError: return tab() == LogTab ? m_log->jumpToFirstError() : m_timeline->selectNextError();
    case StepCommand::FollowLog: return log ? log->toggleFollow() : void();
    case StepCommand::SearchLog: return log ? log->openSearch() : void();
    case StepCommand::ZoomIn: return m_timeline->zoomIn();
    case StepCommand::ZoomOut: return m_timeline->zoomOut();
    case StepCommand::WholeBuild: return m_timeline->fit();
    }
}

void BuildPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        nameTabs();
    QWidget::changeEvent(event);
}

} // namespace layerline
