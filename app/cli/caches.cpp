#include "analysis/report.h"
#include "app/cli/github.h"
#include "app/cli/output.h"
#include "app/cli/runs.h"
#include "app/tasks/cache_writers.h"
#include "app/tasks/workflow_tool.h"
#include "sources/github/run_actions.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>

namespace layerline {

namespace {

using Json = nlohmann::ordered_json;

struct CachesOptions {
    std::string repository;
    std::string remove; ///< key or id; "" = list
    bool json = false;
    bool dryRun = false;
};

Json timeJson(const OptionalTime& time) { return time ? Json(formatRfc3339(*time)) : Json(nullptr); }

Json entryJson(const CacheEntry& entry)
{
    return {{"id", entry.id}, {"key", entry.key}, {"ref", entry.ref}, {"bytes", entry.bytes}, {"created", timeJson(entry.created)}, {"last_used", timeJson(entry.lastUsed)}};
}

Json scopeJson(const CacheScope& scope)
{
    Json refs = Json::array();
    for (const CacheScopeRef& ref : scope.refs) {
        Json stale = Json::array();
        for (const CacheEntry& entry : ref.stale)
            stale.push_back(entry.id);
        refs.push_back({{"ref", ref.ref}, {"revision", ref.revision}, {"live", ref.live.id}, {"signed", ref.isSigned}, {"stale", stale}});
    }
    return {{"scope", scope.name}, {"last_write", timeJson(scope.lastWrite)}, {"last_use", timeJson(scope.lastUse)}, {"refs", refs}};
}

Json collisionJson(const CacheCollision& collision)
{
    Json writers = Json::array(), rewrites = Json::array();
    for (const CacheWriter& writer : collision.writers) {
        Json platforms = Json::array();
        for (const Platform& platform : writer.platforms)
            platforms.push_back(platform.str());
        writers.push_back({{"workflow", writer.workflow}, {"job", writer.job}, {"platforms", platforms}});
    }
    for (const CacheRewrite& rewrite : collision.rewrites)
        rewrites.push_back({{"ref", rewrite.ref}, {"revisions", rewrite.revisions}, {"within_ms", rewrite.within.ms()}});
    return {{"scope", collision.scope}, {"proven", collision.proven}, {"refs", collision.refs}, {"writers", writers}, {"rewrites", rewrites}};
}

/// Two or three lines for the terminal.
std::string collisionText(const CacheCollision& collision)
{
    std::string text = "! " + printableLine(collision.scope) + (collision.proven ? " is written by several architectures; the last writer wins, the others find nothing:\n"
                                                                              : " may be written by several jobs of a run:\n");
    for (const CacheWriter& writer : collision.writers) {
        text += "    " + printableLine(writer.workflow) + ", " + printableLine(writer.job) + ":";
        for (const Platform& platform : writer.platforms)
            text += " " + platform.str();
        text += "\n";
    }
    for (const CacheRewrite& rewrite : collision.rewrites)
        text += "    " + printableLine(rewrite.ref) + ": revisions " + std::to_string(rewrite.revisions.front()) + " to " + std::to_string(rewrite.revisions.back()) + " within "
            + std::to_string(rewrite.within.ms() / 1000) + " s\n";
    return text;
}

std::string megabytes(std::int64_t bytes)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f MB", double(bytes) / 1e6);
    return text;
}

/// Lists the caches, or deletes some and looks again.
class CacheTool : public QObject {
public:
    CacheTool(QCoreApplication& app, GitHubConnection& github, const CachesOptions& options)
        : m_app(app), m_github(github), m_actions(github.api(), github.clock()), m_workflows(github.api()), m_options(options)
    {
    }

    void start()
    {
        m_github.api().caches(m_options.repository, this, [this](Result<Listing<StoredCache>> got) {
            if (!got)
                return exitWith(m_app, got.error());
            m_entries = cacheEntriesOf(got->items);
            m_options.remove.empty() ? readLimits() : remove();
        });
    }

private:
    void readLimits()
    {
        readCacheLimits(m_github.api(), m_options.repository, this, [this](const CacheLimits& limits) {
            m_limits = limits;
            readWriters();
        });
    }

    void readWriters()
    {
        auto runners = loadRunnerTable();
        readCacheWriters(m_github.api(), m_workflows, m_options.repository, runners ? std::move(runners.value()) : RunnerTable{}, this, [this](Result<CacheWriters> got) {
            if (got)
                m_writers = std::move(got.value());
            else
                m_writers.problems = {m_options.repository + ": " + got.error().detail};
            list();
        });
    }

    void list()
    {
        const CacheOverview overview = cacheOverview(m_entries, m_github.clock().now(), m_limits);
        m_options.json ? printListJson(overview) : printListText(overview);
        m_app.exit(ExitOk);
    }

