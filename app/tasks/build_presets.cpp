#include "app/tasks/build_presets.h"

#include "analysis/build_plan.h"
#include "app/tasks/form_plan.h"
#include "domain/secret_names.h"

#include <nlohmann/json.hpp>

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>

#include <memory>

namespace layerline {

namespace {

using Json = nlohmann::json;

constexpr qint64 mostBytes = 4 << 20;

/// Without credentials: those of an address are not kept, nor an entry that has some.
std::string keyOf(const std::string& project) { return maskedText(project); }

Result<Json> readAll(const QString& path)
{
    QFile file(path);
    if (path.isEmpty() || !file.exists())
        return Json{{"schema", 1}, {"projects", Json::object()}};
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) // a pipe would be waited for
        return Error{ErrorKind::Permission, "cannot read " + path.toStdString(), false};
    const QByteArray bytes = file.read(mostBytes + 1);
    Json document = Json::parse(bytes.begin(), bytes.end(), nullptr, false);
    const bool sound = bytes.size() <= mostBytes && document.is_object() && document.contains("projects") && document["projects"].is_object();
    if (!sound)
        return Error{ErrorKind::BadInput, path.toStdString() + " is damaged: move it away to begin anew", false};
    return document;
}

Result<void> writeAll(const QString& path, const Json& document)
{
    const std::string text = document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
    QDir().mkpath(QFileInfo(path).absolutePath());
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly) && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(text.data(), qint64(text.size())) == qint64(text.size()) && file.commit();
    if (!written)
        return Error{ErrorKind::Permission, "cannot write " + path.toStdString() + ": " + file.errorString().toStdString(), false};
    return {};
}

/// Held from reading to writing: what another program keeps meanwhile is not lost. Permission when it can't be had.
Result<std::unique_ptr<QLockFile>> locked(const QString& path, std::chrono::milliseconds patience)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    auto lock = std::make_unique<QLockFile>(path + QStringLiteral(".lock"));
    // In short pieces: within one call Qt asks ever more rarely, and several who wait in step would wait for seconds.
    const QDeadlineTimer deadline(patience);
    do {
        if (lock->tryLock(20))
            return lock;
    } while (lock->error() == QLockFile::LockFailedError && !deadline.hasExpired());
    const bool held = lock->error() == QLockFile::LockFailedError;
    return Error{ErrorKind::Permission, "cannot write " + path.toStdString() + (held ? ": another program holds " + path.toStdString() + ".lock" : ""), held};
}

/// NAME=VALUE without a value that looks secret: then the name alone, whose value comes from the environment.
Json argumentsJson(const std::vector<std::string>& arguments)
{
    Json list = Json::array();
    for (const std::string& text : arguments) {
        const auto equals = text.find('=');
        const std::string name = text.substr(0, equals), value = equals == std::string::npos ? std::string() : text.substr(equals + 1);
        list.push_back(looksSecret(name, value) ? name : text);
    }
    return list;
}

/// Only what has no credentials in it.
Json openTexts(const std::vector<std::string>& texts)
{
    Json list = Json::array();
    for (const std::string& text : texts) {
        if (maskedText(text) == text && !looksSecret("", text))
            list.push_back(text);
    }
    return list;
}

std::string textOf(const Json& object, const char* key)
{
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::vector<std::string> textsOf(const Json& object, const char* key)
{
    std::vector<std::string> texts;
    const auto at = object.find(key);
    for (const Json& entry : at != object.end() && at->is_array() ? *at : Json::array()) {
        if (entry.is_string())
            texts.push_back(entry.get<std::string>());
    }
    return texts;
}

bool isSet(const Json& object, const char* key)
{
    const auto at = object.find(key);
    return at != object.end() && at->is_boolean() && at->get<bool>();
}

/// What a hand-made file gets wrong counts as not said.
BuildForm formOfJson(const Json& object)
{
    BuildForm form;
    form.context = textOf(object, "context");
    form.dockerfile = textOf(object, "dockerfile");
    form.target = textOf(object, "target");
    form.builder = textOf(object, "builder");
    form.tags = textsOf(object, "tags");
    for (const std::string& text : textsOf(object, "platforms")) {
        if (const auto platform = parsePlatform(text)) {
            PlatformChoice choice;
            choice.platform = *platform;
            choice.chosen = true;
            choice.where = PlatformChoice::Where::Unknown;
            form.platforms.push_back(std::move(choice));
        }
    }
    form.push = isSet(object, "push");
    form.load = isSet(object, "load");
    form.keepGoing = isSet(object, "keep_going");
    form.noCache = isSet(object, "no_cache");
    form.pull = isSet(object, "pull");
    if (const auto at = object.find("at_most"); at != object.end() && at->is_number_integer() && at->get<int>() > 0 && at->get<int>() < 100)
        form.atMost = at->get<int>();
    form.arguments = textsOf(object, "arguments");
    form.contexts = textsOf(object, "contexts");
    form.cacheFrom = textsOf(object, "cache_from");
    form.cacheTo = textsOf(object, "cache_to");
    form.outputs = textsOf(object, "outputs");
    form.secretIds = textsOf(object, "secret_ids");
    return form;
}

std::string lastIn(const Json& document, const std::string& project)
{
    const auto last = document.find("last");
    return last != document.end() && last->is_object() ? textOf(*last, keyOf(project).c_str()) : std::string();
}

} // namespace

