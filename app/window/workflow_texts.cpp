#include "app/window/workflow_texts.h"

#include "app/tasks/workflow_report.h"
#include "items/own_words.h"
#include "items/repeat_command.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>

namespace layerline {

namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }
QString say(const char* text) { return QCoreApplication::translate("WorkflowTexts", text); }

QStringList sentences(const std::vector<EditNote>& notes)
{
    QStringList all;
    for (const EditNote& note : notes)
        all << noteText(note);
    return all;
}

QString propertyName(WorkflowProperty property)
{
    switch (property) {
    case WorkflowProperty::Triggers: return say(QT_TRANSLATE_NOOP("WorkflowTexts", "Triggers"));
    case WorkflowProperty::Permissions: return say(QT_TRANSLATE_NOOP("WorkflowTexts", "Permissions"));
    case WorkflowProperty::Secrets: return say(QT_TRANSLATE_NOOP("WorkflowTexts", "Secrets"));
    case WorkflowProperty::Registries: return say(QT_TRANSLATE_NOOP("WorkflowTexts", "Registries"));
    case WorkflowProperty::Images: return say(QT_TRANSLATE_NOOP("WorkflowTexts", "Images"));
    case WorkflowProperty::TagRules: return say(QT_TRANSLATE_NOOP("WorkflowTexts", "Tag rules"));
    case WorkflowProperty::Platforms: return say(QT_TRANSLATE_NOOP("WorkflowTexts", "Platforms"));
    case WorkflowProperty::BuildArgs: return say(QT_TRANSLATE_NOOP("WorkflowTexts", "Build arguments"));
    case WorkflowProperty::Labels: return say(QT_TRANSLATE_NOOP("WorkflowTexts", "Labels"));
    case WorkflowProperty::Caches: return say(QT_TRANSLATE_NOOP("WorkflowTexts", "Caches"));
    case WorkflowProperty::Runners: return say(QT_TRANSLATE_NOOP("WorkflowTexts", "Runners"));
    }
    return qt(toString(property));
}

std::vector<WorkflowPropertyRow> propertyRows(const std::vector<PropertyDifference>& differences)
{
    std::vector<WorkflowPropertyRow> differ, same;
    for (int at = int(WorkflowProperty::Triggers); at <= int(WorkflowProperty::Runners); ++at) {
        const auto property = WorkflowProperty(at);
        const auto found = std::find_if(differences.begin(), differences.end(), [&](const PropertyDifference& each) { return each.property == property; });
        WorkflowPropertyRow row{propertyName(property), {}, {}};
        if (found == differences.end()) {
            same.push_back(row);
            continue;
        }
        for (const std::string& text : found->removed)
            row.removed << qt(text);
        for (const std::string& text : found->added)
            row.added << qt(text);
        differ.push_back(row);
    }
    differ.insert(differ.end(), same.begin(), same.end());
    return differ;
}

/// Why a source can't be taken, in a sentence; what the engine said when it is about this file.
QString sourceProblem(WorkflowSource source, bool rollback, const Error& error)
{
    if (error.kind != ErrorKind::NotFound)
        return ownWords(error.detail);
    switch (source) {
    case WorkflowSource::Generate:
        return rollback ? say(QT_TRANSLATE_NOOP("WorkflowTexts", "Nothing in it builds on the runner of another architecture.")) : say(QT_TRANSLATE_NOOP("WorkflowTexts", "Nothing in it is emulated."));
    case WorkflowSource::History:
        return rollback ? say(QT_TRANSLATE_NOOP("WorkflowTexts", "No earlier version of it uses QEMU.")) : say(QT_TRANSLATE_NOOP("WorkflowTexts", "No earlier version of it has native runners."));
    case WorkflowSource::Existing: return say(QT_TRANSLATE_NOOP("WorkflowTexts", "No other workflow builds these platforms with QEMU."));
    case WorkflowSource::Inputs: return say(QT_TRANSLATE_NOOP("WorkflowTexts", "It does not call docker/github-builder."));
    }
    return {};
}

