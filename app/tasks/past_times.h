// What the commands need to estimate running builds: what earlier builds of the same target took.
#pragma once

#include "analysis/estimate.h"
#include "domain/build_set.h"
#include "sources/buildkit/node_types.h"

#include <map>
#include <memory>
#include <vector>

namespace layerline {

class History;

/// Cores of a builder's machine when it is this one, else 0.
int coresOf(const std::vector<NodeStatus>& nodes, const std::string& builder);

/// What else runs on the builder of a build, with its cores. `all`: every build that is known.
BuilderLoad loadBeside(const Build& build, const BuildSet& all, const std::vector<NodeStatus>& nodes, Timestamp now);

/// Finished builds that `build` can be compared with, newest first, not more than `most`.
std::vector<const Build*> comparableTo(const Build& build, const std::vector<const BuildSet*>& sets, std::size_t most);

/// Lives on one thread. `live` must outlive it.
class PastTimes {
public:
    explicit PastTimes(const BuildSet& live);
    ~PastTimes();

    /// Records on the builders whose steps would tell more: Fleet::loadDetails() gets them.
    std::vector<RecordKey> unread(const Build& build);
    /// Reads up to `most` builds from the history; false when nothing is left to read.
    bool readHistory(const Build& build, int most);
    /// From all that was read up to now.
    BuildEstimate estimate(const Build& build, const std::vector<NodeStatus>& nodes, Timestamp now);

private:
    std::vector<const Build*> candidates(const Build& build);
    const BuildTimes* timesOf(const Build& past, Timestamp now);

    const BuildSet& m_live;
    std::unique_ptr<History> m_history;   ///< opened when first asked for
    BuildSet m_kept;                      ///< rows of the history, without steps
    std::map<BuildId, std::optional<BuildTimes>> m_times; ///< of those; empty: nothing to read
    struct Read {
        std::uint64_t revision = 0;
        BuildTimes times;
    };
    std::map<BuildId, Read> m_read;       ///< of builds that have told their steps, as of a revision
};

} // namespace layerline
