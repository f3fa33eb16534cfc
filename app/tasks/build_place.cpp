#include "app/tasks/build_place.h"

#include "analysis/client_command.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace layerline {

namespace {

constexpr const char* bakeFiles[] = {"docker-bake.hcl", "docker-bake.json"};
constexpr const char* composeFiles[] = {"compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"};

QString qt(const std::string& text) { return QString::fromStdString(text); }

bool isFile(const std::string& path) { return QFileInfo(qt(path)).isFile(); }

/// With the override beside it, which bake reads too when it is started there without --file.
std::vector<std::string> withOverride(const std::string& file)
{
    std::vector<std::string> files{file};
    for (const char* ending : {".hcl", ".json"}) {
        const std::string plain = std::string("docker-bake") + ending, more = std::string("docker-bake.override") + ending;
        if (QFileInfo(qt(file)).fileName() != qt(plain))
            continue;
        const std::string beside = QFileInfo(qt(file)).path().toStdString() + "/" + more;
        if (isFile(beside))
            files.push_back(beside);
    }
    return files;
}

std::string usualBakeFile(const std::string& folder)
{
    for (const char* name : bakeFiles) {
        const std::string path = folder + "/" + name;
        if (isFile(path))
            return path;
    }
    return {};
}

} // namespace

bool isBakeFile(const std::string& path)
{
    const QString name = QFileInfo(qt(path)).fileName();
    constexpr const char* endings[] = {".hcl", ".json", ".yml", ".yaml"};
    return std::any_of(std::begin(endings), std::end(endings), [&](const char* ending) { return name.endsWith(QLatin1String(ending)); });
}

bool isBuildRecipe(const std::string& path)
{
    const QString name = QFileInfo(qt(path)).fileName();
    if (name.endsWith(QLatin1String(".dockerignore")))
        return false;
    if (name.startsWith(QLatin1String("Dockerfile")) || name.endsWith(QLatin1String(".Dockerfile")) || name == QLatin1String("Containerfile"))
        return true;
    const bool usual = name.startsWith(QLatin1String("docker-bake")) || name.startsWith(QLatin1String("compose.")) || name.startsWith(QLatin1String("docker-compose."));
    return name.endsWith(QLatin1String(".hcl")) || (usual && isBakeFile(path));
}

BuildPlace placeOf(const std::string& what, const std::vector<std::string>& files, const std::string& directory)
{
    BuildPlace place;
    const bool remote = isRemoteContext(what);
    const std::string path = remote || what == "-" || what.empty() ? what : absolutePath(directory, what);
    const auto given = [&](const std::string& file) { return isRemoteContext(file) || file == "-" ? file : absolutePath(directory, file); };
    const bool bakeGiven = !remote && !files.empty() && QFileInfo(qt(path)).isDir() && std::all_of(files.begin(), files.end(), isBakeFile);
    if (!remote && isFile(path) && isBakeFile(path))
        place.bakeFiles = files.empty() ? withOverride(path) : std::vector<std::string>{path};
    else if (!remote && files.empty() && QFileInfo(qt(path)).isDir() && !isFile(path + "/Dockerfile") && !usualBakeFile(path).empty())
        place.bakeFiles = withOverride(usualBakeFile(path));
    if (place.baked() || bakeGiven) {
        for (const std::string& file : files)
            place.bakeFiles.push_back(given(file));
        place.directory = QFileInfo(qt(place.bakeFiles.front())).absolutePath().toStdString();
        return place;
    }
    place.context = path;
    if (!remote && isFile(path)) {
        place.context = QFileInfo(qt(path)).absolutePath().toStdString();
        place.dockerfile = path;
    }
    if (!files.empty())
        place.dockerfile = remote ? files.back() : given(files.back());
    return place;
}

void setPlace(const BuildPlace& place, BuildPlan& plan)
{
    plan.context = place.context;
    plan.dockerfile = place.dockerfile;
    plan.workingDirectory = place.directory;
    if (place.baked()) {
        PlanBake bake = plan.bake.value_or(PlanBake{});
        bake.files = place.bakeFiles;
        plan.bake = std::move(bake);
    } else {
        plan.bake.reset();
    }
}

std::vector<std::string> dockerfilesIn(const std::string& folder)
{
    static const QStringList patterns{QStringLiteral("Dockerfile*"), QStringLiteral("*.Dockerfile"), QStringLiteral("Containerfile")};
    constexpr std::size_t most = 20;
    std::vector<std::string> found;
    const QDir top(qt(folder));
    QStringList folders{top.path()};
    for (const QString& name : top.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
        folders << top.filePath(name);
    for (const QString& path : folders) {
        const QDir dir(path);
        for (const QString& name : dir.entryList(patterns, QDir::Files, QDir::Name)) {
            if (found.size() < most && !name.endsWith(QLatin1String(".dockerignore")))
                found.push_back(dir.filePath(name).toStdString());
        }
    }
    return found;
}

std::vector<std::string> recipesIn(const std::string& folder)
{
    std::vector<std::string> names;
    const auto add = [&](const std::string& name) {
        if (isFile(folder + "/" + name) && std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    };
    const QDir top(qt(folder));
    add("Dockerfile"); // what placeOf() takes comes first
    for (const char* name : bakeFiles)
        add(name);
    for (const std::string& path : dockerfilesIn(folder))
        add(top.relativeFilePath(qt(path)).toStdString());
    for (const char* name : composeFiles)
        add(name);
    for (const QString& name : top.entryList({QStringLiteral("*.hcl")}, QDir::Files, QDir::Name)) {
        if (!name.contains(QLatin1String(".override.")))
            add(name.toStdString());
    }
    return names;
}

} // namespace layerline