WorkflowSourceRow historyRow(const WorkflowWorld& world, const std::string& present, bool rollback)
{
    WorkflowSourceRow row{WorkflowSource::History, {}, {}};
    if (world.versions.empty()) {
        row.problem = sourceProblem(row.source, rollback, world.historyProblem.value_or(Error{ErrorKind::NotFound, {}, false}));
        return row;
    }
    if (world.versions.front().text == present)
        row.problem = rollback ? say(QT_TRANSLATE_NOOP("WorkflowTexts", "The present version uses QEMU.")) : say(QT_TRANSLATE_NOOP("WorkflowTexts", "The present version has native runners."));
    for (const FileVersion& version : world.versions) {
        const QDateTime date = QDateTime::fromString(qt(version.date), Qt::ISODate);
        row.choices.push_back({qt(version.commit), QStringLiteral("%1 · %2 · %3").arg(qt(version.commit.substr(0, 7)), QLocale().toString(date.toLocalTime().date(), QLocale::ShortFormat), qt(version.subject))});
    }
    return row;
}

WorkflowSourceRow madeRow(WorkflowSource source, bool rollback, const Result<WorkflowEdit>& edit)
{
    return {source, edit ? QString() : sourceProblem(source, rollback, edit.error()), {}};
}

QString callsText(const RewriteOrder& order, const QString& server)
{
    QString text;
    for (const RewriteStep& step : rewriteSteps(order)) {
        const int space = int(step.call.find(' '));
        text += qt(step.call.substr(0, std::size_t(space) + 1)) + server + qt(step.call.substr(std::size_t(space) + 1)) + QLatin1Char('\n');
        if (!step.body.empty())
            text += qt(step.body) + QStringLiteral("\n\n");
    }
    return text.trimmed();
}

} // namespace

QString noteText(const EditNote& note)
{
    const QString pattern = QCoreApplication::translate("WorkflowReport", editPattern(note.kind));
    QString text;
    for (int at = 0; at < pattern.size(); ++at) {
        if (pattern[at] != QLatin1Char('%') || at + 1 == pattern.size()) {
            text += pattern[at];
            continue;
        }
        const QChar what = pattern[++at];
        text += ownWords(what == QLatin1Char('j') ? note.job : what == QLatin1Char('d') ? note.detail : note.other);
    }
    text.replace(QLatin1Char('\n'), QLatin1Char(' '));
    return note.line > 0 ? say(QT_TRANSLATE_NOOP("WorkflowTexts", "Line %1, %2")).arg(QString::number(note.line), text) : text.left(1).toUpper() + text.mid(1);
}

QString styleText(const BuildSummary& summary)
{
    QStringList platforms;
    for (const Platform& platform : summary.promised)
        platforms << qt(platform.shortName());
    QString style;
    switch (summary.style) {
    case BuildStyle::None: return say(QT_TRANSLATE_NOOP("WorkflowTexts", "builds no image"));
    case BuildStyle::Unknown: style = say(QT_TRANSLATE_NOOP("WorkflowTexts", "builds")); break;
    case BuildStyle::SinglePlatform: style = say(QT_TRANSLATE_NOOP("WorkflowTexts", "one platform")); break;
    case BuildStyle::Qemu: style = say(QT_TRANSLATE_NOOP("WorkflowTexts", "QEMU")); break;
    case BuildStyle::NativeMatrix: style = say(QT_TRANSLATE_NOOP("WorkflowTexts", "native runners")); break;
    case BuildStyle::Mixed: style = say(QT_TRANSLATE_NOOP("WorkflowTexts", "native runners and QEMU")); break;
    case BuildStyle::CrossCompile: style = say(QT_TRANSLATE_NOOP("WorkflowTexts", "cross-compilation")); break;
    }
    return platforms.isEmpty() ? style : QStringLiteral("%1 (%2)").arg(style, platforms.join(QStringLiteral(", ")));
}

