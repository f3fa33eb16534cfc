#include "items/repeat_command.h"

#include "domain/asked_secrets.h"
#include "domain/secret_names.h"
#include "domain/summary.h"
#include "items/log_text.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <set>

namespace layerline {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RepeatCommand)
};

bool isPlain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("_@%+=:,./-").find(c) != std::string_view::npos;
}

bool startsWith(const std::string& text, std::string_view prefix) { return text.compare(0, prefix.size(), prefix) == 0; }

class Writer {
public:
    Writer(const Build& build, bool withSecrets) : m_build(build), m_secrets(secretValues(build)), m_withSecrets(withSecrets) {}

    RepeatCommand write()
    {
        const Record* first = m_build.records.empty() ? nullptr : &m_build.records.front();
        m_arguments << QStringLiteral("docker buildx build");
        if (first && !first->info.builder.empty())
            option("--builder", first->info.builder);
        if (first) {
            writeWhat(*first);
            writeAttributes(*first);
            writeProvenance();
            writeOutputs(*first);
        }
        writeContext(first);
        RepeatCommand command;
        command.text = m_arguments.join(QStringLiteral(" \\\n  "));
        command.notes = m_notes;
        command.hasSecrets = m_hasSecrets;
        return command;
    }

private:
    void option(const char* name, const std::string& value)
    {
        std::string shown = value;
        if (const std::string masked = maskedText(value, m_secrets); masked != value) {
            m_hasSecrets = true;
            if (!m_withSecrets)
                shown = masked;
        }
        m_arguments << QLatin1String(name) + QLatin1Char(' ') + shellQuoted(shown);
    }

    void flag(const char* name) { m_arguments << QString::fromLatin1(name); }

    std::string attribute(const Record& record, const char* key) const
    {
        const auto found = record.info.frontendAttrs.find(key);
        return found == record.info.frontendAttrs.end() ? std::string() : found->second;
    }

    void writeWhat(const Record& record)
    {
        const std::string file = attribute(record, "filename");
        if (record.info.localState && !record.info.localState->dockerfilePath.empty() && record.info.localState->dockerfilePath != "-")
            option("--file", record.info.localState->dockerfilePath);
        else if (!file.empty() && file != "Dockerfile")
            option("--file", file);
        if (const std::string target = m_build.target(); !target.empty())
            option("--target", target);
        if (const std::string platforms = allPlatforms(); !platforms.empty())
            option("--platform", platforms);
    }

    /// A multi-node build has its platforms spread over its records.
    std::string allPlatforms() const
    {
        std::set<std::string> seen;
        std::string list;
        for (const Record& record : m_build.records) {
            for (const Platform& platform : parsePlatformList(attribute(record, "platform"))) {
                if (seen.insert(platform.str()).second)
                    list += (list.empty() ? "" : ",") + platform.str();
            }
        }
        return list;
    }

    void writeAttributes(const Record& record)
    {
        for (const auto& [key, value] : record.info.frontendAttrs) {
            if (startsWith(key, "build-arg:"))
                writeArgument(key.substr(10), value);
            else if (startsWith(key, "label:"))
                option("--label", key.substr(6) + "=" + value);
            else if (startsWith(key, "context:"))
                writeNamedContext(key.substr(8), value);
            else if (startsWith(key, "attest:"))
                writeAttestation(key.substr(7), value);
            else if (key == "no-cache")
                value.empty() ? flag("--no-cache") : option("--no-cache-filter", value);
            else if (key == "cache-imports")
                writeCacheImports(value);
            else if (key == "cache-from")
                option("--cache-from", value);
            else if (key == "image-resolve-mode" && value == "pull")
                flag("--pull");
            else if (key == "force-network-mode")
                option("--network", value);
            else if (key == "add-hosts")
                writeHosts(value);
            else if (key == "shm-size")
                option("--shm-size", value);
            else if (key == "ulimit")
                option("--ulimit", value);
            else if (key == "cgroup-parent")
                option("--cgroup-parent", value);
        }
    }

    void writeArgument(const std::string& name, const std::string& value)
    {
        const bool secret = looksSecret(name, value);
        m_hasSecrets = m_hasSecrets || secret;
        if (secret && !m_withSecrets)
            m_arguments << QStringLiteral("--build-arg ") + shellQuoted(name);
        else
            m_arguments << QStringLiteral("--build-arg ") + shellQuoted(name + "=" + value);
    }

    void writeNamedContext(const std::string& name, const std::string& value)
    {
        // "local:" names a session of the client: the folder itself is not in the record.
        if (startsWith(value, "local:") || startsWith(value, "input:")) {
            option("--build-context", name + "=" + name);
            note(Words::tr("The folders of named contexts are not recorded: put them in."));
        } else {
            option("--build-context", name + "=" + value);
        }
    }

