#include "app/window/build_form.h"

#include "app/tasks/build_jobs.h"
#include "app/tasks/plan_world.h"
#include "app/window/plan_texts.h"

#include <algorithm>

namespace layerline {

namespace {

PlatformChoice::Where whereOf(PlatformCost::Where where)
{
    switch (where) {
    case PlatformCost::Where::NativeHere: return PlatformChoice::Where::NativeHere;
    case PlatformCost::Where::NativeOnNode: return PlatformChoice::Where::NativeOnNode;
    case PlatformCost::Where::Emulated: return PlatformChoice::Where::Emulated;
    case PlatformCost::Where::Unknown: return PlatformChoice::Where::Unknown;
    case PlatformCost::Where::Unavailable: break;
    }
    return PlatformChoice::Where::Unavailable;
}

NamedValue named(const std::string& text)
{
    const auto equals = text.find('=');
    return {text.substr(0, equals), equals == std::string::npos ? std::string() : text.substr(equals + 1)};
}

/// What the planner finds and obstaclesOf() can't see in a plan.
bool isStructural(const Obstacle& obstacle)
{
    switch (obstacle.refusal) {
    case Refusal::NoRecord:
    case Refusal::BakeContext:
    case Refusal::OutputNeeded:
    case Refusal::ContextFolderNeeded: return true;
    case Refusal::ContextUnknown: return !obstacle.subject.empty(); // the bake file of a whole call
    default: return false;
    }
}

/// Asked for with the form, so that the planner knows what is answered.
RebuildChoice choiceOf(const BuildForm& form)
{
    RebuildChoice choice;
    choice.wholeCall = form.wholeCall;
    if (!form.wholeCall)
        choice.outputs = form.outputs;
    for (const std::string& text : form.contexts)
        choice.contexts.push_back(named(text));
    return choice;
}

/// Secrets of a new build: those the Dockerfile mounts join the plan when they are answered or can't be left out.
void addWanted(const std::vector<WantedSecret>& wanted, const SecretAnswers& answers, FormPlan& out)
{
    for (const WantedSecret& secret : wanted) {
        const auto given = answers.find(secret.id);
        const bool answered = given != answers.end() && given->second.kind != SecretAnswer::Kind::Without;
        out.questions.push_back({secret.id, secret.ssh, !secret.required});
        if (!answered && !secret.required)
            continue;
        if (secret.ssh)
            out.plan.plan.ssh.push_back({secret.id, {}});
        else
            out.plan.plan.secrets.push_back({secret.id, {}, {}});
    }
}

void ask(std::vector<SecretQuestion>& questions, const SecretQuestion& question)
{
    const auto known = std::find_if(questions.begin(), questions.end(), [&](const SecretQuestion& other) { return other.id == question.id && other.ssh == question.ssh; });
    if (known == questions.end())
        questions.push_back(question);
}

void planNew(const BuildForm& form, const SecretAnswers& answers, const KnownBuild& known, FormPlan& out)
{
    addWanted(known.wanted, answers, out);
    for (const std::string& id : form.secretIds) {
        ask(out.questions, {id, false, false});
        const auto& secrets = out.plan.plan.secrets;
        if (std::none_of(secrets.begin(), secrets.end(), [&](const PlanSecret& secret) { return secret.id == id; }))
            out.plan.plan.secrets.push_back({id, {}, {}});
    }
}

void planAgain(const BuildForm& form, const KnownBuild& known, const RebuildChecks& checks, FormPlan& out)
{
    out.plan = planRebuild(*known.build, known.client, checks, choiceOf(form));
    std::erase_if(out.plan.obstacles, [](const Obstacle& obstacle) { return !isStructural(obstacle); });
    for (const std::string& id : form.secretIds) {
        auto& secrets = out.plan.plan.secrets;
        if (std::none_of(secrets.begin(), secrets.end(), [&](const PlanSecret& secret) { return secret.id == id; }))
            secrets.push_back({id, {}, {}});
    }
    // A step asks for optional secrets, too: what the build did without can be left out.
    for (const PlanSecret& secret : out.plan.plan.secrets)
        ask(out.questions, {secret.id, false, true});
    for (const PlanSsh& key : out.plan.plan.ssh)
        ask(out.questions, {key.id, true, false});
    for (const Missing& missing : out.plan.missing) {
        if (missing.gap == Gap::SecretSource)
            ask(out.questions, {missing.subject, false, true});
    }
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

void answer(const SecretAnswers& answers, BuildPlan& plan, HandOver& handOver)
{
    const auto given = [&](const std::string& id) {
        const auto at = answers.find(id);
        return at != answers.end() && (at->second.kind == SecretAnswer::Kind::Without || !at->second.text.empty()) ? &at->second : nullptr;
    };
    std::erase_if(plan.secrets, [&](const PlanSecret& secret) {
        const SecretAnswer* said = given(secret.id);
        return said && said->kind == SecretAnswer::Kind::Without;
    });
    std::erase_if(plan.ssh, [&](const PlanSsh& key) {
        const SecretAnswer* said = given(key.id);
        return said && said->kind == SecretAnswer::Kind::Without;
    });
    int number = 0;
    for (PlanSecret& secret : plan.secrets) {
        const SecretAnswer* said = given(secret.id);
        if (!said)
            continue;
        secret = {secret.id, {}, {}};
        if (said->kind == SecretAnswer::Kind::File) {
            secret.file = said->text;
        } else if (said->kind == SecretAnswer::Kind::Variable) {
            secret.env = said->text;
        } else {
            secret.env = "LAYERLINE_SECRET_" + std::to_string(++number);
            handOver.variables[secret.env] = said->text;
        }
    }
    for (PlanSsh& key : plan.ssh) {
        if (const SecretAnswer* said = given(key.id); said && said->kind == SecretAnswer::Kind::File)
            key.paths = said->text;
    }
}

FormPlan planFor(const BuildForm& form, const SecretAnswers& answers, const KnownBuild& known, const RebuildChecks& given, const BuildxEnvironment& environment)
{
    FormPlan out;
    if (known.build)
        planAgain(form, known, given, out);
    else
        planNew(form, answers, known, out);
    BuildPlan& plan = out.plan.plan;
    apply(form, plan, out.plan.handOver, known.build != nullptr);
    answer(answers, plan, out.plan.handOver);
    // What was typed counts as there; the rest is looked for in our own environment.
    const auto found = obstaclesOf(plan, withHandedOver(given, out.plan.handOver));
    out.plan.obstacles.insert(out.plan.obstacles.end(), found.begin(), found.end());
    out.incomplete = !known.build && form.context.empty();
    if (out.incomplete)
        std::erase_if(out.plan.obstacles, [](const Obstacle& obstacle) { return obstacle.refusal == Refusal::ContextUnknown; });
    for (const Obstacle& obstacle : found) {
        if (obstacle.refusal == Refusal::SshNeeded)
            ask(out.questions, {obstacle.subject, true, false});
    }
    auto request = requestFor(plan, out.plan.handOver, form.keepGoing, environment);
    if (!request) {
        out.problem = request.error().detail;
        return out;
    }
    out.request = std::move(request).value();
    out.request->job.limit = form.atMost;
    return out;
}

BuildPreview previewOf(const FormPlan& plan)
{
    BuildPreview preview;
    preview.secrets = plan.questions;
    preview.incomplete = plan.incomplete;
    preview.baked = plan.plan.plan.bake.has_value();
    for (const Missing& missing : plan.plan.missing) {
        if (missing.gap != Gap::SecretSource && missing.gap != Gap::SshSource)
            preview.missing.push_back(gapSentence(missing).toStdString());
    }
    for (const Obstacle& obstacle : plan.plan.obstacles)
        preview.obstacles.emplace_back(obstacleSentence(obstacle).toStdString(), obstacleHelp(obstacle).toStdString());
    if (plan.request)
        preview.command = dryRunText(*plan.request);
    else if (!plan.incomplete)
        preview.obstacles.emplace_back(plan.problem, std::string());
    return preview;
}

} // namespace layerline
