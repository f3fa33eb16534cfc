// layerline build --costs: where each platform would run, how long it usually takes, what the build is likely to add.
#include "app/cli/actions.h"

#include "analysis/builder_plan.h"
#include "app/cli/cli.h"
#include "app/cli/output.h"
#include "app/tasks/build_lookup.h"
#include "app/tasks/engine_disk.h"
#include "app/tasks/plan_world.h"
#include "domain/post_to.h"

#include <QCoreApplication>
#include <QTimer>

namespace layerline {

namespace {

using Json = nlohmann::ordered_json;

const char* wordOf(PlatformCost::Where where)
{
    switch (where) {
    case PlatformCost::Where::NativeHere: return "native";
    case PlatformCost::Where::NativeOnNode: return "native-on-node";
    case PlatformCost::Where::Emulated: return "emulated";
    case PlatformCost::Where::Unknown: return "unknown";
    case PlatformCost::Where::Unavailable: break;
    }
    return "unavailable";
}

/// Waits until the past builds of the project have told their steps, and its nodes their disk use.
class Costs : public QObject {
public:
    Costs(LiveView& view, const BuildPlan& plan, std::function<void()> done) : m_view(view), m_plan(plan), m_done(std::move(done))
    {
        connect(&view.fleet(), &Fleet::settled, this, &Costs::onSettled);
        connect(&view.fleet(), &Fleet::nodesChanged, this, &Costs::ready);
        m_limit.setSingleShot(true);
        connect(&m_limit, &QTimer::timeout, this, [this] { finish(); });
        m_limit.start(30'000);
    }

    std::vector<const Build*> past() const
    {
        std::vector<const Build*> all;
        for (const BuildSet* set : {&m_view.builds(), &m_history}) {
            for (const BuildId& id : set->ids())
                all.push_back(set->find(id));
        }
        return buildsOf(all, m_plan.context, m_plan.dockerfile, m_plan.target);
    }

private:
    void onSettled()
    {
        if (const auto read = loadHistoryList(m_history, m_view.builds()); !read)
            printError(read.error());
        constexpr std::size_t most = 20;
        auto builds = past();
        builds.resize(std::min(most, builds.size()));
        m_waiting = 1;
        for (const Build* build : builds) {
            if (!m_view.builds().find(build->id))
                continue;
            for (const Record& record : build->records) {
                ++m_waiting;
                m_view.fleet().loadDetails(record.key, [this](const Result<void>&) {
                    --m_waiting;
                    ready();
                });
            }
        }
        --m_waiting;
        m_settled = true;
        ready();
    }
    void ready()
    {
        if (!m_settled || m_waiting > 0)
            return;
        for (const NodeStatus& node : m_view.fleet().nodes()) {
            if (isOurs(node) && node.state == NodeState::Live && !node.diskUsage)
                return;
        }
        // Behind the events that were handed over before.
        postTo(this, [this] { finish(); });
    }
    bool isOurs(const NodeStatus& node) const { return m_plan.builder.empty() ? node.current : node.builder == m_plan.builder; }
    void finish()
    {
        if (m_done)
            std::exchange(m_done, {})();
    }

    LiveView& m_view;
    const BuildPlan& m_plan;
    std::function<void()> m_done;
    BuildSet m_history;
    QTimer m_limit;
    int m_waiting = 0;
    bool m_settled = false;
};

Json diskJson(const DiskForecast& forecast, const std::optional<EngineDisk>& disk)
{
    if (!forecast.samples && !disk)
        return Json(nullptr);
    Json document{{"usual_bytes", Json(nullptr)}, {"most_bytes", Json(nullptr)}, {"samples", forecast.samples}, {"free_bytes", Json(nullptr)},
                  {"folder", Json(nullptr)}, {"short", disk && isShort(*disk, forecast)}};
    if (forecast.samples) {
        document["usual_bytes"] = forecast.usual;
        document["most_bytes"] = forecast.most;
    }
    if (disk) {
        document["free_bytes"] = disk->free;
        document["folder"] = disk->folder;
    }
    return document;
}

void printDisk(const DiskForecast& forecast, const std::optional<EngineDisk>& disk, const std::string& builder)
{
    if (forecast.samples)
        tell("disk: usually %.1f MB more, at most %.1f MB (%d builds, what was pruned since not counted)\n", double(forecast.usual) / 1e6,
                    double(forecast.most) / 1e6, forecast.samples);
    if (disk)
        tell("disk: %.1f MB free on %s\n", double(disk->free) / 1e6, disk->folder.c_str());
    if (disk && isShort(*disk, forecast))
        tell("disk: that is little; layerline prune %s --dry-run shows what a clean-up would free\n", builder.c_str());
}

void printCosts(const std::vector<PlatformCost>& costs, const DiskForecast& forecast, const std::optional<EngineDisk>& disk, const std::string& builder, bool json)
{
    Json rows = Json::array();
    for (const PlatformCost& cost : costs) {
        rows.push_back({{"platform", cost.platform.str()}, {"where", wordOf(cost.where)}, {"node", cost.node},
                        {"usual_ms", cost.usual ? Json(cost.usual->ms()) : Json(nullptr)}, {"samples", cost.samples},
                        {"factor", cost.factor ? Json(*cost.factor) : Json(nullptr)}});
        if (json)
            continue;
        tell("%-16s %-15s %-16s", cost.platform.str().c_str(), wordOf(cost.where), cost.node.c_str());
        if (cost.usual)
            tell(" usually %.1f s (%d builds)", cost.usual->seconds(), cost.samples);
        if (cost.factor)
            tell(" x%.1f", *cost.factor);
        tell("\n");
        if (cost.where == PlatformCost::Where::Unavailable) {
            for (const auto& command : emulationHelp(cost.platform))
                tell("  # to emulate it, where the engine runs: %s\n", commandText(command).c_str());
        }
    }
    if (json)
        printJson(Json{{"schema", 1}, {"platforms", rows}, {"disk", diskJson(forecast, disk)}});
    else
        printDisk(forecast, disk, builder);
}

} // namespace

int showCosts(QCoreApplication& app, const BuildPlan& plan, bool json)
{
    LiveView view({}, false, true);
    const Costs waiting(view, plan, [&app] { app.exit(0); });
    view.start();
    app.exec();
    const auto past = waiting.past();
    const auto nodes = view.fleet().nodes();
    auto costs = platformCosts(placesOf(nodes, plan.builder), plan.platforms, pastTimes(past, plan.context, plan.dockerfile, plan.target));
    addFactors(costs, past);
    std::optional<EngineDisk> disk;
    const NodeStatus* local = localNode(nodes, plan.builder);
    if (const auto found = local ? engineDisk(local->driver, local->endpoint) : Result<EngineDisk>(Error{}); found)
        disk = found.value();
    printCosts(costs, forecastOf(nodes, plan.builder, past), disk, local ? local->builder : plan.builder, json);
    return ExitOk;
}

} // namespace layerline
