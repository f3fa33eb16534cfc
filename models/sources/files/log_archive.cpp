#include "sources/files/log_archive.h"

#include "sources/files/archive_reader.h"
#include "sources/files/blob_spool.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

namespace layerline {

namespace {

/// "3_build (linux-arm64).txt" -> "build (linux-arm64)": a run's zip numbers the jobs' logs.
std::string jobName(const std::string& path)
{
    std::string name = path.substr(path.rfind('/') + 1);
    const auto digits = name.find_first_not_of("0123456789");
    if (digits != std::string::npos && digits > 0 && name[digits] == '_')
        name.erase(0, digits + 1);
    if (const auto dot = name.rfind('.'); dot != std::string::npos && dot > 0)
        name.resize(dot);
    return name;
}

/// Newer zips hold a job's log as a whole at the top and once more by steps in a folder of the job's name.
bool isRepeated(const std::string& path, const std::set<std::string>& wholeJobs)
{
    const auto slash = path.find('/');
    return slash != std::string::npos && wholeJobs.count(path.substr(0, slash));
}

Result<void> unpack(ByteSource& source, const FileCaps& caps, BlobSpool& spool, std::vector<std::string>& paths)
{
    ArchiveReader archive(source, ArchiveKind::Zip, caps);
    std::array<char, 64 * 1024> piece;
    for (;;) {
        const auto more = archive.next();
        if (!more)
            return more.error();
        if (!*more)
            break;
        for (;;) {
            const auto got = archive.read(piece.data(), piece.size());
            if (!got)
                return got.error();
            if (*got == 0)
                break;
            if (const auto appended = spool.append({piece.data(), *got}); !appended)
                return appended;
        }
        if (spool.entries().count(archive.path()))
            return Error{ErrorKind::BadInput, "archive has two entries of one name"};
        spool.finish(archive.path());
        paths.push_back(archive.path());
    }
    return spool.seal();
}

} // namespace

Result<OpenedFile> readLogArchive(ByteSource& source, const std::string& name, Timestamp modified, const FileCaps& caps)
{
    const auto spool = std::make_shared<BlobSpool>();
    std::vector<std::string> paths;
    if (const auto unpacked = unpack(source, caps, *spool, paths); !unpacked)
        return unpacked.error();
    std::set<std::string> wholeJobs;
    for (const std::string& path : paths) {
        if (path.find('/') == std::string::npos)
            wholeJobs.insert(jobName(path));
    }

    OpenedFile file;
    file.name = name;
    file.format = FileFormat::LogArchive;
    for (const std::string& path : paths) {
        if (isRepeated(path, wholeJobs))
            continue;
        MemorySource entry(*spool->find(path));
        auto opened = readBuild(entry, name + "/" + path, modified, caps, false);
        if (!opened) {
            if (opened.error().kind != ErrorKind::Unsupported)
                file.notes.push_back(path + ": " + opened.error().detail);
            continue;
        }
        for (EventBatch& batch : opened->batches) {
            auto& record = std::get<ev::RecordUpdated>(batch.events.front());
            if (record.source != SourceKind::Record)
                record.name = jobName(path);
        }
        std::move(opened->batches.begin(), opened->batches.end(), std::back_inserter(file.batches));
        std::move(opened->blobs.begin(), opened->blobs.end(), std::back_inserter(file.blobs));
        std::move(opened->notes.begin(), opened->notes.end(), std::back_inserter(file.notes));
    }
    if (file.batches.empty())
        return Error{ErrorKind::Unsupported, file.notes.empty() ? "no build in the archive" : file.notes.front()};
    return file;
}

} // namespace layerline
