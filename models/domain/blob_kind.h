// Raw data kept of a build.
#pragma once

namespace layerline {

enum class BlobKind {
    Record,        ///< the serialised BuildHistoryRecord (or what another source has in its place)
    Status,        ///< the status log
    Provenance,    ///< one for each platform
    ExternalError, ///< google.rpc.Status with the Dockerfile's excerpt
    Trace,         ///< OTLP
    ClientCommand, ///< the command line of the client that started it, as JSON, without secrets
};

} // namespace layerline
