// The builds inside of a finished run's jobs, for commands.
#pragma once

#include "app/tasks/workflow_reader.h"
#include "domain/build_set.h"
#include "sources/github/job_platforms.h"
#include "sources/github/run_details.h"

#include <QObject>

#include <functional>

namespace layerline {

/// Loads the details of every ended job of one run and puts them together. Used once.
class RunBuilds : public QObject {
    Q_OBJECT
public:
    /// `run` and `api` must outlive this. `done` is called once, later; `run`'s platforms then know the records.
    RunBuilds(GitHubApi& api, Run& run, std::function<void()> done);

    void start();
    const BuildSet& builds() const { return m_set; }
    /// In the order of the jobs.
    std::vector<std::shared_ptr<const JobDetails>> details() const;

private:
    void load();
    void take(const std::shared_ptr<const JobDetails>& details);
    void finish();

    Run& m_run;
    WorkflowReader m_workflows;
    RunDetails m_loader;
    std::function<void()> m_done;
    std::map<std::int64_t, std::shared_ptr<const JobDetails>> m_details;
    std::set<std::int64_t> m_open;
    std::map<std::int64_t, PlatformHint> m_hints;
    BuildSet m_set;
};

} // namespace layerline
