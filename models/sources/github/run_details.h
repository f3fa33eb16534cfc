// What is inside of ended jobs: their .dockerbuild records, else their logs.
#pragma once

#include "sources/files/build_file.h"
#include "sources/github/github_api.h"
#include "sources/github/run_events.h"

#include <QObject>
#include <QThreadPool>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace layerline {

/// What one ended job turned out to hold.
struct JobDetails {
    enum class From { Record, Log, Nothing };
    RunKey run;
    int attempt = 1;
    std::int64_t job = 0;
    From from = From::Nothing;
    std::vector<EventBatch> batches;   ///< as read, not yet detailsOfJob()
    std::vector<FileBlob> blobs;       ///< of a record
    std::vector<Platform> platforms;   ///< a hint of the first rank when `from` is Record
    std::vector<std::string> notes;    ///< what could not be read; technical, English
    std::optional<Error> problem;      ///< why there is nothing: 404 never ran, 410 expired, no build in the log ...
    std::shared_ptr<const std::string> log; ///< the whole log when it was fetched
};

/// Fetches on the session's thread, reads on a thread of its own. A job's log is always fetched (it names the artifacts the
/// job made); a record is preferred to it when there is one.
class RunDetails : public QObject {
    Q_OBJECT
public:
    explicit RunDetails(GitHubApi& api, QObject* parent = nullptr);
    /// Waits for a file that is being read.
    ~RunDetails() override;

    /// Answers by ready(), once; a job that was loaded already answers again from memory.
    void load(const Run& run, std::int64_t job);

Q_SIGNALS:
    void ready(const std::shared_ptr<const layerline::JobDetails>& details);

private:
    struct Loading;
    using Ptr = std::shared_ptr<Loading>;

    void fetchLog(const Ptr& loading);
    void fetchArtifacts(const Ptr& loading);
    void fetchRecord(const Ptr& loading, std::vector<ArtifactInfo> candidates);
    void readLog(const Ptr& loading);
    void read(const Ptr& loading, std::shared_ptr<const std::string> bytes, const std::string& name, std::function<void(Result<OpenedFile>)> then);
    void finish(const Ptr& loading);

    GitHubApi& m_api;
    QThreadPool m_reader;
    std::set<std::int64_t> m_loading;
    std::map<std::int64_t, std::shared_ptr<const JobDetails>> m_known;
};

/// Ids of the artifacts a job's log says it uploaded ("Artifact ID 123", "artifact ... (ID: 123)").
std::set<std::int64_t> artifactsInLog(std::string_view log);

} // namespace layerline
