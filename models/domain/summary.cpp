#include "domain/summary.h"

#include "domain/platform.h"
#include "domain/secret_names.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <unordered_map>

namespace layerline {

Counters countersOf(const Build& build)
{
    Counters counters;
    counters.total = int(build.steps.size());
    for (const Step& step : build.steps) {
        counters.completed += step.completedOnce;
        counters.cached += step.cachedFlag;
        const StepState state = stateOf(build, step);
        counters.failed += state == StepState::Failed;
        counters.running += state == StepState::Running;
    }
    return counters;
}

namespace {

Execution worse(Execution a, Execution b)
{
    // Emulated says most about a platform, then cross, then unknown; native only when nothing else applies.
    const auto rank = [](Execution e) {
        switch (e) {
        case Execution::Emulated: return 3;
        case Execution::Cross: return 2;
        case Execution::Unknown: return 1;
        case Execution::Native: return 0;
        }
        return 0;
    };
    return rank(a) >= rank(b) ? a : b;
}

Duration unionOf(std::vector<std::pair<Timestamp, Timestamp>>& spans)
{
    std::sort(spans.begin(), spans.end());
    Duration sum;
    OptionalTime reached;
    for (const auto& [begin, end] : spans) {
        const Timestamp from = reached ? std::max(begin, *reached) : begin;
        if (end > from)
            sum = sum + (end - from);
        reached = reached ? std::max(end, *reached) : end;
    }
    return sum;
}

/// A summary while its steps are gone through.
struct Tally {
    PlatformSummary summary;
    std::vector<std::pair<Timestamp, Timestamp>> spans;
    bool any = false; ///< a step of its own told how it runs

