// Behind the Releases page: which images are watched, what was promised and built, what their registries say, tags that move.
#pragma once

#include "app/window/release_promises.h"
#include "domain/clock.h"
#include "sources/registry/tag_mover.h"
#include "storage/tag_history.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <map>
#include <memory>
#include <vector>

namespace layerline {

class ImageDialog;
class MoveTagDialog;
class ReleasesPage;

/// Lives on the GUI thread. Nothing is asked before the page is shown for the first time; then again every five minutes
/// while it is in view.
class Releases : public QObject {
    Q_OBJECT
public:
    /// `file` keeps the watched images (names and promises, no secret); "" keeps nothing.
    Releases(ReleasesPage& page, const Clock& clock, QString file, QObject* parent = nullptr);
    ~Releases() override;

    /// Shows these instead of asking anybody: pictures and tests.
    void showFixed(std::vector<Release> releases);
    /// A recorded example instead of what is watched, until it is closed or an image is added.
    void showExample();
    void closeExample();
    /// Where runs are asked about; without, only platforms somebody names and files promise anything.
    void setGitHub(ReleaseGitHub github) { m_promises.setGitHub(std::move(github)); }
    /// "" when it is watched now, else why not.
    QString add(const QString& image, const PromiseChoice& promised);

private:
    struct Network;
    struct Watched {
        WatchedImage shown;
        ImageReference reference;
        std::vector<Platform> typed;      ///< of a promise that was typed
        ReleaseEvidencePtr evidence;      ///< of another one
        std::vector<PublishedTag> tags;   ///< the last answer
        std::map<std::pair<std::int64_t, int>, std::vector<BuiltDigest>> resolved; ///< by run and attempt: what the registry says of what they built
        int asking = 0;                   ///< questions on their way
    };

    void load();
    void save() const;
    Network& network();
    void showAll();
    void refreshOld();
    void refresh(const QString& image);
    void took(const std::string& image, Result<std::vector<PublishedTag>> tags);
    void tookEvidence(const std::string& image, const PromiseChoice& asked, Result<ReleaseEvidencePtr> evidence);
    void askForEvidence(Watched& watched);
    void answered(const std::string& image);
    void resolveNext(const std::string& image);
    ReleaseTag judged(const Watched& watched, const PublishedTag& tag, const PlatformPromise& promise) const;
    void judgeAll(Watched& watched);
    void askForPromiseOf(const QString& image, const PromiseChoice& promised);
    void remove(const QString& image);
    void askForImage();
    void askForPromise(const QString& image);
    void askForMove(const QString& image, const QString& tag);
    void plan(MoveTagDialog* dialog, const ImageReference& tag, const QString& digest);
    void move(MoveTagDialog* dialog, const TagMovePlan& plan);
    Watched* find(const std::string& image);

    ReleasesPage& m_page;
    const Clock& m_clock;
    QString m_file;
    std::vector<Watched> m_watched;
    std::unique_ptr<Network> m_network; ///< made with the first question
    TagHistory m_history;
    ReleasePromises m_promises;
    QTimer m_again;
    bool m_fixed = false;
    bool m_example = false;
};

} // namespace layerline
