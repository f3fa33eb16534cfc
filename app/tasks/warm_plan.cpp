#include "app/tasks/warm_plan.h"

#include "analysis/builder_plan.h"
#include "app/tasks/plan_world.h"

#include <QDir>
#include <QFile>

namespace layerline {

namespace {

constexpr qint64 largestDockerfile = 1 << 20;

} // namespace

Result<WarmPlan> planWarming(const WarmChoice& choice, const BuildxEnvironment& environment, const std::vector<std::string>& builders)
{
    QFile file(choice.dockerfile.isEmpty() ? QDir(choice.folder).filePath(QStringLiteral("Dockerfile")) : QDir(choice.folder).filePath(choice.dockerfile));
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::NotFound, file.fileName().toStdString() + ": " + file.errorString().toStdString(), false};
    WarmPlan result;
    result.bases = basesOf(file.read(largestDockerfile).toStdString());
    if (result.bases.empty())
        return Error{ErrorKind::Unsupported, file.fileName().toStdString() + " names no image", false};
    result.folder = JobStore().folder() + "/warm-" + choice.builder.toStdString();
    BuildPlan plan;
    plan.builder = choice.builder.toStdString();
    plan.context = result.folder;
    plan.platforms = choice.platforms;
    plan.outputs = {"type=cacheonly"};
    auto request = requestFor(plan, {}, false, environment);
    if (!request)
        return request.error();
    result.request = std::move(request).value();
    for (const std::string& base : result.bases)
        result.request.job.notes.push_back("fetches " + base);
    RebuildChecks checks = realChecks(environment, builders);
    checks.path = {}; // the folder is made only when it is going to be built
    result.obstacles = obstaclesOf(plan, checks);
    return result;
}

Result<void> writeRecipe(const WarmPlan& plan)
{
    const QString folder = QString::fromStdString(plan.folder);
    QDir().mkpath(folder);
    QFile recipe(folder + QStringLiteral("/Dockerfile"));
    const QByteArray text = QByteArray::fromStdString(warmingDockerfile(plan.bases));
    if (!recipe.open(QIODevice::WriteOnly) || recipe.write(text) != text.size())
        return Error{ErrorKind::Permission, recipe.fileName().toStdString() + ": " + recipe.errorString().toStdString(), false};
    return {};
}

} // namespace layerline
