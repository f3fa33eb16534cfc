// One row of the list of builds, as values.
#pragma once

#include "domain/build.h"
#include "domain/estimate.h"
#include "items/step_look.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace layerline {

/// A stretch of a mini timeline, as shares of the build's whole range (0 to 1).
struct StripSegment {
    double begin = 0;
    double end = 0;
    Look look = Look::Pending;
    bool emulated = false;
    friend bool operator==(const StripSegment&, const StripSegment&) = default;
};

/// One thin strip of the mini timeline: a platform.
struct BuildStrip {
    QString name;
    std::vector<StripSegment> segments;
    friend bool operator==(const BuildStrip&, const BuildStrip&) = default;
};

struct BuildListItem {
    BuildId id;
    QString title;
    BuildStatus status = BuildStatus::Running;
    OptionalTime started;
    OptionalTime completed;
    std::optional<DurationRange> left; ///< of a running build, when there is an estimate
    bool slow = false;                 ///< a step takes far longer than usual
    Duration elapsed;         ///< up to the moment the item was made
    std::int64_t clockSkewNs = 0;
    QString subtitle;         ///< "release · amd64 arm64"
    QString shortSubtitle;    ///< when that does not fit
    QStringList notes;        ///< right of it, longest first: "arm64: go build failed", "96 % cached"
    std::vector<BuildStrip> strips;
    QString searchText;       ///< lower case: name, builder, node, tags, target, ref, error
    int steps = 0, completedSteps = 0, cachedSteps = 0;
};

/// `now` is our own clock's.
BuildListItem buildListItem(const Build& build, Timestamp wall);

/// Only what the filter looks at; cheaper than the whole item.
QString buildSearchText(const Build& build);

} // namespace layerline
