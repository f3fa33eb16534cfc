#include "app/tasks/workflow_tool.h"

#include "domain/sha256.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace layerline {

namespace {

constexpr qint64 largestFile = 1 << 20;
constexpr int mostUndone = 20; ///< writes to one file that can be taken back one after the other
constexpr qint64 largestUndo = 64LL << 20;

enum class Readers { Everybody, Owner };

Result<void> writeText(const QString& path, const std::string& text, Readers readers = Readers::Everybody)
{
    QDir().mkpath(QFileInfo(path).path());
    QSaveFile file(path);
    const bool open = file.open(QIODevice::WriteOnly);
    if (open && readers == Readers::Owner)
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    if (!open || file.write(text.data(), qint64(text.size())) != qint64(text.size()) || !file.commit())
        return Error{ErrorKind::Permission, path.toStdString() + ": " + file.errorString().toStdString(), false};
    return {};
}

/// A link in a folder somebody else may have made must not lead our writing out of it.
Result<void> checkStaysInside(const QString& folder, const QString& target)
{
    const Error error{ErrorKind::Permission, target.toStdString() + " is a link, or lies behind one: only files of the folder itself are written", false};
    if (QFileInfo(QDir(folder).filePath(target)).isSymLink())
        return error;
    QString parent = QFileInfo(QDir(folder).filePath(target)).path();
    while (!QFileInfo::exists(parent) && parent.size() > folder.size())
        parent = QFileInfo(parent).path();
    const QString root = QFileInfo(folder).canonicalFilePath(), real = QFileInfo(parent).canonicalFilePath();
    return real == root || real.startsWith(root + QLatin1Char('/')) ? Result<void>() : Result<void>(error);
}

std::string named(const WorkflowWorld& world, const std::string& detail)
{
    return world.file.toStdString() + ": " + detail;
}

Result<WorkflowEdit> fromHistory(const WorkflowWorld& world, const WorkflowRequest& request, WorkflowPlan& plan, const RunnerTable& runners)
{
    const auto wanted = [&](const FileVersion& version) { return request.from.isEmpty() || version.commit.rfind(request.from.toStdString(), 0) == 0; };
    const auto version = std::find_if(world.versions.begin(), world.versions.end(), wanted);
    if (version != world.versions.end()) {
        plan.commit = version->commit;
        return replacedBy(world.find(world.file)->text, version->text, runners, wantsDispatch(request));
    }
    if (!request.from.isEmpty() && !world.versions.empty())
        return Error{ErrorKind::NotFound, request.from.toStdString() + " is none of the versions found", false};
    return world.historyProblem.value_or(Error{ErrorKind::NotFound, "no earlier version fits", false});
}

Result<WorkflowEdit> fromExisting(const WorkflowWorld& world, const WorkflowRequest& request, WorkflowPlan& plan, const RunnerTable& runners)
{
    const QString wanted = request.from.isEmpty() ? QString() : workflowPath(request.from);
    for (const QString& path : plan.existing) {
        if (!wanted.isEmpty() && path != wanted)
            continue;
        plan.target = path;
        return withDispatch(world.find(path)->text, runners);
    }
    return Error{ErrorKind::NotFound, "no other workflow builds these platforms with QEMU", false};
}

/// The plan's version with publishing switched off: on GitHub beside it, in a folder in its place.
std::optional<Error> makeTrial(WorkflowPlan& plan, const WorkflowRequest& request, const RunnerTable& runners)
{
    WorkflowEdit& edit = plan.edit;
    if (request.publish && !request.remote)
        return std::nullopt;
    auto trial = request.publish ? Result<WorkflowEdit>(edit) : withoutPublishing(edit.after, runners);
    if (!trial)
        return trial.error();
    if (request.remote) {
        // A migration need not have it, but nothing else starts a trial.
        auto startable = withDispatch(trial->after, runners);
        if (!startable)
            return startable.error();
        plan.trial = std::move(startable->after);
        if (request.publish)
            return std::nullopt;
    } else {
        edit.after = std::move(trial->after);
        edit.becomes = std::move(trial->becomes);
        edit.changes.insert(edit.changes.end(), trial->changes.begin(), trial->changes.end());
    }
    for (EditNote& note : trial->warnings) {
        if (note.kind == EditKind::PublishesAnyway)
            edit.warnings.push_back(std::move(note));
    }
    return std::nullopt;
}

Result<std::string> readText(const QString& path, qint64 limit)
{
    QFile file(path);
    // A pipe would be waited for, a device never ends.
    if (const QFileInfo info(path); info.exists() && !info.isFile())
        return Error{ErrorKind::BadInput, path.toStdString() + ": is no regular file", false};
    if (!file.open(QIODevice::ReadOnly))
        return Error{file.exists() ? ErrorKind::Permission : ErrorKind::NotFound, path.toStdString() + ": " + file.errorString().toStdString(), false};
    QByteArray text = file.read(limit + 1);
    if (text.size() > limit)
        return Error{ErrorKind::TooLarge, path.toStdString() + ": larger than " + std::to_string(limit >> 20) + " MiB", false};
    return text.toStdString();
}

QString undoFile(const QString& path)
{
    const std::string name = sha256Digest(QFileInfo(path).absoluteFilePath().toStdString());
    return QDir(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation))
        .filePath(QStringLiteral("layerline/undo/") + QString::fromStdString(std::string(sha256Hex(name))) + QStringLiteral(".json"));
}

