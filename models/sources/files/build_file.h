// Opening a build that somebody saved: what it is, is told from its content, never from its name.
#pragma once

#include "domain/events.h"
#include "domain/result.h"
#include "sources/files/file_caps.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace layerline {

enum class FileFormat {
    Dockerbuild, ///< gzip(tar(OCI layout)), "docker buildx history export"
    RawJson,     ///< --progress=rawjson
    Plain,       ///< --progress=plain
    GitHubLog,   ///< a job's log: plain progress behind timestamps
    LogArchive,  ///< zip of any of these
};

/// A blob of a record, as it was in the archive (its digest is verified). `bytes` lives as long as `owner`.
struct FileBlob {
    RecordKey record;
    std::string platform; ///< of attestations and results
    BlobRef ref;
    std::string_view bytes;
    std::shared_ptr<const void> owner;
};

struct FileProgress;

struct OpenedFile {
    std::string name; ///< of the file, without folders
    FileFormat format = FileFormat::Dockerbuild;
    std::vector<EventBatch> batches; ///< one for each record
    std::vector<FileBlob> blobs;
    std::vector<std::string> notes;  ///< what could not be read and was left out; technical, English
};

/// Reads a whole file. A record's key is ("file:" + name, ref); text has no ref and gets one of name and content.
/// Errors: NotFound, Permission, BadInput, TooLarge, Corrupt (a digest does not match), Unsupported (no build in it).
/// `progress` may be null; with it also Cancelled.
Result<OpenedFile> openBuildFile(const std::string& path, const FileCaps& caps = {}, FileProgress* progress = nullptr);

/// The same for bytes in memory: an artifact just fetched, a zip's entry. `modified` dates text without times of its
/// own: it is taken as the end of the build.
Result<OpenedFile> openBuildBytes(std::string_view bytes, const std::string& name, Timestamp modified, const FileCaps& caps = {});

} // namespace layerline
