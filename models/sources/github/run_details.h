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
    /// Something of the job that was asked for in vain.
    struct Missed {
        enum class What { Log, ArtifactList, Record };
        What what = What::Log;
        std::string name; ///< of a record's artifact
        Error error;
        bool expired = false; ///< GitHub keeps artifacts for some days only
        friend bool operator==(const Missed& a, const Missed& b) { return a.what == b.what && a.name == b.name && a.error.detail == b.error.detail; }
    };
    RunKey run;
    int attempt = 1;
    std::int64_t job = 0;
    From from = From::Nothing;
    bool partlyLog = false;            ///< `from` is Record, but some builds are known from the log alone
    std::vector<EventBatch> batches;   ///< as read, not yet detailsOfJob(); several builds in the order they began
    std::vector<FileBlob> blobs;       ///< of the records
    std::vector<Platform> platforms;   ///< a hint of the first rank when `from` is Record
    std::vector<std::string> notes;    ///< what could not be read; technical, English
    std::vector<Missed> missed;        ///< what might have told more
    std::optional<Error> problem;      ///< why there is nothing: 404 never ran, 410 expired, no build in the log ...
    std::shared_ptr<const std::string> log; ///< the whole log when it was fetched

    /// A further try may get more of it.
    bool worthAnother() const;
};

/// Fetches on the session's thread, reads on a thread of its own. A job's log is always fetched (it names the artifacts the
/// job made); records are preferred to it: a job has one for each build that it made.
class RunDetails : public QObject {
    Q_OBJECT
public:
    explicit RunDetails(GitHubApi& api, QObject* parent = nullptr);
    /// Waits for a file that is being read.
    ~RunDetails() override;

    /// Answers by ready(), once; a job that was loaded already answers again from memory, unless it is worthAnother() try.
    void load(const Run& run, std::int64_t job);
    /// The same; what could not be had is asked for again in any case.
    void loadAnew(const Run& run, std::int64_t job);

Q_SIGNALS:
    void ready(const std::shared_ptr<const layerline::JobDetails>& details);

private:
    void start(const Run& run, std::int64_t job, const JobDetails* known);
    struct Loading;
    struct Seen;
    using Ptr = std::shared_ptr<Loading>;

    void fetchLog(const Ptr& loading);
    void scanLog(const Ptr& loading);
    void fetchArtifacts(const Ptr& loading);
    void sift(const Ptr& loading, const std::vector<ArtifactInfo>& artifacts);
    void fetchRecord(const Ptr& loading);
    void takeRecord(const Ptr& loading, const ArtifactInfo& artifact, OpenedFile file);
    void settle(const Ptr& loading);
    void readLog(const Ptr& loading);
    void addLogBuilds(const Ptr& loading);
    void read(const Ptr& loading, std::shared_ptr<const std::string> bytes, const std::string& name, std::function<void(Result<OpenedFile>)> then);
    void finish(const Ptr& loading);

    GitHubApi& m_api;
    QThreadPool m_reader;
    std::set<std::int64_t> m_loading;
    std::map<std::int64_t, std::shared_ptr<const JobDetails>> m_known; ///< by job
    std::map<std::int64_t, Seen> m_seen; ///< records by artifact: which job made one is asked for each job
};

/// Ids of the artifacts a job's log says it uploaded ("Artifact ID 123", "artifact ... (ID: 123)").
std::set<std::int64_t> artifactsInLog(std::string_view log);

} // namespace layerline
