#include "widgets/timeline/timeline_accessible.h"

#include "items/step_label.h"
#include "widgets/style/theme.h"
#include "widgets/timeline/timeline_view.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QCoreApplication>
#include <QPointer>
#include <QScrollBar>

#include <map>

namespace layerline {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(layerline::TimelineView)
};

/// What both kinds of rows share: they are no objects, only places in the model.
class RowInterface : public QAccessibleInterface {
public:
    explicit RowInterface(TimelineView* view) : m_view(view) {}
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return m_view ? m_view->window()->windowHandle() : nullptr; }
    void setText(QAccessible::Text, const QString&) override {}
    QAccessibleInterface* childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (QAccessibleInterface* found = child(i); found && found->rect().contains(x, y))
                return found;
        }
        return nullptr;
    }

protected:
    TimelineView* view() const { return m_view; }
    QRect onScreen(const QRect& inViewport) const
    {
        return {m_view->viewport()->mapToGlobal(inViewport.topLeft()), inViewport.size()};
    }

private:
    QPointer<TimelineView> m_view;
};

class SpanInterface final : public RowInterface, public QAccessibleActionInterface {
public:
    SpanInterface(TimelineView* view, QAccessible::Id lane, SpanRef ref) : RowInterface(view), m_lane(lane), m_ref(ref) {}
    bool isValid() const override
    {
        return view() && m_ref.lane < view()->model().lanes().size() && m_ref.span < view()->model().lanes()[m_ref.lane].spans.size();
    }
    QAccessibleInterface* parent() const override { return QAccessible::accessibleInterface(m_lane); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QString text(QAccessible::Text kind) const override;
    QAccessible::State state() const override;
    QRect rect() const override
    {
        return isValid() ? onScreen(view()->layoutState().rectOf(view()->model().lanes(), m_ref, view()->viewport()->width()).translated(0, -view()->verticalScrollBar()->value())) : QRect();
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString& action) override
    {
        if (action == pressAction() && isValid())
            view()->selectStep(span().step);
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    QString spanTitle(const Build& build) const
    {
        const ProgressGroup* group = span().folded.empty() ? nullptr : view()->model().groupOf(span().step);
        if (!group)
            return stepTitle(build.step(span().step), BuildText(build));
        return Words::tr("%1, %n step(s)", nullptr, int(span().folded.size())).arg(stepTitle(stepForGroup(*group), BuildText(build)));
    }
    const TimelineSpan& span() const { return view()->model().lanes()[m_ref.lane].spans[m_ref.span]; }

    QAccessible::Id m_lane;
    SpanRef m_ref;
};

QString SpanInterface::text(QAccessible::Text kind) const
{
    const Build* build = isValid() ? view()->model().build() : nullptr;
    if (!build || raw(span().step) >= build->steps.size())
        return {};
    if (kind == QAccessible::Name)
        return spanTitle(*build);
    if (kind != QAccessible::Description && kind != QAccessible::Value)
        return {};
    QStringList parts{lookName(span().look)};
    if (span().emulated)
        parts.append(Words::tr("emulated"));
    parts.append(humanDuration(span().end.value_or(view()->model().now()) - span().begin));
    if (span().critical)
        parts.append(Words::tr("critical path"));
    return parts.join(QStringLiteral(", "));
}

QAccessible::State SpanInterface::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    state.selectable = true;
    state.focusable = true;
    state.selected = view()->selectedStep() == span().step
        || std::find(span().folded.begin(), span().folded.end(), view()->selectedStep()) != span().folded.end();
    state.expandable = !span().folded.empty();
    state.focused = state.selected && view()->hasFocus();
    state.busy = !span().end;
    return state;
}

class LaneInterface final : public RowInterface {
public:
    LaneInterface(TimelineView* view, std::size_t lane) : RowInterface(view), m_lane(lane) {}
    ~LaneInterface() override
    {
        for (const auto& [span, id] : m_children)
            QAccessible::deleteAccessibleInterface(id);
    }
    void setId(QAccessible::Id id) { m_id = id; }
    bool isValid() const override { return view() && m_lane < view()->model().lanes().size(); }
    QAccessibleInterface* parent() const override { return view() ? QAccessible::queryAccessibleInterface(view()) : nullptr; }
    int childCount() const override { return isValid() ? int(view()->model().lanes()[m_lane].spans.size()) : 0; }
    QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        auto [found, added] = m_children.try_emplace(std::uint32_t(index), 0u);
        if (added)
            found->second = QAccessible::registerAccessibleInterface(new SpanInterface(view(), m_id, {m_lane, std::uint32_t(index)}));
        return QAccessible::accessibleInterface(found->second);
    }
    int indexOfChild(const QAccessibleInterface* child) const override
    {
        for (const auto& [span, id] : m_children) {
            if (QAccessible::accessibleInterface(id) == child)
                return int(span);
        }
        return -1;
    }
    QAccessible::Role role() const override { return QAccessible::List; }
    QAccessible::State state() const override { return {}; }
    QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        const TimelineLane& lane = view()->model().lanes()[m_lane];
        if (kind == QAccessible::Name)
            return QStringList{laneName(lane), laneTag(lane)}.join(QLatin1Char(' ')).trimmed();
        if (kind == QAccessible::Description || kind == QAccessible::Value)
            return laneSummaries(view()->model(), lane, view()->model().now()).value(0);
        return {};
    }
    QRect rect() const override
    {
        if (!isValid() || m_lane >= view()->layoutState().lanes().size())
            return {};
        const LaneLayout& layout = view()->layoutState().lanes()[m_lane];
        return onScreen({0, layout.top - view()->verticalScrollBar()->value(), view()->viewport()->width(), layout.height});
    }

