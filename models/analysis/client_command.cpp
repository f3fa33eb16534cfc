#include "analysis/client_command.h"

#include "domain/secret_names.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <string_view>

namespace layerline {

namespace {

using Set = std::set<std::string_view>;

std::string baseName(const std::string& path)
{
    return path.substr(path.rfind('/') + 1);
}

/// Options before the verb that take a value of their own (docker's and buildx's).
const Set globalWithValue{"-H", "--host", "-c", "--context", "--config", "-l", "--log-level", "--tlscacert", "--tlscert", "--tlskey", "--builder"};

/// Options of `build` and `bake` that never take the next argument (but the old `build --print KIND`).
const Set flags{"--no-cache", "--pull", "--push", "--load", "-q", "--quiet", "--rm", "--force-rm", "--squash", "--compress", "--check",
                "-D", "--debug", "--detach", "--print", "--list-targets", "--list-variables", "--disable-content-trust", "--stream"};
struct Option {
    std::string name;
    std::string value;
    std::size_t at = 0;     ///< index of the name
    bool inlineValue = false;
};

/// What a command line consists of after its verb.
struct Parsed {
    bool bake = false;
    std::string builder;
    std::vector<Option> options;
    std::vector<std::string> positionals;
};

const char* longName(const std::string& shortName)
{
    static const std::vector<std::pair<std::string, const char*>> names{
        {"-f", "--file"}, {"-t", "--tag"}, {"-o", "--output"}, {"-q", "--quiet"}, {"-m", "--memory"}, {"-D", "--debug"}, {"-c", "--cpu-shares"}};
    for (const auto& [name, full] : names) {
        if (name == shortName)
            return full;
    }
    return nullptr;
}

/// Position of the first argument after the verb; 0 when it is no build.
std::size_t findVerb(const std::vector<std::string>& arguments, Parsed& parsed)
{
    const std::string program = arguments.empty() ? std::string() : baseName(arguments.front());
    if (program != "docker" && program != "docker-buildx" && program != "buildx" && program != "docker-buildx.exe")
        return 0;
    for (std::size_t at = 1; at < arguments.size(); ++at) {
        const std::string& argument = arguments[at];
        if (argument == "build" || argument == "b" || argument == "bake" || argument == "f") {
            parsed.bake = argument == "bake" || argument == "f";
            return at + 1;
        }
        if (argument == "buildx" || argument == "builder" || argument == "image")
            continue;
        if (argument.empty() || argument.front() != '-')
            return 0;
        if (argument.rfind("--builder=", 0) == 0)
            parsed.builder = argument.substr(10);
        if (globalWithValue.count(argument) && at + 1 < arguments.size()) {
            if (argument == "--builder")
                parsed.builder = arguments[at + 1];
            ++at;
        }
    }
    return 0;
}

Result<void> parse(const std::vector<std::string>& arguments, Parsed& parsed)
{
    const std::size_t first = findVerb(arguments, parsed);
    if (first == 0)
        return Error{ErrorKind::Unsupported, "not a build or bake of docker or buildx"};
    bool onlyPositionals = false;
    for (std::size_t at = first; at < arguments.size(); ++at) {
        const std::string& argument = arguments[at];
        if (onlyPositionals || argument.size() < 2 || argument.front() != '-') {
            parsed.positionals.push_back(argument);
            continue;
        }
        if (argument == "--") {
            onlyPositionals = true;
            continue;
        }
        Option option{argument, {}, at, false};
        const auto equals = argument.find('=');
        if (equals != std::string::npos) {
            option.name = argument.substr(0, equals);
            option.value = argument.substr(equals + 1);
            option.inlineValue = true;
        } else if (argument[1] != '-' && argument.size() > 2) {
            option.name = argument.substr(0, 2); // -tname
            option.value = argument.substr(2);
            option.inlineValue = true;
        }
        if (option.name[1] != '-') {
            if (const char* full = longName(option.name))
                option.name = full;
        }
        const bool flag = flags.count(option.name) && !(option.name == "--print" && !parsed.bake);
        if (!option.inlineValue && !flag) {
            if (at + 1 >= arguments.size())
                return Error{ErrorKind::BadInput, "the option " + option.name + " has no value"};
            option.value = arguments[++at];
        }
        if (option.name == "--builder")
            parsed.builder = option.value;
        parsed.options.push_back(std::move(option));
    }
    return {};
}

bool isTrue(const Option& option)
{
    return !option.inlineValue || (option.value != "false" && option.value != "0");
}

NamedValue splitNamed(const std::string& text)
{
    const auto equals = text.find('=');
    return {text.substr(0, equals), equals == std::string::npos ? std::string() : text.substr(equals + 1)};
}

PlanSecret secretOf(const std::string& text, const std::string& directory)
{
    PlanSecret secret;
    for (const auto& [key, value] : parseCsv(text)) {
        if (key == "id")
            secret.id = value;
        else if (key == "src" || key == "source")
            secret.file = absolutePath(directory, value);
        else if (key == "env")
            secret.env = value;
    }
    return secret;
}

std::string absoluteOutput(const std::string& text, const std::string& directory)
{
    auto fields = parseCsv(text);
    if (fields.size() == 1 && fields.front().second.empty() && text.find('=') == std::string::npos)
        return text == "-" ? text : csvOf({{"type", "local"}, {"dest", absolutePath(directory, text)}});
    for (auto& [key, value] : fields) {
        if (key == "dest" && value != "-")
            value = absolutePath(directory, value);
    }
    return csvOf(fields);
}

std::string absoluteContext(const std::string& value, const std::string& directory)
{
    return isRemoteContext(value) || value.find("://") != std::string::npos || value.rfind("target:", 0) == 0 || value == "-" ? value : absolutePath(directory, value);
}

/// Cache of type local names folders of the client's.
std::string absoluteCache(const std::string& text, const std::string& directory)
{
    auto fields = parseCsv(text);
    for (auto& [key, value] : fields) {
        if (key == "src" || key == "dest")
            value = absolutePath(directory, value);
    }
    return fields.size() == 1 && fields.front().second.empty() ? text : csvOf(fields);
}

void takePlain(const Option& option, BuildPlan& plan)
{
    const auto list = [&](const char* name, std::vector<std::string>& into) {
        if (option.name == name)
            into.push_back(option.value);
    };
    list("--tag", plan.tags);
    list("--attest", plan.attestations);
    list("--annotation", plan.annotations);
    list("--allow", plan.entitlements);
    list("--add-host", plan.hosts);
    list("--ulimit", plan.ulimits);
    list("--no-cache-filter", plan.noCacheFilter);
    if (option.name == "--target")
        plan.target = option.value;
    else if (option.name == "--network")
        plan.network = option.value;
    else if (option.name == "--shm-size")
        plan.shmSize = option.value;
    else if (option.name == "--cgroup-parent")
        plan.cgroupParent = option.value;
    else if (option.name == "--no-cache")
        plan.noCache = isTrue(option);
    else if (option.name == "--pull")
        plan.pull = isTrue(option);
    else if (option.name == "--push")
        plan.push = isTrue(option);
    else if (option.name == "--load")
        plan.load = isTrue(option);
    else if (option.name == "--provenance" && option.value == "false")
        plan.noProvenance = true;
    else if (option.name == "--provenance" || option.name == "--sbom")
        plan.attestations.push_back("type=" + option.name.substr(2) + (option.value == "true" ? "" : option.value == "false" ? ",disabled=true" : "," + option.value));
}

void takeWithPaths(const Option& option, const std::string& directory, BuildPlan& plan)
{
    if (option.name == "--platform") {
        for (const Platform& platform : parsePlatformList(option.value))
            plan.platforms.push_back(platform);
    } else if (option.name == "--build-arg") {
        const auto equals = option.value.find('=');
        plan.arguments.push_back({option.value.substr(0, equals), equals == std::string::npos ? std::nullopt : std::optional(option.value.substr(equals + 1))});
    } else if (option.name == "--label") {
        plan.labels.push_back(splitNamed(option.value));
    } else if (option.name == "--build-context") {
        auto named = splitNamed(option.value);
        named.second = absoluteContext(named.second, directory);
        plan.contexts.push_back(std::move(named));
    } else if (option.name == "--secret") {
        plan.secrets.push_back(secretOf(option.value, directory));
    } else if (option.name == "--ssh") {
        const auto [id, paths] = splitNamed(option.value);
        plan.ssh.push_back({id, paths});
    } else if (option.name == "--cache-from") {
        plan.cacheFrom.push_back(absoluteCache(option.value, directory));
    } else if (option.name == "--cache-to") {
        plan.cacheTo.push_back(absoluteCache(option.value, directory));
    } else if (option.name == "--output") {
        plan.outputs.push_back(absoluteOutput(option.value, directory));
    }
}

/// "*.args.NPM_TOKEN=abc": does it hold a secret?
bool overrideLooksSecret(const std::string& text)
{
    const auto [key, value] = splitNamed(text);
    const auto dot = key.rfind('.');
    return looksSecret(dot == std::string::npos ? key : key.substr(dot + 1), value);
}

bool variableLooksSecret(const std::string& text)
{
    const auto [name, value] = splitNamed(text);
    return looksSecret(name, value);
}

/// "type=s3,secret_access_key=abc" with its secret-looking fields masked; as it is when there are none.
std::string maskedCsv(const std::string& text)
{
    std::vector<NamedValue> fields = parseCsv(text);
    bool found = false;
    for (auto& [key, value] : fields) {
        if (looksSecret(key, value)) {
            value = secretMask;
            found = true;
        }
    }
    return found ? csvOf(fields) : text;
}

BuildPlan bakePlan(const Parsed& parsed, const std::string& directory)
{
    BuildPlan plan;
    PlanBake bake;
    bake.targets = parsed.positionals;
    for (const Option& option : parsed.options) {
        if (option.name == "--file")
            bake.files.push_back(option.value == "-" || isRemoteContext(option.value) ? option.value : absolutePath(directory, option.value));
        else if (option.name == "--set")
            bake.overrides.push_back(option.value);
        else if (option.name == "--var")
            bake.variables.push_back(option.value);
        else
            takePlain(option, plan);
    }
    plan.bake = std::move(bake);
    return plan;
}

BuildPlan planOf(const Parsed& parsed, const std::string& directory)
{
    BuildPlan plan;
    if (parsed.bake) {
        plan = bakePlan(parsed, directory);
    } else {
        std::string file;
        for (const Option& option : parsed.options) {
            takePlain(option, plan);
            takeWithPaths(option, directory, plan);
            if (option.name == "--file")
                file = option.value;
        }
        plan.context = absoluteContext(parsed.positionals.empty() ? "." : parsed.positionals.back(), directory);
        const bool asGiven = file.empty() || file == "-" || plan.remoteContext() || isRemoteContext(file);
        plan.dockerfile = asGiven ? file : absolutePath(directory, file);
    }
    plan.builder = parsed.builder;
    plan.workingDirectory = directory;
    return plan;
}

/// The folder, Dockerfile and target a client works on; bake's are known to the bake file only.
bool fits(const Parsed& parsed, const ClientCommand& client, const LocalState& state, const std::string& builder, Timestamp created)
{
    constexpr std::int64_t longestNs = 600'000'000'000, slackNs = 2'000'000'000;
    if (!client.started || client.started->ns > created.ns + slackNs || created.ns - client.started->ns > longestNs)
        return false;
    if (!parsed.builder.empty() && !builder.empty() && parsed.builder != builder)
        return false;
    // Only bake gives its calls a group (a single target may have none) and its targets names of their own.
    const bool bakedState = !state.groupRef.empty() || (!state.target.empty() && state.target != "default");
    if (parsed.bake || bakedState)
        return parsed.bake && bakedState;
    const BuildPlan plan = planOf(parsed, client.directory);
    if (!isNotedAs(plan.context, client.directory, state.localPath))
        return false;
    if (plan.dockerfile.empty())
        return state.dockerfilePath.empty() || state.dockerfilePath == state.localPath + "/Dockerfile" || plan.remoteContext();
    return plan.dockerfile == state.dockerfilePath;
}

} // namespace

bool isNotedAs(const std::string& context, const std::string& directory, const std::string& noted)
{
    // buildx 0.13 notes a URL as if it were a path below the working directory.
    return context == noted || (isRemoteContext(context) && absolutePath(directory, context) == noted);
}

std::string absolutePath(const std::string& directory, const std::string& path)
{
    const std::string whole = !path.empty() && path.front() == '/' ? path : directory + "/" + path;
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin < whole.size();) {
        const std::size_t end = std::min(whole.find('/', begin), whole.size());
        const std::string part = whole.substr(begin, end - begin);
        if (part == "..") {
            if (!parts.empty())
                parts.pop_back();
        } else if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
        begin = end + 1;
    }
    std::string out;
    for (const std::string& part : parts)
        out += "/" + part;
    return out.empty() ? "/" : out;
}

