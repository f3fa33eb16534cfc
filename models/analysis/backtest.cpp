#include "analysis/backtest.h"

#include <algorithm>
#include <cstdlib>

namespace layerline {

namespace {

constexpr std::size_t mostPast = 12; ///< as many as the window looks at

struct Past {
    std::size_t index;
    Timestamp started, completed;
    BuildTimes times;
};

/// Builds that ended and say when, in the order of their start.
std::vector<Past> endedBuilds(const std::vector<const Build*>& builds)
{
    std::vector<Past> ended;
    for (std::size_t i = 0; i < builds.size(); ++i) {
        const Build& build = *builds[i];
        const auto started = build.started(), completed = build.completed();
        const BuildStatus status = build.status();
        if (started && completed && !build.steps.empty() && (status == BuildStatus::Completed || status == BuildStatus::Failed || status == BuildStatus::Canceled))
            ended.push_back({i, *started, *completed, buildTimesOf(build, *completed)});
    }
    std::stable_sort(ended.begin(), ended.end(), [](const Past& a, const Past& b) { return a.started < b.started; });
    return ended;
}

} // namespace

Build asOf(const Build& build, Timestamp time)
{
    Build then = build;
    for (Record& record : then.records) {
        record.info.complete = false;
        record.info.completed.reset();
        record.info.error.reset();
    }
    for (Step& step : then.steps) {
        auto& intervals = step.intervals;
        intervals.erase(std::remove_if(intervals.begin(), intervals.end(), [time](const Interval& interval) { return interval.started > time; }), intervals.end());
        const bool open = !intervals.empty() && (!intervals.back().completed || *intervals.back().completed > time);
        if (open)
            intervals.back().completed.reset();
        if (open || intervals.empty()) {
            step.cachedFlag = step.completedOnce = false;
            step.error.clear();
        }
    }
    return then;
}

std::vector<Prediction> backtest(const std::vector<const Build*>& builds, const std::vector<double>& shares, int cores, bool adapt)
{
    const std::vector<Past> ended = endedBuilds(builds);
    std::vector<Prediction> predictions;
    for (const Past& one : ended) {
        const Build& build = *builds[one.index];
        if (build.status() != BuildStatus::Completed)
            continue;
        std::vector<BuildTimes> past;
        for (auto other = ended.rbegin(); other != ended.rend() && past.size() < mostPast; ++other) {
            if (other->completed <= one.started && comparable(build, *builds[other->index]) && fits(other->times, build))
                past.push_back(other->times);
        }
        for (const double share : shares) {
            const Duration whole = one.completed - one.started;
            const Timestamp now = one.started + Duration{std::int64_t(double(whole.ns) * share)};
            BuilderLoad load{cores, 0, adapt};
            for (const Past& other : ended) {
                if (other.index != one.index && builderOf(*builds[other.index]) == builderOf(build) && other.started <= now && other.completed > now)
                    load.otherSteps += commandsAt(*builds[other.index], now);
            }
            predictions.push_back({one.index, share, one.completed - now, estimateOf(asOf(build, now), past, now, load).left});
        }
    }
    return predictions;
}

PredictionQuality qualityOf(const std::vector<Prediction>& predictions, double share)
{
    PredictionQuality quality;
    std::vector<Duration> errors;
    std::vector<double> relative;
    for (const Prediction& each : predictions) {
        if (share >= 0 && each.share != share)
            continue;
        ++quality.asked;
        if (!each.said)
            continue;
        ++quality.said;
        quality.within += each.said->low <= each.left && each.left <= each.said->high;
        errors.push_back({std::abs(each.said->median.ns - each.left.ns)});
        if (each.left.ns > 0 && each.share < 1)
            relative.push_back(double(errors.back().ns) * (1 - each.share) / double(each.left.ns));
    }
    if (!errors.empty())
        quality.error = quantileOf(std::move(errors), 0.5);
    if (!relative.empty()) {
        std::sort(relative.begin(), relative.end());
        quality.relative = relative[relative.size() / 2];
    }
    return quality;
}

} // namespace layerline
