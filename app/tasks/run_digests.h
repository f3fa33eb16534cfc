// What a run of GitHub Actions built and pushed: the digests its jobs handed on and the images its logs name.
#pragma once

#include "app/tasks/workflow_reader.h"
#include "domain/release.h"
#include "sources/files/build_file.h"

#include <QObject>
#include <QThreadPool>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace layerline {

struct RunDigests {
    Run run;
    std::vector<BuiltDigest> built;
    WorkflowFilesPtr workflow;       ///< at the run's commit, with what it calls; null when it can't be read
    std::vector<std::string> pushed; ///< "ghcr.io/acme/shop:1.0", in the order of the logs
};

/// One question at a time; lives on the session's thread. Digests come from the artifacts a workflow hands them on by (files named
/// or holding them, metadata files), else from what the logs say was pushed, else from the jobs' .dockerbuild records.
class RunDigestsReader : public QObject {
    Q_OBJECT
public:
    using Callback = std::function<void(Result<RunDigests>)>;
    /// Both must outlive this.
    RunDigestsReader(GitHubApi& api, WorkflowReader& workflows, QObject* parent = nullptr);
    /// Waits for what is being read.
    ~RunDigestsReader() override;

    /// The run given, else the newest successful one (of the last ten) that pushed an image; with `image` ("ghcr.io/acme/shop")
    /// one that pushed that image. NotFound when there is none; else GitHub's errors.
    void read(const std::string& repository, std::optional<std::int64_t> run, Callback callback, const std::string& image = {});
    /// The same of a run somebody knows already; its file is read with `workflow` only. NotFound when it does not say that it pushed `image`.
    void readRun(Run run, bool workflow, const std::string& image, Callback callback);

private:
    void tryNext();
    void readArtifacts();
    void nextArtifact();
    void readJobs();
    void nextLog();
    void weigh();
    void nextRecord();
    bool tellsEnough() const;
    template <class Work, class Then>
    void aside(Work work, Then then);
    void readWorkflow();
    void finish();
    void fail(const Error& error);

    GitHubApi& m_api;
    WorkflowReader& m_workflows;
    std::string m_repository;
    std::string m_image;
    bool m_stated = false; ///< the run was given
    bool m_withWorkflow = true;
    std::vector<Run> m_runs;
    std::vector<ArtifactInfo> m_artifacts, m_records;
    std::vector<RunJob> m_jobs;
    QThreadPool m_aside; ///< megabytes of logs and records take a while: not on the session's thread
    std::vector<BuiltDigest> m_fromLogs;
    RunDigests m_found;
    Callback m_callback;
};

/// The digests in an artifact as GitHub hands it out (a zip, or one plain file): names or contents of its files.
std::vector<BuiltDigest> digestsInArtifact(const std::string& name, const std::string& bytes);
/// What the builds of a record pushed ("docker buildx history export", an artifact of docker's actions).
std::vector<BuiltDigest> digestsInRecord(const std::string& name, const OpenedFile& file);

} // namespace layerline
