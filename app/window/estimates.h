// Keeps the estimates of running builds up to date.
#pragma once

#include "analysis/estimate.h"
#include "domain/build_store.h"
#include "items/estimate_board.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <optional>

namespace layerline {

class Session;

/// Looks for earlier builds of the target on the builder, reads those known by their record only from the history in the
/// background, and estimates again once a second while something runs. Lives on the GUI thread.
class Estimates : public QObject {
    Q_OBJECT
public:
    explicit Estimates(Session& session, QObject* parent = nullptr);

    const EstimateBoard& board() const { return m_board; }
    /// At once (screenshots, tests).
    void refresh();

private:
    void onStoreChanged(const ChangeSet& changes);
    std::vector<BuildTimes> pastOf(const Build& build);
    const BuildTimes* known(const Build& past);

    Session& m_session;
    EstimateBoard m_board;
    struct Known {
        std::uint64_t revision = 0;      ///< of the build the times are from; 0: from the history
        std::optional<BuildTimes> times; ///< empty: being read, or nothing to read
    };
    std::map<BuildId, Known> m_past;
    QTimer m_timer;
};

} // namespace layerline
