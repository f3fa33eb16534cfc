#include "app/cli/tools.h"

#include "app/cli/actions.h"
#include "app/cli/presets.h"
#include "app/cli/release.h"
#include "app/cli/runs.h"
#include "app/cli/workflow.h"
#include "app/tasks/workflow_tool.h"

namespace layerline {

const std::vector<Tool>& tools()
{
    static const std::vector<Tool> table{
        {"runs", "runs OWNER/REPO [--limit N] [--run ID [--attempt N] [--builds]] [--watch] [--json] | runs OWNER/REPO --run ID --rerun|--rerun-failed|--rerun-job JOB|--cancel|--force-cancel [--dry-run] [--json]",
         "GitHub Actions: runs with their jobs and steps, newest first; run one again, or cancel it", runRuns, runsCommandOptions},
        {"caches", "caches OWNER/REPO [--delete KEY|ID] [--dry-run] [--json]", "GitHub Actions: caches by scope, quota; delete some", runCaches, cachesCommandOptions},
        {"dispatch", "dispatch OWNER/REPO WORKFLOW [--ref R] [-f NAME=VALUE]... [--dry-run] [--json]", "GitHub Actions: start a workflow", runDispatch, dispatchCommandOptions},
        {"build", "build DIR|DOCKERFILE|URL|BAKEFILE [--platform P]... [--keep-going] [-t IMAGE] [--push] [--preset NAME|--save-preset NAME] [--follow] [--dry-run]",
         "build; it outlives this program, is queued per builder, and can be cancelled and retried", runBuildTool, buildCommandOptions},
        {"presets", "presets [FOLDER] [--delete NAME [--dry-run]] [--json]", "builds kept by name for a folder, here or by the window", runPresetsTool, presetsCommandOptions},
        {"rebuild", "rebuild BUILD [--platform P]... [--secret ...] [--dry-run]", "the same build again, from its record", runRebuildTool, rebuildCommandOptions},
        {"retry", "retry BUILD [--platform P]... [--dry-run]", "build again what failed, and merge", runRetryTool, retryCommandOptions},
        {"cancel", "cancel BUILD [--dry-run]", "end a build that Layerline started", runCancelTool, cancelCommandOptions},
        {"jobs", "jobs [BUILD] [--json]", "builds that Layerline started, with their platforms and results", runJobsTool, jobsCommandOptions},
        {"backtest", "backtest [FILE...] [--cores N] [--json]", "how good the estimated ends were, told from the builds of the history", runBacktestTool, backtestCommandOptions},
        {"prune", "prune BUILDER [--all] [--unused-for SPAN] [--dry-run] [--json]", "show what a prune takes away, and do it", runPruneTool, pruneCommandOptions},
        {"builder", "builder create|append|remove|use|bootstrap|stop|warm NAME ... | pin|unpin|forget BUILD [--dry-run]",
         "make and change builders, fetch the bases a project uses, keep or delete records", runBuilderTool, builderCommandOptions},
        {"rollback",
         "rollback DIR|OWNER/REPO --workflow FILE [--source existing|history|generate|inputs] [--from COMMIT|FILE] [--as FILE] [--branch B] [--runner LABEL] [--keep-matrix] "
         "[--trial|--trial-only [--publish]|--direct] [-f NAME=VALUE]... [--write|--undo] [--dry-run] [--json]",
         "take a GitHub workflow from native runners back to QEMU: print the difference, or write it", runRollback, rollbackCommandOptions},
        {"migrate",
         "migrate DIR|OWNER/REPO --workflow FILE [--source history|generate] [--platform P]... [--runner ARCH=LABEL]... [--cheapest] [--warm CRON] [--paths P=PATTERN[,...]]... "
         "[--dispatch] [--from COMMIT] [--as FILE] [--branch B] [--trial|--trial-only [--publish]|--direct] [-f NAME=VALUE]... [--write|--undo] [--dry-run] [--json]",
         "take a GitHub workflow from QEMU to native runners: print the difference, or write it", runMigrate, migrateCommandOptions},
        {"gate", "gate IMAGE|OWNER/REPO [--platform P]... [--promised FILE] [--built PATH]... [--image IMAGE] [--of-run ID] [--run [--timeout S]] [--json] [-- COMMAND...]",
         "is every promised platform published, as the jobs built it, and does it start?", runGate, gateCommandOptions},
        {"tag", "tag IMAGE:TAG --to DIGEST [--dry-run] [--json] | tag IMAGE:TAG --history [--json]",
         "move a tag back to an earlier digest, unchanged and verified; where it pointed before", runTag, tagCommandOptions},
        {"__supervise", nullptr, nullptr, runSuperviseTool, nullptr},
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
