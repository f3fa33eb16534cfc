// Builds for the tests of the history.
#pragma once

#include "storage/history_repository.h"
#include "storage/history_writer.h"

#include <QTemporaryDir>

#include <string>

namespace layerline::test {

/// Blocks: the storage thread needs no event loop of ours.
inline Result<void> wait(const HistoryWriter::Done& done)
{
    return done.result();
}

inline HistoryEntry entry(int number, std::int32_t generation = 1)
{
    HistoryEntry out;
    out.key = {"worker" + std::to_string(number % 3), "ref" + std::to_string(number)};
    out.builder = "default";
    out.node = "default0";
    out.name = "image:" + std::to_string(number);
    out.status = BuildStatus::Completed;
    out.created = Timestamp{1'700'000'000'000'000'000 + number * 1'000'000'000ll};
    out.completed = Timestamp{out.created->ns + 500'000'000};
    out.generation = generation;
    out.totalSteps = number % 50;
    out.completedSteps = number % 50;
    out.cachedSteps = number % 7;
    out.workerPlatforms = {{"linux", "amd64", ""}, {"linux", "arm", "v7"}};
    return out;
}

inline std::string recordBytes(int number) { return "record " + std::to_string(number) + std::string(std::size_t(number % 300), 'r'); }
inline std::string statusBytes(int number) { return "status " + std::to_string(number) + std::string(std::size_t(number * 37 % 5000), 's'); }

/// A build with its record and status, as one job.
inline HistoryWriter::Done store(HistoryWriter& writer, int number, std::int32_t generation = 1)
{
    return writer.storeBuild(entry(number, generation),
                             {{BlobKind::Record, {}, {"record", {}, 0}, std::make_shared<const std::string>(recordBytes(number))},
                              {BlobKind::Status, {}, {"status", {}, 0}, std::make_shared<const std::string>(statusBytes(number))}});
}

/// "" when the build is there and right, else what is wrong.
inline std::string verify(const HistoryRepository& repository, int number)
{
    const auto loaded = repository.load(entry(number).key);
    if (!loaded)
        return "build " + std::to_string(number) + ": " + loaded.error().detail;
    if (!loaded->problems.empty())
        return "build " + std::to_string(number) + ": " + loaded->problems.front().detail;
    if (loaded->blobs.size() != 2 || loaded->blobs[0].bytes != recordBytes(number) || loaded->blobs[1].bytes != statusBytes(number))
        return "build " + std::to_string(number) + ": wrong blobs";
    if (loaded->entry.name != entry(number).name || loaded->entry.workerPlatforms != entry(number).workerPlatforms)
        return "build " + std::to_string(number) + ": wrong entry";
    return {};
}

} // namespace layerline::test
