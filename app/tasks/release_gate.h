// Is an image what was promised? Registry, jobs' digests and, on request, a start on each architecture.
#pragma once

#include "app/tasks/image_runner.h"
#include "domain/clock.h"
#include "domain/release.h"
#include "sources/registry/publication_reader.h"
#include "storage/tag_history.h"

#include <QObject>

#include <vector>

namespace layerline {

struct GateRequest {
    ImageReference image;
    PlatformPromise promise;
    std::vector<std::string> tags;           ///< checked instead of the image's own tag when there are any
    std::vector<BuiltDigest> built;
    bool builtShared = false;                ///< some of `built` may be another image's: what the registry does not have is left out
    bool builtSure = true;                   ///< false: `built` counts only when some of it is what the tag has
    std::string note;                        ///< where image and digests come from, for people; "" = as stated
    std::string notCompared;                 ///< why there is nothing to compare with when not sure; English
    bool run = false;
    QStringList command;                     ///< instead of the image's own
    std::chrono::milliseconds deadline{20'000}; ///< of one start
};

struct GateResult {
    Release release;
    std::vector<RunOutcome> runs;
    std::string note; ///< of the request; "" also when what it built does not count
    std::string notCompared; ///< of the request when nothing is compared
    /// Everything promised is published, nothing that was started failed, and if starting was asked for, something could be started.
    bool met = false;
};

/// One check at a time; lives on a thread with an event loop.
class ReleaseGate : public QObject {
    Q_OBJECT
public:
    using Callback = std::function<void(GateResult)>;
    ReleaseGate(RegistryClient& client, std::string docker, const Clock& clock, QObject* parent = nullptr);

    /// An image that can't be read is a result with a problem, too.
    void check(GateRequest request, Callback callback);

private:
    void readNext();
    void resolve();
    void runNext();
    void end();

    RegistryClient& m_client;
    PublicationReader m_reader;
    ImageRunner m_runner;
    TagHistory m_history;
    const Clock& m_clock;
    GateRequest m_request;
    std::vector<std::string> m_allTags; ///< the registry's, for signatures kept under tags
    std::vector<ImageReference> m_open; ///< to be read, the next one last
    std::vector<PublishedTag> m_tags;
    GateResult m_result;
    Callback m_callback;
    std::size_t m_next = 0;
};

} // namespace layerline
