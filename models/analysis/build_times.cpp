#include "analysis/build_times.h"

#include "domain/summary.h"

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

namespace layerline {

namespace {

/// A row of the history knows the platforms only.
bool hasAttributes(const Build& build)
{
    return std::any_of(build.records.begin(), build.records.end(), [](const Record& record) {
        const auto& attributes = record.info.frontendAttrs;
        return attributes.size() > attributes.count("platform");
    });
}

constexpr std::int64_t shortestCommand = 100'000'000; ///< ns; two that only touch do not run at the same time
constexpr std::int64_t shortestWait = 500'000'000;    ///< ns; the solver's own pause between two steps is shorter
constexpr std::int64_t queuedFor = 2'000'000'000;     ///< ns of waiting in all that tell of a limit

/// How many commands of a build ran at any time.
class Activity {
public:
    explicit Activity(const Build& build)
    {
        for (const Step& step : build.steps) {
            if (!isCommand(step) || !hasRun(step))
                continue;
            for (const Interval& interval : step.intervals) {
                if (!interval.completed || (*interval.completed - interval.started).ns < shortestCommand)
                    continue;
                m_begins.push_back(interval.started);
                m_ends.push_back(*interval.completed);
            }
        }
        std::sort(m_begins.begin(), m_begins.end());
        std::sort(m_ends.begin(), m_ends.end());
    }
    int at(Timestamp time) const
    {
        const auto upTo = [time](const std::vector<Timestamp>& times) { return std::upper_bound(times.begin(), times.end(), time) - times.begin(); };
        return int(upTo(m_begins) - upTo(m_ends));
    }
    int most() const
    {
        int most = 0;
        for (const Timestamp begin : m_begins)
            most = std::max(most, at(begin));
        return most;
    }

private:
    std::vector<Timestamp> m_begins, m_ends;
};

/// A builder with max-parallelism announces a step as started only when it has got a place.
bool waitedForAPlace(const Build& build, const Activity& activity, int most)
{
    std::int64_t waited = 0;
    for (const Step& step : build.steps) {
        if (!isCommand(step) || !hasRun(step))
            continue;
        OptionalTime ready;
        for (const StepIndex input : step.inputSteps) {
            const auto& intervals = build.step(input).intervals;
            if (!intervals.empty() && intervals.back().completed && (!ready || *intervals.back().completed > *ready))
                ready = intervals.back().completed;
        }
        const Duration gap = ready ? step.intervals.front().started - *ready : Duration{};
        if (gap.ns >= shortestWait && activity.at(*ready + Duration{gap.ns / 2}) >= most)
            waited += gap.ns;
    }
    return waited >= queuedFor;
}

} // namespace

std::string builderOf(const Build& build)
{
    return build.records.empty() ? std::string() : build.records.front().info.builder;
}

std::string requestedStage(const Build& build)
{
    for (const Record& record : build.records) {
        const auto at = record.info.frontendAttrs.find("target");
        if (at != record.info.frontendAttrs.end())
            return at->second;
    }
    return {};
}

std::string stepKey(const Step& step)
{
    return step.parsed.stage + '\n' + step.parsed.text;
}

std::string laneKey(const Step& step)
{
    std::string key = stepKey(step) + '\n';
    for (const Platform& platform : step.neededBy)
        key += platform.str() + ' ';
    return key;
}

std::string argumentlessKey(const Build& build, const Step& step)
{
    constexpr std::string_view prefix = "build-arg:";
    constexpr std::size_t shortest = 2; ///< a "1" is part of anything
    std::vector<std::pair<std::string, std::string>> values; ///< value, name; the longest first: one may be the beginning of another
    for (const Record& record : build.records) {
        for (const auto& [name, value] : record.info.frontendAttrs) {
            if (name.starts_with(prefix) && value.size() >= shortest && step.parsed.text.find(value) != std::string::npos)
                values.emplace_back(value, "${" + name.substr(prefix.size()) + '}');
        }
    }
    std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) { return std::pair(b.first.size(), a) < std::pair(a.first.size(), b); });
    const auto word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
    std::string text = step.parsed.text;
    for (const auto& [value, name] : values) {
        for (std::size_t at = text.find(value); at != std::string::npos; at = text.find(value, at)) {
            const bool whole = (at == 0 || !word(text[at - 1])) && (at + value.size() == text.size() || !word(text[at + value.size()]));
            if (whole)
                text.replace(at, value.size(), name);
            at += whole ? name.size() : value.size();
        }
    }
    if (text == step.parsed.text)
        return {};
    Step plain;
    plain.parsed.stage = step.parsed.stage;
    plain.parsed.text = std::move(text);
    plain.neededBy = step.neededBy;
    return laneKey(plain);
}