private:
    std::size_t m_lane;
    QAccessible::Id m_id = 0;
    mutable std::map<std::uint32_t, QAccessible::Id> m_children;
};

class ViewInterface final : public QAccessibleWidget {
public:
    explicit ViewInterface(TimelineView* view) : QAccessibleWidget(view, QAccessible::Table, view->accessibleName()), m_view(view) {}
    ~ViewInterface() override
    {
        for (const auto& [lane, id] : m_lanes)
            QAccessible::deleteAccessibleInterface(id);
    }
    int childCount() const override { return m_view ? int(m_view->model().lanes().size()) : 0; }
    QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        auto [found, added] = m_lanes.try_emplace(index, 0u);
        if (added) {
            auto* lane = new LaneInterface(m_view, std::size_t(index));
            found->second = QAccessible::registerAccessibleInterface(lane);
            lane->setId(found->second);
        }
        return QAccessible::accessibleInterface(found->second);
    }
    int indexOfChild(const QAccessibleInterface* child) const override
    {
        for (const auto& [lane, id] : m_lanes) {
            if (QAccessible::accessibleInterface(id) == child)
                return lane;
        }
        return -1;
    }
    QAccessibleInterface* childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (QAccessibleInterface* lane = child(i); lane && lane->rect().contains(x, y)) {
                QAccessibleInterface* span = lane->childAt(x, y);
                return span ? span : lane;
            }
        }
        return nullptr;
    }

private:
    QPointer<TimelineView> m_view;
    mutable std::map<int, QAccessible::Id> m_lanes;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    auto* view = qobject_cast<TimelineView*>(object);
    return view ? new ViewInterface(view) : nullptr;
}

} // namespace

void installTimelineAccessibility()
{
    QAccessible::installFactory(makeInterface);
}

void notifyTimelineSelection(TimelineView& view, StepIndex step)
{
    if (!QAccessible::isActive())
        return;
    const auto ref = view.layoutState().spanOf(step);
    QAccessibleInterface* root = QAccessible::queryAccessibleInterface(&view);
    if (!ref || !root)
        return;
    QAccessibleInterface* lane = root->child(int(ref->lane));
    QAccessibleInterface* span = lane ? lane->child(int(ref->span)) : nullptr;
    if (!span)
        return;
    QAccessibleEvent event(span, QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

} // namespace layerline
