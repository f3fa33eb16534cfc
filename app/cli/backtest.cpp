// layerline backtest: how good the estimated ends were, told from builds whose end is known.
#include "app/cli/actions.h"

#include "analysis/backtest.h"
#include "app/cli/cli.h"
#include "app/cli/output.h"
#include "app/cli/plan.h"
#include "app/tasks/build_lookup.h"
#include "app/tasks/history.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>

#include <cstdio>

namespace layerline {

namespace {

using Json = nlohmann::ordered_json;

const std::vector<double> shares{0.25, 0.5, 0.75};

/// Everything the history has, without logs.
Result<void> loadHistory(BuildSet& set)
{
    History history;
    std::optional<Error> problem;
    history.onProblem([&](const Error& error) { problem = historyError(history, error); });
    for (const EventBatch& row : history.list()) {
        if (const auto batch = history.load(row.record))
            set.apply(*batch);
    }
    return problem ? Result<void>(*problem) : Result<void>();
}

Json errorJson(const PredictionQuality& quality)
{
    return {{"within", quality.within},
            {"median_error_ms", quality.said ? Json(quality.error.ms()) : Json()},
            {"median_error_share", quality.said ? Json(quality.relative) : Json()}};
}

std::string errorText(const PredictionQuality& quality)
{
    char text[64];
    std::snprintf(text, sizeof text, "%.1f s (%.0f %% of the build)", quality.error.seconds(), 100 * quality.relative);
    return text;
}

void print(const std::vector<const Build*>& builds, int cores, bool json)
{
    const auto said = backtest(builds, shares, cores), alone = backtest(builds, shares, cores, false);
    Json points = Json::array();
    for (const double share : shares) {
        const PredictionQuality now = qualityOf(said, share), before = qualityOf(alone, share);
        Json point{{"share", share}, {"asked", now.asked}, {"estimated", now.said}};
        point.update(errorJson(now));
        point["past_alone"] = errorJson(before);
        points.push_back(std::move(point));
        if (!json)
            tell("at %2.0f %%: %d of %d builds estimated, off by %s in the median, %d inside the range; by the past alone off by %s, %d inside\n", 100 * share, now.said, now.asked,
                        errorText(now).c_str(), now.within, errorText(before).c_str(), before.within);
    }
    if (json)
        printJson(Json{{"schema", 1}, {"cores", cores}, {"builds", qualityOf(said, shares.front()).asked}, {"points", points}});
}

} // namespace

OptionTable backtestCommandOptions()
{
    return {{"cores", "N", "Cores of the builder's machine; not known otherwise."}, {"json", nullptr, "JSON, schema 1."}};
}

int runBacktestTool(QCoreApplication&, const QStringList& arguments)
{
    QCommandLineParser parser;
    addOptions(parser, backtestCommandOptions());
    int status = ExitOk;
    if (!parsePlanArguments(parser, arguments, status))
        return status;
    bool number = true;
    const std::string given = valueOf(parser, "cores");
    const int cores = given.empty() ? 0 : QString::fromStdString(given).toInt(&number);
    if (!number || cores < 0) {
        printError({ErrorKind::BadInput, "--cores wants a number, not \"" + given + "\"", false});
        return ExitUsage;
    }
    BuildSet set;
    Caps noLogs;
    noLogs.logBytes = 1;
    set.setCaps(noLogs);
    for (const QString& file : parser.positionalArguments()) {
        if (const auto loaded = loadBuildFile(file, set); !loaded) {
            const std::string name = file.toStdString(), &detail = loaded.error().detail;
            printError({loaded.error().kind, detail.compare(0, name.size(), name) == 0 ? detail : name + ": " + detail, false});
            return ExitUsage;
        }
    }
    if (const auto read = parser.positionalArguments().isEmpty() ? loadHistory(set) : Result<void>(); !read) {
        printError(read.error());
        return ExitUsage;
    }
    std::vector<const Build*> builds;
    for (const BuildId& id : set.ids())
        builds.push_back(set.find(id));
    if (builds.empty() && !parser.isSet(QStringLiteral("json"))) {
        tell("There is nothing to test yet: %s.\n", parser.positionalArguments().isEmpty() ? "the history holds no builds" : "the files hold no builds");
        return ExitOk;
    }
    print(builds, cores, parser.isSet(QStringLiteral("json")));
    return ExitOk;
}

} // namespace layerline
