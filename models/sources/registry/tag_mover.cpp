#include "sources/registry/tag_mover.h"

#include <QPointer>

#include <algorithm>

namespace layerline {

namespace {

std::vector<Platform> onlyIn(const PublishedTag& tag, const PublishedTag& other)
{
    std::vector<Platform> only;
    for (const PublishedPlatform& entry : tag.platforms) {
        const bool there = std::any_of(other.platforms.begin(), other.platforms.end(), [&](const PublishedPlatform& each) { return each.platform == entry.platform; });
        if (!there)
            only.push_back(entry.platform);
    }
    return only;
}

Result<ImageReference> tagOf(const TagMovePlan& plan)
{
    return parseImageReference(plan.image + ":" + plan.tag);
}

} // namespace

TagMover::TagMover(RegistryClient& client, QObject* parent) : QObject(parent), m_client(client), m_reader(client) {}

void TagMover::plan(const ImageReference& tag, const std::string& digest, QObject* context, Callback<TagMovePlan> callback)
{
    const QPointer<QObject> guarded(context);
    const auto made = std::make_shared<TagMovePlan>();
    made->image = tag.name();
    made->tag = tag.tag;
    const auto fail = [callback](const Error& error) { callback(error); };
    // The tags first: signatures may be kept under some of them. A registry that won't list them can still be moved.
    m_client.tags(tag, context, [this, tag, digest, guarded, made, callback, fail](Result<std::vector<std::string>> listed) {
        const std::vector<std::string> all = listed ? listed.value() : std::vector<std::string>{};
        const ImageReference target = tag.withDigest(digest);
        m_client.manifest(target, guarded, [this, tag, target, all, guarded, made, callback, fail](Result<RawManifest> raw) {
            if (!raw)
                return fail(raw.error());
            made->bytes = raw->bytes.size();
            m_reader.read(target, all, guarded, [this, tag, all, guarded, made, callback, fail](Result<PublishedTag> to) {
                if (!to)
                    return fail(to.error());
                made->to = std::move(to.value());
                m_reader.read(tag, all, guarded, [this, tag, made, callback, fail](Result<PublishedTag> from) {
                    if (!from && from.error().kind != ErrorKind::NotFound)
                        return fail(from.error());
                    if (from)
                        made->from = std::move(from.value());
                    made->url = m_client.manifestUrl(tag); // how it is spoken to is known by now
                    made->lost = onlyIn(made->from, made->to);
                    made->gained = onlyIn(made->to, made->from);
                    callback(std::move(*made));
                });
            });
        });
    });
}

void TagMover::move(const TagMovePlan& plan, QObject* context, Callback<std::string> callback)
{
    const auto tag = tagOf(plan);
    if (!tag)
        return callback(tag.error());
    const QPointer<QObject> guarded(context);
    m_client.head(tag.value(), context, [this, tag = tag.value(), plan, guarded, callback = std::move(callback)](Result<RegistryClient::ManifestHead> now) {
        const bool gone = !now && now.error().kind == ErrorKind::NotFound;
        if (!now && !gone)
            return callback(now.error());
        const std::string digest = now ? now->digest : std::string();
        // Without a digest in the header there is nothing to compare; reading back afterwards still tells.
        if (!(now && digest.empty()) && digest != plan.from.digest) {
            return callback(Error{ErrorKind::BadInput, tag.str() + " has moved since it was looked at: it is " + (digest.empty() ? "gone" : digest) + " now; nothing was changed", false});
        }
        put(tag, plan, guarded, callback);
    });
}

void TagMover::put(const ImageReference& tag, const TagMovePlan& plan, QObject* context, const Callback<std::string>& callback)
{
    const QPointer<QObject> guarded(context);
    // Read again, not kept: the bytes are verified against the digest as they come.
    m_client.manifest(tag.withDigest(plan.to.digest), context, [this, tag, guarded, callback](Result<RawManifest> raw) {
        if (!raw)
            return callback(raw.error());
        m_client.put(tag, raw.value(), guarded, [this, tag, digest = raw->digest, guarded, callback](Result<void> done) {
            if (!done)
                return callback(done.error());
            verify(tag, digest, guarded, callback);
        });
    });
}

void TagMover::verify(const ImageReference& tag, const std::string& digest, QObject* context, const Callback<std::string>& callback)
{
    m_client.manifest(tag, context, [tag, digest, callback](Result<RawManifest> back) {
        if (!back)
            return callback(Error{back.error().kind, "the tag was written, but reading it back failed: " + back.error().detail, true});
        if (back->digest != digest)
            return callback(Error{ErrorKind::Corrupt, tag.str() + " was written and reads back as " + back->digest + " instead of " + digest, true});
        callback(back->digest);
    });
}

} // namespace layerline
