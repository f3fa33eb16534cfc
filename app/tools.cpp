#include "app/tools.h"

#include "app/cli_runs.h"

namespace layerline {

const std::vector<Tool>& tools()
{
    static const std::vector<Tool> table{
        {"runs", "runs OWNER/REPO [--limit N] [--run ID [--builds]] [--watch] [--json]", "GitHub Actions: runs with their jobs and steps, newest first", runRuns},
        {"caches", "caches OWNER/REPO [--delete KEY|ID] [--dry-run] [--json]", "GitHub Actions: caches by scope, quota; delete some", runCaches},
        {"dispatch", "dispatch OWNER/REPO WORKFLOW [--ref R] [-f NAME=VALUE]... [--dry-run] [--json]", "GitHub Actions: start a workflow", runDispatch},
    };
    return table;
}

const Tool* findTool(const QString& name)
{
    for (const Tool& tool : tools()) {
        if (name == QLatin1String(tool.name))
            return &tool;
    }
    return nullptr;
}

} // namespace layerline
