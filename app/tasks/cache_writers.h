// Which jobs of a repository write which cache scope, by its workflow files on the default branch.
#pragma once

#include "analysis/ci/cache_collisions.h"
#include "app/tasks/workflow_reader.h"
#include "sources/github/github_types.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace layerline {

struct CacheWriters {
    std::vector<CacheWriter> writers;
    std::vector<std::string> workflows; ///< paths that were read
    std::vector<std::string> problems;  ///< "PATH: why": what could not be read; technical
    bool complete = false;              ///< nothing can write a scope that is not among `writers`
};

/// One request for the list and one a file, up to 30 files and what they call. Errors as GitHubApi::workflows(); a file that
/// can't be read makes the answer incomplete, no error. `reader` and `api` must outlive the answer.
void readCacheWriters(GitHubApi& api, WorkflowReader& reader, const std::string& repository, RunnerTable runners, QObject* context, Reply<CacheWriters> reply);

/// The repository's own limit where GitHub tells it, else its default (`told` is false). One request; `api` must outlive the answer.
void readCacheLimits(GitHubApi& api, const std::string& repository, QObject* context, std::function<void(CacheLimits)> reply);

/// GitHub's entry as the domain's.
CacheEntry cacheEntryOf(const StoredCache& cache);
std::vector<CacheEntry> cacheEntriesOf(const std::vector<StoredCache>& caches);

} // namespace layerline
