#include "app/workflow_tool.h"

#include "app/git_history.h"
#include "domain/sha256.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

#include <nlohmann/json.hpp>

namespace layerline {

namespace {

constexpr qint64 largestFile = 1 << 20;

Result<std::string> readText(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{file.exists() ? ErrorKind::Permission : ErrorKind::NotFound, path.toStdString() + ": " + file.errorString().toStdString(), false};
    if (file.size() > largestFile)
        return Error{ErrorKind::TooLarge, path.toStdString() + ": larger than 1 MiB", false};
    return file.readAll().toStdString();
}

Result<void> writeText(const QString& path, const std::string& text)
{
    QDir().mkpath(QFileInfo(path).path());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), qint64(text.size())) != qint64(text.size()) || !file.commit())
        return Error{ErrorKind::Permission, path.toStdString() + ": " + file.errorString().toStdString(), false};
    return {};
}

std::shared_ptr<const Workflow> readWorkflow(const QString& path)
{
    const auto text = readText(path);
    if (!text)
        return nullptr;
    auto workflow = parseWorkflow(*text);
    return workflow ? std::make_shared<const Workflow>(std::move(*workflow)) : nullptr;
}

std::optional<BuildSummary> summaryOf(const std::string& text, const RunnerTable& runners)
{
    const auto workflow = parseWorkflow(text);
    if (!workflow)
        return std::nullopt;
    const auto legs = expandJobs(*workflow, runners);
    return legs ? std::optional(summarise(*legs)) : std::nullopt;
}

bool covers(const std::vector<Platform>& all, const std::vector<Platform>& wanted)
{
    return std::all_of(wanted.begin(), wanted.end(), [&](const Platform& platform) { return std::find(all.begin(), all.end(), platform) != all.end(); });
}

/// Other workflows of the folder that build the promised platforms with QEMU.
std::vector<QString> existingQemu(const QDir& folder, const QString& file, const BuildSummary& promised, const RunnerTable& runners)
{
    std::vector<QString> found;
    const QDir workflows(folder.filePath(QStringLiteral(".github/workflows")));
    for (const QString& name : workflows.entryList({QStringLiteral("*.yml"), QStringLiteral("*.yaml")}, QDir::Files, QDir::Name)) {
        const QString path = workflowPath(name);
        const auto text = path == file ? Result<std::string>(Error{}) : readText(workflows.filePath(name));
        const auto summary = text ? summaryOf(*text, runners) : std::nullopt;
        if (summary && summary->style == BuildStyle::Qemu && covers(summary->promised, promised.promised))
            found.push_back(path);
    }
    return found;
}

Result<WorkflowEdit> fromHistory(const WorkflowRequest& request, WorkflowPlan& plan, const std::string& text, const RunnerTable& runners)
{
    const auto version = findVersion(request.place, plan.file, [&](const FileVersion& candidate) { return leadsThere(request, candidate.text, runners); });
    if (!version)
        return version.error();
    plan.commit = version->commit;
    return replacedBy(text, version->text, runners, wantsDispatch(request));
}

/// The same edit, with publishing switched off on top.
std::optional<Error> makeTrial(WorkflowEdit& edit, const RunnerTable& runners)
{
    auto trial = withoutPublishing(edit.after, runners);
    if (!trial)
        return trial.error();
    edit.after = std::move(trial->after);
    edit.becomes = std::move(trial->becomes);
    edit.changes.insert(edit.changes.end(), trial->changes.begin(), trial->changes.end());
    for (EditNote& note : trial->warnings) {
        if (note.kind == EditKind::PublishesAnyway)
            edit.warnings.push_back(std::move(note));
    }
    return std::nullopt;
}

QString undoFile(const QString& path)
{
    const std::string name = sha256Digest(QFileInfo(path).absoluteFilePath().toStdString());
    return QDir(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation))
        .filePath(QStringLiteral("layerline/undo/") + QString::fromStdString(std::string(sha256Hex(name))) + QStringLiteral(".json"));
}

QString targetPath(const WorkflowRequest& request)
{
    return workflowPath(request.as.isEmpty() ? request.workflow : request.as);
}

} // namespace

QString workflowPath(const QString& name)
{
    return name.contains(QLatin1Char('/')) ? QDir::cleanPath(name) : QStringLiteral(".github/workflows/") + name;
}

Result<RunnerTable> loadRunnerTable()
{
    const QString own = QStandardPaths::locate(QStandardPaths::GenericConfigLocation, QStringLiteral("layerline/runners.json"));
    const auto text = readText(own.isEmpty() ? QStringLiteral(":/layerline/data/runners.json") : own);
    return text ? parseRunnerTable(*text) : text.error();
}

bool wantsDispatch(const WorkflowRequest& request)
{
    return request.rollback ? request.rollbackOptions.addDispatch : request.migrateOptions.addDispatch;
}

Result<WorkflowEdit> replacedBy(const std::string& before, const std::string& after, const RunnerTable& runners, bool addDispatch)
{
    auto edit = withDispatch(after, runners);
    if (!edit)
        return edit;
    if (!addDispatch) {
        edit->after = after;
        edit->changes.clear();
        edit->becomes = edit->was;
    }
    const auto old = parseWorkflow(before), now = parseWorkflow(edit->after);
    if (!old)
        return old.error();
    const auto oldLegs = expandJobs(*old, runners), newLegs = expandJobs(*now, runners);
    if (!oldLegs)
        return oldLegs.error();
    if (!newLegs)
        return newLegs.error();
    edit->before = before;
    edit->was = summarise(*oldLegs);
    edit->differences = compareProperties(propertiesOf(*old, *oldLegs), propertiesOf(*now, *newLegs));
    return edit;
}

