#include "app/tasks/built_digests.h"

#include "analysis/release.h"
#include "analysis/workflow/build_images.h"

#include <QPointer>

#include <algorithm>

namespace layerline {

namespace {

/// "ghcr.io/acme/shop" as the registry client spells it; "" when it is no name.
std::string nameOf(const std::string& image)
{
    const auto reference = parseImageReference(image);
    return reference ? reference->name() : std::string();
}

/// Does the name stand as a word of its own in the artifact's? "digests-api-linux-arm64" speaks of "acme/api".
bool speaksOf(const std::string& from, const ImageReference& image)
{
    const std::string word = image.repository.substr(image.repository.rfind('/') + 1);
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    for (std::size_t at = from.find(word); at != std::string::npos; at = from.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !letter(from[at - 1])) && (end >= from.size() || !letter(from[end])))
            return true;
    }
    return false;
}

void addImage(std::vector<RunImage>& images, const ImageReference& reference)
{
    auto at = std::find_if(images.begin(), images.end(), [&](const RunImage& each) { return each.image.name() == reference.name(); });
    if (at == images.end())
        at = images.insert(at, RunImage{reference, {}, {}, false});
    if (!reference.tag.empty() && std::find(at->tags.begin(), at->tags.end(), reference.tag) == at->tags.end())
        at->tags.push_back(reference.tag);
}

/// Gives each digest to its image, or to all when nobody knows.
void share(const BuiltDigest& built, std::vector<RunImage>& images)
{
    std::vector<RunImage*> of;
    const std::string named = built.image.empty() ? std::string() : nameOf(built.image);
    for (RunImage& each : images) {
        if (named.empty() ? speaksOf(built.from.substr(0, built.from.find('/')), each.image) : named == each.image.name())
            of.push_back(&each);
    }
    if (!named.empty() || of.size() == 1) {
        for (RunImage* each : of) {
            each->built.push_back(built);
            each->built.back().image = each->image.name();
        }
        return;
    }
    for (RunImage& each : images) {
        each.built.push_back(built);
        each.shared = images.size() > 1;
    }
}

/// One image's digests on their way through the registry.
struct Resolving : std::enable_shared_from_this<Resolving> {
    RegistryClient& client;
    ImageReference image;
    std::vector<BuiltDigest> built, done;
    std::vector<std::string> published;
    bool dropForeign;
    QPointer<QObject> context;
    std::function<void(std::vector<BuiltDigest>)> callback;
    std::size_t at = 0;

    Resolving(RegistryClient& client_, ImageReference image_, std::vector<BuiltDigest> built_, bool dropForeign_, QObject* context_,
              std::function<void(std::vector<BuiltDigest>)> callback_)
        : client(client_), image(std::move(image_)), built(std::move(built_)), dropForeign(dropForeign_), context(context_), callback(std::move(callback_))
    {
    }

    void next()
    {
        while (at < built.size()) {
            if (std::find(published.begin(), published.end(), built[at].digest) == published.end())
                return ask();
            done.push_back(std::move(built[at++]));
        }
        if (context)
            callback(std::move(done));
    }
    void ask()
    {
        client.manifest(image.withDigest(built[at].digest), context, [self = shared_from_this()](Result<RawManifest> raw) {
            self->took(raw);
            self->next();
        });
    }
    void took(const Result<RawManifest>& raw)
    {
        BuiltDigest& each = built[at++];
        const bool foreign = !raw && raw.error().kind == ErrorKind::NotFound && each.image.empty();
        if (foreign && dropForeign)
            return;
        const auto manifest = raw ? readManifest(raw.value()) : Result<Manifest>(raw.error());
        for (std::size_t i = 0; manifest && i < manifest->entries.size(); ++i) {
            if (!isAttestation(manifest->entries[i]))
                each.contains.push_back(manifest->entries[i].digest);
        }
        done.push_back(std::move(each));
    }
};

} // namespace

std::vector<RunImage> imagesOf(const RunDigests& found, const ImageReference* stated)
{
    std::vector<RunImage> images;
    for (const std::string& pushed : found.pushed) {
        if (const auto reference = parseImageReference(pushed))
            addImage(images, *reference);
    }
    // Pushed by digest alone: the name is known, a tag is not.
    for (const BuiltDigest& built : found.built) {
        const auto reference = built.image.empty() ? Result<ImageReference>(Error{}) : parseImageReference(built.image);
        if (reference)
            addImage(images, reference->withTag({}));
    }
    if (stated && std::none_of(images.begin(), images.end(), [&](const RunImage& each) { return each.image.name() == stated->name(); })) {
        // The same image may have another name elsewhere: its registry knows which of the digests are its own.
        RunImage only{*stated, {}, found.built, true};
        for (BuiltDigest& built : only.built)
            built.image.clear();
        return {only};
    }
    for (const BuiltDigest& built : found.built)
        share(built, images);
    if (stated)
        std::erase_if(images, [&](const RunImage& each) { return each.image.name() != stated->name(); });
    for (RunImage& each : images)
        each.image.tag = each.tags.empty() ? std::string() : each.tags.front();
    return images;
}

void resolveBuilt(RegistryClient& client, const ImageReference& image, std::vector<BuiltDigest> built, const std::vector<PublishedTag>& published, bool dropForeign,
                  QObject* context, std::function<void(std::vector<BuiltDigest>)> callback)
{
    const auto resolving = std::make_shared<Resolving>(client, image, std::move(built), dropForeign, context, std::move(callback));
    for (const PublishedTag& tag : published) {
        for (const PublishedPlatform& entry : tag.platforms)
            resolving->published.push_back(entry.digest);
    }
    resolving->next();
}

} // namespace layerline