nlohmann::ordered_json presetJson(const BuildForm& form)
{
    Json platforms = Json::array();
    for (const Platform& platform : form.chosen())
        platforms.push_back(platform.str());
    return {{"context", maskedText(form.context)}, {"dockerfile", maskedText(form.dockerfile)}, {"target", form.target}, {"builder", form.builder},
            {"tags", form.tags}, {"platforms", platforms}, {"push", form.push}, {"load", form.load}, {"keep_going", form.keepGoing},
            {"no_cache", form.noCache}, {"pull", form.pull}, {"at_most", form.atMost}, {"arguments", argumentsJson(form.arguments)},
            {"contexts", openTexts(form.contexts)}, {"cache_from", openTexts(form.cacheFrom)}, {"cache_to", openTexts(form.cacheTo)},
            {"outputs", openTexts(form.outputs)}, {"secret_ids", form.secretIds}};
}

std::string presetCommandText(const BuildForm& form, const std::string& name)
{
    const nlohmann::json kept = presetJson(form); // without what is not kept
    const std::string project = projectOf(form);
    const bool here = !isRemoteContext(project) && !project.empty(); // relative paths lie below the folder
    std::vector<std::string> words{"layerline", "build", here && contextOf(form) == project ? "." : maskedText(contextOf(form))};
    const auto one = [&](const char* option, const std::string& value) {
        if (!value.empty())
            words.insert(words.end(), {option, value});
    };
    const auto each = [&](const char* option, const char* key, const std::string& before = {}) {
        for (const auto& value : kept[key])
            one(option, before + value.get<std::string>());
    };
    BuildPlan plan;
    HandOver none;
    apply(form, plan, none);
    one("--file", kept["dockerfile"].get<std::string>());
    if (!plan.bake)
        one("--target", form.target);
    one("--builder", form.builder);
    if (!plan.bake)
        each("--tag", "tags");
    each("--platform", "platforms");
    each("--build-arg", "arguments");
    each("--build-context", "contexts");
    each("--cache-from", "cache_from");
    each("--cache-to", "cache_to");
    each("--output", "outputs");
    each("--secret", "secret_ids", "id=");
    for (const auto& [option, given] : {std::pair("--push", form.push), {"--load", form.load}, {"--keep-going", form.keepGoing}, {"--no-cache", form.noCache}, {"--pull", form.pull}}) {
        if (given)
            words.emplace_back(option);
    }
    if (form.atMost != BuildForm().atMost)
        one("--at-most", std::to_string(form.atMost));
    one("--save-preset", name);
    if (plan.bake)
        words.insert(words.end(), plan.bake->targets.begin(), plan.bake->targets.end());
    return (here ? "cd " + quotedForShell(project) + " && " : std::string()) + commandText(words);
}

Result<std::vector<std::string>> PresetStore::names(const std::string& project) const
{
    const auto document = readAll(m_file);
    if (!document)
        return document.error();
    std::vector<std::string> names;
    const Json& projects = document.value()["projects"];
    const auto at = projects.find(keyOf(project));
    if (at == projects.end() || !at->is_object())
        return names;
    for (const auto& [name, form] : at->items()) {
        if (form.is_object())
            names.push_back(name);
    }
    return names;
}

Result<BuildForm> PresetStore::load(const std::string& project, const std::string& name) const
{
    const auto document = readAll(m_file);
    if (!document)
        return document.error();
    const Json& projects = document.value()["projects"];
    const auto at = projects.find(keyOf(project));
    if (at == projects.end() || !at->is_object() || !at->contains(name) || !(*at)[name].is_object())
        return Error{ErrorKind::NotFound, "there is no preset \"" + name + "\" of " + keyOf(project), false};
    return formOfJson((*at)[name]);
}

Result<void> PresetStore::save(const std::string& project, const std::string& name, const BuildForm& form) const
{
    if (name.empty() || project.empty())
        return Error{ErrorKind::BadInput, name.empty() ? "a preset needs a name" : "a preset belongs to a folder: choose one first", false};
    if (m_file.isEmpty())
        return Error{ErrorKind::Unsupported, "there is no folder for settings", false};
    const auto lock = locked(m_file, m_patience);
    if (!lock)
        return lock.error();
    auto document = readAll(m_file);
    if (!document)
        return document.error();
    Json& entry = document.value()["projects"][keyOf(project)];
    if (!entry.is_object())
        entry = Json::object();
    entry[name] = Json(presetJson(form));
    return writeAll(m_file, document.value());
}

Result<void> PresetStore::remove(const std::string& project, const std::string& name) const
{
    if (const auto known = load(project, name); !known)
        return known.error();
    const auto lock = locked(m_file, m_patience);
    if (!lock)
        return lock.error();
    auto document = readAll(m_file);
    if (!document)
        return document.error();
    Json& projects = document.value()["projects"];
    const auto at = projects.find(keyOf(project));
    if (at == projects.end() || !at->is_object() || at->erase(name) == 0)
        return Error{ErrorKind::NotFound, "there is no preset \"" + name + "\" of " + keyOf(project), false};
    if (at->empty())
        projects.erase(at);
    if (lastIn(document.value(), project) == name)
        document.value()["last"].erase(keyOf(project));
    return writeAll(m_file, document.value());
}

std::string PresetStore::lastUsed(const std::string& project) const
{
    const auto document = readAll(m_file);
    const std::string name = document ? lastIn(document.value(), project) : std::string();
    return !name.empty() && load(project, name) ? name : std::string();
}

Result<void> PresetStore::setLastUsed(const std::string& project, const std::string& name) const
{
    if (const auto before = readAll(m_file); !before)
        return before.error();
    else if (m_file.isEmpty() || lastIn(before.value(), project) == name)
        return {};
    const auto lock = locked(m_file, m_patience);
    if (!lock)
        return lock.error();
    auto document = readAll(m_file);
    if (!document)
        return document.error();
    Json& last = document.value()["last"];
    if (!last.is_object())
        last = Json::object();
    last[keyOf(project)] = name;
    if (name.empty())
        last.erase(keyOf(project));
    return writeAll(m_file, document.value());
}

} // namespace layerline
