#include "analysis/workflow/workflow_check.h"

#include "analysis/workflow/expression.h"

#include <functional>
#include <map>
#include <set>

namespace layerline {

namespace {

using Wrong = std::optional<Error>;

Wrong wrong(const YamlNode& node, const std::string& what)
{
    return Error{ErrorKind::BadInput, atPlace(node, what), false};
}

/// Every ${{ }} of the tree must be one.
Wrong checkExpressions(const YamlNode& node, int depth)
{
    if (depth > 200)
        return wrong(node, "nested too deeply");
    if (node.isScalar() && hasExpression(node.scalar)) {
        const auto value = evaluateTemplate(node.scalar, {});
        if (!value && value.error().kind == ErrorKind::BadInput)
            return wrong(node, value.error().detail);
    }
    for (const YamlEntry& entry : node.entries) {
        if (const Wrong found = checkExpressions(*entry.value, depth + 1))
            return found;
    }
    return std::nullopt;
}

Wrong checkSteps(const YamlNode& job)
{
    const YamlNode* steps = job.find("steps");
    if (!steps || !steps->isSequence())
        return wrong(steps ? *steps : job, "the job has no list of steps");
    for (const YamlEntry& entry : steps->entries) {
        const YamlNode& step = *entry.value;
        const YamlNode *uses = step.find("uses"), *run = step.find("run");
        if (!step.isMap() || (!uses && !run))
            return wrong(step, "a step with neither 'uses' nor 'run'");
        if (uses && run)
            return wrong(step, "a step with both 'uses' and 'run'");
        if (!(uses ? uses : run)->isScalar())
            return wrong(*(uses ? uses : run), "text expected");
    }
    return std::nullopt;
}

Wrong checkJob(const YamlEntry& entry)
{
    const YamlNode& job = *entry.value;
    if (!job.isMap())
        return wrong(*entry.key, "the job '" + entry.key->scalar + "' is empty");
    const YamlNode *uses = job.find("uses"), *runsOn = job.find("runs-on");
    if (uses)
        return uses->isScalar() ? std::nullopt : wrong(*uses, "text expected");
    if (!runsOn || runsOn->kind == YamlKind::Null)
        return wrong(*entry.key, "the job '" + entry.key->scalar + "' has neither 'runs-on' nor 'uses'");
    return checkSteps(job);
}

/// Needs that do not exist, and jobs that wait for each other.
Wrong checkNeeds(const YamlNode& jobs)
{
    std::map<std::string, std::vector<const YamlNode*>> needs;
    for (const YamlEntry& entry : jobs.entries) {
        std::vector<const YamlNode*>& list = needs[entry.key->scalar];
        const YamlNode* node = entry.value->find("needs");
        if (node && node->isScalar())
            list.push_back(node);
        for (std::size_t i = 0; node && node->isSequence() && i < node->entries.size(); ++i)
            list.push_back(node->entries[i].value.get());
        for (const YamlNode* need : list) {
            if (!jobs.find(need->scalar))
                return wrong(*need, "there is no job '" + need->scalar + "'");
        }
    }
    std::set<std::string> done, open;
    Wrong found;
    const std::function<void(const std::string&, int)> visit = [&](const std::string& id, int depth) {
        if (found || done.count(id) || depth > 300)
            return;
        open.insert(id);
        for (const YamlNode* need : needs[id]) {
            if (open.count(need->scalar)) {
                found = wrong(*need, "the jobs '" + id + "' and '" + need->scalar + "' wait for each other");
                return;
            }
            visit(need->scalar, depth + 1);
        }
        open.erase(id);
        done.insert(id);
    };
    for (const YamlEntry& entry : jobs.entries)
        visit(entry.key->scalar, 0);
    return found;
}

} // namespace

std::optional<Error> checkWorkflow(const YamlNode& root)
{
    if (!root.isMap())
        return wrong(root, "no workflow: a map expected");
    const YamlNode *on = root.find("on"), *jobs = root.find("jobs");
    if (!on || on->kind == YamlKind::Null)
        return wrong(on ? *on : root, "no workflow: 'on' is missing");
    if (!jobs || !jobs->isMap() || jobs->entries.empty())
        return wrong(jobs ? *jobs : root, "no workflow: 'jobs' is missing or empty");
    for (const YamlEntry& entry : jobs->entries) {
        if (const Wrong found = checkJob(entry))
            return found;
    }
    if (const Wrong found = checkNeeds(*jobs))
        return found;
    return checkExpressions(root, 0);
}

} // namespace layerline
