#include "widgets/pages/page_rail.h"

#include "widgets/style/theme.h"

#include <QToolButton>
#include <QVBoxLayout>

namespace layerline {

namespace {
constexpr int railWidth = 64;
constexpr QSize buttonSize{56, 52};
constexpr QSize iconSize{20, 20};
} // namespace

PageRail::PageRail(QWidget* parent) : QFrame(parent), m_top(new QVBoxLayout), m_bottom(new QVBoxLayout)
{
    setObjectName(QStringLiteral("rail"));
    setProperty("role", QStringLiteral("panel"));
    setFixedWidth(railWidth);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 10, 4, 10);
    column->setSpacing(4);
    for (QVBoxLayout* part : {m_top, m_bottom})
        part->setSpacing(4);
    column->addLayout(m_top);
    column->addStretch(1);
    column->addLayout(m_bottom);
}

void PageRail::addPage(const PageInfo& page)
{
    auto* button = new QToolButton(this);
    button->setObjectName(QStringLiteral("rail-") + page.id);
    button->setProperty("rail", true);
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setIcon(Theme::icon(page.icon));
    button->setIconSize(iconSize);
    button->setText(page.title);
    button->setAccessibleName(page.title);
    button->setCheckable(true);
    button->setFixedSize(buttonSize);
    const QString keys = page.shortcut.toString(QKeySequence::NativeText);
    button->setToolTip(keys.isEmpty() ? page.title : QStringLiteral("%1 (%2)").arg(page.title, keys));
    connect(button, &QToolButton::clicked, this, [this, button, id = page.id] {
        button->setChecked(true); // a second click does not turn the page off
        Q_EMIT pageChosen(id);
    });
    (page.atBottom ? m_bottom : m_top)->addWidget(button);
    m_entries.append({page.id, button});
}

void PageRail::setCurrent(const QString& id)
{
    for (const Entry& entry : m_entries)
        entry.button->setChecked(entry.id == id);
}

QToolButton* PageRail::button(const QString& id) const
{
    for (const Entry& entry : m_entries) {
        if (entry.id == id)
            return entry.button;
    }
    return nullptr;
}

} // namespace layerline
