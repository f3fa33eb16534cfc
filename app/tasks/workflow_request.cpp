#include "app/tasks/workflow_request.h"

#include "app/tasks/repository_argument.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace layerline {

namespace {

Error usage(const QString& what)
{
    return {ErrorKind::BadInput, what.toStdString(), false};
}

Result<RollbackSource> parseSource(const QString& text)
{
    if (text == QLatin1String("existing"))
        return RollbackSource::Existing;
    if (text == QLatin1String("history"))
        return RollbackSource::History;
    if (text == QLatin1String("generate"))
        return RollbackSource::Generate;
    if (text == QLatin1String("inputs"))
        return RollbackSource::Inputs;
    return usage(QStringLiteral("--source is existing, history, generate or inputs"));
}

/// "linux/arm64=docker/arm64/**,*.arm64"
Result<PathRule> parsePaths(const QString& text)
{
    const int sign = int(text.indexOf(QLatin1Char('=')));
    const auto platform = parsePlatform(text.left(sign).toStdString());
    PathRule rule;
    for (const QString& pattern : text.mid(sign + 1).split(QLatin1Char(','), Qt::SkipEmptyParts))
        rule.patterns.push_back(pattern.toStdString());
    const bool safe = std::all_of(rule.patterns.begin(), rule.patterns.end(),
                                  [](const std::string& pattern) { return pattern.find_first_of(" \t\n'\"$`\\") == std::string::npos; });
    if (sign < 0 || !platform || rule.patterns.empty() || !safe)
        return usage(QStringLiteral("--paths takes PLATFORM=PATTERN[,PATTERN]... without blanks, quotes or dollar signs"));
    rule.platform = *platform;
    return rule;
}

std::optional<Error> takeMigrateOption(MigrateOptions& options, const QString& name, const QString& value)
{
    if (name == QLatin1String("--platform")) {
        const auto platform = parsePlatform(value.toStdString());
        if (!platform)
            return usage(QStringLiteral("%1 is no platform").arg(value));
        options.extraPlatforms.push_back(*platform);
    } else if (name == QLatin1String("--runner")) {
        const int sign = int(value.indexOf(QLatin1Char('=')));
        if (sign <= 0 || sign + 1 == value.size())
            return usage(QStringLiteral("--runner takes ARCH=LABEL"));
        options.runners[value.left(sign).toStdString()] = value.mid(sign + 1).toStdString();
    } else if (name == QLatin1String("--warm")) {
        if (value.split(QLatin1Char(' '), Qt::SkipEmptyParts).size() != 5 || value.contains(QLatin1Char('\'')))
            return usage(QStringLiteral("--warm takes a cron line of five fields"));
        options.warmCron = value.toStdString();
    } else {
        const auto rule = parsePaths(value);
        if (!rule)
            return rule.error();
        options.paths.push_back(*rule);
    }
    return std::nullopt;
}

std::optional<Error> takeOption(WorkflowRequest& request, const QString& name, const QString& value)
{
    const QStringList migrating{QStringLiteral("--platform"), QStringLiteral("--runner"), QStringLiteral("--warm"), QStringLiteral("--paths")};
    if (name == QLatin1String("--workflow")) {
        request.workflow = value;
    } else if (name == QLatin1String("--as")) {
        request.as = value;
    } else if (name == QLatin1String("--branch")) {
        request.branch = value;
    } else if (name == QLatin1String("--from")) {
        request.from = value;
    } else if (name == QLatin1String("-f") || name == QLatin1String("--field")) {
        const int sign = int(value.indexOf(QLatin1Char('=')));
        if (sign <= 0)
            return usage(QStringLiteral("-f takes NAME=VALUE"));
        request.inputs[value.left(sign).toStdString()] = value.mid(sign + 1).toStdString();
    } else if (name == QLatin1String("--source")) {
        const auto source = parseSource(value);
        if (!source)
            return source.error();
        if (!request.rollback && *source != RollbackSource::History && *source != RollbackSource::Generate)
            return usage(QStringLiteral("--source of a migration is history or generate"));
        request.source = *source;
    } else if (request.rollback && name == QLatin1String("--runner")) {
        request.rollbackOptions.runner = value.toStdString();
    } else if (!request.rollback && migrating.contains(name)) {
        return takeMigrateOption(request.migrateOptions, name, value);
    } else {
        return usage(QStringLiteral("unknown option %1").arg(name));
    }
    return std::nullopt;
}

bool takeFlag(WorkflowRequest& request, const QString& name, bool& dry)
{
    bool* const flag = name == QLatin1String("--write")     ? &request.write
                       : name == QLatin1String("--json")    ? &request.json
                       : name == QLatin1String("--undo")    ? &request.undo
                       : name == QLatin1String("--publish") ? &request.publish
                       : name == QLatin1String("--dry-run") ? &dry
                       : request.rollback && name == QLatin1String("--keep-matrix") ? &request.rollbackOptions.keepMatrix
                       : !request.rollback && name == QLatin1String("--cheapest") ? &request.migrateOptions.cheapest
                       : !request.rollback && name == QLatin1String("--dispatch") ? &request.migrateOptions.addDispatch
                                                                                  : nullptr;
    if (flag)
        *flag = true;
    else if (name == QLatin1String("--direct"))
        request.route = RewriteRoute::Direct;
    else if (name == QLatin1String("--trial-only"))
        request.route = RewriteRoute::TrialOnly;
    else if (name != QLatin1String("--trial"))
        return false;
    request.trial = request.trial || name == QLatin1String("--trial") || name == QLatin1String("--trial-only");
    return true;
}

/// What goes together.
std::optional<Error> checkRequest(const WorkflowRequest& request, bool dry)
{
    const bool direct = request.route == RewriteRoute::Direct;
    if (direct && (!request.remote || request.trial))
        return usage(QStringLiteral("--direct is for OWNER/REPO, without --trial"));
    if (!request.remote && (request.route == RewriteRoute::TrialOnly || !request.branch.isEmpty() || !request.inputs.empty()))
        return usage(QStringLiteral("--trial-only, --branch and -f are for OWNER/REPO"));
    if (dry && request.write)
        return usage(QStringLiteral("--dry-run writes nothing: leave out --write"));
    if (request.publish && !request.trial)
        return usage(QStringLiteral("--publish confirms that a --trial may push"));
    if (!request.from.isEmpty() && request.source != RollbackSource::History && request.source != RollbackSource::Existing)
        return usage(QStringLiteral("--from goes with --source history or existing"));
    for (const QString& path : {workflowPath(request.workflow), workflowPath(request.as)}) {
        if (QDir::isAbsolutePath(path) || path.startsWith(QLatin1String("..")))
            return usage(QStringLiteral("%1 is not below the folder").arg(path));
    }
    return std::nullopt;
}

/// What both ways take.
OptionTable sharedOptions()
{
    return {{"as", "FILE", "Write to this file instead."},
            {"branch", "B", "Read from and change this branch of OWNER/REPO."},
            {"trial", nullptr, "Write, or on GitHub run, a variant that publishes nothing."},
            {"trial-only", nullptr, "A trial on GitHub and nothing else."},
            {"publish", nullptr, "The trial may push what the workflow pushes."},
            {"direct", nullptr, "Commit without a pull request."},
            {"f,field", "NAME=VALUE", "An input of the run; may be given several times."},
            {"write", nullptr, "Do it: change the file, or make a branch and a pull request."},
            {"undo", nullptr, "Take it back."},
            {"dry-run", nullptr, "Show what would be done, change nothing; without --write and --undo that is so anyway."},
            {"json", nullptr, "JSON, schema 1."}};
}

} // namespace

