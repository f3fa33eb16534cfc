#include "widgets/log/log_accessible.h"

#include "widgets/log/log_canvas.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace layerline {

namespace {

/// A million lines are no million children: a reader gets what is in sight, and scrolls with the usual keys.
class LogInterface final : public QAccessibleWidget, public QAccessibleTextInterface {
public:
    explicit LogInterface(LogCanvas* canvas) : QAccessibleWidget(canvas, QAccessible::Terminal) {}

    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Value ? inSight() : QAccessibleWidget::text(kind);
    }

    /// AT-SPI knows no value that is text: readers there ask for this.
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TextInterface ? static_cast<QAccessibleTextInterface*>(this) : QAccessibleWidget::interface_cast(type);
    }
    QString text(int start, int end) const override { return inSight().mid(start, end < 0 ? -1 : end - start); }
    int characterCount() const override { return int(inSight().size()); }
    // Neither a caret nor selections of its own: selecting is done with the mouse and the usual keys.
    int cursorPosition() const override { return 0; }
    void setCursorPosition(int) override {}
    int selectionCount() const override { return 0; }
    void selection(int, int* start, int* end) const override { *start = *end = 0; }
    void addSelection(int, int) override {}
    void removeSelection(int) override {}
    void setSelection(int, int, int) override {}
    QRect characterRect(int) const override { return {}; }
    int offsetAtPoint(const QPoint&) const override { return -1; }
    void scrollToSubstring(int, int) override {}
    QString attributes(int offset, int* start, int* end) const override
    {
        *start = *end = offset;
        return {};
    }

    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.readOnly = true;
        state.multiLine = true;
        return state;
    }

private:
    QString inSight() const
    {
        const auto* canvas = qobject_cast<const LogCanvas*>(object());
        return canvas ? canvas->visibleText().join(QLatin1Char('\n')) : QString();
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