/// The record of the last write, checked; nothing when there is none or it is damaged.
std::optional<nlohmann::json> keptBytes(const QString& path)
{
    const auto kept = readText(undoFile(path), largestUndo);
    auto json = kept ? nlohmann::json::parse(*kept, nullptr, false) : nlohmann::json();
    const auto text = [&](const char* key) { return json.is_object() && json.contains(key) && json[key].is_string(); };
    if (!text("before") || !text("written") || !json.contains("existed") || !json["existed"].is_boolean())
        return std::nullopt;
    return json;
}

int depthOf(const nlohmann::json& kept)
{
    int depth = 1;
    for (const nlohmann::json* at = &kept; at->is_object() && at->contains("earlier"); at = &(*at)["earlier"])
        ++depth;
    return depth;
}

/// What would be put back, and the record that says so.
Result<std::pair<UndoPlan, nlohmann::json>> undoOf(const WorkflowRequest& request)
{
    UndoPlan plan;
    plan.target = targetPath(request, workflowPath(request.workflow));
    const QString path = QDir(request.place).filePath(plan.target);
    const auto kept = keptBytes(path);
    if (!kept)
        return Error{ErrorKind::NotFound, "nothing was written to " + plan.target.toStdString() + " that could be undone", false};
    if (const auto inside = checkStaysInside(request.place, plan.target); !inside)
        return inside.error();
    const auto present = readWorkflowText(path);
    if (!present || sha256Digest(*present) != (*kept)["written"].get_ref<const std::string&>())
        return Error{ErrorKind::BadInput, plan.target.toStdString() + " was changed since: it is left as it is", false};
    plan.present = *present;
    plan.removes = !(*kept)["existed"].get<bool>();
    plan.before = QByteArray::fromBase64(QByteArray::fromStdString((*kept)["before"].get<std::string>())).toStdString();
    return std::pair(std::move(plan), *kept);
}

} // namespace

Result<std::string> readWorkflowText(const QString& path) { return readText(path, largestFile); }

