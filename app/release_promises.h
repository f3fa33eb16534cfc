// Reads for the Releases page what was promised and built: from a repository's runs, or from a file.
#pragma once

#include "app/built_digests.h"
#include "domain/result.h"
#include "items/release_values.h"

#include <QObject>
#include <QStringList>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <optional>

namespace layerline {

/// How GitHub is asked; `api` null = not at all.
struct ReleaseGitHub {
    GitHubApi* api = nullptr;
    WorkflowReader* workflows = nullptr;
    std::function<bool()> signedIn;
    std::function<QStringList()> repositories; ///< the watched ones
};

/// What a repository or a file tells about one image.
struct ReleaseEvidence {
    PlatformPromise promise;          ///< `from` names the file, of a repository with its name
    std::vector<std::string> tags;    ///< the run pushed; empty when it names none
    std::vector<BuiltDigest> built;
    bool builtShared = false;
    std::string builtBy;              ///< "run 7 of acme/shop (Release 1.0)"; "" of a file
    std::int64_t run = 0;             ///< 0 = none
    int attempt = 0;
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

    void setGitHub(ReleaseGitHub github) { m_github = std::move(github); }
    const ReleaseGitHub& gitHub() const { return m_github; }

    /// Of a choice that is not Typed. `known` is the last answer: as long as the repository's newest successful run is the same, it comes
    /// again for one request that is free when nothing is new. Errors: as promiseOfFile() and RunDigestsReader::read();
    /// Permission without an account.
    void read(const ImageReference& image, const PromiseChoice& choice, const ReleaseEvidencePtr& known, QObject* context, Callback callback);

private:
    void readFile(const QString& path, QObject* context, Callback callback);
    void readRun(const ImageReference& image, const std::string& repository, const Run& newest, QObject* context, Callback callback);

    ReleaseGitHub m_github;
    QThreadPool m_files;
};

} // namespace layerline
