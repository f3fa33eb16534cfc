#include "analysis/workflow/action_table.h"

#include <algorithm>

namespace layerline {

const char* const actionTableDate = "2026-01";

namespace {

struct Row {
    const char* name;
    int firstWorking;     ///< majors below are dead; 0 = none is
    const char* deadSince;
    int firstMaintained;  ///< majors below are old
    int usual;            ///< what to write when the file gives no hint
};

// Sources: GitHub's changelog (artifact v3 off on 2025-01-30, cache v1 and v2 on 2025-03-01) and each action's own action.yml for
// the Node version it names.
const Row table[] = {
    {"actions/upload-artifact", 4, "2025-01-30", 4, 4},
    {"actions/download-artifact", 4, "2025-01-30", 4, 4},
    {"actions/cache", 3, "2025-03-01", 4, 4},
    {"actions/checkout", 0, "", 4, 4},
    {"actions/github-script", 0, "", 7, 7},
    {"docker/setup-qemu-action", 0, "", 3, 3},
    {"docker/setup-buildx-action", 0, "", 3, 3},
    {"docker/login-action", 0, "", 3, 3},
    {"docker/build-push-action", 0, "", 5, 6},
    {"docker/bake-action", 0, "", 4, 6},
    {"docker/metadata-action", 0, "", 5, 5},
    {"aws-actions/configure-aws-credentials", 0, "", 4, 4},
    {"aws-actions/amazon-ecr-login", 0, "", 2, 2},
};

const Row* rowOf(const std::string& name)
{
    const auto found = std::find_if(std::begin(table), std::end(table), [&](const Row& row) { return name == row.name; });
    return found == std::end(table) ? nullptr : found;
}

/// The highest major of an action in the file, 0 when it is not used or not told.
int majorInUse(const Workflow& workflow, const std::string& name)
{
    int major = 0;
    for (const WorkflowJob& job : workflow.jobs) {
        for (const WorkflowStep& step : job.steps) {
            if (step.uses && step.uses->name == name)
                major = std::max(major, step.uses->major);
        }
    }
    return major;
}

} // namespace

ActionVerdict judgeAction(const ActionRef& action)
{
    const Row* row = rowOf(action.name);
    if (!row || action.major == 0)
        return {};
    if (action.major < row->firstWorking)
        return {ActionState::Dead, row->deadSince, row->firstWorking};
    if (action.major < row->firstMaintained)
        return {ActionState::Old, {}, row->firstMaintained};
    return {};
}

std::string actionToUse(const Workflow& workflow, const std::string& name)
{
    const Row* row = rowOf(name);
    int major = row ? row->usual : 1;
    const auto follow = [&](const char* sibling) { major = std::max(major, majorInUse(workflow, sibling)); };
    // These are released together.
    if (name == "docker/setup-qemu-action" || name == "docker/setup-buildx-action") {
        follow("docker/setup-buildx-action");
        follow("docker/setup-qemu-action");
    } else {
        follow(name.c_str());
    }
    return name + "@v" + std::to_string(major);
}

} // namespace layerline
