#include "widgets/timeline/timeline_spark.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace layerline {

namespace {

/// Adds `amount` spread evenly over [begin, end) (in buckets) to `values`.
void spread(std::vector<double>& values, double begin, double end, double density)
{
    const double from = std::max(begin, 0.0), to = std::min(end, double(values.size()));
    for (double at = from; at < to;) {
        const std::size_t bucket = std::size_t(at);
        if (bucket >= values.size())
            break;
        const double next = std::min(to, double(bucket + 1));
        values[bucket] += (next - at) * density;
        if (next <= at)
            break;
        at = next;
    }
}

} // namespace

Spark sparkOf(const TimelineModel& model, const TimelineLane& lane, const TimeScale& scale, int width, Timestamp now)
{
    Spark spark;
    const std::size_t buckets = std::size_t(std::max(0, width) / Spark::bucketPixels) + 1;
    spark.steps.assign(buckets, 0);
    spark.output.assign(buckets, 0);
    const double nsPerBucket = scale.nsPerPixel * Spark::bucketPixels;
    const auto bucketOf = [&](Timestamp time) { return double(time.ns - scale.begin.ns) / nsPerBucket; };
    std::set<StepIndex> seen;
    for (const TimelineSpan& span : lane.spans) {
        spread(spark.steps, bucketOf(span.begin), bucketOf(span.end.value_or(now)), 1.0);
        if (!seen.insert(span.step).second)
            continue;
        for (const OutputSecond& second : model.output(span.step)) {
            const double begin = bucketOf({second.second * 1'000'000'000});
            spread(spark.output, begin, begin + 1e9 / nsPerBucket, second.lines);
        }
    }
    for (std::size_t i = 0; i < buckets; ++i) {
        spark.mostSteps = std::max(spark.mostSteps, spark.steps[i]);
        spark.mostOutput = std::max(spark.mostOutput, spark.output[i]);
    }
    return spark;
}

} // namespace layerline
