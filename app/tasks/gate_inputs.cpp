#include "app/tasks/gate_inputs.h"

#include "analysis/release.h"
#include "analysis/workflow/build_images.h"
#include "app/tasks/run_digests.h"
#include "app/tasks/workflow_tool.h"
#include "domain/secret_names.h"
#include "sources/buildx/environment.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QProcess>

namespace layerline {

namespace {

constexpr qint64 largestNote = 1 << 20;      ///< of a file that names a digest
constexpr qint64 largestLog = 256LL << 20;
constexpr int mostFiles = 10'000;
constexpr int bakeLimitMs = 30'000;

Error noSuch(const QString& path)
{
    return {ErrorKind::NotFound, "there is no " + path.toStdString(), false};
}

Error noFile(const QString& path)
{
    return {ErrorKind::BadInput, path.toStdString() + " is not a regular file", false};
}

void take(std::vector<BuiltDigest>& all, std::vector<BuiltDigest> more)
{
    std::move(more.begin(), more.end(), std::back_inserter(all));
}

/// Empty when there is more than `limit`, and of what is no file: a pipe would be waited for, a device has no end.
std::string contentOf(const QString& path, qint64 limit)
{
    QFile file(path);
    const QByteArray bytes = QFileInfo(path).isFile() && file.open(QIODevice::ReadOnly) ? file.read(limit + 1) : QByteArray();
    return bytes.size() <= limit ? bytes.toStdString() : std::string();
}

/// The folder directly below `root` stands for the artifact, or `root` itself.
std::string artifactOf(const QDir& root, const QString& file)
{
    const QString relative = root.relativeFilePath(file);
    const auto slash = relative.indexOf(QLatin1Char('/'));
    return (slash < 0 ? root.dirName() : relative.left(slash)).toStdString();
}

bool isRecord(const QString& file) { return file.endsWith(QLatin1String(".dockerbuild")); }

std::vector<BuiltDigest> inRecord(const QString& file)
{
    const auto record = openBuildFile(QFile::encodeName(file).toStdString());
    return record ? digestsInRecord(QFileInfo(file).fileName().toStdString(), *record) : std::vector<BuiltDigest>();
}

std::vector<BuiltDigest> inFolder(const QString& path)
{
    const QDir root(path);
    std::vector<BuiltDigest> all;
    QDirIterator files(path, QDir::Files | QDir::NoSymLinks, QDirIterator::Subdirectories);
    for (int count = 0; files.hasNext() && count < mostFiles; ++count) {
        const QString file = files.next();
        if (isRecord(file)) {
            take(all, inRecord(file));
            continue;
        }
        const std::string artifact = artifactOf(root, file), name = QFileInfo(file).fileName().toStdString();
        auto named = digestsFromFileNames(artifact, {name});
        take(all, named.empty() ? digestsFromContent(artifact, name, contentOf(file, largestNote)) : std::move(named));
    }
    return all;
}

} // namespace

Result<PlatformPromise> promiseOfLegs(const Legs& legs, const std::string& name, const std::string& image, bool onlyItsOwn)
{
    if (const auto own = image.empty() ? std::nullopt : promisedOf(legs, image))
        return PlatformPromise{*own, name};
    const BuildSummary summary = summarise(legs);
    if (summary.promised.empty() || summary.promisedOpen || onlyItsOwn)
        return Error{ErrorKind::BadInput, name + " does not tell by itself which platforms it publishes" + (onlyItsOwn ? " as " + image : "") + "; name them with --platform", false};
    return PlatformPromise{summary.promised, name};
}

Result<PlatformPromise> promiseOfWorkflow(const std::string& text, const std::string& name, const WorkflowLookup& lookup, const BakeSources& bake)
{
    const auto runners = loadRunnerTable();
    if (!runners)
        return runners.error();
    const auto workflow = parseWorkflow(text);
    if (!workflow)
        return Error{ErrorKind::BadInput, name + ": " + workflow.error().detail, false};
    const auto legs = expandJobs(workflow.value(), runners.value(), lookup, &bake);
    if (!legs)
        return Error{ErrorKind::BadInput, name + ": " + legs.error().detail, false};
    return promiseOfLegs(*legs, name);
}

Result<PlatformPromise> promiseOfFile(const QString& path)
{
    if (!QFileInfo::exists(path))
        return noSuch(path);
    if (!QFileInfo(path).isFile())
        return noFile(path);
    if (path.endsWith(QLatin1String(".yml")) || path.endsWith(QLatin1String(".yaml"))) {
        // ".github/workflows/x.yml": what it calls by "./" begins three folders up.
        const QDir root(QFileInfo(path).absolutePath() + QStringLiteral("/../.."));
        const std::string text = contentOf(path, largestNote);
        BakeSources bake;
        addBakeFiles(root.path(), text, bake);
        const auto promise = promiseOfWorkflow(text, QFileInfo(path).fileName().toStdString(), [root](const std::string& key) -> std::shared_ptr<const Workflow> {
            auto called = key.compare(0, 2, "./") == 0 ? parseWorkflow(contentOf(root.filePath(QString::fromStdString(key)), largestNote)) : Result<Workflow>(Error{});
            return called ? std::make_shared<const Workflow>(std::move(called.value())) : nullptr;
        }, bake);
        // A compose file is for buildx.
        if (promise || QFileInfo(path).absolutePath().endsWith(QLatin1String(".github/workflows")))
            return promise;
    }
    const std::vector<std::string> buildx = BuildxEnvironment::fromProcess().buildxCommand();
    if (buildx.empty())
        return Error{ErrorKind::NotFound, "there is no buildx to read " + path.toStdString() + " with; name the platforms with --platform", false};
    QStringList arguments;
    for (std::size_t i = 1; i < buildx.size(); ++i)
        arguments << QString::fromStdString(buildx[i]);
    arguments << QStringLiteral("bake") << QStringLiteral("--print") << QStringLiteral("--file") << QFileInfo(path).fileName();
    QProcess bake;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("GH_TOKEN"));
    environment.remove(QStringLiteral("GITHUB_TOKEN"));
    bake.setProcessEnvironment(environment);
    bake.setWorkingDirectory(QFileInfo(path).absolutePath());
    bake.setStandardInputFile(QProcess::nullDevice());
    bake.start(QString::fromStdString(buildx.front()), arguments);
    if (!bake.waitForFinished(bakeLimitMs) || bake.exitStatus() != QProcess::NormalExit || bake.exitCode() != 0) {
        const QList<QByteArray> lines = bake.readAllStandardError().trimmed().split('\n');
        bake.kill();
        return Error{ErrorKind::BadInput, "buildx can't read " + path.toStdString() + ": " + maskedText(lines.last().left(300).toStdString()), false};
    }
    return promiseFromBake(bake.readAllStandardOutput().toStdString(), QFileInfo(path).fileName().toStdString());
}

Result<std::vector<BuiltDigest>> builtDigestsIn(const QString& path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return noSuch(path);
    if (!info.isDir() && !info.isFile())
        return noFile(path);
    std::vector<BuiltDigest> all;
    if (info.isDir()) {
        all = inFolder(path);
    } else if (isRecord(path)) {
        all = inRecord(path);
    } else {
        const std::string name = info.fileName().toStdString(), text = contentOf(path, largestLog);
        all = digestsFromLog(name, text);
        if (all.empty() && info.size() <= largestNote)
            all = digestsFromContent(info.dir().dirName().toStdString(), name, text);
    }
    if (all.empty())
        return Error{ErrorKind::BadInput, "nothing in " + path.toStdString() + " is a digest", false};
    return all;
}

} // namespace layerline
