#include "widgets/pages/settings_addresses.h"

#include "items/builders_model.h"
#include "items/log_text.h"

namespace layerline {

namespace {

const char* toneOf(NodeCondition state)
{
    switch (state) {
    case NodeCondition::Live: return "good";
    case NodeCondition::Connecting:
    case NodeCondition::Stopped:
    case NodeCondition::Unwatched: return "";
    case NodeCondition::Down:
    case NodeCondition::Hung:
    case NodeCondition::Forbidden: return "bad";
    }
    return "";
}

} // namespace

SettingsAddresses::SettingsAddresses(QWidget* parent)
    : SettingsList(tr("Builder addresses"),
                   tr("Builders of buildx and Docker are found by themselves. Add the address of a BuildKit daemon that they do not know; it is watched, never "
                      "started or changed."),
                   tr("Add an address…"), {"settingsAddress", "settingsAddressState", "settingsAddAddress"}, parent)
{
    setMonospaced();
}

void SettingsAddresses::setAddresses(const QStringList& addresses)
{
    setEntries(addresses);
    showStates();
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

void SettingsAddresses::showStates()
{
    for (qsizetype i = 0; i < entries().size(); ++i) {
        const auto node = m_nodes.constFind(entries()[i]);
        if (node == m_nodes.constEnd())
            setState(i, {}, "");
        else
            setState(i, conditionName(node->state), toneOf(node->state), visibleText(node->reason));
    }
}

} // namespace layerline
