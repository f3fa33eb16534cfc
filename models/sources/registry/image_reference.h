// Names of images, read the way docker reads them.
#pragma once

#include "domain/result.h"

#include <string>
#include <string_view>

namespace layerline {

/// "alpine" is docker.io/library/alpine:latest.
struct ImageReference {
    std::string registry;   ///< "docker.io", "localhost:5000"
    std::string repository; ///< "library/alpine"
    std::string tag;        ///< "" when only a digest was given
    std::string digest;     ///< "sha256:...", "" when none was given

    /// "docker.io/library/alpine": what identifies the image.
    std::string name() const { return registry + "/" + repository; }
    /// With tag and digest.
    std::string str() const;
    /// As short as docker would show it: "alpine:3.20".
    std::string familiar() const;
    /// What stands in a manifest URL: the digest, else the tag.
    const std::string& target() const { return digest.empty() ? tag : digest; }
    ImageReference withTag(std::string other) const { return {registry, repository, std::move(other), {}}; }
    ImageReference withDigest(std::string other) const { return {registry, repository, {}, std::move(other)}; }
    /// On this machine: 127.0.0.0/8, ::1 or localhost. Spoken to without TLS, as docker does.
    bool loopback() const;
    /// "https://registry-1.docker.io", "http://localhost:5000"
    std::string origin() const;

    friend bool operator==(const ImageReference&, const ImageReference&) = default;
};

/// BadInput with one sentence for people. Tag "latest" when neither tag nor digest is given.
Result<ImageReference> parseImageReference(std::string_view text);

/// A host with an optional port: is it this machine?
bool isLoopbackHost(std::string_view hostAndPort);
bool isTagName(std::string_view text);
/// sha256 and 64 lower-case hex digits.
bool isDigest(std::string_view text);

} // namespace layerline
