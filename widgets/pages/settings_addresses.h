// Addresses of bare buildkitd daemons to watch besides the builders of buildx.
#pragma once

#include "items/builder_values.h"
#include "widgets/pages/settings_list.h"

#include <QHash>

#include <vector>

namespace layerline {

class SettingsAddresses : public SettingsList {
    Q_OBJECT
public:
    explicit SettingsAddresses(QWidget* parent = nullptr);
    void setAddresses(const QStringList& addresses);
    /// Tells the state of each address that is being watched.
    void setNodes(const std::vector<NodeRow>& nodes);

private:
    void showStates();

    QHash<QString, NodeRow> m_nodes; ///< by endpoint
};

} // namespace layerline
