#include "app/cli/presets.h"

#include "analysis/client_command.h"
#include "analysis/report.h"
#include "app/cli/cli.h"
#include "app/cli/output.h"
#include "app/cli/plan.h"
#include "app/tasks/build_presets.h"
#include "app/tasks/form_plan.h"
#include "app/tasks/settings_store.h"
#include "domain/secret_names.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace layerline {

namespace {

using Json = nlohmann::ordered_json;

QString presetFile() { return SettingsStore(SettingsStore::defaultFile()).fileBeside(QStringLiteral("presets.json")); }

PresetStore store() { return PresetStore(presetFile()); }

std::string projectAt(const std::string& what)
{
    BuildForm form;
    form.context = what;
    return projectOf(form);
}

int fail(const Error& error, int status = ExitUsage)
{
    printError(error);
    return status;
}

/// A file below the folder by its name there, as the window's form says it.
std::string below(const std::string& folder, const std::string& file)
{
    const bool inside = file.compare(0, folder.size() + 1, folder + "/") == 0;
    return inside ? file.substr(folder.size() + 1) : file;
}

/// The client's command, and what it does not show.
std::string textOf(const BuildForm& form)
{
    BuildPlan plan;
    HandOver handOver;
    applyPreset(form, plan, handOver);
    plan.context = maskedText(plan.context);
    std::erase_if(plan.secrets, [](const PlanSecret& secret) { return !secret.answered(); });
    std::string text = "    " + commandText(commandOf(plan)) + "\n";
    if (form.keepGoing)
        text += "    one build a platform: when one fails the others finish\n";
    for (const std::string& id : form.secretIds)
        text += "    asks for the secret \"" + printableLine(id) + "\"\n";
    return text;
}

struct Named {
    std::string name;
    BuildForm form;
};

/// `written`: that something was saved or deleted, or would be; empty for a list.
void printPresets(const std::string& project, const std::vector<Named>& presets, const std::string& lastUsed, bool json, std::optional<bool> written = {})
{
    if (!json) {
        for (const Named& preset : presets)
            tell("%s%s\n%s", printableLine(preset.name).c_str(), preset.name == lastUsed ? "  (used last)" : "", textOf(preset.form).c_str());
        return;
    }
    Json list = Json::array();
    for (const Named& preset : presets) {
        Json entry{{"name", preset.name}, {"last_used", preset.name == lastUsed}};
        entry.update(presetJson(preset.form));
        list.push_back(std::move(entry));
    }
    Json document{{"schema", 1}, {"project", maskedText(project)}, {"file", presetFile().toStdString()}, {"presets", list}};
    if (written)
        document["written"] = *written;
    printJson(document);
}

/// Could the file be written, as far as that is known without doing it?
Result<void> writable(const QString& path)
{
    QFileInfo folder(QFileInfo(path).absolutePath());
    while (!folder.exists() && !folder.isRoot())
        folder.setFile(folder.absolutePath());
    if (folder.isDir() && folder.isWritable())
        return {};
    return Error{ErrorKind::Permission, "cannot write " + path.toStdString(), false};
}

int deletePreset(const std::string& project, const std::string& name, bool dryRun, bool json)
{
    const auto form = presetFor(project, name);
    if (!form)
        return fail(form.error());
    if (!dryRun) {
        if (const auto removed = store().remove(project, name); !removed)
            return fail(removed.error(), ExitProblem);
    }
    if (!json)
        tell("%s of %s %s:\n", printableLine(name).c_str(), maskedText(project).c_str(), dryRun ? "would be deleted" : "is deleted");
    printPresets(project, {{name, form.value()}}, {}, json, !dryRun);
    return ExitOk;
}

} // namespace

Result<BuildForm> presetFor(const std::string& what, const std::string& name)
{
    const std::string project = projectAt(what);
    auto form = store().load(project, name);
    if (form) {
        BuildForm given;
        given.context = what;
        if (isRemoteContext(project)) { // what is kept is without its credentials
            form->context = project;
        } else if (contextOf(given) != project) { // one file of the folder
            form->context = contextOf(given);
            form->dockerfile.clear();
        }
        return form;
    }
    const auto names = store().names(project);
    if (form.error().kind != ErrorKind::NotFound || !names || names->empty())
        return form.error();
    std::string list;
    for (const std::string& other : names.value())
        list += (list.empty() ? "" : ", ") + other;
    return Error{ErrorKind::NotFound, form.error().detail + "; there are: " + list, false};
}

void applyPreset(const BuildForm& form, BuildPlan& plan, HandOver& handOver)
{
    apply(form, plan, handOver);
    for (const std::string& id : form.secretIds)
        plan.secrets.push_back({id, {}, {}});
}

