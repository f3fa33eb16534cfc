#include "storage/history_rows.h"

#include "domain/sha256.h"

#include <nlohmann/json.hpp>

#include <array>

namespace layerline {

namespace {

using Json = nlohmann::json;

/// Hash over fields, each with its length in front so that they cannot run into each other.
class RowHash {
public:
    RowHash& add(std::string_view field)
    {
        m_hash.add(std::to_string(field.size()) + ':');
        m_hash.add(field);
        return *this;
    }
    RowHash& add(std::int64_t field) { return add(std::string_view(std::to_string(field))); }
    RowHash& add(const OptionalTime& time) { return time ? add(time->ns) : add(std::string_view("-")); }
    std::string str() { return m_hash.hex().substr(0, 32); }

private:
    Sha256 m_hash;
};

std::string checksumOf(const HistoryEntry& entry, std::int64_t stored)
{
    RowHash hash;
    hash.add("build").add(entry.key.worker).add(entry.key.ref).add(entry.builder).add(entry.node).add(entry.name);
    hash.add(toString(entry.status)).add(entry.created).add(entry.completed).add(std::int64_t(entry.generation));
    hash.add(std::int64_t(entry.totalSteps)).add(std::int64_t(entry.completedSteps)).add(std::int64_t(entry.cachedSteps));
    hash.add(std::int64_t(entry.pinned)).add(entry.group).add(stored);
    // Fields of later revisions only where they say something: rows of an older one stay valid.
    if (entry.removedOnBuilder)
        hash.add("removed");
    if (const std::string extra = extraOf(entry); !extra.empty())
        hash.add("extra").add(extra);
    return hash.str();
}

std::string checksumOf(const RecordKey& key, const StoredBlob& blob, std::int64_t stored)
{
    RowHash hash;
    hash.add("blob").add(key.worker).add(key.ref).add(toString(blob.kind)).add(blob.name).add(blob.ref.digest);
    hash.add(blob.ref.mediaType).add(blob.ref.size).add(stored);
    return hash.str();
}

QVariant textValue(const std::string& text)
{
    // A null QString would become NULL.
    return text.empty() ? QVariant(QStringLiteral("")) : QVariant(QString::fromStdString(text));
}
QVariant timeValue(const OptionalTime& time) { return time ? QVariant(qint64(time->ns)) : QVariant(); }

class QueryFields final : public RowFields {
public:
    explicit QueryFields(const QSqlQuery& query) : m_query(query) {}
    std::string text(int column) const override { return m_query.value(column).toString().toStdString(); }
    std::int64_t integer(int column) const override { return m_query.value(column).toLongLong(); }
    OptionalTime time(int column) const override
    {
        const QVariant value = m_query.value(column);
        return value.isNull() ? OptionalTime() : OptionalTime(Timestamp{value.toLongLong()});
    }

private:
    const QSqlQuery& m_query;
};

std::string stringOf(const Json& object, const char* field)
{
    const auto found = object.find(field);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void addPlatforms(Json& object, const char* field, const std::vector<Platform>& platforms)
{
    for (const Platform& platform : platforms)
        object[field].push_back({platform.os, platform.arch, platform.variant});
}

std::vector<Platform> platformsOf(const Json& object, const char* field)
{
    std::vector<Platform> out;
    const auto platforms = object.find(field);
    if (platforms == object.end() || !platforms->is_array())
        return out;
    for (const Json& platform : *platforms) {
        if (platform.is_array() && platform.size() == 3 && platform[0].is_string() && platform[1].is_string() && platform[2].is_string())
            out.push_back({platform[0].get<std::string>(), platform[1].get<std::string>(), platform[2].get<std::string>()});
    }
    return out;
}

SourceKind sourceOf(const std::string& text)
{
    for (const SourceKind kind : {SourceKind::Record, SourceKind::RawJson, SourceKind::Plain, SourceKind::GitHub, SourceKind::Replay}) {
        if (text == toString(kind))
            return kind;
    }
    return SourceKind::BuildKit;
}

} // namespace

bool BuildRow::sound() const { return !checksum.empty() && checksum == checksumOf(entry, stored); }
bool BlobRow::sound() const { return !checksum.empty() && checksum == checksumOf(key, blob, stored); }

QString buildColumns()
{
    return QStringLiteral("worker, ref, builder, node, name, status, created, completed, generation, total_steps, completed_steps, "
                          "cached_steps, pinned, group_ref, stored, checksum, removed_on_builder, extra");
}

QString blobColumns() { return QStringLiteral("worker, ref, kind, name, digest, media_type, size, stored, checksum"); }

BuildRow readBuildRow(const QSqlQuery& query) { return readBuildRow(QueryFields(query)); }
BlobRow readBlobRow(const QSqlQuery& query) { return readBlobRow(QueryFields(query)); }

BuildRow readBuildRow(const RowFields& fields)
{
    BuildRow row;
    HistoryEntry& entry = row.entry;
    entry.key = {fields.text(0), fields.text(1)};
    entry.builder = fields.text(2);
    entry.node = fields.text(3);
    entry.name = fields.text(4);
    const auto status = parseBuildStatus(fields.text(5));
    entry.status = status.value_or(BuildStatus::Lost);
    entry.created = fields.time(6);
    entry.completed = fields.time(7);
    entry.generation = std::int32_t(fields.integer(8));
    entry.totalSteps = std::int32_t(fields.integer(9));
    entry.completedSteps = std::int32_t(fields.integer(10));
    entry.cachedSteps = std::int32_t(fields.integer(11));
    entry.pinned = fields.integer(12) == 1;
    entry.group = fields.text(13);
    row.stored = fields.integer(14);
    if (status)
        row.checksum = fields.text(15);
    entry.removedOnBuilder = fields.integer(16) == 1;
    applyExtra(entry, fields.text(17));
    return row;
}

BlobRow readBlobRow(const RowFields& fields)
{
    BlobRow row;
    row.key = {fields.text(0), fields.text(1)};
    const auto kind = parseBlobKind(fields.text(2));
    row.blob.kind = kind.value_or(BlobKind::Trace);
    row.blob.name = fields.text(3);
    row.blob.ref = {fields.text(5), fields.text(4), fields.integer(6)};
    row.stored = fields.integer(7);
    if (kind)
        row.checksum = fields.text(8);
    return row;
}

Result<void> writeBuildRow(SqlConnection& connection, const HistoryEntry& entry, std::int64_t stored)
{
    auto done = connection.run(QStringLiteral("INSERT OR REPLACE INTO builds (%1) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)").arg(buildColumns()),
                               {textValue(entry.key.worker), textValue(entry.key.ref), textValue(entry.builder), textValue(entry.node),
                                textValue(entry.name), QString::fromLatin1(toString(entry.status)), timeValue(entry.created),
                                timeValue(entry.completed), entry.generation, entry.totalSteps, entry.completedSteps, entry.cachedSteps,
                                int(entry.pinned), textValue(entry.group), qint64(stored), textValue(checksumOf(entry, stored)),
                                int(entry.removedOnBuilder), textValue(extraOf(entry))});
    if (!done)
        return done.error();
    return {};
}

Result<void> writeBlobRow(SqlConnection& connection, const RecordKey& key, const StoredBlob& blob, std::int64_t stored)
{
    auto done = connection.run(QStringLiteral("INSERT OR REPLACE INTO blobs (%1) VALUES (?,?,?,?,?,?,?,?,?)").arg(blobColumns()),
                               {textValue(key.worker), textValue(key.ref), QString::fromLatin1(toString(blob.kind)), textValue(blob.name),
                                textValue(blob.ref.digest), textValue(blob.ref.mediaType), qint64(blob.ref.size), qint64(stored),
                                textValue(checksumOf(key, blob, stored))});
    if (!done)
        return done.error();
    return {};
}

std::string extraOf(const HistoryEntry& entry)
{
    Json out = Json::object();
    if (entry.source != SourceKind::BuildKit)
        out["source"] = toString(entry.source);
    addPlatforms(out, "platforms", entry.workerPlatforms);
    addPlatforms(out, "built", entry.platforms);
    if (entry.localState) {
        out["local"] = {{"target", entry.localState->target},
                        {"path", entry.localState->localPath},
                        {"dockerfile", entry.localState->dockerfilePath},
                        {"group", entry.localState->groupRef}};
    }
    return out.empty() ? std::string() : out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void applyExtra(HistoryEntry& entry, const std::string& extra)
{
    const Json json = Json::parse(extra, nullptr, false);
    if (!json.is_object())
        return;
    entry.source = sourceOf(stringOf(json, "source"));
    entry.workerPlatforms = platformsOf(json, "platforms");
    entry.platforms = platformsOf(json, "built");
    if (const auto local = json.find("local"); local != json.end() && local->is_object())
        entry.localState = LocalState{stringOf(*local, "target"), stringOf(*local, "path"), stringOf(*local, "dockerfile"), stringOf(*local, "group")};
}

std::optional<BuildStatus> parseBuildStatus(std::string_view text)
{
    for (const BuildStatus status : {BuildStatus::Running, BuildStatus::Completed, BuildStatus::Failed, BuildStatus::Canceled, BuildStatus::Lost}) {
        if (text == toString(status))
            return status;
    }
    return {};
}

std::string storableText(const std::string& text, std::size_t limit)
{
    QString out = QString::fromStdString(text.substr(0, limit));
    out.remove(QChar(0));
    return out.toStdString();
}

HistoryEntry storable(HistoryEntry entry)
{
    for (std::string* text : {&entry.key.worker, &entry.key.ref, &entry.builder, &entry.node, &entry.name, &entry.group})
        *text = storableText(*text);
    for (auto* platforms : {&entry.workerPlatforms, &entry.platforms}) {
        for (Platform& platform : *platforms) {
            for (std::string* text : {&platform.os, &platform.arch, &platform.variant})
                *text = storableText(*text, 256);
        }
    }
    if (entry.localState) {
        LocalState& local = *entry.localState;
        for (std::string* text : {&local.target, &local.localPath, &local.dockerfilePath, &local.groupRef})
            *text = storableText(*text);
    }
    return entry;
}

} // namespace layerline
