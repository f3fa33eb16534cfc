#include "widgets/log/log_accessible.h"

#include "widgets/log/log_canvas.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace layerline {

namespace {

/// A million lines are no million children: a reader gets what is in sight, and scrolls with the usual keys.
class LogInterface final : public QAccessibleWidget {
public:
    explicit LogInterface(LogCanvas* canvas) : QAccessibleWidget(canvas, QAccessible::Terminal) {}

    QString text(QAccessible::Text kind) const override
    {
        if (kind != QAccessible::Value)
            return QAccessibleWidget::text(kind);
        const auto* canvas = qobject_cast<const LogCanvas*>(object());
        return canvas ? canvas->visibleText().join(QLatin1Char('\n')) : QString();
    }

    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.readOnly = true;
        state.multiLine = true;
        return state;
    }
};

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    auto* canvas = qobject_cast<LogCanvas*>(object);
    return canvas ? new LogInterface(canvas) : nullptr;
}

} // namespace

void installLogAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(&makeInterface);
        return true;
    }();
    Q_UNUSED(installed);
}

} // namespace layerline
