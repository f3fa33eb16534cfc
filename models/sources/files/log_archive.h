// A zip of builds: the logs of a GitHub run, or an artifact with a .dockerbuild in it.
#pragma once

#include "sources/files/build_file.h"
#include "sources/files/byte_source.h"

namespace layerline {

/// Opens each entry as a file of its own, one level deep. What is no build is left out, with a note when it was broken.
/// Errors as openBuildFile().
Result<OpenedFile> readLogArchive(ByteSource& source, const std::string& name, Timestamp modified, const FileCaps& caps);

/// One file of any kind, already told apart from a folder. `allowZip`: false inside a zip.
Result<OpenedFile> readBuild(ByteSource& source, const std::string& name, Timestamp modified, const FileCaps& caps, bool allowZip);

} // namespace layerline
