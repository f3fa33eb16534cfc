// Any bytes as a file: whatever it is taken for, it is read, reduced and scheduled for replay, or refused with a reason.
#include "domain/build_set.h"
#include "domain/summary.h"
#include "sources/files/build_file.h"
#include "sources/replay/replay_schedule.h"

#include <cstdlib>

using namespace layerline;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    FileCaps caps;
    caps.archiveBytes = 8u << 20;
    caps.textBytes = 8u << 20;
    const auto file = openBuildBytes({reinterpret_cast<const char*>(data), size}, "fuzz", Timestamp{1'700'000'000'000'000'000}, caps);
    if (!file) {
        if (file.error().detail.empty())
            std::abort();
        return 0;
    }
    BuildSet set;
    for (const EventBatch& batch : file->batches)
        set.apply(batch);
    for (const BuildId& id : set.ids())
        countersOf(*set.find(id));
    const ReplaySchedule schedule = makeReplaySchedule(file->batches);
    Duration last;
    for (const ReplaySchedule::Item& item : schedule.items) {
        if (item.at < last || item.at > schedule.length || item.track >= schedule.tracks.size())
            std::abort();
        last = item.at;
    }
    return 0;
}
