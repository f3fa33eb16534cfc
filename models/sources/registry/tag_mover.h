// Moves a tag to a digest the registry already has, byte by byte, and looks afterwards whether that is what happened.
#pragma once

#include "domain/release.h"
#include "sources/registry/publication_reader.h"

#include <QObject>

namespace layerline {

/// Callbacks as in RegistryClient, whose thread it lives on.
class TagMover : public QObject {
    Q_OBJECT
public:
    template <class T>
    using Callback = std::function<void(Result<T>)>;
    explicit TagMover(RegistryClient& client, QObject* parent = nullptr);

    /// Reads both ends; changes nothing. A tag that does not exist yet is no error: moving makes it.
    void plan(const ImageReference& tag, const std::string& digest, QObject* context, Callback<TagMovePlan> callback);
    /// Does what was planned. Refused (BadInput) when the tag has moved since; Corrupt when the tag, read back, has another
    /// digest. The answer is the digest that was read back.
    void move(const TagMovePlan& plan, QObject* context, Callback<std::string> callback);

private:
    void put(const ImageReference& tag, const TagMovePlan& plan, QObject* context, const Callback<std::string>& callback);
    void verify(const ImageReference& tag, const std::string& digest, QObject* context, const Callback<std::string>& callback);

    RegistryClient& m_client;
    PublicationReader m_reader;
};

} // namespace layerline
