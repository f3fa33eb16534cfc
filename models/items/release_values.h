// What the Releases page shows, as plain values; the application fills them.
#pragma once

#include "domain/release.h"
#include "items/step_look.h"

#include <memory>
#include <string>
#include <vector>

namespace layerline {

/// Who says which platforms an image should have.
struct PromiseChoice {
    enum class From {
        Typed,      ///< `text` is "linux/amd64, linux/arm64"; "" = nobody
        Repository, ///< the workflow of "owner/name", whose runs also tell what was built
        File,       ///< a bake file or workflow on this machine
    };
    From from = From::Typed;
    std::string text;
    friend bool operator==(const PromiseChoice&, const PromiseChoice&) = default;
};

/// One watched image.
struct WatchedImage {
    enum class State {
        Reading,  ///< asked for the first time, no answer yet
        Read,
        Refused,  ///< the registry could not be read; `release` may be an older answer
    };
    std::string image;             ///< "ghcr.io/acme/shop"
    State state = State::Reading;
    bool refreshing = false;       ///< being asked just now
    std::shared_ptr<const Release> release; ///< null until the first answer
    std::string problem;           ///< technical text of Refused
    PromiseChoice promised;
    std::string promiseProblem;    ///< technical text: why a promise can't be read; "" when it could
    OptionalTime read;             ///< when `release` was
    friend bool operator==(const WatchedImage&, const WatchedImage&) = default;
};

/// Promised and not there, or not what was built, in any tag: platforms with the tags they are wrong in.
struct ReleaseFault {
    Platform platform;
    PlatformVerdict verdict = PlatformVerdict::Missing;
    std::vector<std::string> tags;
    friend bool operator==(const ReleaseFault&, const ReleaseFault&) = default;
};
std::vector<ReleaseFault> faultsOf(const Release& release);
/// Wrong enough to be loud: not what was built, or promised and missing.
bool isFault(const ReleaseCell& cell);
/// The mark that goes with a verdict.
Look lookOf(PlatformVerdict verdict);

/// A digest a tag may go back to.
struct MoveTarget {
    std::string digest;
    std::vector<Platform> platforms;
    std::vector<std::string> tags; ///< of the registry that point at it now
    OptionalTime first, last;      ///< when this tag was seen there; empty when it never was
    friend bool operator==(const MoveTarget&, const MoveTarget&) = default;
};
/// Earlier digests of the tag, newest first, then those of the other tags. Never the present one; each once.
std::vector<MoveTarget> moveTargets(const Release& release, const std::string& tag, const std::vector<TagSighting>& sightings);

} // namespace layerline