Result<BuildPlan> parseClientCommand(const ClientCommand& command)
{
    Parsed parsed;
    if (const auto read = parse(command.arguments, parsed); !read)
        return read.error();
    return planOf(parsed, command.directory);
}

std::vector<std::string> maskedArguments(std::vector<std::string> arguments)
{
    return withoutSecrets({std::move(arguments), {}, {}}).arguments;
}

ClientCommand withoutSecrets(ClientCommand command)
{
    Parsed parsed;
    if (parse(command.arguments, parsed)) {
        for (const Option& option : parsed.options) {
            std::string kept = option.value;
            if (option.name == "--build-arg") {
                const auto [name, value] = splitNamed(option.value);
                kept = looksSecret(name, value) ? name : option.value;
            } else if ((option.name == "--set" && overrideLooksSecret(option.value)) || (option.name == "--var" && variableLooksSecret(option.value))) {
                kept = splitNamed(option.value).first + "=" + secretMask;
            } else if (option.name == "--label") {
                const auto [name, value] = splitNamed(option.value);
                kept = name + "=" + maskedValue(name, value);
            } else if (option.name == "--set") {
                const auto [key, value] = splitNamed(option.value);
                kept = key + "=" + maskedCsv(value);
            } else if (option.name == "--output" || option.name == "--cache-to" || option.name == "--cache-from") {
                kept = maskedCsv(option.value);
            }
            if (kept == option.value)
                continue;
            // The name keeps its own spelling: "-fFILE" and "--file=FILE" hold both in one argument.
            std::string& holder = command.arguments[option.inlineValue ? option.at : option.at + 1];
            holder = option.inlineValue ? holder.substr(0, holder.size() - option.value.size()) + kept : kept;
        }
    }
    for (std::string& argument : command.arguments)
        argument = maskedText(argument);
    return command;
}