    void add(const Build& build, const Step& step, StepState state, Timestamp now)
    {
        ++summary.steps;
        summary.completed += step.completedOnce;
        summary.cached += step.cachedFlag;
        summary.failed += state == StepState::Failed;
        summary.running += state == StepState::Running;
        if (step.neededBy.size() == 1 && step.parsed.kind == StepKind::Instruction) {
            summary.execution = any ? worse(summary.execution, step.execution) : step.execution;
            any = true;
        }
        const OptionalTime created = build.records[step.record].info.created;
        for (const Interval& interval : step.intervals) {
            const Timestamp begin = created && !step.cachedFlag ? std::max(interval.started, *created) : interval.started;
            const Timestamp end = std::max(begin, interval.completed.value_or(now));
            spans.emplace_back(begin, end);
            summary.firstStart = summary.firstStart ? std::min(*summary.firstStart, begin) : begin;
            summary.lastEnd = summary.lastEnd ? std::max(*summary.lastEnd, end) : end;
        }
    }
    void finish(const Build& build)
    {
        if (!any && !build.records.empty()) {
            if (const auto native = build.records.front().nativePlatform())
                summary.execution = executionOn(*native, summary.platform);
        }
        summary.busy = unionOf(spans);
        if (summary.firstStart)
            summary.wall = *summary.lastEnd - *summary.firstStart;
    }
};

bool ranItself(const Build& build, const Step& step)
{
    return !step.cachedFlag && !step.intervals.empty() && cacheOf(build, step) == CacheState::None;
}

} // namespace

std::vector<PlatformSummary> platformSummaries(const Build& build, Timestamp now)
{
    std::vector<Tally> tallies(build.platforms.size());
    for (const Step& step : build.steps) {
        if (step.neededBy.empty())
            continue;
        const StepState state = stateOf(build, step);
        auto wanted = step.neededBy.begin(); // both are sorted
        for (std::size_t i = 0; i < tallies.size() && wanted != step.neededBy.end(); ++i) {
            while (wanted != step.neededBy.end() && *wanted < build.platforms[i])
                ++wanted;
            if (wanted != step.neededBy.end() && *wanted == build.platforms[i])
                tallies[i].add(build, step, state, now);
        }
    }
    std::vector<PlatformSummary> summaries;
    for (std::size_t i = 0; i < tallies.size(); ++i) {
        tallies[i].summary.platform = build.platforms[i];
        tallies[i].finish(build);
        summaries.push_back(std::move(tallies[i].summary));
    }
    return summaries;
}

StepIndex siblingOn(const Build& build, StepIndex index, const Platform& platform)
{
    const Step& step = build.step(index);
    if (step.parsed.kind != StepKind::Instruction)
        return noStep;
    for (std::uint32_t i = 0; i < build.steps.size(); ++i) {
        const Step& other = build.steps[i];
        if (StepIndex{i} != index && other.parsed.index == step.parsed.index && other.parsed.stage == step.parsed.stage
            && other.parsed.keyword == step.parsed.keyword && other.neededBy.size() == 1 && other.neededBy.front() == platform)
            return StepIndex{i};
    }
    return noStep;
}

namespace {

/// Where a step stands in its Dockerfile, whatever the platform: the same for it and its siblings.
std::string placeOf(const Step& step)
{
    return step.parsed.stage + '\n' + std::to_string(step.parsed.index) + '\n' + step.parsed.keyword;
}

struct NativeTime {
    Platform platform;
    Duration time;
};

/// How long the RUN at each place takes on the first platform that runs it natively and long enough to tell.
std::unordered_map<std::string, NativeTime> nativeTimes(const Build& build, const Platform& emulated, Timestamp now)
{
    constexpr std::int64_t tellingNs = 100'000'000; // below, the noise is as long as the step
    std::set<std::pair<Platform, std::string>> met;
    std::unordered_map<std::string, NativeTime> times;
    for (const Step& step : build.steps) {
        if (step.parsed.kind != StepKind::Instruction || step.parsed.keyword != "RUN" || step.neededBy.size() != 1 || step.neededBy.front() == emulated)
            continue;
        const Platform& platform = step.neededBy.front();
        const std::string place = placeOf(step);
        if (!met.emplace(platform, place).second || step.execution != Execution::Native || !ranItself(build, step) || !step.error.empty())
            continue;
        const Duration time = durationOf(build, step, now);
        const auto known = times.find(place);
        if (time.ns >= tellingNs && (known == times.end() || platform < known->second.platform))
            times[place] = {platform, time};
    }
    return times;
}

} // namespace

std::optional<double> emulationFactor(const Build& build, const Platform& emulated, Timestamp now)
{
    std::vector<const Step*> slowSteps;
    for (const Step& step : build.steps) {
        if (step.execution == Execution::Emulated && step.neededBy.size() == 1 && step.neededBy.front() == emulated
            && step.parsed.keyword == "RUN" && ranItself(build, step) && step.error.empty())
            slowSteps.push_back(&step);
    }
    if (slowSteps.empty())
        return {};
    const auto times = nativeTimes(build, emulated, now);
    Duration slow, fast;
    for (const Step* step : slowSteps) {
        const auto native = times.find(placeOf(*step));
        if (native == times.end())
            continue;
        const Duration time = durationOf(build, *step, now);
        if (stateOf(build, *step) == StepState::Running && time <= native->second.time)
            continue; // it has only begun: that says nothing yet
        slow = slow + time;
        fast = fast + native->second.time;
    }
    if (fast.ns <= 0)
        return {};
    return double(slow.ns) / double(fast.ns);
}

StepIndex firstFailed(const Build& build)
{
    StepIndex first = noStep;
    const auto endOf = [&](StepIndex index) {
        const Step& step = build.step(index);
        return step.intervals.empty() ? Timestamp{} : step.intervals.back().completed.value_or(step.intervals.back().started);
    };
    for (std::uint32_t i = 0; i < build.steps.size(); ++i) {
        if (stateOf(build, build.steps[i]) == StepState::Failed && (first == noStep || endOf(StepIndex{i}) < endOf(first)))
            first = StepIndex{i};
    }
    return first;
}

namespace {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n\v\f";
    const auto begin = text.find_first_not_of(blanks);
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// "arm64", "linux", "linux/arm/v7": never "linux/arm/" and something of somebody's own.
bool namesPlatform(const std::string& word)
{
    if (word.find('/') == std::string::npos)
        return word.find('(') == std::string::npos && (parsePlatform("linux/" + word) || parsePlatform(word + "/amd64"));
    const auto platform = parsePlatform(word);
    return platform && platform->variant.size() <= 2 && word.find('(') == std::string::npos;
}

/// A word that every log is full of, whatever the argument is called: SKIP_SECRET_SCAN=true, API_KEY_ARCH=arm64.
bool everyday(std::string_view value)
{
    static constexpr std::array<std::string_view, 10> words{"true", "false", "yes", "no", "none", "null", "on", "off", "enabled", "disabled"};
    std::string lower(value);
    for (char& c : lower)
        c = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    const bool number = lower.find_first_not_of("0123456789") == std::string::npos;
    return (number && lower.size() < 6) || std::find(words.begin(), words.end(), lower) != words.end() || namesPlatform(lower);
}

/// The value, and each of its lines: a log's text is looked at by line, and a private key has many.
void addSecret(std::string_view value, std::vector<std::string>& out)
{
    constexpr std::size_t shortestLine = 8; // bytes; "}" and "EOF" are no secrets
    constexpr int mostLines = 256;          // a key has some fifty: each is looked for in every text
    value = trimmed(value);
    if (everyday(value))
        return;
    out.emplace_back(value);
    if (value.find('\n') == std::string_view::npos)
        return;
    for (int count = 0; !value.empty() && count < mostLines; ++count) {
        const auto end = std::min(value.find('\n'), value.size() - 1);
        if (const auto line = trimmed(value.substr(0, end + 1)); line.size() >= shortestLine && !everyday(line))
            out.emplace_back(line);
        value.remove_prefix(end + 1);
    }
}

} // namespace

std::vector<std::string> secretValues(const Build& build)
{
    constexpr std::string_view prefix = "build-arg:";
    std::vector<std::string> out;
    for (const Record& record : build.records) {
        for (const auto& [name, value] : record.info.frontendAttrs) {
            if (name.starts_with(prefix) && looksSecret(std::string_view(name).substr(prefix.size()), value))
                addSecret(value, out);
        }
    }
    return out;
}

} // namespace layerline
