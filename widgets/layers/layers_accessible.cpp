#include "widgets/layers/layers_accessible.h"

#include "widgets/layers/layers_table.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace layerline {

namespace {

/// Qt has a ready interface for its own three item views only. Here the row under the cursor is spoken as a whole.
class TableInterface final : public QAccessibleWidget {
public:
    explicit TableInterface(LayersTable* table) : QAccessibleWidget(table, QAccessible::Table) {}

    QString text(QAccessible::Text kind) const override
    {
        const auto* table = qobject_cast<const LayersTable*>(object());
        return kind == QAccessible::Value && table ? spokenRow(*table) : QAccessibleWidget::text(kind);
    }
};

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    auto* table = qobject_cast<LayersTable*>(object);
    return table ? new TableInterface(table) : nullptr;
}

} // namespace

void installLayersAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(&makeInterface);
        return true;
    }();
    Q_UNUSED(installed);
}

QString spokenRow(const LayersTable& table)
{
    const QAbstractItemModel* model = table.model();
    const QModelIndex current = table.currentIndex();
    if (!model || !current.isValid())
        return {};
    QStringList parts;
    for (int column = 0; column < model->columnCount(); ++column) {
        const QString text = model->index(current.row(), column).data().toString();
        if (text.isEmpty())
            continue;
        const QString title = model->headerData(column, Qt::Horizontal).toString();
        parts += column == 0 ? text : title + QStringLiteral(": ") + text;
    }
    return parts.join(QStringLiteral("; "));
}

void notifyLayersRow(LayersTable& table)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleValueChangeEvent event(&table, spokenRow(table));
    QAccessible::updateAccessibility(&event);
}

} // namespace layerline