Result<BuildForm> formToKeep(const BuildPlan& plan, const std::string& what, const std::vector<std::string>& files)
{
    const auto severalLines = [](const PlanArgument& argument) { return argument.value && argument.value->find('\n') != std::string::npos; };
    const std::pair<const char*, bool> unkept[] = {
        {"--label", !plan.labels.empty()}, {"--network", !plan.network.empty()}, {"--allow", !plan.entitlements.empty()},
        {"a --build-arg of several lines", std::any_of(plan.arguments.begin(), plan.arguments.end(), severalLines)}, {"--ssh", !plan.ssh.empty()}, {"--no-provenance", plan.noProvenance}, {"--set", plan.bake && !plan.bake->overrides.empty()},
        {"a second --file", files.size() > 1}};
    std::string list;
    for (const auto& [option, given] : unkept)
        list += given ? (list.empty() ? "" : ", ") + std::string(option) : std::string();
    if (!list.empty())
        return Error{ErrorKind::BadInput, "a preset does not hold " + list + ": give it beside --preset", false};
    std::vector<PlatformChoice> platforms;
    for (const Platform& platform : plan.platforms) {
        PlatformChoice choice;
        choice.platform = platform;
        choice.chosen = true;
        choice.where = PlatformChoice::Where::Unknown;
        platforms.push_back(std::move(choice));
    }
    BuildForm form = formOf(plan, std::move(platforms));
    form.context = what;
    form.context = contextOf(form);
    form.dockerfile = files.empty() ? std::string() : files.front();
    const std::string project = projectOf(form);
    if (!form.dockerfile.empty() && !isRemoteContext(project))
        form.dockerfile = below(project, absolutePath(QDir::currentPath().toStdString(), form.dockerfile));
    for (const std::string& target : plan.bake ? plan.bake->targets : std::vector<std::string>{})
        form.target += (form.target.empty() ? "" : " ") + target;
    for (const PlanSecret& secret : plan.secrets)
        form.secretIds.push_back(secret.id);
    return form;
}

int savePreset(const std::string& name, const BuildForm& form, bool dryRun, bool json)
{
    const std::string project = projectOf(form);
    if (name.empty() || project.empty())
        return fail({ErrorKind::BadInput, "--save-preset wants a name", false});
    const auto there = store().load(project, name);
    const bool replaces = there.ok();
    if (!there && there.error().kind != ErrorKind::NotFound)
        return fail(there.error(), ExitProblem);
    if (dryRun) {
        if (const auto can = writable(presetFile()); !can)
            return fail(can.error(), ExitProblem);
    } else {
        if (const auto saved = store().save(project, name, form); !saved)
            return fail(saved.error(), ExitProblem);
    }
    if (!json)
        tell("%s of %s %s%s:\n", printableLine(name).c_str(), maskedText(project).c_str(), dryRun ? "would be kept" : "is kept",
             !replaces ? "" : dryRun ? " in the place of the one there is" : " in the place of the one there was");
    // As it comes back: without what is not kept.
    const auto kept = dryRun ? Result<BuildForm>(form) : store().load(project, name);
    printPresets(project, {{name, kept ? kept.value() : form}}, {}, json, !dryRun);
    return ExitOk;
}

void rememberPreset(const std::string& what, const std::string& name)
{
    if (const auto kept = store().setLastUsed(projectAt(what), name); !kept)
        printError(kept.error());
}

OptionTable presetsCommandOptions()
{
    return {{"delete", "NAME", "Delete this one."}, {"dry-run", nullptr, "Only say what would be deleted."}, {"json", nullptr, "JSON, schema 1."}};
}

int runPresetsTool(QCoreApplication&, const QStringList& arguments)
{
    QCommandLineParser parser;
    addOptions(parser, presetsCommandOptions());
    int status = ExitOk;
    if (!parsePlanArguments(parser, arguments, status))
        return status;
    const QStringList words = parser.positionalArguments();
    if (words.size() > 1)
        return fail({ErrorKind::BadInput, "\"" + words.at(1).toStdString() + "\" is one argument too many", false});
    const std::string project = projectAt(words.isEmpty() ? "." : words.first().toStdString());
    const bool json = parser.isSet(QStringLiteral("json"));
    if (parser.isSet(QStringLiteral("delete")))
        return deletePreset(project, valueOf(parser, "delete"), parser.isSet(QStringLiteral("dry-run")), json);
    const auto names = store().names(project);
    if (!names)
        return fail(names.error());
    std::vector<Named> presets;
    for (const std::string& name : names.value()) {
        if (auto form = store().load(project, name))
            presets.push_back({name, std::move(form).value()});
    }
    if (presets.empty() && !json)
        tell("No presets of %s.\n", maskedText(project).c_str());
    printPresets(project, presets, store().lastUsed(project), json);
    return ExitOk;
}

} // namespace layerline
