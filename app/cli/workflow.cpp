// rollback and migrate, of a local clone or on GitHub: arguments in, difference out. Nothing is written without --write.
#include "analysis/report.h"
#include "analysis/workflow/unified_diff.h"
#include "app/cli/github.h"
#include "app/cli/output.h"
#include "app/cli/remote_rewrite.h"
#include "app/cli/workflow.h"
#include "app/tasks/workflow_report.h"
#include "app/tasks/workflow_tool.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace layerline {

using Json = nlohmann::ordered_json;

namespace {

void printNotes(const char* title, const std::vector<EditNote>& notes)
{
    if (notes.empty())
        return;
    tell("%s\n", title);
    for (const EditNote& note : notes)
        tell("  - %s\n", editSentence(note).c_str());
    tell("\n");
}

std::string joined(const std::vector<Platform>& platforms)
{
    std::string text;
    for (const Platform& platform : platforms)
        text += (text.empty() ? "" : ", ") + platform.str();
    return text.empty() ? "platforms unknown" : text;
}

Json stepsJson(const std::vector<RewriteStep>& steps)
{
    Json list = Json::array();
    for (const RewriteStep& step : steps)
        list.push_back({{"step", step.name}, {"call", step.call}, {"body", step.body.empty() ? Json(nullptr) : Json::parse(step.body)}, {"state", toString(step.state)}, {"detail", step.detail}});
    return list;
}

void printPlan(const WorkflowRequest& request, const WorkflowPlan& plan)
{
    tellText(workflowDiff(plan));
    tell("\n%s: %s (%s) becomes %s (%s)\n\n", plan.target.toUtf8().constData(), toString(plan.edit.was.style), joined(plan.edit.was.promised).c_str(),
                toString(plan.edit.becomes.style), joined(plan.edit.becomes.promised).c_str());
    if (!plan.commit.empty())
        tell("Taken from commit %s\n\n", plan.commit.c_str());
    printNotes("What it does:", plan.edit.changes);
    printNotes("Look at first:", plan.edit.warnings);
    if (!plan.edit.differences.empty())
        tell("What differs:\n");
    for (const PropertyDifference& difference : plan.edit.differences) {
        for (const std::string& text : difference.removed)
            tell("  - %s: no longer %s\n", toString(difference.property), text.c_str());
        for (const std::string& text : difference.added)
            tell("  - %s: now %s\n", toString(difference.property), text.c_str());
    }
    if (request.rollback && request.source == RollbackSource::Automatic) {
        for (const QString& existing : plan.existing)
            tell("\n%s builds the same with QEMU already: --source existing\n", existing.toUtf8().constData());
    }
}

void printText(const WorkflowRequest& request, const WorkflowPlan& plan)
{
    printPlan(request, plan);
    tell("\n%s\n", request.write ? "Written. The way back: the same command with --undo." : "Nothing was written: --write does that.");
}

Json planJson(const WorkflowRequest& request, const WorkflowPlan& plan)
{
    Json existing = Json::array();
    for (const QString& path : plan.existing)
        existing.push_back(path.toStdString());
    return {{"schema", 1},
                        {"command", request.rollback ? "rollback" : "migrate"},
                        {"file", plan.file.toStdString()},
                        {"target", plan.target.toStdString()},
                        {"source", toString(plan.source)},
                        {"commit", plan.commit.empty() ? Json(nullptr) : Json(plan.commit)},
                        {"existing", existing},
                        {"was", summaryJson(plan.edit.was)},
                        {"becomes", summaryJson(plan.edit.becomes)},
                        {"changes", notesJson(plan.edit.changes)},
                        {"warnings", notesJson(plan.edit.warnings)},
                        {"differences", differencesJson(plan.edit.differences)},
                        {"diff", workflowDiff(plan)},
                        {"written", request.write}};
}

void printSteps(const RemoteRewrite& rewrite)
{
    tell("\nOn GitHub:\n");
    for (const RewriteStep& step : rewrite.steps())
        tell("  %-8s %-13s %s   (%s)\n", toString(step.state), step.name.c_str(), printableLine(step.detail).c_str(), step.call.c_str());
}

int failureStatus(const Error& error)
{
    return error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Unsupported ? ExitProblem : ExitUsage;
}

int failWith(const Error& error)
{
    printError(error);
    return failureStatus(error);
}

int runRemote(QCoreApplication& app, const WorkflowRequest& request, const RunnerTable& runners);

/// The way back of a folder; `write` is not set by --dry-run.
int runUndo(const WorkflowRequest& request)
{
    const auto undo = request.write ? undoWrite(request) : planUndo(request);
    if (!undo)
        return failWith(undo.error());
    const std::string name = undo->target.toStdString();
    const std::string diff = unifiedDiff(undo->present, undo->before, "a/" + name, undo->removes ? "/dev/null" : "b/" + name);
    if (request.json) {
        printJson({{"schema", 1}, {"command", request.rollback ? "rollback" : "migrate"}, {"target", name}, {"undone", request.write}, {"removes", undo->removes}, {"diff", diff}});
    } else if (request.write) {
        tell(undo->removes ? "%s is gone again\n" : "%s is as it was\n", name.c_str());
    } else {
        tellText(diff);
        tell("\nNothing was changed: --undo without --dry-run does that.\n");
    }
    return ExitOk;
}

int run(QCoreApplication& app, bool rollback, const QStringList& arguments)
{
    const auto request = parseWorkflowRequest(rollback, arguments);
    if (!request) {
        printError(request.error());
        return ExitUsage;
    }
    const auto runners = loadRunnerTable();
    if (!runners)
        return failWith(runners.error());
    if (request->remote)
        return runRemote(app, *request, *runners);
    if (request->undo)
        return runUndo(*request);
    const auto plan = planWorkflow(*request, *runners);
    if (!plan)
        return failWith(plan.error());
    if (request->write) {
        if (const auto written = writePlan(*request, *plan); !written)
            return failWith(written.error());
    }
    request->json ? printJson(planJson(*request, *plan)) : printText(*request, *plan);
    return ExitOk;
}

Json permissionsJson(const RewritePermissions& permissions)
{
    Json missing = Json::array();
    for (const RewritePermissions::Lack& lack : permissions.missing)
        missing.push_back(lack.name);
    return {{"missing", missing}, {"unknown", permissions.unknown}};
}

void printRemote(const WorkflowRequest& request, const RemoteRewrite& rewrite)
{
    const bool failed = rewrite.error().has_value();
    if (request.json) {
        Json document = planJson(request, rewrite.plan());
        document["written"] = request.write && !request.undo && !failed;
        document["repository"] = request.place.toStdString();
        document["base"] = rewrite.base();
        document["branch"] = rewrite.branch();
        document["steps"] = stepsJson(rewrite.steps());
        document["permissions"] = permissionsJson(rewrite.permissions());
        printJson(document);
        return;
    }
    if (!request.undo)
        printPlan(request, rewrite.plan());
    printSteps(rewrite);
    if (!rewrite.permissions().sentences().empty())
        tell("\nThe token:\n");
    for (const std::string& sentence : rewrite.permissions().sentences())
        tell("  - %s\n", sentence.c_str());
    if (failed && !rewrite.permissions().missing.empty() && rewrite.steps().front().state == RewriteState::Failed)
        tell("\nNothing was written.\n");
    else if (failed)
        tell("\nThe same command goes on where this stopped; --undo takes %s.\n", request.route == RewriteRoute::Direct ? "the commit back" : "the branches away");
    else if (!request.write)
        tell("\nNothing was changed: %s does that.\n", request.undo ? "--undo without --dry-run" : "--write");
    else if (!request.undo && request.route == RewriteRoute::Direct)
        tell("\nThe way back: the same command with --undo instead of --write.\n");
}

int runRemote(QCoreApplication& app, const WorkflowRequest& request, const RunnerTable& runners)
{
    auto github = GitHubConnection::open();
    if (!github)
        return failWith(github.error());
    RemoteRewrite rewrite((*github)->api(), (*github)->clock(), request, runners);
    QObject::connect(&rewrite, &RemoteRewrite::finished, &app, [&] {
        if (rewrite.planned())
            printRemote(request, rewrite);
        if (rewrite.error())
            printError(*rewrite.error());
        app.exit(!rewrite.error() ? ExitOk : rewrite.planned() ? ExitProblem : failureStatus(*rewrite.error()));
    }, Qt::QueuedConnection);
    rewrite.start();
    return app.exec();
}

} // namespace

int runRollback(QCoreApplication& app, const QStringList& arguments)
{
    return run(app, true, arguments);
}

int runMigrate(QCoreApplication& app, const QStringList& arguments)
{
    return run(app, false, arguments);
}

} // namespace layerline
