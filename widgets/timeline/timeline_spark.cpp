#include "widgets/timeline/timeline_spark.h"

#include "widgets/style/theme.h"

#include <QCoreApplication>

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

constexpr std::size_t mostCurves = 2; ///< more of them in one strip are a tangle

struct Words {
    Q_DECLARE_TR_FUNCTIONS(layerline::TimelineView)
};

} // namespace

std::vector<SparkCurve> sparkCurves(const Spark& spark)
{
    const Palette& p = Theme::palette();
    std::vector<SparkCurve> curves;
    if (spark.mostCpu > 0.005)
        curves.push_back({&spark.cpu, spark.mostCpu, p.running, Words::tr("CPU, up to %1 cores").arg(spark.mostCpu, 0, 'f', 1)});
    if (spark.mostBytes > 0)
        curves.push_back({&spark.bytes, spark.mostBytes, p.cached, Words::tr("transfers, up to %1/s").arg(humanBytes(qint64(spark.mostBytes)))});
    if (spark.mostOutput > 0)
        curves.push_back({&spark.output, spark.mostOutput, p.imported, Words::tr("output, up to %1 lines/s").arg(qRound(spark.mostOutput))});
    if (curves.size() > mostCurves)
        curves.resize(mostCurves);
    return curves;
}

Spark sparkOf(const TimelineModel& model, const TimelineLane& lane, const TimeScale& scale, int width, Timestamp now)
{
    Spark spark;
    const std::size_t buckets = std::size_t(std::max(0, width) / Spark::bucketPixels) + 1;
    spark.steps.assign(buckets, 0);
    for (std::vector<double>* values : {&spark.output, &spark.bytes, &spark.cpu})
        values->assign(buckets, 0);
    const double nsPerBucket = scale.nsPerPixel * Spark::bucketPixels;
    const auto bucketOf = [&](Timestamp time) { return double(time.ns - scale.begin.ns) / nsPerBucket; };
    std::set<StepIndex> seen;
    const auto addStep = [&](StepIndex index) {
        if (!seen.insert(index).second)
            return;
        for (const OutputSecond& second : model.output(index)) {
            const double begin = bucketOf({second.second * 1'000'000'000});
            spread(spark.output, begin, begin + 1e9 / nsPerBucket, second.lines);
        }
        const Step& step = model.build()->step(index);
        for (const Transfer& transfer : step.transfers) {
            if (!transfer.started || transfer.current <= 0)
                continue;
            const Timestamp end = transfer.completed.value_or(transfer.updated.value_or(now));
            const double seconds = std::max(0.001, (end - *transfer.started).seconds());
            spread(spark.bytes, bucketOf(*transfer.started), bucketOf(end), double(transfer.current) / seconds);
        }
        const double ran = durationOf(*model.build(), step, now).seconds();
        if (step.provenance && step.provenance->usage && ran > 0.001) {
            for (const Interval& interval : step.intervals)
                spread(spark.cpu, bucketOf(interval.started), bucketOf(interval.completed.value_or(now)), step.provenance->usage->cpuSeconds / ran);
        }
    };
    for (const TimelineSpan& span : lane.spans) {
        spread(spark.steps, bucketOf(span.begin), bucketOf(span.end.value_or(now)), 1.0);
        addStep(span.step);
        for (const StepIndex folded : span.folded)
            addStep(folded);
    }
    const auto most = [](const std::vector<double>& values) { return *std::max_element(values.begin(), values.end()); };
    spark.mostSteps = most(spark.steps);
    spark.mostOutput = most(spark.output);
    spark.mostBytes = most(spark.bytes);
    spark.mostCpu = most(spark.cpu);
    return spark;
}

} // namespace layerline
