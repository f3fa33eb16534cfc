// Where the builds Layerline started keep their state, logs and results: one private folder each.
#pragma once

#include "domain/result.h"
#include "sources/runner/job.h"

#include <string>
#include <vector>

namespace layerline {

/// In a lane's command it stands for the lane's --metadata-file, whose place is known when the job has its id.
inline constexpr const char* metadataPlaceholder = "@metadata@";

/// $XDG_STATE_HOME/layerline/builds, else ~/.local/state/layerline/builds. Empty when there is no home.
std::string defaultJobFolder();

/// Any thread, any process: files are replaced as a whole.
class JobStore {
public:
    explicit JobStore(std::string folder = defaultJobFolder()) : m_folder(std::move(folder)) {}

    const std::string& folder() const { return m_folder; }
    std::string folderOf(const std::string& id) const { return m_folder + "/" + id; }
    /// What a client says (rawjson, then text), its result file, and the merge's output.
    std::string logOf(const BuildJob& job, std::size_t lane) const;
    std::string metadataOf(const BuildJob& job, std::size_t lane) const;
    std::string mergeLogOf(const BuildJob& job) const;

    /// Makes the folder (0700) and gives the job its id: "ll-" and ten characters.
    Result<void> create(BuildJob& job) const;
    Result<void> write(const BuildJob& job) const;
    /// As it is on the disk; the state is corrected when its processes are gone (see reconciled()).
    Result<BuildJob> read(const std::string& id) const;
    /// Newest first. Damaged ones are left out.
    std::vector<BuildJob> list() const;
    /// By id, by one of its history references, or by a beginning (at least four characters) of either that is
    /// unambiguous. NotFound, BadInput.
    Result<BuildJob> find(const std::string& text) const;
    /// Removes what ended more than `days` ago, beyond the newest `keep`.
    void tidy(int days = 14, std::size_t keep = 100) const;

private:
    /// As it is on the disk.
    Result<BuildJob> noted(const std::string& id) const;

    std::string m_folder;
};

/// A job whose supervisor died is Lost, unless its clients still run (Running) or left a result (Done).
BuildJob reconciled(BuildJob job, const JobStore& store);

/// Reads buildx' --metadata-file: references ("REF") and the image's digest. Empty when there is none.
struct JobResult {
    std::vector<std::string> refs;
    std::string digest;
};
JobResult readMetadata(const std::string& path);

/// The last "ERROR: ..." (else the last line of plain text) of a client's log, one line, masked. "" when it said nothing.
std::string lastError(const std::string& logPath, const std::vector<std::string>& secrets = {});

} // namespace layerline
