// Addresses of bare buildkitd daemons to watch besides the builders of buildx.
#pragma once

#include "items/builder_values.h"
#include "widgets/pages/settings_section.h"

#include <QHash>
#include <QStringList>

#include <vector>

class QVBoxLayout;

namespace layerline {

class SettingsAddresses : public SettingsSection {
    Q_OBJECT
public:
    explicit SettingsAddresses(QWidget* parent = nullptr);
    void setAddresses(const QStringList& addresses);
    /// Tells the state of each address that is being watched.
    void setNodes(const std::vector<NodeRow>& nodes);

Q_SIGNALS:
    void addRequested();
    void removeRequested(const QString& address);

private:
    void rebuild();
    QWidget* makeRow(const QString& address);
    void showStates();

    QVBoxLayout* m_rows;
    QLabel* m_empty;
    QStringList m_addresses;
    QHash<QString, NodeRow> m_nodes; ///< by endpoint
    QHash<QString, QLabel*> m_states;
};

} // namespace layerline
