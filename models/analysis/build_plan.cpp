#include "analysis/build_plan.h"

#include "domain/secret_names.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string_view>

namespace layerline {

namespace {

bool startsWith(const std::string& text, std::string_view prefix)
{
    return text.compare(0, prefix.size(), prefix) == 0;
}

bool isPlain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || std::string_view("_@%+=:,./-").find(c) != std::string_view::npos;
}

/// The code point that begins at `at`, and its length in bytes; 0 bytes when it is not UTF-8.
std::pair<std::uint32_t, int> codePoint(const std::string& text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    const unsigned first = byte(at);
    const int length = first < 0x80 ? 1 : first >= 0xF0 && first < 0xF5 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (length == 0 || first >= 0xF5)
        return {0, 0};
    std::uint32_t code = length == 1 ? first : first & (0x7Fu >> length);
    for (int i = 1; i < length; ++i) {
        const unsigned next = byte(at + std::size_t(i));
        if ((next & 0xC0u) != 0x80)
            return {0, 0};
        code = (code << 6) | (next & 0x3Fu);
    }
    return {code, length};
}

/// Controls, and characters that show nothing or turn the direction of the text.
bool isInvisible(std::uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xAD || (code >= 0x200B && code <= 0x200F)
        || (code >= 0x2028 && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF || (code >= 0xD800 && code < 0xE000);
}

bool isVisible(const std::string& text)
{
    for (std::size_t at = 0; at < text.size();) {
        const auto [code, length] = codePoint(text, at);
        if (length == 0 || isInvisible(code))
            return false;
        at += std::size_t(length);
    }
    return true;
}

std::string escaped(const std::string& text)
{
    std::string out = "$'";
    for (std::size_t at = 0; at < text.size();) {
        const auto [code, length] = codePoint(text, at);
        if (length > 0 && !isInvisible(code)) {
            if (text[at] == '\\' || text[at] == '\'')
                out += '\\';
            out.append(text, at, std::size_t(length));
            at += std::size_t(length);
            continue;
        }
        char buffer[8];
        std::snprintf(buffer, sizeof buffer, "\\x%02x", static_cast<unsigned char>(text[at]));
        out += text[at] == '\n' ? "\\n" : text[at] == '\t' ? "\\t" : buffer;
        ++at;
    }
    return out + '\'';
}

/// Puts the arguments of one plan together.
class Writer {
public:
    Writer(const BuildPlan& plan, const CommandOptions& options) : m_plan(plan), m_options(options), m_command(options.buildx) {}

    std::vector<std::string> write()
    {
        m_command.emplace_back(m_plan.bake ? "bake" : "build");
        one("--builder", m_plan.builder);
        one("--progress", m_options.progress);
        one("--metadata-file", m_options.metadataFile);
        if (m_plan.bake)
            writeBake(*m_plan.bake);
        else
            writeBuild();
        return std::move(m_command);
    }

private:
    void one(const char* name, const std::string& value)
    {
        if (value.empty())
            return;
        m_command.emplace_back(name);
        m_command.push_back(value);
    }
    void each(const char* name, const std::vector<std::string>& values)
    {
        for (const std::string& value : values)
            one(name, value);
    }
    void flag(const char* name, bool set)
    {
        if (set)
            m_command.emplace_back(name);
    }

    void writeBake(const PlanBake& bake)
    {
        each("--file", bake.files);
        each("--set", bake.overrides);
        each("--var", bake.variables);
        // Options of a plan beside those of the file are overrides of every target.
        if (!m_plan.platforms.empty())
            one("--set", "*.platform=" + platforms());
        for (const PlanArgument& argument : m_plan.arguments) {
            if (argument.value)
                one("--set", "*.args." + argument.name + "=" + *argument.value);
        }
        for (const auto& [name, value] : m_plan.labels)
            one("--set", "*.labels." + name + "=" + value);
        for (const auto& [name, value] : m_plan.contexts)
            one("--set", "*.contexts." + name + "=" + value);
        for (const PlanSecret& secret : m_plan.secrets)
            one("--set", "*.secrets=" + secretText(secret));
        for (const PlanSsh& key : m_plan.ssh)
            one("--set", "*.ssh=" + sshText(key));
        for (const std::string& attestation : m_plan.attestations) // what bake's own --sbom and --provenance stand for
            one("--set", "*.attest=" + attestation);
        for (const std::string& cache : m_plan.cacheFrom)
            one("--set", "*.cache-from=" + cache);
        for (const std::string& cache : m_plan.cacheTo)
            one("--set", "*.cache-to=" + cache);
        for (const std::string& output : m_plan.outputs)
            one("--set", "*.output=" + output);
        each("--allow", m_plan.entitlements);
        shared();
        m_command.insert(m_command.end(), bake.targets.begin(), bake.targets.end());
    }

    void writeBuild()
    {
        one("--file", m_plan.dockerfile);
        one("--target", m_plan.target);
        one("--platform", platforms());
        for (const PlanArgument& argument : m_plan.arguments)
            one("--build-arg", argument.value ? argument.name + "=" + *argument.value : argument.name);
        for (const auto& [name, value] : m_plan.labels)
            one("--label", name + "=" + value);
        for (const auto& [name, value] : m_plan.contexts)
            one("--build-context", name + "=" + value);
        for (const PlanSecret& secret : m_plan.secrets)
            one("--secret", secretText(secret));
        for (const PlanSsh& key : m_plan.ssh)
            one("--ssh", sshText(key));
        each("--cache-from", m_plan.cacheFrom);
        each("--cache-to", m_plan.cacheTo);
        each("--no-cache-filter", m_plan.noCacheFilter);
        each("--allow", m_plan.entitlements);
        each("--add-host", m_plan.hosts);
        each("--ulimit", m_plan.ulimits);
        one("--network", m_plan.network);
        one("--shm-size", m_plan.shmSize);
        one("--cgroup-parent", m_plan.cgroupParent);
        each("--annotation", m_plan.annotations);
        each("--attest", m_plan.attestations);
        each("--tag", m_plan.tags);
        each("--output", m_plan.outputs);
        shared();
        m_command.push_back(m_plan.context.empty() ? "." : m_plan.context);
    }

    void shared()
    {
        flag("--provenance=false", m_plan.noProvenance);
        flag("--no-cache", m_plan.noCache);
        flag("--pull", m_plan.pull);
        flag("--push", m_plan.push);
        flag("--load", m_plan.load);
    }

    std::string platforms() const
    {
        std::string list;
        for (const Platform& platform : m_plan.platforms)
            list += (list.empty() ? "" : ",") + platform.str();
        return list;
    }
    static std::string secretText(const PlanSecret& secret)
    {
        std::vector<NamedValue> fields{{"id", secret.id}};
        if (!secret.env.empty())
            fields.emplace_back("env", secret.env);
        else if (!secret.file.empty())
            fields.emplace_back("src", secret.file);
        return csvOf(fields);
    }
    static std::string sshText(const PlanSsh& key) { return key.paths.empty() ? key.id : key.id + "=" + key.paths; }

    const BuildPlan& m_plan;
    const CommandOptions& m_options;
    std::vector<std::string> m_command;
};

} // namespace

bool isRemoteContext(const std::string& context)
{
    for (const char* prefix : {"http://", "https://", "git://", "ssh://", "git@", "github.com/"}) {
        if (startsWith(context, prefix))
            return true;
    }
    return false;
}

bool BuildPlan::remoteContext() const
{
    return isRemoteContext(context);
}

std::vector<std::string> commandOf(const BuildPlan& plan, const CommandOptions& options)
{
    return Writer(plan, options).write();
}

std::string quotedForShell(const std::string& argument)
{
    if (!argument.empty() && std::all_of(argument.begin(), argument.end(), isPlain))
        return argument;
    if (!isVisible(argument))
        return escaped(argument);
    std::string out = "'";
    for (const char c : argument) {
        if (c == '\'')
            out += "'\\''";
        else
            out += c;
    }
    return out + '\'';
}

std::string commandText(const std::vector<std::string>& command)
{
    std::string text;
    for (const std::string& argument : command)
        text += (text.empty() ? "" : " ") + quotedForShell(maskedText(argument));
    return text;
}

std::string csvOf(const std::vector<NamedValue>& fields)
{
    std::string text;
    for (const auto& [key, value] : fields) {
        std::string field = key + "=" + value;
        if (field.find_first_of(",\"\n\r") != std::string::npos) {
            std::string quoted = "\"";
            for (const char c : field)
                quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
            field = quoted + '"';
        }
        text += (text.empty() ? "" : ",") + field;
    }
    return text;
}

std::vector<NamedValue> parseCsv(const std::string& text)
{
    std::vector<NamedValue> fields;
    std::string field;
    bool quoted = false;
    const auto finish = [&] {
        const auto equals = field.find('=');
        if (!field.empty())
            fields.emplace_back(field.substr(0, equals), equals == std::string::npos ? std::string() : field.substr(equals + 1));
        field.clear();
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (quoted && c == '"' && at + 1 < text.size() && text[at + 1] == '"') {
            field += '"';
            ++at;
        } else if (c == '"' && (quoted || field.empty())) {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            finish();
        } else {
            field += c;
        }
    }
    finish();
    return fields;
}

} // namespace layerline
