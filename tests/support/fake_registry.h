// A registry in the test's own process: content by digest, tags, and whatever fault a test wants on top.
#pragma once

#include "domain/sha256.h"
#include "sources/registry/registry_client.h"
#include "support/fault_server/fault_server.h"

#include <QTest>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace layerline::test {

/// The answer of one call, once there is one. Copies share it: a late answer finds somebody home.
template <class T>
class Got {
public:
    std::function<void(Result<T>)> callback() const
    {
        return [state = m_state](Result<T> got) {
            state->calls++;
            state->result = std::move(got);
        };
    }
    bool done() const { return m_state->calls > 0; }
    int calls() const { return m_state->calls; }
    bool ok() const { return m_state->result && m_state->result->ok(); }
    const T& value() const { return m_state->result->value(); }
    std::string problem() const { return !m_state->result ? "no answer" : ok() ? "" : m_state->result->error().detail; }
    ErrorKind kind() const { return m_state->result && !ok() ? m_state->result->error().kind : ErrorKind::Internal; }

private:
    struct State {
        int calls = 0;
        std::optional<Result<T>> result;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

template <>
class Got<void> {
public:
    std::function<void(Result<void>)> callback() const
    {
        return [state = m_state](Result<void> got) { *state = std::move(got); };
    }
    bool done() const { return m_state->has_value(); }
    bool ok() const { return done() && (*m_state)->ok(); }
    std::string problem() const { return !done() ? "no answer" : ok() ? "" : (*m_state)->error().detail; }

private:
    std::shared_ptr<std::optional<Result<void>>> m_state = std::make_shared<std::optional<Result<void>>>();
};

/// JSON written with ' for ": readable, and moc loses its way in raw strings with an odd number of quotes.
inline std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

inline const char* const ociIndex = "application/vnd.oci.image.index.v1+json";
inline const char* const ociManifest = "application/vnd.oci.image.manifest.v1+json";

/// Speaks the distribution API for one repository, "acme/shop".
class FakeRegistry {
public:
    using Answer = FaultServer::Answer;
    using Request = FaultServer::Request;

    struct Stored {
        std::string type;
        std::string bytes;
    };
    std::map<std::string, Stored> manifests; ///< by digest
    std::map<std::string, std::string> blobs;
    std::map<std::string, std::string> tags;  ///< tag -> digest
    bool referrersKnown = true;
    std::map<std::string, std::string> referrers; ///< digest -> index document
    /// Looks first; nothing = the registry answers.
    std::function<std::optional<Answer>(const Request&)> fault;
    FaultServer server{[this](const Request& request) { return answer(request); }};

    std::string host() const { return "127.0.0.1:" + std::to_string(server.port()); }
    ImageReference image(const std::string& tag) const { return {host(), "acme/shop", tag, {}}; }

    std::string addBlob(const std::string& bytes)
    {
        const std::string digest = sha256Digest(bytes);
        blobs[digest] = bytes;
        return digest;
    }
    std::string addManifest(const std::string& bytes, const std::string& type, const std::string& tag = {})
    {
        const std::string digest = sha256Digest(bytes);
        manifests[digest] = {type, bytes};
        if (!tag.empty())
            tags[tag] = digest;
        return digest;
    }
    /// A manifest with a configuration of that platform; `salt` makes it different.
    std::string addImage(const std::string& arch, const std::string& salt, const std::string& tag = {}, const std::string& created = "2026-11-20T10:00:00Z")
    {
        const std::string config = addBlob(R"({"architecture":")" + arch + R"(","os":"linux","created":")" + created + R"(","x":")" + salt + "\"}");
        return addManifest(R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":")"
                               + config + R"(","size":100},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":")" + config + R"(","size":900}]})",
                           ociManifest, tag);
    }
    static std::string entry(const std::string& digest, const std::string& arch, const std::string& variant = {})
    {
        return R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":")" + digest + R"(","size":7,"platform":{"os":"linux","architecture":")" + arch + "\""
            + (variant.empty() ? "" : R"(,"variant":")" + variant + "\"") + "}}";
    }
    static std::string attestation(const std::string& digest)
    {
        return R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":")" + digest
            + R"(","size":7,"annotations":{"vnd.docker.reference.type":"attestation-manifest"},"platform":{"os":"unknown","architecture":"unknown"}})";
    }
    static std::string index(const std::vector<std::string>& entries)
    {
        std::string list;
        for (const std::string& each : entries)
            list += (list.empty() ? "" : ",") + each;
        return R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[)" + list + "]}";
    }
    /// amd64 and arm64 with an attestation each.
    std::string addPair(const std::string& salt, const std::string& tag = {})
    {
        const std::string amd = addImage("amd64", salt), arm = addImage("arm64", salt);
        return addManifest(index({entry(amd, "amd64"), entry(arm, "arm64", "v8"), attestation(amd), attestation(arm)}), ociIndex, tag);
    }
    int count(const char* method, const QByteArray& part) const
    {
        int found = 0;
        for (const Request& request : server.requests())
            found += request.method == method && request.target.contains(part);
        return found;
    }

private:
    static Answer error(int status, const char* code)
    {
        return {status, QByteArray(R"({"errors":[{"code":")") + code + R"(","message":"told so"}]})", {{"Content-Type", "application/json"}}};
    }
    Answer answer(const Request& request)
    {
        if (fault) {
            if (const auto told = fault(request))
                return *told;
        }
        const std::string path = request.path.toStdString(), root = "/v2/acme/shop/";
        if (path.compare(0, root.size(), root) != 0)
            return error(404, "NAME_UNKNOWN");
        const std::string rest = path.substr(root.size()), what = rest.substr(0, rest.find('/')), last = rest.substr(rest.find('/') + 1);
        if (what == "manifests")
            return request.method == "PUT" ? take(last, request) : manifest(last);
        if (what == "blobs")
            return blobs.count(last) ? Answer{200, QByteArray::fromStdString(blobs[last]), {}} : error(404, "BLOB_UNKNOWN");
        if (what == "referrers" && referrersKnown)
            return {200, QByteArray::fromStdString(referrers.count(last) ? referrers[last] : index({})), {{"Content-Type", ociIndex}}};
        if (what == "tags") {
            QByteArray list;
            for (const auto& [tag, digest] : tags)
                list += (list.isEmpty() ? "\"" : ",\"") + QByteArray::fromStdString(tag) + "\"";
            return {200, R"({"name":"acme/shop","tags":[)" + list + "]}", {}};
        }
        return error(404, "UNSUPPORTED");
    }
    Answer manifest(const std::string& reference)
    {
        const std::string digest = tags.count(reference) ? tags[reference] : reference;
        if (!manifests.count(digest))
            return error(404, "MANIFEST_UNKNOWN");
        const Stored& stored = manifests[digest];
        return {200, QByteArray::fromStdString(stored.bytes), {{"Content-Type", QByteArray::fromStdString(stored.type)}, {"Docker-Content-Digest", QByteArray::fromStdString(digest)}}};
    }
    Answer take(const std::string& tag, const Request& request)
    {
        const std::string digest = addManifest(request.body.toStdString(), request.headers.value("content-type").toStdString(), tag);
        return {201, {}, {{"Docker-Content-Digest", QByteArray::fromStdString(digest)}}};
    }
};

/// No docker configuration, and no patience.
inline RegistryOptions quickOptions(const DockerPlaces& docker = {"/nonexistent/config.json", {}})
{
    RegistryOptions options;
    options.docker = docker;
    options.firstPause = std::chrono::milliseconds(5);
    options.longestPause = std::chrono::milliseconds(1500);
    return options;
}

} // namespace layerline::test