bool leadsThere(const WorkflowRequest& request, const std::string& text, const RunnerTable& runners)
{
    const auto summary = summaryOf(text, runners);
    if (!summary)
        return false;
    return request.rollback ? summary->style == BuildStyle::Qemu : summary->style == BuildStyle::NativeMatrix || summary->style == BuildStyle::Mixed;
}

Result<WorkflowPlan> planWorkflow(const WorkflowRequest& request, const RunnerTable& runners)
{
    const QDir folder(request.place);
    WorkflowPlan plan;
    plan.file = workflowPath(request.workflow);
    plan.target = targetPath(request);
    const auto text = readText(folder.filePath(plan.file));
    if (!text)
        return text.error();
    const auto workflow = parseWorkflow(*text);
    if (!workflow)
        return Error{workflow.error().kind, plan.file.toStdString() + ": " + workflow.error().detail, false};
    const WorkflowLookup lookup = [&](const std::string& path) { return readWorkflow(folder.filePath(QString::fromStdString(path))); };
    const auto legs = expandJobs(*workflow, runners, lookup);
    if (!legs)
        return legs.error();
    const auto edit = [&]() -> Result<WorkflowEdit> {
        if (!request.rollback) {
            plan.source = request.source == RollbackSource::History ? RollbackSource::History : RollbackSource::Generate;
            return plan.source == RollbackSource::History ? fromHistory(request, plan, *text, runners) : migrateToNative(*text, runners, request.migrateOptions);
        }
        plan.existing = existingQemu(folder, plan.file, summarise(*legs), runners);
        plan.source = request.source == RollbackSource::Automatic ? RollbackSource::Generate : request.source;
        switch (plan.source) {
        case RollbackSource::History: return fromHistory(request, plan, *text, runners);
        case RollbackSource::Inputs: return flipBuilderInputs(*text, runners, request.rollbackOptions);
        case RollbackSource::Existing: {
            if (plan.existing.empty())
                return Error{ErrorKind::NotFound, "no other workflow builds these platforms with QEMU", false};
            plan.target = plan.existing.front();
            const auto other = readText(folder.filePath(plan.target));
            return other ? withDispatch(*other, runners) : Result<WorkflowEdit>(other.error());
        }
        default: return rollbackToQemu(*text, runners, request.rollbackOptions);
        }
    }();
    if (!edit)
        return Error{edit.error().kind, plan.file.toStdString() + ": " + edit.error().detail, false};
    plan.edit = *edit;
    if (request.trial && !request.publish) {
        if (const auto wrong = makeTrial(plan.edit, runners))
            return *wrong;
    }
    if (plan.target != plan.file && plan.source != RollbackSource::Existing)
        plan.edit.warnings.push_back({EditKind::RunsTwice, {}, plan.file.toStdString(), {}, 0});
    const auto present = readText(folder.filePath(plan.target));
    plan.targetExists = present.ok();
    if (present)
        plan.targetBefore = *present;
    else if (present.error().kind != ErrorKind::NotFound)
        return present.error();
    return plan;
}

Result<void> writePlan(const WorkflowRequest& request, const WorkflowPlan& plan)
{
    const QString path = QDir(request.place).filePath(plan.target);
    const auto present = readText(path);
    if (present.ok() != plan.targetExists || (present && *present != plan.targetBefore))
        return Error{ErrorKind::BadInput, plan.target.toStdString() + " was changed meanwhile", true};
    const nlohmann::json kept{{"path", path.toStdString()},
                              {"existed", plan.targetExists},
                              {"before", QByteArray::fromStdString(plan.targetBefore).toBase64().toStdString()},
                              {"written", sha256Digest(plan.edit.after)}};
    if (const auto wrote = writeText(undoFile(path), kept.dump()); !wrote)
        return wrote;
    return writeText(path, plan.edit.after);
}

Result<QString> undoWrite(const WorkflowRequest& request)
{
    const QString target = targetPath(request), path = QDir(request.place).filePath(target);
    const auto kept = readText(undoFile(path));
    const auto json = kept ? nlohmann::json::parse(*kept, nullptr, false) : nlohmann::json();
    if (!json.is_object() || !json.contains("before") || !json.contains("written") || !json.contains("existed"))
        return Error{ErrorKind::NotFound, "nothing was written to " + target.toStdString() + " that could be undone", false};
    const auto present = readText(path);
    if (!present || sha256Digest(*present) != json["written"])
        return Error{ErrorKind::BadInput, target.toStdString() + " was changed since: it is left as it is", false};
    if (json["existed"] == false) {
        if (!QFile::remove(path))
            return Error{ErrorKind::Permission, target.toStdString() + " can't be removed", false};
    } else if (const auto wrote = writeText(path, QByteArray::fromBase64(QByteArray::fromStdString(json["before"])).toStdString()); !wrote) {
        return wrote.error();
    }
    QFile::remove(undoFile(path));
    return target;
}

} // namespace layerline
