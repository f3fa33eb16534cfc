// Reads for the Releases page what was promised and built: from a repository's runs, or from a file.
#pragma once

#include "app/tasks/built_digests.h"
#include "app/tasks/tag_evidence.h"
#include "domain/result.h"
#include "items/release_values.h"

#include <QObject>
#include <QStringList>
#include <QThreadPool>

#include <functional>
#include <map>
#include <memory>

namespace layerline {

/// How GitHub is asked; `api` null = not at all.
struct ReleaseGitHub {
    GitHubApi* api = nullptr;
    WorkflowReader* workflows = nullptr;
    std::function<bool()> signedIn;
    std::function<QStringList()> repositories; ///< the watched ones
};

/// What one run built of an image.
struct RunBuilt {
    std::int64_t run = 0;
    int attempt = 0;
    std::vector<BuiltDigest> built;
    bool shared = false;              ///< as GateRequest::builtShared
    std::pair<std::int64_t, int> key() const { return {run, attempt}; }
    std::string name;                 ///< "run 7 of acme/shop (Release 1.0)"
};
using RunBuiltPtr = std::shared_ptr<const RunBuilt>;

/// What a repository or a file tells about one image.
struct ReleaseEvidence {
    struct Builder {
        RunBuiltPtr run;
        bool sure = false;            ///< false: only if something it built is what the tag has
    };
    PlatformPromise promise;          ///< `from` names the file, of a repository with its name
    std::map<std::string, Builder> byTag; ///< without the tags nobody can tell about; empty of a file
};
using ReleaseEvidencePtr = std::shared_ptr<const ReleaseEvidence>;

/// Lives on the GUI thread and never blocks it.
class ReleasePromises : public QObject {
    Q_OBJECT
public:
    using Callback = std::function<void(Result<ReleaseEvidencePtr>)>;
    explicit ReleasePromises(QObject* parent = nullptr);
    /// Waits for a file that is being read.
    ~ReleasePromises() override;

    void setGitHub(ReleaseGitHub github)
    {
        m_readers.clear();
        m_github = std::move(github);
    }
    const ReleaseGitHub& gitHub() const { return m_github; }

    /// Of a choice that is not Typed. Of a repository also which runs built the `tags`; what was read once is kept, so that asking again
    /// is one request that is free when nothing is new. Errors: as promiseOfFile() and TagEvidenceReader::read(); Permission without an account.
    void read(const ImageReference& image, const PromiseChoice& choice, std::vector<std::string> tags, QObject* context, Callback callback);

private:
    void readFile(const QString& path, QObject* context, Callback callback);
    ReleaseGitHub m_github;
    std::map<std::pair<std::string, std::string>, std::unique_ptr<TagEvidenceReader>> m_readers; ///< by repository and image
    QThreadPool m_files;
};

} // namespace layerline
