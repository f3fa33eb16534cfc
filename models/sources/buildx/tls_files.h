// Where buildx and docker keep the certificates they shake hands with.
#pragma once

#include "sources/buildx/builder_info.h"
#include "sources/buildx/environment.h"

#include <string>

namespace layerline {

/// Paths; "" = none.
struct TlsFiles {
    std::string authority;   ///< who may have signed the builder's certificate
    std::string certificate; ///< the client's
    std::string key;
    std::string serverName;  ///< the name the builder's certificate must have, "" = the address's host
    bool verify = true;      ///< the builder's certificate is looked at
    friend bool operator==(const TlsFiles&, const TlsFiles&) = default;
};

/// Of a node's instance file (the driver options of a remote builder), else of the docker context its endpoint came from.
TlsFiles tlsFilesOf(const BuilderInfo& builder, const BuilderNode& node, const BuildxEnvironment& environment);

} // namespace layerline
