// What a run of GitHub Actions built and pushed: the digests its jobs handed on and the images its logs name.
#pragma once

#include "domain/release.h"
#include "sources/github/github_api.h"

#include <QObject>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace layerline {

struct RunDigests {
    Run run;
    std::vector<BuiltDigest> built;
    std::string workflow;            ///< text of the run's workflow file at the run's commit; "" when it can't be read
    std::vector<std::string> pushed; ///< "ghcr.io/acme/shop:1.0", in the order of the logs
};

/// One question at a time; lives on the session's thread.
class RunDigestsReader : public QObject {
    Q_OBJECT
public:
    using Callback = std::function<void(Result<RunDigests>)>;
    explicit RunDigestsReader(GitHubApi& api, QObject* parent = nullptr);

    /// The run given, else the newest successful one that pushed an image (of the last ten). NotFound when there is none; else GitHub's errors.
    void read(const std::string& repository, std::optional<std::int64_t> run, Callback callback);

private:
    void tryNext();
    void readArtifacts();
    void nextArtifact();
    void readJobs();
    void nextLog();
    void weigh();
    void readWorkflow();
    void finish();
    void fail(const Error& error);

    GitHubApi& m_api;
    std::string m_repository;
    std::vector<Run> m_runs;
    std::vector<ArtifactInfo> m_artifacts;
    std::vector<RunJob> m_jobs;
    std::vector<BuiltDigest> m_fromLogs;
    RunDigests m_found;
    Callback m_callback;
};

/// The digests in an artifact as GitHub hands it out (a zip, or one plain file): names or contents of its files.
std::vector<BuiltDigest> digestsInArtifact(const std::string& name, const std::string& bytes);

} // namespace layerline
