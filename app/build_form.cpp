#include "app/build_form.h"

#include "app/cli_actions.h"

#include <algorithm>

namespace layerline {

namespace {

PlatformChoice::Where whereOf(PlatformCost::Where where)
{
    switch (where) {
    case PlatformCost::Where::NativeHere: return PlatformChoice::Where::NativeHere;
    case PlatformCost::Where::NativeOnNode: return PlatformChoice::Where::NativeOnNode;
    case PlatformCost::Where::Emulated: return PlatformChoice::Where::Emulated;
    case PlatformCost::Where::Unavailable: break;
    }
    return PlatformChoice::Where::Unavailable;
}

bool isQuestion(const Obstacle& obstacle)
{
    return obstacle.refusal == Refusal::SecretNeeded || obstacle.refusal == Refusal::SshNeeded;
}

} // namespace

std::vector<PlatformChoice> choicesOf(const std::vector<PlatformCost>& costs, const std::vector<Platform>& chosen)
{
    std::vector<PlatformChoice> choices;
    for (const PlatformCost& cost : costs) {
        PlatformChoice choice;
        choice.platform = cost.platform;
        choice.chosen = std::find(chosen.begin(), chosen.end(), cost.platform) != chosen.end();
        choice.where = whereOf(cost.where);
        choice.node = cost.node;
        choice.usual = cost.usual;
        choice.samples = cost.samples;
        choice.factor = cost.factor;
        choices.push_back(std::move(choice));
    }
    return choices;
}

BuildForm formOf(const BuildPlan& plan, std::vector<PlatformChoice> platforms)
{
    BuildForm form;
    form.context = plan.context;
    form.dockerfile = plan.dockerfile;
    form.target = plan.target;
    form.builder = plan.builder;
    form.tags = plan.tags;
    form.platforms = std::move(platforms);
    form.push = plan.push;
    form.noCache = plan.noCache;
    form.pull = plan.pull;
    return form;
}

BuildPlan planOf(const BuildForm& form, BuildPlan plan)
{
    plan.context = form.context;
    plan.dockerfile = form.dockerfile;
    plan.target = form.target;
    plan.builder = form.builder;
    plan.tags = form.tags;
    plan.platforms = form.chosen();
    plan.push = form.push;
    plan.noCache = form.noCache;
    plan.pull = form.pull;
    return plan;
}

void answer(const SecretAnswers& answers, BuildPlan& plan, HandOver& handOver)
{
    int number = 0;
    for (PlanSecret& secret : plan.secrets) {
        const auto given = answers.find(secret.id);
        if (given == answers.end() || given->second.text.empty())
            continue;
        secret = {secret.id, {}, {}};
        if (given->second.kind == SecretAnswer::Kind::File) {
            secret.file = given->second.text;
        } else if (given->second.kind == SecretAnswer::Kind::Variable) {
            secret.env = given->second.text;
        } else {
            secret.env = "LAYERLINE_SECRET_" + std::to_string(++number);
            handOver.variables[secret.env] = given->second.text;
        }
    }
    for (PlanSsh& key : plan.ssh) {
        const auto given = answers.find(key.id);
        if (given != answers.end() && !given->second.text.empty())
            key.paths = given->second.text;
    }
}

BuildPreview previewOf(const BuildPlan& plan, const HandOver& handOver, const std::vector<Missing>& missing, const std::vector<Obstacle>& obstacles,
                       bool keepGoing, const BuildxEnvironment& environment)
{
    BuildPreview preview;
    for (const Missing& gap : missing)
        preview.missing.push_back(missingText(gap));
    for (const Obstacle& obstacle : obstacles) {
        if (isQuestion(obstacle))
            preview.secrets.push_back({obstacle.subject, obstacle.refusal == Refusal::SshNeeded});
        else
            preview.obstacles.emplace_back(reasonText(obstacle), helpText(obstacle));
    }
    const auto request = requestFor(plan, handOver, keepGoing, environment);
    if (!request)
        preview.obstacles.emplace_back(request.error().detail, std::string());
    else
        preview.command = dryRunText(request.value());
    return preview;
}

} // namespace layerline
