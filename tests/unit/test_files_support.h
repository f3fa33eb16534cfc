// Archives, records and progress made by code, for the tests of the file readers.
#pragma once

#include "control.pb.h"
#include "domain/build_set.h"
#include "domain/sha256.h"
#include "sources/files/build_file.h"

#include <archive.h>
#include <archive_entry.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace layerline::test {

struct ArchiveItem {
    std::string path;
    std::string data;
    unsigned type = AE_IFREG;
    std::string link;
    bool hard = false;
};

enum class Packing { TarGzip, Zip };

inline std::string pack(const std::vector<ArchiveItem>& items, Packing packing)
{
    std::string out;
    archive* writer = archive_write_new();
    if (packing == Packing::TarGzip) {
        archive_write_add_filter_gzip(writer);
        archive_write_set_format_pax_restricted(writer);
    } else {
        archive_write_set_format_zip(writer);
    }
    const auto append = [](archive*, void* to, const void* data, std::size_t size) -> la_ssize_t {
        static_cast<std::string*>(to)->append(static_cast<const char*>(data), size);
        return la_ssize_t(size);
    };
    archive_write_set_bytes_in_last_block(writer, 1);
    archive_write_open(writer, &out, nullptr, append, nullptr);
    for (const ArchiveItem& item : items) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, item.path.c_str());
        archive_entry_set_filetype(entry, item.type);
        archive_entry_set_perm(entry, 0644);
        if (item.hard)
            archive_entry_set_hardlink(entry, item.link.c_str());
        else if (!item.link.empty())
            archive_entry_set_symlink(entry, item.link.c_str());
        archive_entry_set_size(entry, la_int64_t(item.data.size()));
        archive_write_header(writer, entry);
        archive_write_data(writer, item.data.data(), item.data.size());
        archive_entry_free(entry);
    }
    archive_write_free(writer);
    return out;
}

/// A StatusResponse as a frame of a status log.
inline std::string frame(const moby::buildkit::v1::StatusResponse& response)
{
    const std::string bytes = response.SerializeAsString();
    std::string out;
    for (int i = 0; i < 4; ++i)
        out.push_back(char(bytes.size() >> (8 * i)));
    return out + bytes;
}

/// One step that ran from `from` to `to` (seconds) and printed `log`.
inline std::string frames(const std::string& digest, const std::string& name, std::int64_t from, std::int64_t to, const std::string& log = {},
                          bool cached = false, const std::string& error = {})
{
    moby::buildkit::v1::StatusResponse response;
    auto* vertex = response.add_vertexes();
    vertex->set_digest(digest);
    vertex->set_name(name);
    std::string out = frame(response);
    vertex->mutable_started()->set_seconds(from);
    out += frame(response);
    if (!log.empty()) {
        moby::buildkit::v1::StatusResponse text;
        auto* line = text.add_logs();
        line->set_vertex(digest);
        line->set_stream(1);
        line->mutable_timestamp()->set_seconds(from);
        line->set_msg(log);
        out += frame(text);
    }
    vertex->mutable_completed()->set_seconds(to);
    vertex->set_cached(cached);
    vertex->set_error(error);
    return out + frame(response);
}

/// An OCI layout in the making.
class LayoutMaker {
public:
    using Json = nlohmann::ordered_json;

    /// Adds a blob and returns its descriptor.
    Json blob(const std::string& mediaType, const std::string& bytes)
    {
        const std::string digest = sha256Digest(bytes);
        m_items.push_back({"blobs/sha256/" + digest.substr(7), bytes, AE_IFREG, {}, false});
        return {{"mediaType", mediaType}, {"digest", digest}, {"size", bytes.size()}};
    }
    Json manifest(const Json& config, const std::vector<Json>& layers)
    {
        const Json body = {{"schemaVersion", 2}, {"config", config}, {"layers", layers}};
        return blob("application/vnd.oci.image.manifest.v1+json", body.dump());
    }
    Json index(const std::vector<Json>& manifests)
    {
        return blob("application/vnd.oci.image.index.v1+json", Json{{"schemaVersion", 2}, {"manifests", manifests}}.dump());
    }
    /// A record with a status log and further layers.
    Json record(const Json& config, const std::string& status, std::vector<Json> layers = {})
    {
        if (!status.empty())
            layers.push_back(blob("application/vnd.buildkit.status.v0", status));
        return manifest(blob("application/vnd.buildkit.historyrecord.v0", config.dump()), layers);
    }
    void root(const std::vector<Json>& manifests) { rootText(Json{{"schemaVersion", 2}, {"manifests", manifests}}.dump()); }
    void rootText(std::string text) { m_items.push_back({"index.json", std::move(text), AE_IFREG, {}, false}); }
    std::vector<ArchiveItem>& items() { return m_items; }
    std::string archive() const { return pack(m_items, Packing::TarGzip); }

private:
    std::vector<ArchiveItem> m_items;
};

inline LayoutMaker::Json recordConfig(const std::string& ref = "ref1")
{
    return {{"Ref", ref},
            {"FrontendAttrs", {{"filename", "Dockerfile"}, {"platform", "linux/amd64,linux/arm64"}}},
            {"CreatedAt", {{"seconds", 1000}, {"nanos", 5}}},
            {"CompletedAt", "1970-01-01T00:16:50Z"},
            {"DefaultPlatform", "linux/amd64"}};
}

