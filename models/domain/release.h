// What a registry publishes under the tags of an image, and how that compares with what was promised and built.
#pragma once

#include "domain/platform.h"
#include "domain/time.h"

#include <cstdint>
#include <string>
#include <vector>

namespace layerline {

/// One runnable image: an entry of an index, or a manifest that stands alone.
struct PublishedPlatform {
    Platform platform;
    std::string digest;     ///< of its manifest
    std::int64_t size = 0;  ///< bytes of configuration and layers, packed; 0 = not known
    OptionalTime created;   ///< as the image's configuration says; empty with reproducible builds
    friend bool operator==(const PublishedPlatform&, const PublishedPlatform&) = default;
};

/// Something that vouches for a digest and so does not come along when a tag moves away from it.
struct Signature {
    std::string kind;       ///< "signature", "attestation", "sbom", or the artifact type of a referrer
    std::string name;       ///< tag or digest it is found under
    friend bool operator==(const Signature&, const Signature&) = default;
};

/// A tag as the registry has it at one moment.
struct PublishedTag {
    std::string tag;        ///< "" when a digest was asked for
    std::string digest;     ///< of the index or manifest
    std::string mediaType;
    bool index = false;
    std::vector<PublishedPlatform> platforms; ///< in the index's order, without attestations
    int attestations = 0;   ///< entries of the index that are attestations (vnd.docker.reference.type)
    std::vector<Signature> signatures;
    std::string problem;    ///< technical text: why it can't be read; "" when it could
    friend bool operator==(const PublishedTag&, const PublishedTag&) = default;
};

/// A digest a job says it pushed.
struct BuiltDigest {
    Platform platform;      ///< empty when nothing says for which
    std::string digest;
    std::string from;       ///< "digests-linux-arm64/3f2a...", for people
    std::vector<std::string> contains; ///< manifests in it when it is an index, as the registry says
    std::string image;      ///< "ghcr.io/acme/shop" as the job names it; "" when nothing says
    friend bool operator==(const BuiltDigest&, const BuiltDigest&) = default;
};

/// Who promised which platforms.
struct PlatformPromise {
    std::vector<Platform> platforms;
    std::string from;       ///< "--platform", "docker-bake.hcl", ".github/workflows/docker.yml"; "" = nobody
    friend bool operator==(const PlatformPromise&, const PlatformPromise&) = default;
};

enum class PlatformVerdict {
    Published, ///< there, and as built where that is known
    Missing,   ///< promised and not there
    Extra,     ///< there without a promise; no fault
    Differs,   ///< there, but not what the job says it built
    Unknown,   ///< the tag can't be read
};

/// "published", "missing", "extra", "differs", "unknown"
const char* toString(PlatformVerdict verdict);

/// One cell of the table tags x platforms.
struct ReleaseCell {
    Platform platform;
    bool promised = false;
    std::string built;      ///< digest a job says it pushed; "" = not known
    std::string published;  ///< digest in the registry; "" = not there
    OptionalTime created;
    PlatformVerdict verdict = PlatformVerdict::Unknown;
    friend bool operator==(const ReleaseCell&, const ReleaseCell&) = default;
};

struct ReleaseTag {
    PublishedTag published;
    std::vector<ReleaseCell> cells; ///< promised ones first, then extra ones
    bool met = false;       ///< every promised platform is there and as built
    std::string builtBy;    ///< the run `built` is of: "run 7 of acme/shop (Release 1.0)"; "" = none, or as stated
    friend bool operator==(const ReleaseTag&, const ReleaseTag&) = default;
};

/// Everything known about one image.
struct Release {
    std::string image;      ///< "ghcr.io/acme/shop", without a tag
    PlatformPromise promise;
    std::vector<ReleaseTag> tags;
    std::string problem;    ///< technical text; "" when the registry answered
    friend bool operator==(const Release&, const Release&) = default;
};

/// A tag pointed at this digest when it was looked at.
struct TagSighting {
    std::string tag;
    std::string digest;
    bool index = false;
    std::vector<Platform> platforms;
    Timestamp first;        ///< seen there first
    Timestamp last;         ///< and most recently
    friend bool operator==(const TagSighting&, const TagSighting&) = default;
};

/// What moving a tag would do, read from the registry beforehand.
struct TagMovePlan {
    std::string image;      ///< without a tag
    std::string tag;
    PublishedTag from;      ///< digest "" when the tag does not exist yet
    PublishedTag to;
    std::uint64_t bytes = 0; ///< of the manifest that is put under the tag
    std::string url;        ///< the one request that changes something: PUT
    std::vector<Platform> lost;   ///< platforms the tag has now and would not have
    std::vector<Platform> gained;
    bool changes() const { return from.digest != to.digest; }
    friend bool operator==(const TagMovePlan&, const TagMovePlan&) = default;
};

/// What a person should know before a tag moves; the sentence is made where it is shown.
struct MoveWarning {
    enum class Kind {
        LosesPlatform,    ///< `name` can be pulled from the tag now and could not be afterwards
        SingleManifest,   ///< the tag would point at a plain manifest instead of an index
        BrokenTarget,     ///< the target names `name`, which the registry does not have
        SignatureStays,   ///< `name` vouches for the present digest, not for the target
        TargetUnsigned,   ///< the present digest is signed, the target is not
        LosesAttestations ///< the present index carries provenance or SBOMs, the target none
    };
    Kind kind;
    std::string name;
    friend bool operator==(const MoveWarning&, const MoveWarning&) = default;
};
std::vector<MoveWarning> moveWarnings(const TagMovePlan& plan);

} // namespace layerline