    void printListJson(const CacheOverview& overview)
    {
        Json scopes = Json::array(), entries = Json::array(), collisions = Json::array();
        for (const CacheCollision& collision : cacheCollisions(overview, m_writers.writers, m_writers.complete))
            collisions.push_back(collisionJson(collision));
        for (const CacheScope& scope : overview.scopes)
            scopes.push_back(scopeJson(scope));
        for (const CacheEntry& entry : m_entries)
            entries.push_back(entryJson(entry));
        printJson({{"schema", reportSchema},
                   {"repository", m_options.repository},
                   {"bytes", overview.totalBytes},
                   {"quota_bytes", overview.quotaBytes},
                   {"quota_by", overview.quotaTold ? "repository" : "default"},
                   {"over_quota", overview.overQuota},
                   {"next_expiry", timeJson(overview.nextExpiry)},
                   {"scopes", scopes},
                   {"blobs", {{"count", overview.blobs}, {"bytes", overview.blobBytes}}},
                   {"others", {{"count", overview.others}, {"bytes", overview.otherBytes}}},
                   {"entries", entries},
                   {"collisions", collisions},
                   {"workflows", {{"read", m_writers.workflows}, {"complete", m_writers.complete}, {"problems", m_writers.problems}}},
                   {"requests", m_github.requestsJson()}});
    }

    void printListText(const CacheOverview& overview)
    {
        tell("%s of %s%s used%s; %d layers, %d entries of other tools\n", megabytes(overview.totalBytes).c_str(), megabytes(overview.quotaBytes).c_str(),
                    overview.quotaTold ? "" : " (GitHub's default; it did not tell the repository's own limit)",
                    overview.overQuota ? ", over the quota" : "", overview.blobs, overview.others);
        for (const CacheScope& scope : overview.scopes) {
            for (const CacheScopeRef& ref : scope.refs) {
                tell("%-28s %-28s revision %-6lld written %s, used %s%s\n", printableLine(scope.name).c_str(), printableLine(ref.ref).c_str(),
                            static_cast<long long>(ref.revision), ref.live.created ? formatRfc3339(*ref.live.created).c_str() : "-",
                            ref.live.lastUsed ? formatRfc3339(*ref.live.lastUsed).c_str() : "-",
                            ref.stale.empty() ? "" : (", " + std::to_string(ref.stale.size()) + " stale").c_str());
            }
        }
        for (const CacheCollision& collision : cacheCollisions(overview, m_writers.writers, m_writers.complete))
            tellText(collisionText(collision));
        for (const std::string& problem : m_writers.problems)
            tell("Not read: %s\n", printableLine(problem).c_str());
    }

    void remove()
    {
        std::vector<std::int64_t> ids;
        for (const CacheEntry& entry : m_entries) {
            if (entry.key == m_options.remove || std::to_string(entry.id) == m_options.remove)
                ids.push_back(entry.id);
        }
        if (ids.empty())
            return exitWith(m_app, {ErrorKind::NotFound, "no cache of that key or id: " + m_options.remove, false});
        if (m_options.dryRun) {
            for (const std::int64_t id : ids)
                tell("DELETE %s%s/actions/caches/%lld\n", m_github.session().apiUrl().c_str(), repositoryPath(m_options.repository).c_str(),
                            static_cast<long long>(id));
            return m_app.exit(ExitOk);
        }
        m_actions.deleteCaches(m_options.repository, ids, this, [this](Result<int> done) {
            if (!done)
                return exitWith(m_app, done.error());
            if (m_options.json)
                printJson({{"schema", reportSchema}, {"repository", m_options.repository}, {"deleted", done.value()}, {"requests", m_github.requestsJson()}});
            else
                tell("Deleted %d; GitHub no longer lists them.\n", done.value());
            m_app.exit(ExitOk);
        });
    }

    QCoreApplication& m_app;
    GitHubConnection& m_github;
    RunActions m_actions;
    WorkflowReader m_workflows;
    CacheWriters m_writers;
    CachesOptions m_options;
    std::vector<CacheEntry> m_entries;
    CacheLimits m_limits;
};

} // namespace

OptionTable cachesCommandOptions()
{
    return {{"delete", "KEY|ID", "Delete the entries of this key, or the one of this id."},
            {"dry-run", nullptr, "Print the calls that would be made."},
            {"json", nullptr, "JSON, schema 1."}};
}

int runCaches(QCoreApplication& app, const QStringList& arguments)
{
    ToolArguments given;
    addOptions(given.parser, cachesCommandOptions());
    parseTool(given, "caches", arguments, 1);
    if (given.exit)
        return *given.exit;
    const auto repository = repositoryArgument(given.positionals.first());
    auto github = GitHubConnection::open();
    if (!repository || !github) {
        printError(repository ? github.error() : repository.error());
        return ExitUsage;
    }
    CacheTool tool(app, **github,
                   {repository.value(), given.parser.value(QStringLiteral("delete")).toStdString(), given.parser.isSet(QStringLiteral("json")),
                    given.parser.isSet(QStringLiteral("dry-run"))});
    tool.start();
    return app.exec();
}

} // namespace layerline
