// Whose digests are they? What a run built, taken apart by image and looked up in the registry.
#pragma once

#include "app/tasks/run_digests.h"
#include "sources/registry/registry_client.h"

#include <QObject>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace layerline {

/// One image of a run.
struct RunImage {
    ImageReference image;             ///< with the first tag the run pushed
    std::vector<std::string> tags;    ///< all it pushed, in the order of the logs; may be empty
    std::vector<BuiltDigest> built;   ///< its own, and those nobody says whose they are
    bool shared = false;              ///< some of `built` may belong to another image: the registry has to be asked
};

/// By image, in the order of the logs. `stated` is the one that is asked about although no log may name it; null = all.
std::vector<RunImage> imagesOf(const RunDigests& found, const ImageReference* stated = nullptr);

/// Fills in `contains` of every digest that is an index: pushed with attestations, that of a job is one around the manifest
/// that ends up in the release. One request for a digest that is not published itself. With `dropForeign`, a digest no job
/// gave a name to and this repository does not have is left out. `callback` comes once, unless `context` is gone.
void resolveBuilt(RegistryClient& client, const ImageReference& image, std::vector<BuiltDigest> built, const std::vector<PublishedTag>& published, bool dropForeign,
                  QObject* context, std::function<void(std::vector<BuiltDigest>)> callback);

} // namespace layerline
