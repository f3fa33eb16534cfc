#include "sources/files/dockerbuild_reader.h"

#include "control.pb.h"
#include "sources/files/archive_reader.h"
#include "sources/files/blob_spool.h"
#include "sources/files/external_error.h"
#include "sources/files/json_splitter.h"
#include "sources/files/provenance.h"
#include "sources/files/record_json.h"
#include "sources/files/status_log.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

namespace layerline {

namespace {

using json::Json;

constexpr std::string_view recordType = "application/vnd.buildkit.historyrecord.v0";
constexpr std::string_view statusType = "application/vnd.buildkit.status.v0";
constexpr std::string_view solveStatusType = "application/vnd.buildkit.solvestatus.v0";
constexpr std::string_view attestationType = "application/vnd.in-toto+json";
constexpr std::string_view wrappedType = "vnd.export-build.descriptor.mediatype";
constexpr int deepestIndex = 4;

bool startsWith(std::string_view text, std::string_view prefix)
{
    return text.substr(0, prefix.size()) == prefix;
}

bool isSha256(std::string_view hex)
{
    return hex.size() == 64
        && std::all_of(hex.begin(), hex.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// Reads a .dockerbuild: unpack(), then records() of what its index names.
class Reader {
public:
    Reader(ByteSource& source, const std::string& name, const FileCaps& caps) : m_source(source), m_caps(caps) { m_file.name = name; }
    Result<OpenedFile> read();

private:
    Result<void> unpack();
    Result<void> unpackBlob(ArchiveReader& archive, const std::string& hex);
    Result<void> unpackIndex(ArchiveReader& archive);
    Result<std::string_view> blob(const Json& descriptor) const;
    Result<Json> document(const Json& descriptor) const;
    Result<void> readIndex(const Json& index, int depth);
    Result<void> readManifest(const Json& manifest);
    Result<void> readSteps(const FileRecord& record, const Json& manifest, EventBatch& batch);
    void readExtras(const FileRecord& record, const Json& manifest, EventBatch& batch);
    void readAttestation(const std::string& platform, const BlobRef& ref, const std::string& type, EventBatch& batch);
    void keepBlobs(const FileRecord& record, const RecordKey& key);
    void keep(const RecordKey& key, const std::string& platform, const BlobRef& ref);

    ByteSource& m_source;
    const FileCaps& m_caps;
    OpenedFile m_file;
    std::shared_ptr<BlobSpool> m_spool = std::make_shared<BlobSpool>();
    std::string m_index;
    std::set<std::string> m_seen; ///< digests of manifests and indexes
    std::set<std::string> m_refs;
    std::set<std::string> m_statusLogs; ///< digests of those read
};

Result<void> Reader::unpackBlob(ArchiveReader& archive, const std::string& hex)
{
    std::array<char, 64 * 1024> piece;
    Sha256 hash;
    for (;;) {
        const auto got = archive.read(piece.data(), piece.size());
        if (!got)
            return got.error();
        if (*got == 0)
            break;
        const std::string_view bytes(piece.data(), *got);
        hash.add(bytes);
        if (const auto appended = m_spool->append(bytes); !appended)
            return appended;
    }
    if (hash.hex() != hex)
        return Error{ErrorKind::Corrupt, "blob sha256:" + hex + " does not match its digest"};
    m_spool->finish("sha256:" + hex);
    return {};
}

Result<void> Reader::unpackIndex(ArchiveReader& archive)
{
    std::array<char, 16 * 1024> piece;
    m_index.clear();
    for (;;) {
        const auto got = archive.read(piece.data(), piece.size());
        if (!got)
            return got.error();
        if (*got == 0)
            return {};
        m_index.append(piece.data(), *got);
        if (m_index.size() > m_caps.jsonObject)
            return Error{ErrorKind::TooLarge, "index.json is larger than " + std::to_string(m_caps.jsonObject) + " bytes"};
    }
}

Result<void> Reader::unpack()
{
    ArchiveReader archive(m_source, ArchiveKind::TarGzip, m_caps);
    constexpr std::string_view folder = "blobs/sha256/";
    for (;;) {
        const auto more = archive.next();
        if (!more)
            return more.error();
        if (!*more)
            break;
        const std::string path = archive.path();
        Result<void> done;
        if (path == "index.json")
            done = unpackIndex(archive);
        else if (startsWith(path, folder) && isSha256(std::string_view(path).substr(folder.size())))
            done = unpackBlob(archive, path.substr(folder.size()));
        else if (startsWith(path, folder))
            return Error{ErrorKind::BadInput, "blob whose name is no sha256 digest"};
        if (!done)
            return done;
    }
    if (m_index.empty())
        return Error{ErrorKind::Unsupported, "archive has no index.json: not a .dockerbuild"};
    return m_spool->seal();
}

Result<std::string_view> Reader::blob(const Json& descriptor) const
{
    const std::string digest = json::text(descriptor, "digest");
    const auto bytes = m_spool->find(digest);
    if (!bytes)
        return Error{ErrorKind::NotFound, "blob " + digest.substr(0, 80) + " is not in the archive"};
    const std::int64_t size = json::integer(descriptor, "size", -1);
    if (size >= 0 && std::uint64_t(size) != bytes->size())
        return Error{ErrorKind::Corrupt, "blob " + digest + " is not as long as its descriptor says"};
    return *bytes;
}

Result<Json> Reader::document(const Json& descriptor) const
{
    const auto bytes = blob(descriptor);
    if (!bytes)
        return bytes.error();
    if (bytes->size() > m_caps.jsonObject)
        return Error{ErrorKind::TooLarge, "JSON document of " + std::to_string(bytes->size()) + " bytes"};
    return json::parse(*bytes, m_caps.jsonDepth);
}

Result<void> Reader::readIndex(const Json& index, int depth)
{
    if (depth > deepestIndex)
        return Error{ErrorKind::BadInput, "indexes nested too deep"};
    for (const Json& descriptor : json::array(index, "manifests")) {
        if (!m_seen.insert(json::text(descriptor, "digest")).second)
            continue;
        const auto content = document(descriptor);
        if (!content)
            return content.error();
        const auto read = json::member(*content, "manifests") ? readIndex(*content, depth + 1) : readManifest(*content);
        if (!read)
            return read;
    }
    return {};
}

Result<void> Reader::readManifest(const Json& manifest)
{
    const Json* config = json::member(manifest, "config");
    if (!config || json::text(*config, "mediaType") != recordType)
        return {};
    if (m_file.batches.size() >= m_caps.records)
        return Error{ErrorKind::TooLarge, "more than " + std::to_string(m_caps.records) + " builds"};
    const auto content = document(*config);
    if (!content)
        return content.error();
    auto record = recordFromJson(*content);
    if (!record)
        return record.error();
    if (record->ref.empty())
        record->ref = json::text(*config, "digest").substr(7, 12);

    EventBatch batch;
    batch.record = {"file:" + m_file.name, record->ref};
    if (!m_refs.insert(record->ref).second) {
        // The parts of a multi-node build share their ref: each needs a worker of its own to stay apart, and a builder
        // in common to be put together.
        batch.record.worker += "#" + std::to_string(m_file.batches.size() + 1);
        record->info.builder = m_file.name;
        for (EventBatch& other : m_file.batches) {
            if (other.record.ref == record->ref)
                std::get<ev::RecordUpdated>(other.events.front()).builder = m_file.name;
        }
    }
    batch.events.emplace_back(record->info);
    if (const auto steps = readSteps(*record, manifest, batch); !steps)
        return steps;
    readExtras(*record, manifest, batch);
    if (!record->info.complete)
        batch.events.emplace_back(ev::ConnectionChanged{true, "the record was saved before the build ended", 0});
    keepBlobs(*record, batch.record);
    m_file.batches.push_back(std::move(batch));
    return {};
}

/// The layer of a media type, as itself or wrapped as application/json; null when missing.
const Json* layerOfType(const Json& manifest, std::string_view type)
{
    for (const Json& layer : json::array(manifest, "layers")) {
        const Json* wrapped = json::member(layer, {"annotations", wrappedType});
        if (json::text(layer, "mediaType") == type || (wrapped && wrapped->is_string() && wrapped->get_ref<const std::string&>() == type))
            return &layer;
    }
    return nullptr;
}

Result<std::vector<Event>> readSolveStatus(std::string_view bytes, const FileCaps& caps)
{
    std::vector<Event> events;
    StatusTranslator translator;
    JsonSplitter splitter(caps.jsonObject, caps.jsonDepth);
    const auto object = [&](std::string_view text) -> Result<void> {
        const auto parsed = json::parse(text, caps.jsonDepth);
        if (!parsed)
            return parsed.error();
        moby::buildkit::v1::StatusResponse response;
        statusFromJson(*parsed, response);
        std::vector<Event> more = translator.translate(response);
        std::move(more.begin(), more.end(), std::back_inserter(events));
        return {};
    };
    if (const auto pushed = splitter.push(bytes, object, [](std::string_view) {}); !pushed)
        return pushed.error();
    return events;
}

Result<void> Reader::readSteps(const FileRecord& record, const Json& manifest, EventBatch& batch)
{
    const Json* layer = layerOfType(manifest, statusType);
    const Json* asJson = layer ? nullptr : layerOfType(manifest, solveStatusType);
    Result<std::vector<Event>> events{std::vector<Event>{}};
    // Status logs hold times, so no two builds share one; a file in which thousands do was made to harm.
    const std::string digest = layer || asJson ? json::text(layer ? *layer : *asJson, "digest") : record.info.logs ? record.info.logs->digest : std::string();
    if (!digest.empty() && !m_statusLogs.insert(digest).second) {
        m_file.notes.push_back(record.ref + ": its status log is that of another build");
    } else if (layer || asJson) {
        const auto bytes = blob(layer ? *layer : *asJson);
        if (!bytes)
            return bytes.error();
        events = layer ? readStatusLog(*bytes, m_caps) : readSolveStatus(*bytes, m_caps);
    } else if (const auto bytes = record.info.logs ? m_spool->find(record.info.logs->digest) : std::optional<std::string_view>{}) {
        events = readStatusLog(*bytes, m_caps);
    } else {
        m_file.notes.push_back(record.ref + ": no status log");
    }
    if (!events)
        return events.error();
    std::move(events->begin(), events->end(), std::back_inserter(batch.events));
    return {};
}

void Reader::readAttestation(const std::string& platform, const BlobRef& ref, const std::string& type, EventBatch& batch)
{
    if (!type.empty() && type.find("slsa.dev/provenance") == std::string::npos)
        return; // an SBOM: nothing about steps
    const auto bytes = m_spool->find(ref.digest);
    if (!bytes)
        return;
    auto provenance = bytes->size() > m_caps.jsonObject ? Result<ev::ProvenanceRead>(Error{ErrorKind::TooLarge, "too large"})
                                                        : parseProvenance(*bytes, platform);
    if (provenance)
        batch.events.emplace_back(std::move(*provenance));
    else if (provenance.error().kind != ErrorKind::Unsupported)
        m_file.notes.push_back("provenance " + ref.digest + ": " + provenance.error().detail);
}

void Reader::readExtras(const FileRecord& record, const Json& manifest, EventBatch& batch)
{
    std::set<std::string> known;
    for (const auto& [platform, ref] : record.info.attestations) {
        known.insert(ref.digest);
        const auto type = record.predicateTypes.find(ref.digest);
        readAttestation(platform, ref, type == record.predicateTypes.end() ? std::string{} : type->second, batch);
    }
    // Exporters that keep no Results still add the layers.
    for (const Json& layer : json::array(manifest, "layers")) {
        const std::string digest = json::text(layer, "digest");
        if (json::text(layer, "mediaType") != attestationType || known.count(digest))
            continue;
        const Json* type = json::member(layer, {"annotations", "in-toto.io/predicate-type"});
        readAttestation({}, {std::string(attestationType), digest, json::integer(layer, "size")},
                        type && type->is_string() ? type->get<std::string>() : std::string{}, batch);
    }
    if (!record.info.externalError)
        return;
    const auto bytes = m_spool->find(record.info.externalError->digest);
    auto excerpt = bytes ? parseExternalError(*bytes) : Result<SourceExcerpt>(Error{ErrorKind::NotFound, {}});
    if (excerpt)
        batch.events.emplace_back(ev::ExcerptRead{std::move(*excerpt)});
    else if (excerpt.error().kind != ErrorKind::NotFound)
        m_file.notes.push_back("external error: " + excerpt.error().detail);
}

void Reader::keep(const RecordKey& key, const std::string& platform, const BlobRef& ref)
{
    if (const auto bytes = m_spool->find(ref.digest))
        m_file.blobs.push_back({key, platform, ref, *bytes, m_spool});
}

void Reader::keepBlobs(const FileRecord& record, const RecordKey& key)
{
    for (const auto& ref : {record.info.logs, record.info.trace, record.info.externalError}) {
        if (ref)
            keep(key, {}, *ref);
    }
    for (const auto& [platform, ref] : record.info.attestations)
        keep(key, platform, ref);
    for (const auto& [platform, ref] : record.info.results)
        keep(key, platform, ref);
}

Result<OpenedFile> Reader::read()
{
    if (const auto unpacked = unpack(); !unpacked)
        return unpacked.error();
    const auto index = json::parse(m_index, m_caps.jsonDepth);
    if (!index)
        return Error{index.error().kind, "index.json: " + index.error().detail};
    if (const auto records = readIndex(*index, 0); !records)
        return records.error();
    if (m_file.batches.empty())
        return Error{ErrorKind::Unsupported, "no build record in the archive"};
    return std::move(m_file);
}

} // namespace

Result<OpenedFile> readDockerbuild(ByteSource& source, const std::string& name, const FileCaps& caps)
{
    return Reader(source, name, caps).read();
}

} // namespace layerline
