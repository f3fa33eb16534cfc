#include "widgets/pages/settings_addresses.h"

#include "items/builders_model.h"
#include "items/log_text.h"
#include "widgets/style/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace layerline {

namespace {

const char* toneOf(NodeCondition state)
{
    switch (state) {
    case NodeCondition::Live: return "good";
    case NodeCondition::Connecting:
    case NodeCondition::Stopped: return "";
    case NodeCondition::Down:
    case NodeCondition::Hung:
    case NodeCondition::Forbidden: return "bad";
    }
    return "";
}

} // namespace

SettingsAddresses::SettingsAddresses(QWidget* parent)
    : SettingsSection(tr("Builder addresses"),
                      tr("Builders of buildx and Docker are found by themselves. Add the address of a BuildKit daemon that they do not know; it is watched, never "
                         "started or changed."),
                      parent),
      m_rows(new QVBoxLayout), m_empty(new QLabel(tr("None added."), this))
{
    m_rows->setSpacing(4);
    m_empty->setProperty("role", QStringLiteral("faint"));
    auto* add = new QPushButton(tr("Add an address…"), this);
    add->setObjectName(QStringLiteral("settingsAddAddress"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addStretch(1);
    column()->addLayout(m_rows);
    column()->addWidget(m_empty);
    column()->addLayout(buttons);
    connect(add, &QPushButton::clicked, this, &SettingsAddresses::addRequested);
}

void SettingsAddresses::setAddresses(const QStringList& addresses)
{
    if (m_addresses == addresses)
        return;
    m_addresses = addresses;
    rebuild();
}

void SettingsAddresses::setNodes(const std::vector<NodeRow>& nodes)
{
    m_nodes.clear();
    for (const NodeRow& node : nodes) {
        if (node.driver == "bare")
            m_nodes.insert(QString::fromStdString(node.builder), node);
    }
    showStates();
}

void SettingsAddresses::rebuild()
{
    m_states.clear();
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // one of its buttons may have asked for this
        delete item;
    }
    for (const QString& address : m_addresses)
        m_rows->addWidget(makeRow(address));
    m_empty->setVisible(m_addresses.isEmpty());
    showStates();
}

QWidget* SettingsAddresses::makeRow(const QString& address)
{
    auto* row = new QFrame(this);
    row->setObjectName(QStringLiteral("settingsAddress"));
    row->setProperty("role", QStringLiteral("well"));
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(12, 4, 6, 4);
    line->setSpacing(12);
    auto* name = new QLabel(visibleText(address.toStdString()), row);
    name->setTextFormat(Qt::PlainText);
    name->setFont(Theme::monoFont());
    name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* state = new QLabel(row);
    state->setTextFormat(Qt::PlainText);
    state->setObjectName(QStringLiteral("settingsAddressState"));
    m_states.insert(address, state);
    auto* remove = new QToolButton(row);
    remove->setIcon(Theme::icon(QStringLiteral("cross")));
    remove->setToolTip(tr("Stop watching %1").arg(address));
    remove->setAccessibleName(remove->toolTip());
    line->addWidget(name);
    line->addStretch(1);
    line->addWidget(state);
    line->addWidget(remove);
    connect(remove, &QToolButton::clicked, this, [this, address] { Q_EMIT removeRequested(address); });
    return row;
}

void SettingsAddresses::showStates()
{
    for (auto at = m_states.begin(); at != m_states.end(); ++at) {
        const auto node = m_nodes.constFind(at.key());
        QLabel* state = at.value();
        state->setText(node == m_nodes.constEnd() ? QString() : conditionName(node->state));
        state->setToolTip(node == m_nodes.constEnd() ? QString() : visibleText(node->reason));
        state->setProperty("tone", QLatin1String(node == m_nodes.constEnd() ? "" : toneOf(node->state)));
        state->style()->unpolish(state);
        state->style()->polish(state);
    }
}

} // namespace layerline
