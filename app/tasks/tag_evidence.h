// Who built which tag: the run of a repository that pushed it, and what that run says it built. Never another run's digests.
#pragma once

#include "app/tasks/run_digests.h"
#include "sources/registry/image_reference.h"

#include <QObject>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace layerline {

/// What one run says about one image. A finished attempt says the same for ever.
struct RunWords {
    RunDigests found;              ///< its run also when nothing else is
    bool pushedIt = false;         ///< it says that it pushed the image
    std::vector<std::string> tags; ///< under these; empty when it says none
};
using RunWordsPtr = std::shared_ptr<const RunWords>;

/// Which run a tag's digests are compared with.
struct TagBuilder {
    RunWordsPtr run;
    bool sure = false; ///< false: only if something it built is what the tag has
};

struct TagEvidence {
    RunWordsPtr newest;                        ///< newest successful run that pushed the image; never null
    std::map<std::string, TagBuilder> byTag;   ///< without those nobody can tell about
};

/// Keeps what it read: the questions of a refresh are one request when no run is new. One question at a time; lives on the
/// session's thread.
class TagEvidenceReader : public QObject {
    Q_OBJECT
public:
    using Callback = std::function<void(Result<TagEvidence>)>;
    /// `image` ("ghcr.io/acme/shop") of `repository` ("acme/shop"). Both others must outlive this.
    TagEvidenceReader(GitHubApi& api, WorkflowReader& workflows, std::string repository, std::string image, QObject* parent = nullptr);

    /// Lists the last 100 runs and reads at most ten it does not know, those first that tell most; the next call goes on. With `workflows`
    /// every run's file is read, otherwise only that of the newest. Errors: NotFound when none of the last ten successful runs
    /// says that it pushed the image; else GitHub's.
    void read(std::vector<std::string> tags, bool workflows, Callback callback);
    bool busy() const { return bool(m_callback); }

private:
    using Attempt = std::pair<std::int64_t, int>;

    void next();
    /// Settled, or the run to be read first.
    const Run* newestNeeds();
    const Run* tagNeeds(const std::string& tag);
    void readRun(const Run& run, bool workflow);
    void took(const Run& run, Result<RunDigests> found);
    void finish(Result<TagEvidence> result);
    const RunWordsPtr* known(const Run& run) const;

    GitHubApi& m_api;
    std::string m_repository, m_image;
    RunDigestsReader m_reader;
    std::map<Attempt, RunWordsPtr> m_known;
    std::vector<Run> m_runs;
    std::vector<std::string> m_tags;
    bool m_workflows = false;
    int m_left = 0; ///< runs that may still be read for this question
    TagEvidence m_evidence;
    Callback m_callback;
};

} // namespace layerline