Result<WorkflowRequest> parseWorkflowRequest(bool rollback, const QStringList& arguments)
{
    WorkflowRequest request;
    request.rollback = rollback;
    bool dry = false;
    for (int i = 0; i < arguments.size(); ++i) {
        QString name = arguments[i], value;
        if (!name.startsWith(QLatin1Char('-'))) {
            if (!request.place.isEmpty())
                return usage(QStringLiteral("one place at a time: %1").arg(name));
            request.place = name;
            continue;
        }
        if (takeFlag(request, name, dry))
            continue;
        const int sign = name.startsWith(QLatin1String("--")) ? int(name.indexOf(QLatin1Char('='))) : -1;
        if (sign > 0) {
            value = name.mid(sign + 1);
            name = name.left(sign);
        } else if (++i < arguments.size()) {
            value = arguments[i];
        } else {
            return usage(QStringLiteral("%1 lacks its value, or is unknown").arg(name));
        }
        if (const auto wrong = takeOption(request, name, value))
            return *wrong;
    }
    if (request.place.isEmpty() || request.workflow.isEmpty())
        return usage(QStringLiteral("a folder or OWNER/REPO and --workflow FILE are needed"));
    if (!QFileInfo(request.place).isDir()) {
        const auto repository = repositoryArgument(request.place);
        if (!repository)
            return Error{ErrorKind::NotFound, request.place.toStdString() + " is no folder and no OWNER/REPO", false};
        request.place = QString::fromStdString(*repository);
        request.remote = true;
    }
    if (const auto wrong = checkRequest(request, dry))
        return *wrong;
    request.write = request.write || (request.undo && !dry); // the way back is done unless told otherwise
    return request;
}

OptionTable rollbackCommandOptions()
{
    return joinedOptions({{"workflow", "FILE", "The workflow; below .github/workflows unless it is a path."},
                          {"source", "S", "generate (default), history, existing or inputs: where the QEMU version comes from."},
                          {"from", "COMMIT|FILE", "Which version of the history, or which existing workflow."},
                          {"runner", "LABEL", "Runner of the emulated builds."},
                          {"keep-matrix", nullptr, "Leave a job a platform, emulated one by one."}},
                         sharedOptions());
}

OptionTable migrateCommandOptions()
{
    return joinedOptions({{"workflow", "FILE", "The workflow; below .github/workflows unless it is a path."},
                          {"source", "S", "generate (default) or history: where the native version comes from."},
                          {"from", "COMMIT", "Which version of the history."},
                          {"platform", "P", "Build this one too; may be given several times."},
                          {"runner", "ARCH=LABEL", "Runner of an architecture; may be given several times."},
                          {"cheapest", nullptr, "The cheapest runners that are native."},
                          {"warm", "CRON", "Keep the caches warm at these times."},
                          {"paths", "P=PATTERN[,...]", "What concerns one platform only."},
                          {"dispatch", nullptr, "Let it be started by hand too."}},
                         sharedOptions());
}

QString workflowPath(const QString& name)
{
    return name.contains(QLatin1Char('/')) ? QDir::cleanPath(name) : QStringLiteral(".github/workflows/") + name;
}

QString targetPath(const WorkflowRequest& request, const QString& file)
{
    return request.as.isEmpty() ? file : workflowPath(request.as);
}

const char* toString(RollbackSource source)
{
    switch (source) {
    case RollbackSource::Existing: return "existing";
    case RollbackSource::History: return "history";
    case RollbackSource::Inputs: return "inputs";
    default: return "generate";
    }
}

} // namespace layerline