/// A whole small .dockerbuild: two steps, one cached.
inline std::string smallDockerbuild()
{
    LayoutMaker layout;
    layout.root({layout.record(recordConfig(), frames("sha256:a", "[linux/amd64 1/2] FROM x", 1001, 1001, {}, true)
                                                   + frames("sha256:b", "[linux/amd64 2/2] RUN y", 1002, 1005, "hello\n"))});
    return layout.archive();
}

inline const char* const plainBuild =
    "#0 building with \"default\" instance using docker driver\n"
    "\n"
    "#1 [internal] load build definition from Dockerfile\n"
    "#1 transferring dockerfile: 447B done\n"
    "#1 DONE 0.5s\n"
    "\n"
    "#2 [linux/amd64 base 1/2] FROM docker.io/library/x\n"
    "#2 CACHED\n"
    "\n"
    "#3 [linux/amd64 base 2/2] RUN make\n"
    "#3 0.250 one\n"
    "#3 ...\n"
    "\n"
    "#4 [linux/arm64 base 1/2] FROM docker.io/library/x\n"
    "#4 sha256:ab 1.00MB / 2.00MB 0.2s\n"
    "#4 sha256:ab 2.00MB / 2.00MB 0.4s done\n"
    "#4 DONE 0.6s\n"
    "\n"
    "#3 [linux/amd64 base 2/2] RUN make\n"
    "#3 1.500 two\n"
    "#3 DONE 2.0s\n"
    "#3 WARN: something\n";

inline const char* const rawBuild =
    "{\"vertexes\":[{\"digest\":\"sha256:a\",\"name\":\"[1/2] FROM x\",\"started\":\"2025-01-01T00:00:00Z\",\"completed\":\"2025-01-01T00:00:01Z\",\"cached\":true},"
    "{\"digest\":\"sha256:b\",\"inputs\":[\"sha256:a\"],\"name\":\"[2/2] RUN y\"}]}\n"
    "{\"vertexes\":[{\"digest\":\"sha256:b\",\"inputs\":[\"sha256:a\"],\"name\":\"[2/2] RUN y\",\"started\":\"2025-01-01T00:00:01Z\"}]}\n"
    "{\n  \"statuses\": [\n    {\"id\": \"up\", \"vertex\": \"sha256:b\", \"current\": 3, \"total\": 9, \"timestamp\": \"2025-01-01T00:00:02Z\"}\n  ],\n"
    "  \"logs\": [{\"vertex\":\"sha256:b\",\"stream\":2,\"data\":\"aGVsbG8K\",\"timestamp\":\"2025-01-01T00:00:02Z\"}]\n}\n"
    "{\"warnings\":[{\"vertex\":\"sha256:b\",\"level\":1,\"short\":\"YmFk\",\"detail\":[\"d29yc2U=\"],\"url\":\"https://x\",\"sourceInfo\":{\"filename\":\"Dockerfile\"},"
    "\"range\":[{\"start\":{\"line\":3},\"end\":{\"line\":4}}]}]}\n"
    "{\"vertexes\":[{\"digest\":\"sha256:b\",\"name\":\"[2/2] RUN y\",\"started\":\"2025-01-01T00:00:01Z\",\"completed\":\"2025-01-01T00:00:05Z\"}]}\n";

/// Plain progress as a GitHub job logs it: one line a second.
inline std::string githubLog(const std::string& plain)
{
    std::string out = "\xEF\xBB\xBF";
    int second = 0;
    std::string line;
    for (const char c : plain + "##[endgroup]\n") {
        line.push_back(c);
        if (c == '\n') {
            out += "2025-12-04T08:20:" + std::string(second < 10 ? "0" : "") + std::to_string(second) + ".1234567Z " + line;
            second = std::min(second + 1, 59);
            line.clear();
        }
    }
    return out;
}

/// Opens bytes as "x.dockerbuild".
inline Result<OpenedFile> openArchive(const std::string& bytes, const FileCaps& caps = {})
{
    return openBuildBytes(bytes, "x.dockerbuild", Timestamp{5}, caps);
}

/// "" when it opened, else what went wrong: kind and text.
inline std::string fault(const Result<OpenedFile>& result)
{
    if (result)
        return {};
    constexpr const char* names[] = {"NotFound", "BadInput", "TooLarge", "Permission", "Unreachable", "Timeout", "Unsupported", "Cancelled", "Corrupt", "Internal"};
    return std::string(names[int(result.error().kind)]) + ": " + result.error().detail;
}

/// An archive of one record.
inline std::string oneRecord(const LayoutMaker::Json& config, const std::string& status = {})
{
    LayoutMaker layout;
    layout.root({layout.record(config, status)});
    return layout.archive();
}

inline BuildSet reduced(const OpenedFile& file)
{
    BuildSet set;
    for (const EventBatch& batch : file.batches)
        set.apply(batch);
    return set;
}

inline const Build& onlyBuild(const BuildSet& set)
{
    return *set.find(set.ids().front());
}

inline const Step* stepNamed(const Build& build, const std::string& name)
{
    for (const Step& step : build.steps) {
        if (step.name == name)
            return &step;
    }
    return nullptr;
}

inline std::string logOf(const Step& step)
{
    std::string text;
    for (std::size_t i = 0; i < step.log->lineCount(); ++i)
        text += std::string(step.log->line(i).text) + "\n";
    return text;
}

} // namespace layerline::test
