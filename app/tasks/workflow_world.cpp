#include "app/tasks/workflow_world.h"

#include "app/tasks/workflow_tool.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace layerline {

namespace {

bool covers(const std::vector<Platform>& all, const std::vector<Platform>& wanted)
{
    return std::all_of(wanted.begin(), wanted.end(), [&](const Platform& platform) { return std::find(all.begin(), all.end(), platform) != all.end(); });
}

WorkflowLookup lookupIn(const std::vector<WorkflowFile>& files)
{
    return [&files](const std::string& path) -> std::shared_ptr<const Workflow> {
        const QString wanted = QDir::cleanPath(QString::fromStdString(path));
        const auto found = std::find_if(files.begin(), files.end(), [&](const WorkflowFile& file) { return file.path == wanted; });
        auto workflow = found == files.end() ? Result<Workflow>(Error{}) : parseWorkflow(found->text);
        return workflow ? std::make_shared<const Workflow>(std::move(*workflow)) : nullptr;
    };
}

bool fits(BuildStyle style, bool rollback)
{
    return rollback ? style == BuildStyle::NativeMatrix || style == BuildStyle::Mixed : style == BuildStyle::Qemu;
}

/// Earlier versions that lead there, from git.
void readVersions(WorkflowWorld& world, const WorkflowRequest& request, int wanted, const RunnerTable& runners)
{
    const auto enough = findVersion(request.place, world.file, [&](const FileVersion& candidate) {
        ++world.looked;
        if (leadsThere(request, candidate.text, runners))
            world.versions.push_back(candidate);
        return int(world.versions.size()) >= wanted;
    });
    if (!enough && world.versions.empty())
        world.historyProblem = enough.error();
}

} // namespace

const WorkflowFile* WorkflowWorld::find(const QString& path) const
{
    const auto found = std::find_if(files.begin(), files.end(), [&](const WorkflowFile& each) { return each.path == path; });
    return found == files.end() ? nullptr : &*found;
}

std::optional<BuildSummary> summaryOf(const std::string& text, const RunnerTable& runners, const std::vector<WorkflowFile>& files, const BakeSources& bake)
{
    const auto workflow = parseWorkflow(text);
    if (!workflow)
        return std::nullopt;
    const auto legs = expandJobs(*workflow, runners, lookupIn(files), &bake);
    return legs ? std::optional(summarise(*legs)) : std::nullopt;
}

std::vector<QString> existingQemu(const WorkflowWorld& world, const RunnerTable& runners)
{
    const WorkflowFile* file = world.find(world.file);
    const auto wanted = file ? summaryOf(file->text, runners, world.files, world.bake) : std::nullopt;
    std::vector<QString> found;
    for (const WorkflowFile& other : world.files) {
        const auto summary = other.path == world.file || !wanted ? std::nullopt : summaryOf(other.text, runners);
        if (summary && summary->style == BuildStyle::Qemu && covers(summary->promised, wanted->promised))
            found.push_back(other.path);
    }
    return found;
}

void addBakeFiles(const QString& folder, const std::string& workflow, BakeSources& to)
{
    const QDir root(folder);
    const QString base = QFileInfo(folder).canonicalFilePath();
    for (int round = 0; round < 3; ++round) { // a folder's list, files, and nothing that is not known by then
        for (const std::string& key : bakeFilesNeeded(workflow, to)) {
            const QFileInfo info(root.filePath(key == "/" ? QStringLiteral(".") : QString::fromStdString(key)));
            const QString real = info.canonicalFilePath();
            std::optional<std::string>& value = to[key];
            if (real != base && !real.startsWith(base + QLatin1Char('/')))
                continue;
            if (key.back() == '/') {
                value = QDir(real).entryList(QDir::Files).join(QLatin1Char('\n')).toStdString();
            } else if (auto text = readWorkflowText(real)) {
                value = std::move(*text);
            }
        }
    }
}

QString likelyWorkflow(const std::vector<WorkflowFile>& files, bool rollback, const RunnerTable& runners)
{
    QString builds;
    for (const WorkflowFile& file : files) {
        const auto summary = summaryOf(file.text, runners, files);
        if (summary && fits(summary->style, rollback))
            return file.path;
        if (summary && summary->style != BuildStyle::None && builds.isEmpty())
            builds = file.path;
    }
    return !builds.isEmpty() || files.empty() ? builds : files.front().path;
}

Result<WorkflowWorld> readFolder(const WorkflowRequest& request, const WorkflowNeeds& needs, const RunnerTable& runners)
{
    const QDir folder(request.place), workflows(folder.filePath(QStringLiteral(".github/workflows")));
    WorkflowWorld world;
    for (const QString& name : workflows.entryList({QStringLiteral("*.yml"), QStringLiteral("*.yaml")}, QDir::Files, QDir::Name)) {
        if (const auto text = readWorkflowText(workflows.filePath(name)))
            world.files.push_back({workflowPath(name), *text, {}});
    }
    world.file = request.workflow.isEmpty() ? likelyWorkflow(world.files, request.rollback, runners) : workflowPath(request.workflow);
    if (world.file.isEmpty())
        return Error{ErrorKind::NotFound, "there is no workflow in " + request.place.toStdString(), false};
    for (const QString& path : {world.file, targetPath(request, world.file)}) {
        if (world.find(path))
            continue;
        const auto text = readWorkflowText(folder.filePath(path));
        if (!text && (path == world.file || text.error().kind != ErrorKind::NotFound))
            return text.error();
        if (text)
            world.files.push_back({path, *text, {}});
    }
    addBakeFiles(request.place, world.find(world.file)->text, world.bake);
    if (needs.versions > 0)
        readVersions(world, request, needs.versions, runners);
    return world;
}

} // namespace layerline
