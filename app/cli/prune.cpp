// layerline prune: what would go, how much, and then the builder's own prune.
#include "app/cli/actions.h"

#include "analysis/builder_plan.h"
#include "analysis/report.h"
#include "app/cli/cli.h"
#include "app/cli/output.h"
#include "app/cli/plan.h"
#include "app/tasks/cache_records.h"
#include "app/tasks/plan_world.h"
#include "domain/clock.h"

#include <QCoreApplication>
#include <QTimer>

#include <cstdio>

namespace layerline {

namespace {

using Json = nlohmann::ordered_json;

std::string sizeText(std::int64_t bytes)
{
    static constexpr const char* units[] = {"B", "kB", "MB", "GB", "TB"};
    double value = double(bytes);
    int unit = 0;
    for (; value >= 1000 && unit < 4; ++unit)
        value /= 1000;
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    return buffer;
}

Json previewJson(const PrunePreview& preview)
{
    Json kinds = Json::array(), records = Json::array();
    for (const auto& kind : preview.kinds)
        kinds.push_back({{"type", kind.type}, {"records", kind.records}, {"bytes", kind.bytes}});
    for (const CacheRecord& record : preview.goes)
        records.push_back({{"id", record.id}, {"type", record.type}, {"description", record.description}, {"bytes", record.bytes}});
    return {{"records", records}, {"bytes", preview.bytes}, {"kinds", kinds}, {"stays", {{"records", preview.stays}, {"bytes", preview.staysBytes}}}};
}

void printPreview(const NodeStatus& node, const PrunePreview& preview)
{
    tell("# %s/%s: %zu records, %s would go; %d records, %s stay\n", node.builder.c_str(), node.node.c_str(), preview.goes.size(),
                sizeText(preview.bytes).c_str(), preview.stays, sizeText(preview.staysBytes).c_str());
    for (const auto& kind : preview.kinds)
        tell("#   %-16s %6d  %s\n", kind.type.c_str(), kind.records, sizeText(kind.bytes).c_str());
    constexpr std::size_t most = 10;
    for (std::size_t at = 0; at < std::min(most, preview.goes.size()); ++at)
        tell("#   %10s  %s\n", sizeText(preview.goes[at].bytes).c_str(), printableLine(preview.goes[at].description).c_str());
    if (preview.goes.size() > most)
        tell("#   and %zu smaller ones\n", preview.goes.size() - most);
}

/// Waits for the disk use of all live nodes of a builder.
class Preview : public QObject {
public:
    Preview(LiveView& view, std::string builder, std::function<void(std::vector<NodeStatus>)> done)
        : m_view(view), m_builder(std::move(builder)), m_done(std::move(done))
    {
        connect(&view.fleet(), &Fleet::nodesChanged, this, &Preview::look);
        connect(&view.fleet(), &Fleet::settled, this, &Preview::look);
        m_limit.setSingleShot(true);
        connect(&m_limit, &QTimer::timeout, this, [this] { answer(nodes()); });
        m_limit.start(60'000);
    }

private:
    std::vector<NodeStatus> nodes() const
    {
        std::vector<NodeStatus> list;
        for (const NodeStatus& node : m_view.fleet().nodes()) {
            if (m_builder.empty() ? node.current : node.builder == m_builder)
                list.push_back(node);
        }
        return list;
    }
    void look()
    {
        if (!m_view.fleet().isSettled())
            return;
        const auto list = nodes();
        for (const NodeStatus& node : list) {
            if (node.state == NodeState::Live && !node.diskUsage)
                return;
        }
        answer(list);
    }
    void answer(std::vector<NodeStatus> list)
    {
        if (m_done)
            std::exchange(m_done, {})(std::move(list));
    }

    LiveView& m_view;
    std::string m_builder;
    std::function<void(std::vector<NodeStatus>)> m_done;
    QTimer m_limit;
};

/// Prints the preview; empty when nothing is known of the builder.
int showPreview(const std::vector<NodeStatus>& nodes, const PruneOptions& options, const std::vector<std::string>& command, bool json)
{
    const Timestamp now = SystemClock().now();
    Json list = Json::array();
    int live = 0;
    for (const NodeStatus& node : nodes) {
        if (!node.diskUsage) {
            if (!json)
                tell("# %s/%s: %s, nothing is known of its cache\n", node.builder.c_str(), node.node.c_str(), toString(node.state));
            continue;
        }
        ++live;
        const PrunePreview preview = previewPrune(cacheRecords(*node.diskUsage), options, now);
        if (!json) {
            printPreview(node, preview);
            continue;
        }
        Json entry = previewJson(preview);
        entry["builder"] = node.builder;
        entry["node"] = node.node;
        list.push_back(std::move(entry));
    }
    if (json)
        printJson(Json{{"schema", 1}, {"command", command}, {"nodes", list}});
    else
        tell("%s\n", commandText(command).c_str());
    std::fflush(stdout);
    return live;
}

} // namespace

OptionTable pruneCommandOptions()
{
    return {{"all", nullptr, "Also internal records and what the engine's images share."},
            {"unused-for", "SPAN", "Only what was not used for so long (36h, 7d)."},
            {"dry-run", nullptr, "Print what would go, change nothing."},
            {"json", nullptr, "JSON, schema 1."}};
}

int runPruneTool(QCoreApplication& app, const QStringList& arguments)
{
    QCommandLineParser parser;
    addOptions(parser, pruneCommandOptions());
    int status = ExitOk;
    if (!parsePlanArguments(parser, arguments, status))
        return status;
    const auto fail = [](const Error& error, int code) {
        printError(error);
        return code;
    };
    if (parser.positionalArguments().size() != 1)
        return fail({ErrorKind::BadInput, "prune wants one BUILDER", false}, ExitUsage);
    PruneOptions options;
    options.all = parser.isSet(QStringLiteral("all"));
    if (const std::string span = valueOf(parser, "unused-for"); !span.empty()) {
        const auto parsed = parseSpan(span);
        if (!parsed)
            return fail(parsed.error(), ExitUsage);
        options.until = parsed.value();
    }
    const std::string builder = parser.positionalArguments().first().toStdString();
    const auto environment = BuildxEnvironment::fromProcess();
    const auto command = pruneCommand(builder, options, buildxProgram(environment, builder));
    LiveView view({}, false, true);
    std::vector<NodeStatus> nodes;
    const Preview preview(view, builder, [&](std::vector<NodeStatus> list) {
        nodes = std::move(list);
        app.exit(0);
    });
    view.start();
    app.exec();
    if (nodes.empty())
        return fail({ErrorKind::NotFound, "there is no builder \"" + builder + "\"", false}, ExitUsage);
    const int live = showPreview(nodes, options, command, parser.isSet(QStringLiteral("json")));
    if (parser.isSet(QStringLiteral("dry-run")))
        return ExitOk;
    if (live == 0)
        return fail({ErrorKind::Unreachable, "no node of " + builder + " can be reached: nothing was removed", true}, ExitProblem);
    return runForeground(command) == 0 ? ExitOk : ExitProblem;
}

} // namespace layerline