std::optional<Duration> timeIn(const BuildTimes& past, const std::string& laneKey, const std::string& argumentlessKey)
{
    if (const auto found = past.ran.find(laneKey); found != past.ran.end())
        return found->second;
    const auto found = argumentlessKey.empty() ? past.ranAnyhow.end() : past.ranAnyhow.find(argumentlessKey);
    return found == past.ranAnyhow.end() ? std::nullopt : std::optional(found->second);
}

bool isPlanned(const Step& step)
{
    return step.parsed.kind != StepKind::Export;
}

bool hasRun(const Step& step)
{
    return !step.intervals.empty() && !step.cachedFlag;
}

bool isCommand(const Step& step)
{
    return step.parsed.keyword == "RUN";
}

int commandsAt(const Build& build, Timestamp time)
{
    return int(std::count_if(build.steps.begin(), build.steps.end(), [time](const Step& step) {
        return isCommand(step) && hasRun(step) && std::any_of(step.intervals.begin(), step.intervals.end(), [time](const Interval& interval) {
            return interval.started <= time && (!interval.completed || *interval.completed > time);
        });
    }));
}

OptionalTime lastPlannedEnd(const Build& build)
{
    OptionalTime last;
    for (const Step& step : build.steps) {
        if (!isPlanned(step) || step.intervals.empty() || !step.intervals.back().completed)
            continue;
        if (!last || *step.intervals.back().completed > *last)
            last = step.intervals.back().completed;
    }
    return last;
}

BuildTimes buildTimesOf(const Build& build, Timestamp end)
{
    BuildTimes past;
    past.dockerfile = build.dockerfile();
    past.target = requestedStage(build);
    std::map<std::string, int> times, timesAnyhow;
    for (const Step& step : build.steps) {
        if (!isPlanned(step))
            continue;
        const std::string key = laneKey(step);
        if (step.cachedFlag) {
            ++past.cached[key];
        } else if (hasRun(step) && stateOf(build, step) == StepState::Completed) {
            past.ran[key] = past.ran[key] + durationOf(build, step, end);
            ++times[key];
            if (const std::string plain = argumentlessKey(build, step); !plain.empty()) {
                past.ranAnyhow[plain] = past.ranAnyhow[plain] + durationOf(build, step, end);
                ++timesAnyhow[plain];
            }
        }
    }
    for (auto& [key, time] : past.ran)
        time.ns /= times[key];
    for (auto& [key, time] : past.ranAnyhow)
        time.ns /= timesAnyhow[key];
    for (const Platform& platform : build.platforms) {
        if (const auto factor = emulationFactor(build, platform, end))
            past.factors[platform] = *factor;
    }
    if (const OptionalTime last = lastPlannedEnd(build); last && build.completed() && build.status() == BuildStatus::Completed)
        past.tail = std::max(Duration{}, *build.completed() - *last);
    const Activity activity(build);
    past.atOnce = activity.most();
    past.queued = past.atOnce > 0 && waitedForAPlace(build, activity, past.atOnce);
    return past;
}

bool comparable(const Build& a, const Build& b)
{
    if (a.contextName() != b.contextName() || builderOf(a) != builderOf(b))
        return false;
    return !hasAttributes(a) || !hasAttributes(b) || (a.dockerfile() == b.dockerfile() && requestedStage(a) == requestedStage(b));
}

bool fits(const BuildTimes& past, const Build& build)
{
    return past.dockerfile == build.dockerfile() && past.target == requestedStage(build);
}

} // namespace layerline
