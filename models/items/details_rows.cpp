#include "items/details_rows.h"

#include "domain/secret_names.h"
#include "domain/summary.h"
#include "items/log_text.h"
#include "items/own_words.h"
#include "items/repeat_command.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <set>

namespace layerline {

namespace {

// One context for all of it, so that translators see the page as a whole.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(DetailsModel)
};

bool startsWith(const std::string& text, std::string_view prefix) { return text.compare(0, prefix.size(), prefix) == 0; }

QString statusName(BuildStatus status)
{
    switch (status) {
    case BuildStatus::Running: return Words::tr("running");
    case BuildStatus::Completed: return Words::tr("completed");
    case BuildStatus::Failed: return Words::tr("failed");
    case BuildStatus::Canceled: return Words::tr("cancelled");
    case BuildStatus::Lost: return Words::tr("connection lost");
    }
    return {};
}

QString sourceName(SourceKind source)
{
    switch (source) {
    case SourceKind::BuildKit: return Words::tr("live BuildKit");
    case SourceKind::Record: return Words::tr("build record (.dockerbuild)");
    case SourceKind::RawJson: return Words::tr("rawjson progress (the client's view)");
    case SourceKind::Plain: return Words::tr("plain progress text (the client's view)");
    case SourceKind::GitHub: return Words::tr("GitHub Actions");
    case SourceKind::Replay: return Words::tr("recorded demo");
    }
    return {};
}

QString moment(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(time.ns / 1'000'000).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString span(Duration duration)
{
    const std::int64_t seconds = duration.ns / 1'000'000'000;
    if (seconds >= 3600)
        return Words::tr("%1 h %2 m").arg(seconds / 3600).arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'));
    if (seconds >= 60)
        return Words::tr("%1 m %2 s").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return Words::tr("%1 s").arg(QString::number(duration.seconds(), 'f', 1));
}

class Collector {
public:
    explicit Collector(const Build& build) : m_build(build), m_secrets(secretValues(build)) {}

    std::vector<DetailRow> rows()
    {
        addError();
        addGeneral();
        addWhat();
        addCommand();
        std::set<std::pair<std::string, std::string>> seen;
        for (const Record& record : m_build.records) {
            for (const auto& entry : record.info.frontendAttrs) {
                if (seen.insert(entry).second)
                    addAttribute(entry.first, entry.second);
            }
            addOutputs(record);
            addResults(record);
            addProvenance(record);
        }
        addWarnings();
        std::stable_sort(m_rows.begin(), m_rows.end(), [](const DetailRow& a, const DetailRow& b) { return a.section < b.section; });
        return std::move(m_rows);
    }

private:
    DetailRow& add(DetailSection section, const QString& name, const std::string& value, DetailKind kind = DetailKind::Text)
    {
        DetailRow row;
        row.section = section;
        row.name = name;
        row.kind = kind;
        row.value = visibleText(value);
        row.masked = visibleText(maskedText(value, m_secrets));
        if (row.secret() && kind != DetailKind::Command)
            row.kind = DetailKind::Secret;
        m_rows.push_back(std::move(row));
        return m_rows.back();
    }

    void addIf(DetailSection section, const QString& name, const std::string& value, DetailKind kind = DetailKind::Text)
    {
        if (!value.empty())
            add(section, name, value, kind);
    }

    void addNamed(DetailSection section, const std::string& name, const std::string& value)
    {
        DetailRow& row = add(section, visibleText(name), value, DetailKind::Code);
        if (looksSecret(name, value)) {
            row.kind = DetailKind::Secret;
            row.masked = QString::fromUtf8(secretMask);
        }
    }

    void addError()
    {
        if (const BuildError* error = m_build.error()) {
            const bool canceled = m_build.status() == BuildStatus::Canceled;
            add(DetailSection::Error, canceled ? Words::tr("Cancelled") : Words::tr("Failed"), error->message, DetailKind::Code).bad = !canceled;
        }
        for (const Record& record : m_build.records) {
            if (!record.lostReason.empty())
                add(DetailSection::Error, Words::tr("Connection lost"), ownWords(record.lostReason).toStdString()).bad = true;
            if (!record.excerpt)
                continue;
            std::string text;
            for (std::size_t line = 0; line < record.excerpt->lines.size(); ++line)
                text += (line ? "\n" : "") + record.excerpt->lines[line]; // the first line may be an empty one
            DetailRow& row = add(DetailSection::Error, visibleText(record.excerpt->filename), text, DetailKind::Excerpt);
            row.kind = DetailKind::Excerpt;
            row.firstLine = record.excerpt->firstLine;
            row.ranges = record.excerpt->ranges;
        }
    }

    void addGeneral()
    {
        const auto section = DetailSection::General;
        add(section, Words::tr("Name"), m_build.name());
        add(section, Words::tr("Status"), statusName(m_build.status()).toStdString());
        addTime(Words::tr("Started"), m_build.started());
        if (const auto end = m_build.completed()) {
            addTime(Words::tr("Ended"), end);
            if (const auto begin = m_build.started()) {
                add(section, Words::tr("Duration"), span(*end - *begin).toStdString());
                m_rows.back().exact = Words::tr("%1 s").arg(QString::number((*end - *begin).seconds(), 'f', 3));
            }
        }
        for (const Record& record : m_build.records) {
            addIf(section, Words::tr("Reference"), record.key.ref, DetailKind::Code);
            std::string builders = record.info.builder;
            for (const std::string& other : record.reachedBy)
                builders += other == record.info.builder ? "" : (builders.empty() ? "" : ", ") + other;
            addIf(section, Words::tr("Builder"), builders);
            addIf(section, Words::tr("Node"), record.info.node);
            addIf(section, Words::tr("Worker"), record.key.worker, DetailKind::Code);
        }
        add(section, Words::tr("Source"), sourceName(m_build.source()).toStdString());
        if (m_build.inferredGroup)
            add(section, Words::tr("Parts"), Words::tr("joined by likeness: this buildx gives each node's part a name of its own").toStdString());
    }

    void addTime(const QString& name, const OptionalTime& time)
    {
        if (!time)
            return;
        add(DetailSection::General, name, moment(*time).toStdString());
        m_rows.back().exact = QString::fromStdString(formatRfc3339(*time));
    }

    void addWhat()
    {
        const auto section = DetailSection::Build;
        addIf(section, Words::tr("Dockerfile"), m_build.dockerfile(), DetailKind::Code);
        addIf(section, Words::tr("Target"), m_build.target(), DetailKind::Code);
        addIf(section, Words::tr("Context"), m_build.contextName(), DetailKind::Code);
        std::string platforms;
        for (const Platform& platform : m_build.platforms)
            platforms += (platforms.empty() ? "" : ", ") + platform.str();
        addIf(section, Words::tr("Platforms"), platforms, DetailKind::Code);
        addIf(section, Words::tr("Frontend"), m_build.records.empty() ? std::string() : m_build.records.front().info.frontend, DetailKind::Code);
        addIf(section, Words::tr("Bake call"), m_build.groupRef(), DetailKind::Code);
    }

    void addCommand()
    {
        if (m_build.records.empty())
            return;
        const RepeatCommand open = repeatCommand(m_build, true), closed = repeatCommand(m_build, false);
        DetailRow row;
        row.section = DetailSection::Command;
        row.kind = DetailKind::Command;
        row.value = open.text;
        row.masked = closed.text;
        m_rows.push_back(row);
        if (closed.hasSecrets)
            addNote(DetailSection::Command, Words::tr("Secret-looking values are left out: buildx takes those of build arguments from the environment."));
        for (const QString& note : closed.notes)
            addNote(DetailSection::Command, note);
    }

    void addNote(DetailSection section, const QString& text)
    {
        DetailRow row;
        row.section = section;
        row.kind = DetailKind::Note;
        row.value = row.masked = text;
        m_rows.push_back(row);
    }

    void addAttribute(const std::string& key, const std::string& value)
    {
        static const std::set<std::string> elsewhere{"filename", "target", "platform", "context", "multi-platform", "frontend.caps"};
        if (startsWith(key, "build-arg:"))
            addNamed(DetailSection::Arguments, key.substr(10), value);
        else if (startsWith(key, "label:"))
            addNamed(DetailSection::Labels, key.substr(6), value);
        else if (startsWith(key, "context:"))
            add(DetailSection::Contexts, visibleText(key.substr(8)), value, DetailKind::Code);
        else if (startsWith(key, "attest:"))
            add(DetailSection::Attestations, Words::tr("Asked for"), key.substr(7) + (value.empty() ? "" : " (" + value + ")"), DetailKind::Code);
        else if (key == "cache-imports")
            addCacheImports(value);
        else if (key == "cache-from")
            add(DetailSection::Cache, Words::tr("Imported from"), value, DetailKind::Code);
        else if (key == "no-cache")
            add(DetailSection::Cache, Words::tr("Not used for"), value.empty() ? Words::tr("all stages (--no-cache)").toStdString() : value);
        else if (!elsewhere.count(key))
            addNamed(DetailSection::Other, key, value);
    }

    void addCacheImports(const std::string& json)
    {
        for (const QJsonValue& value : QJsonDocument::fromJson(QByteArray::fromStdString(json)).array()) {
            const QJsonObject import = value.toObject();
            QStringList parts{import.value(QLatin1String("Type")).toString()};
            const QJsonObject attributes = import.value(QLatin1String("Attrs")).toObject();
            for (auto at = attributes.begin(); at != attributes.end(); ++at)
                parts += at.key() + QLatin1Char('=') + at.value().toString();
            add(DetailSection::Cache, Words::tr("Imported from"), parts.join(QLatin1Char(' ')).toStdString(), DetailKind::Code);
        }
    }

    void addOutputs(const Record& record)
    {
        for (const Exporter& exporter : record.info.exporters) {
            add(DetailSection::Outputs, Words::tr("Exporter"), exporter.type, DetailKind::Code);
            for (const auto& [key, value] : exporter.attrs) {
                if (key != "name") {
                    addNamed(DetailSection::Outputs, key, value);
                    continue;
                }
                for (const QString& name : QString::fromStdString(value).split(QLatin1Char(','), Qt::SkipEmptyParts))
                    add(DetailSection::Outputs, Words::tr("Tag"), name.toStdString(), DetailKind::Code);
            }
        }
    }

    void addResults(const Record& record)
    {
        for (const auto& [platform, blob] : record.info.results)
            add(DetailSection::Digests, platform.empty() ? Words::tr("Image") : visibleText(platform), blob.digest, DetailKind::Code).exact = visibleText(blob.mediaType);
        for (const auto& [key, value] : record.info.exporterResponse) {
            if (key == "containerimage.digest")
                add(DetailSection::Digests, Words::tr("Pushed or stored"), value, DetailKind::Code);
            else if (key == "containerimage.config.digest")
                add(DetailSection::Digests, Words::tr("Configuration"), value, DetailKind::Code);
            else if (key == "image.name" && record.info.exporters.empty())
                add(DetailSection::Outputs, Words::tr("Tag"), value, DetailKind::Code);
        }
        for (const auto& [platform, blob] : record.info.attestations)
            add(DetailSection::Attestations, platform.empty() ? Words::tr("Image") : visibleText(platform), blob.digest, DetailKind::Code).exact = visibleText(blob.mediaType);
    }

    void addProvenance(const Record& record)
    {
        std::set<std::string> materials, secrets, ssh;
        for (const ev::ProvenanceRead& provenance : record.provenances) {
            for (const auto& [uri, digest] : provenance.materials) {
                if (!materials.insert(uri + digest).second)
                    continue;
                const bool image = startsWith(uri, "pkg:docker") || startsWith(uri, "pkg:oci");
                add(DetailSection::Materials, image ? Words::tr("Image") : Words::tr("Source"), uri + "\n" + digest, DetailKind::Code);
            }
            secrets.insert(provenance.secrets.begin(), provenance.secrets.end());
            ssh.insert(provenance.ssh.begin(), provenance.ssh.end());
        }
        for (const std::string& id : secrets)
            add(DetailSection::Secrets, Words::tr("Secret"), id, DetailKind::Code);
        for (const std::string& id : ssh)
            add(DetailSection::Secrets, Words::tr("SSH"), id, DetailKind::Code);
    }

    void addWarnings()
    {
        for (const ev::WarningRaised& warning : m_build.warnings) {
            std::string place = warning.filename;
            if (!warning.lines.empty())
                place += ":" + std::to_string(warning.lines.front().first);
            std::string text = warning.summary;
            for (const std::string& line : warning.detail)
                text += "\n" + line;
            add(DetailSection::Warnings, place.empty() ? Words::tr("Warning") : visibleText(place), text).exact = visibleText(warning.url);
        }
    }

    const Build& m_build;
    std::vector<std::string> m_secrets; ///< may stand in an error or a label, too
    std::vector<DetailRow> m_rows;
};

} // namespace

std::vector<DetailRow> detailRows(const Build& build)
{
    return Collector(build).rows();
}

QString detailTitle(DetailSection section)
{
    switch (section) {
    case DetailSection::Error: return Words::tr("What went wrong");
    case DetailSection::General: return Words::tr("General");
    case DetailSection::Build: return Words::tr("Build");
    case DetailSection::Command: return Words::tr("Command that repeats it");
    case DetailSection::Arguments: return Words::tr("Build arguments");
    case DetailSection::Labels: return Words::tr("Labels");
    case DetailSection::Contexts: return Words::tr("Named contexts");
    case DetailSection::Secrets: return Words::tr("Secrets and SSH (ids only)");
    case DetailSection::Cache: return Words::tr("Cache");
    case DetailSection::Outputs: return Words::tr("Outputs");
    case DetailSection::Digests: return Words::tr("Digests");
    case DetailSection::Attestations: return Words::tr("Attestations");
    case DetailSection::Materials: return Words::tr("Provenance: what it was made from");
    case DetailSection::Warnings: return Words::tr("Warnings");
    case DetailSection::Other: return Words::tr("Other attributes");
    }
    return {};
}

} // namespace layerline