std::optional<ClientCommand> matchClient(const std::vector<ClientCommand>& clients, const LocalState& state,
                                         const std::string& builder, Timestamp created)
{
    const ClientCommand* found = nullptr;
    BuildPlan says;
    for (const ClientCommand& client : clients) {
        Parsed parsed;
        if (!parse(client.arguments, parsed) || !fits(parsed, client, state, builder, created))
            continue;
        // The docker program and its plugin are two processes that say the same.
        BuildPlan plan = planOf(parsed, client.directory);
        if (found && plan != says)
            return std::nullopt;
        found = &client;
        says = std::move(plan);
    }
    return found ? std::optional(*found) : std::nullopt;
}

std::string clientCommandJson(const ClientCommand& command)
{
    nlohmann::ordered_json json{{"schema", 1}, {"arguments", command.arguments}, {"directory", command.directory}};
    if (command.started)
        json["started"] = formatRfc3339(*command.started);
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Result<ClientCommand> parseClientCommandJson(const std::string& text)
{
    const auto json = nlohmann::json::parse(text, nullptr, false);
    const Error bad{ErrorKind::BadInput, "the kept command line can't be read", false};
    if (!json.is_object() || !json.contains("schema") || json["schema"] != 1 || !json.contains("arguments") || !json["arguments"].is_array())
        return bad;
    ClientCommand command;
    for (const auto& argument : json["arguments"]) {
        if (!argument.is_string())
            return bad;
        command.arguments.push_back(argument.get<std::string>());
    }
    if (const auto at = json.find("directory"); at != json.end() && at->is_string())
        command.directory = at->get<std::string>();
    if (const auto at = json.find("started"); at != json.end() && at->is_string())
        command.started = parseRfc3339(at->get<std::string>());
    return command;
}

} // namespace layerline
