// After a build that was started here: what it left in its builder's cache, and the way to clean up.
#pragma once

#include "domain/time.h"

#include <QObject>

#include <string>
#include <vector>

namespace layerline {

class BuildRunner;
class NoticeBar;
class Session;
struct BuildJob;

/// Speaks through `notice` (whose subject is then the builder) when a build of ours has just added much; is the notice's child,
/// lives on the GUI thread, and the other two outlive it.
class CleanUpOffer : public QObject {
    Q_OBJECT
public:
    /// Less than this is not worth a word, in bytes.
    static constexpr std::int64_t worthMentioning = 1'000'000'000;

    CleanUpOffer(Session& session, BuildRunner& runner, NoticeBar& notice);

private:
    /// A build that has ended and whose builder has not been asked since.
    struct Waiting {
        std::string title, builder; ///< "" = the current one
        Timestamp started, ended;
    };
    void onFinished(const BuildJob& job);
    void look();
    /// True when the builder has told what it holds since the build ended.
    bool weigh(const Waiting& build);

    Session& m_session;
    NoticeBar& m_notice;
    std::vector<Waiting> m_waiting;
};

} // namespace layerline
