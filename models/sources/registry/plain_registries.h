// Registries docker and BuildKit are told to speak to without TLS, or to trust by certificates of their own.
#pragma once

#include "sources/http/http_types.h"

#include <string>
#include <string_view>
#include <vector>

namespace layerline {

/// Where the two are told; a snapshot, so that tests can have their own.
struct PlainPlaces {
    std::vector<std::string> daemonFiles; ///< docker's daemon.json
    std::vector<std::string> buildkitFiles; ///< buildkitd.toml
    std::vector<std::string> certificates{}; ///< docker's certs.d, with a folder for each registry
    static PlainPlaces fromProcess();
};

/// Registries as "host:port". This machine needs no entry.
struct PlainRegistries {
    std::vector<std::string> http;     ///< `http = true` in a buildkitd.toml: never TLS
    std::vector<std::string> insecure; ///< "insecure-registries" of the daemon, names and IPv4 ranges: TLS with any certificate, else without
    std::vector<std::string> certificates{}; ///< as in the places

    bool isHttp(const std::string& registry) const;
    bool isInsecure(const std::string& registry) const;
    bool any(const std::string& registry) const { return isHttp(registry) || isInsecure(registry); }

    /// What docker accepts at the registry's own address: any certificate of an insecure one and of this machine, and those
    /// signed by certs.d/REGISTRY/ca.crt, or by the only other .crt there.
    void trust(HttpRequest& request, const std::string& registry) const;

    /// What can't be read says nothing.
    static PlainRegistries read(const PlainPlaces& places);
};

/// "insecure-registries" of a daemon.json; empty when it is none.
std::vector<std::string> insecureRegistries(std::string_view daemonJson);
/// The tables [registry."HOST"] with `http = true` of a buildkitd.toml.
std::vector<std::string> httpRegistries(std::string_view toml);

} // namespace layerline
