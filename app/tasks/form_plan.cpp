#include "app/tasks/form_plan.h"

#include "analysis/client_command.h"
#include "app/tasks/build_place.h"
#include "domain/secret_names.h"

#include <QDir>
#include <QFileInfo>

#include <sstream>

namespace layerline {

namespace {

NamedValue named(const std::string& text)
{
    const auto equals = text.find('=');
    return {text.substr(0, equals), equals == std::string::npos ? std::string() : text.substr(equals + 1)};
}

std::vector<std::string> wordsOf(const std::string& text)
{
    std::istringstream stream(text);
    std::vector<std::string> words;
    for (std::string word; stream >> word;)
        words.push_back(word);
    return words;
}

/// The form has one argument a line: a value of several lines stays as it was.
bool isShown(const PlanArgument& argument) { return !argument.value || argument.value->find('\n') == std::string::npos; }

void applyArguments(const std::vector<std::string>& given, BuildPlan& plan, HandOver& handOver)
{
    std::erase_if(plan.arguments, [](const PlanArgument& argument) { return isShown(argument); });
    for (const std::string& text : given) {
        auto [name, value] = named(text);
        const bool secret = looksSecret(name, value);
        if (secret)
            handOver.variables[name] = value;
        const bool open = secret || text.find('=') == std::string::npos;
        plan.arguments.push_back({name, open ? std::optional<std::string>() : value});
    }
}

} // namespace

std::string contextOf(const BuildForm& form)
{
    const std::string& context = form.context;
    if (context.empty() || context == "-" || isRemoteContext(context))
        return context;
    if (context == "~" || context.compare(0, 2, "~/") == 0)
        return QDir::homePath().toStdString() + context.substr(1);
    return absolutePath(QDir::currentPath().toStdString(), context);
}

std::string projectOf(const BuildForm& form)
{
    const std::string what = contextOf(form);
    const QFileInfo info(QString::fromStdString(what));
    return !isRemoteContext(what) && info.isFile() ? info.absolutePath().toStdString() : what;
}

BuildForm formOf(const BuildPlan& plan, std::vector<PlatformChoice> platforms)
{
    BuildForm form;
    form.context = plan.context;
    form.dockerfile = plan.dockerfile;
    form.target = plan.target;
    form.builder = plan.builder;
    form.tags = plan.tags;
    form.platforms = std::move(platforms);
    form.push = plan.push;
    form.load = plan.load;
    form.noCache = plan.noCache;
    form.pull = plan.pull;
    for (const PlanArgument& argument : plan.arguments) {
        if (isShown(argument))
            form.arguments.push_back(argument.value ? argument.name + "=" + *argument.value : argument.name);
    }
    for (const auto& [name, value] : plan.contexts)
        form.contexts.push_back(name + "=" + value);
    form.cacheFrom = plan.cacheFrom;
    form.cacheTo = plan.cacheTo;
    form.outputs = plan.outputs;
    return form;
}

void apply(const BuildForm& form, BuildPlan& plan, HandOver& handOver, bool again)
{
    plan.target = form.target;
    plan.builder = form.builder;
    plan.tags = form.tags;
    plan.platforms = form.chosen();
    plan.push = form.push;
    plan.load = form.load;
    plan.noCache = form.noCache;
    plan.pull = form.pull;
    plan.cacheFrom = form.cacheFrom;
    plan.cacheTo = form.cacheTo;
    plan.outputs = form.outputs;
    applyArguments(form.arguments, plan, handOver);
    if (form.wholeCall) { // where it is started and what it reads stays
        if (plan.bake)
            plan.bake->targets = wordsOf(form.target);
        plan.target.clear();
        plan.tags.clear();
        return;
    }
    const std::string what = contextOf(form), folder = projectOf(form);
    plan.contexts.clear();
    for (const std::string& text : form.contexts) {
        auto [name, value] = named(text);
        const bool path = !value.empty() && value.find(':') == std::string::npos && !isRemoteContext(value);
        plan.contexts.emplace_back(name, path ? absolutePath(folder, value) : value);
    }
    std::vector<std::string> files;
    if (!form.dockerfile.empty())
        files = {form.dockerfile};
    else if (again && !isRemoteContext(what) && !what.empty())
        files = {"Dockerfile"}; // a build made again does not become another because a bake file came
    setPlace(placeOf(what, files, folder), plan);
    if (again && form.dockerfile.empty())
        plan.dockerfile.clear();
    if (plan.workingDirectory.empty() && !isRemoteContext(what) && !(plan.outputs.empty() && plan.cacheFrom.empty() && plan.cacheTo.empty()))
        plan.workingDirectory = folder;
    if (!plan.bake)
        return;
    plan.bake->targets = wordsOf(form.target);
    plan.target.clear();
    plan.tags.clear(); // the file names them
}

} // namespace layerline