    void writeAttestation(const std::string& type, const std::string& value)
    {
        if (value.find("inline-only=true") != std::string::npos)
            return; // what buildx adds by itself
        // Some clients repeat the type in the value.
        option("--attest", startsWith(value, "type=") ? value : "type=" + type + (value.empty() ? "" : "," + value));
    }

    void writeHosts(const std::string& value)
    {
        for (const QString& host : QString::fromStdString(value).split(QLatin1Char(','), Qt::SkipEmptyParts))
            option("--add-host", host.toStdString());
    }

    void writeCacheImports(const std::string& json)
    {
        const QJsonArray imports = QJsonDocument::fromJson(QByteArray::fromStdString(json)).array();
        for (const QJsonValue& value : imports) {
            const QJsonObject import = value.toObject();
            std::string text = "type=" + import.value(QLatin1String("Type")).toString().toStdString();
            const QJsonObject attributes = import.value(QLatin1String("Attrs")).toObject();
            for (auto at = attributes.begin(); at != attributes.end(); ++at)
                text += "," + at.key().toStdString() + "=" + at.value().toString().toStdString();
            option("--cache-from", text);
        }
    }

    void writeProvenance()
    {
        const auto asked = askedSecrets(m_build);
        for (const std::string& id : asked.secrets)
            option("--secret", "id=" + id);
        for (const std::string& id : asked.ssh)
            option("--ssh", id);
        if (!asked.secrets.empty())
            note(Words::tr("Secrets are recorded by id only: add env= or src= where the id is not an environment variable."));
        if (!asked.known())
            note(Words::tr("Ids of secrets and ssh keys are known only from a provenance, which this build has not."));
        note(Words::tr("Cache exports are not recorded."));
    }

    void writeOutputs(const Record& record)
    {
        for (const Exporter& exporter : record.info.exporters) {
            std::map<std::string, std::string> attrs = exporter.attrs;
            const std::string names = attrs.count("name") ? attrs["name"] : std::string();
            const bool image = exporter.type == "image" || exporter.type == "moby" || exporter.type == "docker";
            if (image) {
                for (const QString& name : QString::fromStdString(names).split(QLatin1Char(','), Qt::SkipEmptyParts))
                    option("--tag", name.toStdString());
                if (attrs.count("push") && attrs["push"] == "true")
                    flag("--push");
                else if (exporter.type == "docker")
                    flag("--load");
                continue;
            }
            std::string text = "type=" + exporter.type;
            for (const auto& [key, value] : attrs)
                text += "," + key + "=" + value;
            if ((exporter.type == "local" || exporter.type == "tar" || exporter.type == "oci") && !attrs.count("dest")) {
                text += ",dest=out";
                note(Words::tr("Where the files went is not recorded: \"out\" stands for it."));
            }
            option("--output", text);
        }
    }

    void writeContext(const Record* record)
    {
        const std::string context = m_build.contextName();
        if (context.empty()) {
            m_arguments << QStringLiteral(".");
            note(Words::tr("The context folder is not recorded: \".\" stands for it."));
        } else {
            const std::string masked = maskedText(context);
            m_hasSecrets = m_hasSecrets || masked != context;
            m_arguments << shellQuoted(m_withSecrets ? context : masked);
        }
        if (record && record->info.localState && !record->info.localState->groupRef.empty())
            note(Words::tr("It was one target of a bake call; this builds the target alone."));
    }

    void note(const QString& text)
    {
        if (!m_notes.contains(text))
            m_notes << text;
    }

    const Build& m_build;
    std::vector<std::string> m_secrets;
    bool m_withSecrets;
    bool m_hasSecrets = false;
    QStringList m_arguments, m_notes;
};

} // namespace

QString shellQuoted(const std::string& argument)
{
    if (!argument.empty() && std::all_of(argument.begin(), argument.end(), isPlain))
        return QString::fromStdString(argument);
    if (visibleText(argument) == QString::fromStdString(argument) && argument.find_first_of("\n\t") == std::string::npos) {
        QString quoted = QString::fromStdString(argument);
        quoted.replace(QLatin1Char('\''), QLatin1String("'\\''"));
        return QLatin1Char('\'') + quoted + QLatin1Char('\'');
    }
    QString quoted = QStringLiteral("$'");
    for (const char c : argument) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\\' || c == '\'')
            quoted += QLatin1Char('\\') + QChar::fromLatin1(c);
        else if (c == '\n')
            quoted += QLatin1String("\\n");
        else if (c == '\t')
            quoted += QLatin1String("\\t");
        else if (byte < 0x20 || byte >= 0x7F)
            quoted += QStringLiteral("\\x%1").arg(byte, 2, 16, QLatin1Char('0'));
        else
            quoted += QChar::fromLatin1(c);
    }
    return quoted + QLatin1Char('\'');
}

RepeatCommand repeatCommand(const Build& build, bool withSecrets)
{
    return Writer(build, withSecrets).write();
}

} // namespace layerline