QStringList wishArguments(const WorkflowWish& wish)
{
    QStringList words{wish.place, QStringLiteral("--workflow"), wish.workflow};
    const auto add = [&words](const char* name, const QString& value) {
        if (!value.isEmpty())
            words << QLatin1String(name) << value;
    };
    add("--branch", wish.branch);
    const char* const sources[] = {"generate", "history", "existing", "inputs"};
    if (wish.source != WorkflowSource::Generate)
        add("--source", QLatin1String(sources[int(wish.source)]));
    add("--from", wish.from);
    add("--as", wish.source == WorkflowSource::Existing ? QString() : wish.as);
    add("--runner", wish.runner);
    for (const QString& platform : wish.platforms)
        add("--platform", platform);
    for (const QString& runner : wish.runners)
        add("--runner", runner);
    for (const QString& rule : wish.paths)
        add("--paths", rule);
    add("--warm", wish.warm);
    for (const QString& input : wish.inputs)
        add("-f", input);
    const std::pair<bool, const char*> flags[] = {{wish.keepMatrix, "--keep-matrix"}, {wish.cheapest, "--cheapest"}, {wish.dispatch, "--dispatch"}, {wish.route == WorkflowRoute::Commit, "--direct"},
                                                  {wish.route == WorkflowRoute::Trial, "--trial-only"}, {wish.trial && wish.route == WorkflowRoute::PullRequest, "--trial"}, {wish.publish, "--publish"}};
    for (const auto& [on, flag] : flags) {
        if (on)
            words << QLatin1String(flag);
    }
    return words;
}

QString wishCommand(const WorkflowWish& wish)
{
    QString line = wish.rollback ? QStringLiteral("layerline rollback") : QStringLiteral("layerline migrate");
    for (const QString& word : wishArguments(wish))
        line += QLatin1Char(' ') + shellQuoted(word.toStdString());
    return line + QStringLiteral(" --write");
}

Result<WorkflowRequest> requestOf(const WorkflowWish& wish)
{
    auto request = parseWorkflowRequest(wish.rollback, wishArguments(wish));
    if (!request)
        return request;
    // Whatever folders lie around: the place is what was chosen.
    request->remote = !wish.local;
    request->place = wish.place;
    request->write = true;
    return request;
}

WorkflowSurvey surveyOf(const WorkflowWorld& world, const WorkflowWish& wish, const RunnerTable& runners)
{
    WorkflowSurvey survey;
    survey.workflow = world.file;
    survey.branch = qt(world.base);
    for (const WorkflowFile& file : world.files) {
        if (file.path.startsWith(QLatin1String(".github/workflows/")))
            survey.workflows << file.path;
    }
    const std::string& text = world.find(world.file)->text;
    if (const auto summary = summaryOf(text, runners, world.files, world.bake))
        survey.style = say(QT_TRANSLATE_NOOP("WorkflowTexts", "Now: %1")).arg(styleText(*summary));
    MigrateOptions migration;
    migration.bake = world.bake;
    survey.sources.push_back(madeRow(WorkflowSource::Generate, wish.rollback, wish.rollback ? rollbackToQemu(text, runners) : migrateToNative(text, runners, migration)));
    survey.sources.push_back(historyRow(world, text, wish.rollback));
    if (!wish.rollback)
        return survey;
    WorkflowSourceRow existing{WorkflowSource::Existing, {}, {}};
    for (const QString& path : existingQemu(world, runners))
        existing.choices.push_back({path, path.section(QLatin1Char('/'), -1)});
    if (existing.choices.empty())
        existing.problem = sourceProblem(WorkflowSource::Existing, true, Error{ErrorKind::NotFound, {}, false});
    survey.sources.push_back(existing);
    survey.sources.push_back(madeRow(WorkflowSource::Inputs, true, flipBuilderInputs(text, runners)));
    return survey;
}

QString trialProblemOf(const RewriteOrder& order)
{
    if (order.plan.targetExists)
        return {};
    return say(QT_TRANSLATE_NOOP("WorkflowTexts", "GitHub starts a workflow only when its file is on %1 too: a new file can be tried after it is merged.")).arg(qt(order.defaultBranch));
}