Result<RunnerTable> loadRunnerTable()
{
    const QString own = QStandardPaths::locate(QStandardPaths::GenericConfigLocation, QStringLiteral("layerline/runners.json"));
    const auto text = readWorkflowText(own.isEmpty() ? QStringLiteral(":/layerline/data/runners.json") : own);
    if (!text)
        return text.error();
    auto table = parseRunnerTable(*text);
    if (!table && !own.isEmpty())
        return Error{table.error().kind, own.toStdString() + ": " + table.error().detail, table.error().retryable};
    return table;
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

WorkflowNeeds needsOf(const WorkflowRequest& request)
{
    WorkflowNeeds needs;
    needs.others = request.source == RollbackSource::Existing;
    // A chosen commit may lie behind others that fit as well.
    needs.versions = request.source != RollbackSource::History ? 0 : request.from.isEmpty() ? 1 : 100;
    return needs;
}

Result<WorkflowPlan> planFrom(const WorkflowWorld& world, const WorkflowRequest& request, const RunnerTable& runners)
{
    WorkflowPlan plan;
    plan.file = world.file;
    plan.target = targetPath(request, world.file);
    const WorkflowFile* file = world.find(world.file);
    if (!file)
        return Error{ErrorKind::NotFound, named(world, "is not there"), false};
    if (const auto workflow = parseWorkflow(file->text); !workflow)
        return Error{workflow.error().kind, named(world, workflow.error().detail), false};
    plan.source = request.source == RollbackSource::Automatic ? RollbackSource::Generate : request.source;
    if (request.rollback)
        plan.existing = existingQemu(world, runners);
    MigrateOptions migration = request.migrateOptions;
    migration.bake = world.bake;
    const auto edit = [&]() -> Result<WorkflowEdit> {
        switch (plan.source) {
        case RollbackSource::History: return fromHistory(world, request, plan, runners);
        case RollbackSource::Inputs: return flipBuilderInputs(file->text, runners, request.rollbackOptions);
        case RollbackSource::Existing: return fromExisting(world, request, plan, runners);
        default: return request.rollback ? rollbackToQemu(file->text, runners, request.rollbackOptions) : migrateToNative(file->text, runners, migration);
        }
    }();
    if (!edit)
        return Error{edit.error().kind, named(world, edit.error().detail), edit.error().retryable};
    plan.edit = *edit;
    if (request.trial) {
        if (const auto wrong = makeTrial(plan, request, runners))
            return *wrong;
    }
    if (plan.target != plan.file && plan.source != RollbackSource::Existing)
        plan.edit.warnings.push_back({EditKind::RunsTwice, {}, plan.file.toStdString(), {}, 0});
    if (const WorkflowFile* present = world.find(plan.target)) {
        plan.targetExists = true;
        plan.targetBefore = present->text;
        plan.targetSha = present->sha;
    }
    return plan;
}

Result<WorkflowPlan> planWorkflow(const WorkflowRequest& request, const RunnerTable& runners)
{
    const auto world = readFolder(request, needsOf(request), runners);
    return world ? planFrom(*world, request, runners) : Result<WorkflowPlan>(world.error());
}

Result<void> writePlan(const WorkflowRequest& request, const WorkflowPlan& plan)
{
    const QString path = QDir(request.place).filePath(plan.target);
    if (const auto inside = checkStaysInside(request.place, plan.target); !inside)
        return inside;
    const auto present = readWorkflowText(path);
    if (present.ok() != plan.targetExists || (present && *present != plan.targetBefore))
        return Error{ErrorKind::BadInput, plan.target.toStdString() + " was changed meanwhile", true};
    nlohmann::json kept{{"path", path.toStdString()},
                        {"existed", plan.targetExists},
                        {"before", QByteArray::fromStdString(plan.targetBefore).toBase64().toStdString()},
                        {"written", sha256Digest(plan.edit.after)}};
    if (auto earlier = keptBytes(path); earlier && (*earlier)["written"] == sha256Digest(plan.targetBefore) && depthOf(*earlier) < mostUndone)
        kept["earlier"] = std::move(*earlier);
    if (const auto wrote = writeText(undoFile(path), kept.dump(), Readers::Owner); !wrote)
        return wrote;
    return writeText(path, plan.edit.after);
}

Result<UndoPlan> planUndo(const WorkflowRequest& request)
{
    auto undo = undoOf(request);
    return undo ? Result<UndoPlan>(std::move(undo->first)) : undo.error();
}

Result<UndoPlan> undoWrite(const WorkflowRequest& request)
{
    auto undo = undoOf(request);
    if (!undo)
        return undo.error();
    auto& [plan, kept] = *undo;
    const QString path = QDir(request.place).filePath(plan.target);
    if (plan.removes) {
        if (!QFile::remove(path))
            return Error{ErrorKind::Permission, plan.target.toStdString() + " can't be removed", false};
    } else if (const auto wrote = writeText(path, plan.before); !wrote) {
        return wrote.error();
    }
    QFile::remove(undoFile(path));
    if (kept.contains("earlier"))
        (void)writeText(undoFile(path), kept["earlier"].dump(), Readers::Owner); // without it this was the last step back
    return std::move(plan);
}

} // namespace layerline
