// What a registry publishes under an image's tags, read with as few requests as it takes.
#pragma once

#include "domain/release.h"
#include "sources/registry/registry_client.h"

#include <QObject>

namespace layerline {

/// Callbacks as in RegistryClient, whose thread it lives on.
class PublicationReader : public QObject {
    Q_OBJECT
public:
    template <class T>
    using Callback = std::function<void(Result<T>)>;
    explicit PublicationReader(RegistryClient& client, QObject* parent = nullptr);

    /// One tag or digest with its platforms, their age and what vouches for it. `allTags` finds signatures kept under tags
    /// (cosign) and may be empty. Errors are those of the manifest; what fails behind it is left out of the answer.
    void read(const ImageReference& at, const std::vector<std::string>& allTags, QObject* context, Callback<PublishedTag> callback);

    /// The newest `most` tags by the registry's list (its last ones first when it does not sort by age, as none does), without
    /// those that are signatures. A tag that can't be read has a problem. Errors are those of the list.
    void readAll(const ImageReference& of, int most, QObject* context, Callback<std::vector<PublishedTag>> callback);

private:
    struct Reading;
    void readPlatforms(const std::shared_ptr<Reading>& reading, const Manifest& manifest);
    void readPlatform(const std::shared_ptr<Reading>& reading, std::size_t i, const Manifest& manifest);
    void readReferrers(const std::shared_ptr<Reading>& reading);

    RegistryClient& m_client;
};

/// cosign keeps what vouches for sha256:X under the tag sha256-X.sig, .att or .sbom; the referrers' fallback is sha256-X.
bool isSignatureTag(const std::string& tag);
/// The tags among `all` that vouch for the digest.
std::vector<Signature> signaturesAmong(const std::vector<std::string>& all, const std::string& digest);

} // namespace layerline