WorkflowPreview previewOf(const RewriteOrder& order, const WorkflowWish& wish, const QString& server)
{
    const WorkflowPlan& plan = order.plan;
    WorkflowPreview preview;
    preview.target = plan.target;
    preview.newFile = !plan.targetExists;
    preview.unchanged = plan.targetExists && plan.edit.after == plan.targetBefore;
    preview.was = styleText(plan.edit.was);
    preview.becomes = styleText(plan.edit.becomes);
    preview.diff = qt(workflowDiff(plan));
    preview.warnings = sentences(plan.edit.warnings);
    preview.changes = sentences(plan.edit.changes);
    if (!plan.commit.empty())
        preview.changes.prepend(say(QT_TRANSLATE_NOOP("WorkflowTexts", "As it was in commit %1")).arg(qt(plan.commit)));
    preview.properties = propertyRows(plan.edit.differences);
    preview.command = wishCommand(wish);
    preview.trialProblem = wish.local ? QString() : trialProblemOf(order);
    preview.calls = wish.local ? say(QT_TRANSLATE_NOOP("WorkflowTexts", "%1 is written: %2 bytes. The old bytes are kept for taking it back.")).arg(QDir(wish.place).filePath(plan.target)).arg(plan.edit.after.size())
                               : callsText(order, server);
    if (wish.route == WorkflowRoute::Trial && !preview.trialProblem.isEmpty())
        preview.problem = preview.trialProblem;
    else if (preview.unchanged && (wish.local || plan.source != RollbackSource::Existing))
        preview.problem = say(QT_TRANSLATE_NOOP("WorkflowTexts", "%1 is so already: there is nothing to write.")).arg(plan.target);
    return preview;
}

WorkflowStepRow stepRow(const RewriteStep& step, const RewriteOrder& order)
{
    const QString branch = qt(step.branch), target = order.plan.target.section(QLatin1Char('/'), -1), base = qt(order.base);
    WorkflowStepRow row;
    row.state = WorkflowStepRow::State(int(step.state));
    row.call = qt(step.call);
    row.detail = step.state == RewriteState::Pending || step.state == RewriteState::Running ? QString() : ownWords(step.detail);
    if (step.name == "branch" || step.name == "trial-branch")
        row.text = say(QT_TRANSLATE_NOOP("WorkflowTexts", "Make the branch %1")).arg(branch);
    else if (step.name == "commit")
        row.text = say(QT_TRANSLATE_NOOP("WorkflowTexts", "Commit %1 to %2")).arg(target, branch);
    else if (step.name == "trial-commit")
        row.text = order.request.publish ? say(QT_TRANSLATE_NOOP("WorkflowTexts", "Commit %1 to %2")).arg(target, branch)
                                         : say(QT_TRANSLATE_NOOP("WorkflowTexts", "Commit %1, without publishing, to %2")).arg(target, branch);
    else if (step.name == "pull-request")
        row.text = say(QT_TRANSLATE_NOOP("WorkflowTexts", "Open a pull request against %1")).arg(base);
    else if (step.name == "trial-run" || step.name == "run")
        row.text = say(QT_TRANSLATE_NOOP("WorkflowTexts", "Start %1 on %2 and find its run")).arg(target, branch);
    else if (step.name == "delete-branch")
        row.text = say(QT_TRANSLATE_NOOP("WorkflowTexts", "Delete the branch %1")).arg(branch);
    else if (step.name == "restore")
        row.text = say(QT_TRANSLATE_NOOP("WorkflowTexts", "Put the original %1 back on %2")).arg(target, branch);
    else
        row.text = say(QT_TRANSLATE_NOOP("WorkflowTexts", "Read %1 on %2: it is the original, byte for byte")).arg(target, base);
    if (row.detail == branch || row.detail == base)
        row.detail.clear();
    return row;
}

QString stopText(const Error& error, bool remote)
{
    const QString detail = ownWords(error.detail);
    switch (error.kind) {
    case ErrorKind::Unreachable: return say(QT_TRANSLATE_NOOP("WorkflowTexts", "GitHub can't be reached (%1). What is done stays; it can go on from here.")).arg(detail);
    case ErrorKind::Permission:
        return remote ? say(QT_TRANSLATE_NOOP("WorkflowTexts", "GitHub refused it: %1. The token needs contents, workflows and pull requests: write. What is done stays; it can go on from here.")).arg(detail)
                      : say(QT_TRANSLATE_NOOP("WorkflowTexts", "It can't be written: %1")).arg(detail);
    case ErrorKind::Timeout: return say(QT_TRANSLATE_NOOP("WorkflowTexts", "No answer in time: %1. It can go on from here.")).arg(detail);
    default: break;
    }
    return remote ? say(QT_TRANSLATE_NOOP("WorkflowTexts", "It stopped: %1. What is done stays; it can go on from here, or be taken back.")).arg(detail) : detail;
}

} // namespace layerline
