#include "sources/registry/publication_reader.h"

#include "domain/sha256.h"

#include <QPointer>

#include <algorithm>

namespace layerline {

namespace {

constexpr std::uint64_t largestConfig = 8u << 20;
constexpr std::size_t mostPlatforms = 100; ///< real indexes have up to about 15
const std::string signaturePrefix = "sha256-";

std::int64_t sizeOf(const Manifest& manifest)
{
    std::int64_t size = manifest.config.size;
    for (const ContentDescriptor& layer : manifest.layers)
        size += layer.size;
    return size;
}

} // namespace

bool isSignatureTag(const std::string& tag)
{
    return tag.compare(0, signaturePrefix.size(), signaturePrefix) == 0 && tag.size() >= signaturePrefix.size() + 64
        && isDigest("sha256:" + tag.substr(signaturePrefix.size(), 64));
}

std::vector<Signature> signaturesAmong(const std::vector<std::string>& all, const std::string& digest)
{
    std::vector<Signature> found;
    const std::string prefix = signaturePrefix + std::string(sha256Hex(digest));
    for (const std::string& tag : all) {
        if (!isSignatureTag(tag) || tag.compare(0, prefix.size(), prefix) != 0)
            continue;
        const std::string end = tag.substr(prefix.size());
        found.push_back({end == ".sig" ? "signature" : end == ".att" ? "attestation" : end == ".sbom" ? "sbom" : "referrer", tag});
    }
    return found;
}

/// Several answers make one tag; the last of them hands it over.
struct PublicationReader::Reading {
    ImageReference at;
    PublishedTag tag;
    QPointer<QObject> context;
    Callback<PublishedTag> callback;
    int open = 0;
    void close()
    {
        if (--open > 0 || !context)
            return;
        std::erase_if(tag.platforms, [](const PublishedPlatform& each) { return each.platform.empty(); });
        callback(std::move(tag));
    }
};

PublicationReader::PublicationReader(RegistryClient& client, QObject* parent) : QObject(parent), m_client(client) {}

void PublicationReader::read(const ImageReference& at, const std::vector<std::string>& allTags, QObject* context, Callback<PublishedTag> callback)
{
    auto reading = std::make_shared<Reading>();
    reading->at = at;
    reading->context = context;
    reading->callback = std::move(callback);
    m_client.manifest(at, context, [this, reading, allTags](Result<RawManifest> got) {
        if (!got)
            return reading->callback(got.error());
        const auto manifest = readManifest(got.value());
        if (!manifest)
            return reading->callback(manifest.error());
        reading->tag.tag = reading->at.tag;
        reading->tag.digest = got->digest;
        reading->tag.mediaType = got->mediaType;
        reading->tag.index = manifest.value().index;
        reading->tag.signatures = signaturesAmong(allTags, got->digest);
        reading->open = 1; // until everything has been asked for
        readReferrers(reading);
        readPlatforms(reading, manifest.value());
        reading->close();
    });
}

void PublicationReader::readPlatforms(const std::shared_ptr<Reading>& reading, const Manifest& manifest)
{
    PublishedTag& tag = reading->tag;
    if (!manifest.index) {
        tag.platforms.push_back({{}, tag.digest, sizeOf(manifest), {}});
        return readPlatform(reading, 0, manifest);
    }
    for (const ContentDescriptor& entry : manifest.entries) {
        if (isAttestation(entry))
            ++tag.attestations;
        else if (tag.platforms.size() < mostPlatforms) // without a platform: its configuration will tell
            tag.platforms.push_back({entry.platform, entry.digest, 0, {}});
    }
    for (std::size_t i = 0; i < tag.platforms.size(); ++i) {
        ++reading->open;
        m_client.manifest(reading->at.withDigest(tag.platforms[i].digest), reading->context, [this, reading, i](Result<RawManifest> got) {
            const auto inner = got ? readManifest(got.value()) : Result<Manifest>(got.error());
            if (inner && !inner.value().index) {
                reading->tag.platforms[i].size = sizeOf(inner.value());
                readPlatform(reading, i, inner.value());
            } else if (!got && got.error().kind == ErrorKind::NotFound) {
                // Named by the index and not there: nobody can pull it.
                reading->tag.platforms[i].digest.clear();
            }
            reading->close();
        });
    }
}

void PublicationReader::readPlatform(const std::shared_ptr<Reading>& reading, std::size_t i, const Manifest& manifest)
{
    if (!isDigest(manifest.config.digest))
        return;
    ++reading->open;
    m_client.blob(reading->at, manifest.config.digest, largestConfig, reading->context, [reading, i](Result<std::string> bytes) {
        const auto config = bytes ? readImageConfig(bytes.value()) : Result<ImageConfig>(bytes.error());
        if (config) {
            PublishedPlatform& platform = reading->tag.platforms[i];
            platform.created = config.value().created;
            if (platform.platform.empty())
                platform.platform = config.value().platform;
        }
        reading->close();
    });
}

void PublicationReader::readReferrers(const std::shared_ptr<Reading>& reading)
{
    ++reading->open;
    m_client.referrers(reading->at.withDigest(reading->tag.digest), reading->context, [reading](Result<std::vector<ContentDescriptor>> got) {
        if (got) {
            for (const ContentDescriptor& entry : got.value())
                reading->tag.signatures.push_back({entry.artifactType.empty() ? "referrer" : entry.artifactType, entry.digest});
        }
        reading->close();
    });
}

void PublicationReader::readAll(const ImageReference& of, int most, QObject* context, Callback<std::vector<PublishedTag>> callback)
{
    const QPointer<QObject> guarded(context);
    m_client.tags(of, context, [this, of, most, guarded, callback = std::move(callback)](Result<std::vector<std::string>> got) {
        if (!got || !guarded)
            return got ? void() : callback(got.error());
        std::vector<std::string> chosen;
        for (auto tag = got->rbegin(); tag != got->rend() && int(chosen.size()) < most; ++tag) {
            if (!isSignatureTag(*tag))
                chosen.push_back(*tag);
        }
        if (chosen.empty())
            return callback(std::vector<PublishedTag>{});
        struct All {
            std::vector<PublishedTag> tags;
            std::size_t open;
        };
        const auto all = std::make_shared<All>(All{std::vector<PublishedTag>(chosen.size()), chosen.size()});
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            read(of.withTag(chosen[i]), got.value(), guarded, [all, i, tag = chosen[i], callback](Result<PublishedTag> one) {
                if (one) {
                    all->tags[i] = std::move(one.value());
                } else {
                    all->tags[i].tag = tag;
                    all->tags[i].problem = one.error().detail;
                }
                if (--all->open == 0)
                    callback(std::move(all->tags));
            });
        }
    });
}

} // namespace layerline
