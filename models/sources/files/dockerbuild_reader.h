// .dockerbuild archives: gzip(tar(OCI layout)) with history records in it.
#pragma once

#include "sources/files/build_file.h"
#include "sources/files/byte_source.h"

namespace layerline {

/// Every blob is verified before anything is believed. Errors as openBuildFile().
Result<OpenedFile> readDockerbuild(ByteSource& source, const std::string& name, const FileCaps& caps);

} // namespace layerline
