#include "app/window/session.h"

namespace layerline {

namespace {

constexpr double nsPerDay = 86400e9;

NodeCondition conditionOf(NodeState state)
{
    switch (state) {
    case NodeState::Connecting: return NodeCondition::Connecting;
    case NodeState::Live: return NodeCondition::Live;
    case NodeState::Down: return NodeCondition::Down;
    case NodeState::Hung: return NodeCondition::Hung;
    case NodeState::Forbidden: return NodeCondition::Forbidden;
    case NodeState::Stopped: return NodeCondition::Stopped;
    case NodeState::Unwatched: return NodeCondition::Unwatched;
    }
    return NodeCondition::Down;
}

NodeRow rowOf(const NodeStatus& node, Timestamp now)
{
    NodeRow row;
    row.builder = node.builder;
    row.driver = node.driver;
    row.node = node.node;
    row.endpoint = node.endpoint;
    row.current = node.current;
    row.state = conditionOf(node.state);
    row.reason = node.reason;
    row.retryIn = node.retryIn;
    row.worker = node.workerId;
    row.version = node.version;
    row.platforms = node.platforms;
    row.native = node.native;
    for (const std::string& other : node.reachedBy) {
        if (other != node.builder)
            row.reachedBy.push_back(other);
    }
    row.runningBuilds = node.runningBuilds;
    for (const GcPolicy& policy : node.gcPolicies)
        row.gcRules.push_back({policy.all, policy.keepSeconds, policy.reservedBytes, policy.maxUsedBytes, policy.minFreeBytes, policy.filters});
    row.diskKnown = node.diskUsage.has_value();
    if (!row.diskKnown)
        return row;
    for (const DiskRecord& record : node.diskUsage->records) {
        const OptionalTime used = record.lastUsed ? record.lastUsed : record.created;
        const double age = used ? double((now - *used).ns) / nsPerDay : 0;
        row.diskRecords.push_back({record.type, record.bytes, age, record.inUse || record.shared, 1});
    }
    return row;
}

} // namespace

std::vector<NodeRow> Session::nodeRows(const std::vector<NodeStatus>& nodes, Timestamp now)
{
    std::vector<NodeRow> rows;
    for (const NodeStatus& node : nodes)
        rows.push_back(rowOf(node, now));
    return rows;
}

void Session::refreshDiskUsage()
{
    if (m_fleet)
        m_fleet->refreshAllDiskUsage();
}

} // namespace layerline
