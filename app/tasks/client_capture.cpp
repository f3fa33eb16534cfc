#include "app/tasks/client_capture.h"

#include "sources/buildx/client_processes.h"

namespace layerline {

std::optional<ClientCommand> captureClient(const EventBatch& batch)
{
    for (const Event& event : batch.events) {
        const auto* info = std::get_if<ev::RecordUpdated>(&event);
        if (!info || info->complete || !info->localState || !info->created)
            continue;
        std::vector<ClientCommand> clients;
        for (ClientProcess& process : readClientProcesses())
            clients.push_back({std::move(process.arguments), std::move(process.directory), process.started});
        auto found = matchClient(clients, *info->localState, info->builder, *info->created);
        if (!found)
            return {};
        return withoutSecrets(std::move(*found));
    }
    return {};
}

} // namespace layerline
