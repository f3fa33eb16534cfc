#include "app/window/recordings.h"

#include "app/tasks/build_lookup.h"

namespace layerline {

Result<Recordings> readRecordings(const QString& playing, const QStringList& finished)
{
    Recordings read;
    for (const QString& name : finished) {
        if (const auto loaded = loadBuildFile(QStringLiteral("demo:") + name, read.finished); !loaded)
            return loaded.error();
    }
    auto batches = readBuildFile(QStringLiteral("demo:") + playing);
    if (!batches)
        return batches.error();
    for (EventBatch& batch : batches.value()) {
        for (Event& event : batch.events) {
            if (auto* record = std::get_if<ev::RecordUpdated>(&event))
                record->source = SourceKind::Replay;
        }
    }
    read.playing = batches.value().front().record;
    read.schedule = makeReplaySchedule(batches.value());
    return read;
}

} // namespace layerline
