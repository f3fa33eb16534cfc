#include "analysis/rebuild_plan.h"

#include "analysis/bake_exports.h"
#include "domain/asked_secrets.h"
#include "domain/secret_names.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <string_view>

namespace layerline {

namespace {

bool startsWith(const std::string& text, std::string_view prefix)
{
    return text.compare(0, prefix.size(), prefix) == 0;
}

std::vector<std::string> splitList(const std::string& text)
{
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        if (end > begin)
            parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

template <class T, class Match>
T* findIf(std::vector<T>& list, Match match)
{
    const auto at = std::find_if(list.begin(), list.end(), match);
    return at == list.end() ? nullptr : &*at;
}

/// What the client or the frontend puts there by itself, or what is read elsewhere.
bool needsNothing(const std::string& key)
{
    static const std::set<std::string_view> known{
        "filename", "platform", "target", "image-resolve-mode", "cache-imports", "cache-from", "context", "dockerfilekey", "contextkey", "contextsubdir",
        "multi-platform", "frontend.caps", "source", "cmdline", "requestid", "hostname", "no-cache", "force-network-mode", "add-hosts",
        "shm-size", "ulimit", "cgroup-parent", "keep-git-dir"};
    static constexpr std::string_view prefixes[] = {"vcs:", "local-sessionid:", "input-metadata:", "build-arg:", "label:", "attest:", "context:", "verifier."};
    return known.count(key) || std::any_of(std::begin(prefixes), std::end(prefixes), [&](std::string_view prefix) { return startsWith(key, prefix); });
}

/// Attributes of an image exporter that `--tag`, `--push` or the driver's default already stand for.
bool isDefaultAttribute(const std::string& key)
{
    static const std::set<std::string_view> known{"name", "push", "unpack", "store", "dangling-name-prefix", "danging-name-prefix",
                                                  "dangling-name-empty-only", "danging-name-empty-only"};
    return known.count(key) > 0;
}

/// Fills one plan from one build.
class Planner {
public:
    Planner(const Build& build, const std::optional<ClientCommand>& client, const RebuildChecks& checks, const RebuildChoice& choice)
        : m_build(build), m_checks(checks), m_choice(choice)
    {
        if (client) {
            if (auto parsed = parseClientCommand(*client))
                m_client = std::move(parsed.value());
        }
        m_wholeCall = wholeCallOf(client, &m_masked);
    }

    RebuildPlan run()
    {
        const Record* first = m_build.records.empty() ? nullptr : &m_build.records.front();
        const bool known = first && (!first->info.frontendAttrs.empty() || first->info.localState || !first->info.exporters.empty());
        if (!known) {
            m_out.obstacles.push_back({Refusal::NoRecord, m_build.name(), {}});
            return std::move(m_out);
        }
        m_info = &first->info;
        m_out.plan.builder = m_info->localState || !m_client ? m_info->builder : m_client->builder;
        if (m_choice.wholeCall)
            wholeCall();
        else
            oneTarget();
        choose();
        answerSecrets();
        const auto found = obstaclesOf(m_out.plan, m_checks);
        m_out.obstacles.insert(m_out.obstacles.end(), found.begin(), found.end());
        return std::move(m_out);
    }

private:
    BuildPlan& plan() { return m_out.plan; }
    void lacks(Gap gap, std::string subject = {})
    {
        Missing missing{gap, std::move(subject)};
        if (std::find(m_out.missing.begin(), m_out.missing.end(), missing) == m_out.missing.end())
            m_out.missing.push_back(std::move(missing));
    }
    std::string attribute(const char* key) const
    {
        const auto at = m_info->frontendAttrs.find(key);
        return at == m_info->frontendAttrs.end() ? std::string() : at->second;
    }
    bool baked() const
    {
        return m_info->localState && (!m_info->localState->groupRef.empty() || (!m_info->localState->target.empty() && m_info->localState->target != "default"));
    }

    void wholeCall()
    {
        if (!m_wholeCall) {
            lacks(Gap::BakeFile, m_info->localState ? m_info->localState->target : std::string());
            m_out.obstacles.push_back({Refusal::ContextUnknown, "the bake file", {}});
            for (const std::string& name : m_masked)
                lacks(Gap::MaskedValue, name);
            readPlace(); // which is known, and is not to be asked for
            return;
        }
        const std::string builder = plan().builder;
        plan() = *m_wholeCall;
        plan().builder = builder;
        lacks(Gap::BakeNow);
        for (const std::string& name : m_masked)
            lacks(Gap::MaskedValue, name);
    }

    void oneTarget()
    {
        readPlace();
        readPlatforms();
        for (const auto& [key, value] : m_info->frontendAttrs)
            readAttribute(key, value);
        readSimple();
        if (!m_info->frontendAttrs.count("attest:provenance"))
            plan().noProvenance = true;
        readProvenance();
        readExporters();
        readClient();
    }

    void readPlace()
    {
        plan().target = attribute("target");
        const std::string remote = attribute("context");
        const std::string file = attribute("filename");
        if (isRemoteContext(remote)) { // older clients note a URL as if it were a path
            plan().context = remote;
        } else if (m_info->localState && !m_info->localState->localPath.empty()) {
            plan().context = m_info->localState->localPath;
            plan().dockerfile = m_info->localState->dockerfilePath;
        }
        if (plan().remoteContext() && plan().dockerfile.empty() && !file.empty() && file != "Dockerfile")
            plan().dockerfile = file;
    }

    void readPlatforms()
    {
        // A multi-node build has its platforms spread over its records.
        for (const Record& record : m_build.records) {
            const auto at = record.info.frontendAttrs.find("platform");
            if (at == record.info.frontendAttrs.end())
                continue;
            for (const Platform& platform : parsePlatformList(at->second)) {
                if (std::find(plan().platforms.begin(), plan().platforms.end(), platform) == plan().platforms.end())
                    plan().platforms.push_back(platform);
            }
        }
    }

    void readAttribute(const std::string& key, const std::string& value)
    {
        if (startsWith(key, "build-arg:")) {
            const std::string name = key.substr(10);
            if (looksSecret(name, value)) {
                m_out.handOver.variables[name] = value;
                plan().arguments.push_back({name, std::nullopt});
            } else {
                plan().arguments.push_back({name, value});
            }
        } else if (startsWith(key, "label:")) {
            plan().labels.emplace_back(key.substr(6), value);
        } else if (startsWith(key, "context:")) {
            readNamedContext(key.substr(8), value);
        } else if (startsWith(key, "attest:")) {
            readAttestation(key.substr(7), value);
        } else if (!needsNothing(key)) {
            lacks(Gap::Attribute, key);
        }
    }

    void readNamedContext(std::string name, const std::string& value)
    {
        name = name.substr(0, name.find("::")); // one per platform says the same
        if (findIf(plan().contexts, [&](const NamedValue& known) { return known.first == name; }))
            return;
        if (!startsWith(value, "local:") && !startsWith(value, "input:")) {
            plan().contexts.emplace_back(name, value);
            return;
        }
        const auto answer = findIf(m_choice.contexts, [&](const NamedValue& given) { return given.first == name; });
        const auto told = m_client ? findIf(m_client->contexts, [&](const NamedValue& given) { return given.first == name; }) : nullptr;
        if (answer || told)
            plan().contexts.emplace_back(name, answer ? answer->second : told->second);
        else if (startsWith(value, "input:"))
            m_out.obstacles.push_back({Refusal::BakeContext, name, {}});
        else
            m_out.obstacles.push_back({Refusal::ContextFolderNeeded, name, {}});
        if (!answer && !told)
            lacks(Gap::NamedContext, name);
    }

    void readAttestation(const std::string& type, const std::string& value)
    {
        if (value.find("inline-only=true") != std::string::npos)
            return; // what buildx adds by itself
        plan().attestations.push_back(startsWith(value, "type=") ? value : "type=" + type + (value.empty() ? "" : "," + value));
    }

    void readSimple()
    {
        if (m_info->frontendAttrs.count("no-cache")) {
            plan().noCacheFilter = splitList(attribute("no-cache"));
            plan().noCache = plan().noCacheFilter.empty();
        }
        plan().pull = attribute("image-resolve-mode") == "pull";
        plan().network = attribute("force-network-mode");
        plan().hosts = splitList(attribute("add-hosts"));
        plan().shmSize = attribute("shm-size");
        plan().ulimits = splitList(attribute("ulimit"));
        plan().cgroupParent = attribute("cgroup-parent");
        for (const std::string& source : splitList(attribute("cache-from")))
            plan().cacheFrom.push_back("type=registry,ref=" + source);
        const auto imports = nlohmann::json::parse(attribute("cache-imports"), nullptr, false);
        for (const auto& import : imports.is_array() ? imports : nlohmann::json::array()) {
            if (!import.is_object() || !import.contains("Type") || !import["Type"].is_string())
                continue;
            std::vector<NamedValue> fields{{"type", import["Type"].get<std::string>()}};
            const auto attrs = import.find("Attrs");
            if (attrs != import.end() && attrs->is_object()) {
                for (const auto& [key, value] : attrs->items()) {
                    if (value.is_string())
                        fields.emplace_back(key, value.get<std::string>());
                }
            }
            plan().cacheFrom.push_back(csvOf(fields));
        }
    }

    void readProvenance()
    {
        const AskedSecrets asked = askedSecrets(m_build);
        for (const std::string& id : asked.secrets)
            readSecret(id);
        for (const std::string& id : asked.ssh)
            addSsh({id, {}});
        if (!asked.known() && !m_client)
            lacks(Gap::SecretIds);
    }

    void readSecret(const std::string& id)
    {
        const auto& without = m_choice.withoutSecrets;
        if (std::find(without.begin(), without.end(), id) != without.end())
            return;
        // BuildKit's git source asks for these by itself, whether or not the repository needs them.
        if (startsWith(id, "GIT_AUTH_TOKEN") || startsWith(id, "GIT_AUTH_HEADER"))
            lacks(Gap::SecretSource, id);
        else
            addSecret({id, {}, {}});
    }

    void addSecret(PlanSecret secret)
    {
        PlanSecret* known = findIf(plan().secrets, [&](const PlanSecret& other) { return other.id == secret.id; });
        if (!known)
            plan().secrets.push_back(std::move(secret));
        else if (secret.answered())
            *known = std::move(secret);
    }
    void addSsh(PlanSsh key)
    {
        PlanSsh* known = findIf(plan().ssh, [&](const PlanSsh& other) { return other.id == key.id; });
        if (!known)
            plan().ssh.push_back(std::move(key));
        else if (!key.paths.empty())
            *known = std::move(key);
    }

    void readExporters()
    {
        if (const auto& state = m_info->localState; state && baked())
            m_bake = exportsOf(m_checks.bakeDefinition && !state->groupRef.empty() ? m_checks.bakeDefinition(state->groupRef) : "", m_client, state->target);
        if (m_info->exporters.empty() && m_client && !m_client->bake)
            takeClientsExports();
        else if (m_info->exporters.empty() && m_bake)
            takeBakesExports();
        else if (m_info->exporters.empty())
            lacks(Gap::Exports);
        for (const Exporter& exporter : m_info->exporters) {
            if (exporter.type == "image" || exporter.type == "moby")
                readImage(exporter);
            else if (exporter.type == "docker" && !exporter.attrs.count("dest"))
                readLoad(exporter);
            else
                readFiles(exporter);
        }
    }

    void takeClientsExports()
    {
        plan().tags = m_client->tags;
        plan().outputs = m_client->outputs;
        plan().push = m_client->push;
        plan().load = m_client->load;
    }

    void takeBakesExports()
    {
        plan().tags = m_bake->tags;
        plan().push = m_bake->push;
        plan().load = m_bake->load;
        plan().outputs = m_bake->outputs;
        for (const std::string& type : m_bake->unplaced)
            lacksOutput(type);
    }

    void lacksOutput(const std::string& type)
    {
        if (!m_choice.outputs.empty())
            return;
        lacks(Gap::OutputFolder, type);
        m_out.obstacles.push_back({Refusal::OutputNeeded, type, {}});
    }

    void readImage(const Exporter& exporter)
    {
        const auto value = [&](const char* key) {
            const auto at = exporter.attrs.find(key);
            return at == exporter.attrs.end() ? std::string() : at->second;
        };
        if (m_build.records.size() > 1 && value("push-by-digest") == "true") {
            // buildx pushed each node's part and merged them itself: the tag is in no record.
            if (m_client && (!m_client->tags.empty() || !m_client->outputs.empty()))
                takeClientsExports();
            else
                lacks(Gap::ImageTag, value("name"));
            return;
        }
        std::vector<NamedValue> fields{{"type", "image"}};
        for (const auto& [key, text] : exporter.attrs) {
            if (!isDefaultAttribute(key))
                fields.emplace_back(key, text);
        }
        if (fields.size() == 1) {
            plan().tags = splitList(value("name"));
            plan().push = value("push") == "true";
            return;
        }
        if (!value("name").empty())
            fields.emplace_back("name", value("name"));
        if (value("push") == "true")
            fields.emplace_back("push", "true");
        plan().outputs.push_back(csvOf(fields));
    }

    void readLoad(const Exporter& exporter)
    {
        const auto name = exporter.attrs.find("name");
        if (name != exporter.attrs.end())
            plan().tags = splitList(name->second);
        plan().load = true;
    }

    /// A local, tar or oci export: its place is known to the client alone.
    void readFiles(const Exporter& exporter)
    {
        if (!m_choice.outputs.empty())
            return;
        for (const std::string& told : m_bake ? m_bake->outputs : m_client ? m_client->outputs : std::vector<std::string>{}) {
            const auto fields = parseCsv(told);
            if (std::find(fields.begin(), fields.end(), NamedValue{"type", exporter.type}) != fields.end()) {
                plan().outputs.push_back(told);
                return;
            }
        }
        lacksOutput(exporter.type);
    }

    void takeCaches(const std::vector<std::string>& caches)
    {
        for (const std::string& cache : caches) {
            if (holdsSecret(cache))
                lacks(Gap::MaskedValue, "--cache-to");
            else
                plan().cacheTo.push_back(cache);
        }
    }

    void readClient()
    {
        if (!m_client || m_client->bake) {
            if (baked() && !m_wholeCall)
                lacks(Gap::BakeFile, m_info->localState->target);
            if (m_bake && m_bake->cacheTo)
                takeCaches(*m_bake->cacheTo);
            else
                lacks(Gap::CacheExports);
            if (const auto allowed = entitlementsOf(m_client, m_bake))
                plan().entitlements = *allowed;
            else
                lacks(Gap::Entitlements);
            return;
        }
        plan().entitlements = m_client->entitlements;
        plan().annotations = m_client->annotations;
        takeCaches(m_client->cacheTo);
        for (const PlanSecret& secret : m_client->secrets)
            addSecret(secret);
        for (const PlanSsh& key : m_client->ssh)
            addSsh(key);
    }

    void choose()
    {
        if (!m_choice.builder.empty())
            plan().builder = m_choice.builder;
        if (!m_choice.context.empty()) // of a bake call: where it is started
            (plan().bake ? plan().workingDirectory : plan().context) = m_choice.context;
        if (!m_choice.dockerfile.empty() && plan().bake)
            plan().bake->files = {m_choice.dockerfile};
        else if (!m_choice.dockerfile.empty())
            plan().dockerfile = m_choice.dockerfile;
        if (plan().bake)
            plan().contexts.insert(plan().contexts.end(), m_choice.contexts.begin(), m_choice.contexts.end());
        if (!m_choice.platforms.empty())
            plan().platforms = m_choice.platforms;
        if (!m_choice.outputs.empty()) { // instead of everything the build exported
            plan().outputs = m_choice.outputs;
            plan().tags.clear();
            plan().push = plan().load = false;
        }
        if (!m_choice.tags.empty())
            plan().tags = m_choice.tags;
        if (!m_choice.cacheTo.empty())
            plan().cacheTo = m_choice.cacheTo;
        plan().noCache = plan().noCache || m_choice.noCache;
        plan().push = plan().push || m_choice.push;
        if (!m_choice.outputs.empty() || m_choice.push)
            std::erase_if(m_out.missing, [](const Missing& missing) { return missing.gap == Gap::Exports || missing.gap == Gap::ImageTag; });
        for (const PlanSecret& secret : m_choice.secrets)
            addSecret(secret);
        for (const PlanSsh& key : m_choice.ssh)
            addSsh(key);
    }

    void answerSecrets()
    {
        for (const PlanSecret& secret : plan().secrets) {
            if (!secret.answered())
                lacks(Gap::SecretSource, secret.id);
        }
        for (const PlanSsh& key : plan().ssh) {
            if (key.paths.empty() && !(m_checks.variable && m_checks.variable("SSH_AUTH_SOCK")))
                lacks(Gap::SshSource, key.id);
        }
        const std::string masked = maskedText(plan().context);
        if (plan().context.find(secretMask) != std::string::npos)
            lacks(Gap::MaskedValue, masked);
    }

    const Build& m_build;
    const RebuildChecks& m_checks;
    RebuildChoice m_choice;
    const ev::RecordUpdated* m_info = nullptr;
    std::optional<BuildPlan> m_client;
    std::optional<BakeExports> m_bake; ///< of a target of a bake call
    std::optional<BuildPlan> m_wholeCall;
    std::vector<std::string> m_masked; ///< what of the call was kept without its secrets
    RebuildPlan m_out;
};

} // namespace

RebuildPlan planRebuild(const Build& build, const std::optional<ClientCommand>& client, const RebuildChecks& checks, const RebuildChoice& choice)
{
    return Planner(build, client, checks, choice).run();
}

} // namespace layerline
