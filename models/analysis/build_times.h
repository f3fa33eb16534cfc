// How long the steps of one build took, and which builds of the past can say that about another. Pure.
#pragma once

#include "domain/build.h"

#include <map>
#include <optional>
#include <string>

namespace layerline {

/// What one earlier build says about its steps: small, so that many can be kept while the builds themselves can't.
struct BuildTimes {
    std::string dockerfile, target;
    /// Steps of one name for the same platforms, whatever their number in the stage.
    std::map<std::string, Duration> ran;        ///< to their end, not from the cache; the mean of equal ones
    std::map<std::string, Duration> ranAnyhow;  ///< the same by argumentlessKey(), of those whose name holds an argument's value
    std::map<std::string, int> cached;          ///< how many of the name came from the cache
    std::map<Platform, double> factors;         ///< measured slow-down of emulated platforms
    std::optional<Duration> tail;               ///< from the end of the last Dockerfile step to the end; completed builds only
    int atOnce = 0;                             ///< most commands that ran at the same time
    bool queued = false;                        ///< commands that could have begun waited for one of these to end
};

/// Needs the build's steps. `end`: the build's end, or the last that is known of it.
BuildTimes buildTimesOf(const Build& build, Timestamp end);

/// Both are builds of one target on one builder: their times can be compared. A build known by its row in the history
/// only has not said its target: then true, and fits() decides when it is read.
bool comparable(const Build& a, const Build& b);
bool fits(const BuildTimes& past, const Build& build);

/// The stage the frontend was asked for, "" for the last one. Not Build::target(), which is for reading and falls back to
/// the name in buildx's local state: under bake that is the bake target's own name, while two bake targets without a
/// stage do the same work, and a plan's words know the stage only.
std::string requestedStage(const Build& build);

/// The same step in any build of a target, on any platform: its number in the stage moves with every line inserted.
std::string stepKey(const Step& step);
/// The same for the platforms it is needed by.
std::string laneKey(const Step& step);
/// BuildKit writes the values of build arguments into the names of steps. laneKey() with the name in place of each value of the
/// build: the same step with another value has the same one. "" when the step's name holds none, or only one too short to be
/// told from other text.
std::string argumentlessKey(const Build& build, const Step& step);
/// What the step took in `past`: under its very name, else with other values of the build's arguments.
std::optional<Duration> timeIn(const BuildTimes& past, const std::string& laneKey, const std::string& argumentlessKey);
/// False for what the exporter does: it is announced too late to plan with, and is part of BuildTimes::tail.
bool isPlanned(const Step& step);
/// It did something, not the cache.
bool hasRun(const Step& step);
/// A RUN: it takes processor time, while the other steps mostly wait for the network or the disk.
bool isCommand(const Step& step);
/// Commands of the build that run at `time`, by the builder's clock.
int commandsAt(const Build& build, Timestamp time);
/// The builder of its first record; "" for files.
std::string builderOf(const Build& build);
/// When the last planned step that ended did so.
OptionalTime lastPlannedEnd(const Build& build);

} // namespace layerline
