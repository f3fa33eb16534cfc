// Answers worth asking "still the same?" about. An ETag belongs to the token it was given to.
#pragma once

#include "sources/http/http_types.h"

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <string>

namespace layerline {

class EtagCache {
public:
    struct Entry {
        std::string etag;
        std::shared_ptr<const std::string> body;
        std::string link; ///< the Link header: a 304 may leave it out
    };

    /// `limit` bytes of bodies; the ones not used for longest go first.
    explicit EtagCache(std::size_t limit = 32u << 20) : m_limit(limit) {}

    const Entry* find(const std::string& url);
    void store(const std::string& url, Entry entry);
    void forget(const std::string& url);
    /// After the token changed.
    void clear();
    std::size_t bytes() const { return m_bytes; }

private:
    using Item = std::pair<std::string, Entry>;
    std::size_t m_limit, m_bytes = 0;
    std::list<Item> m_items; ///< most recently used first
    std::map<std::string, std::list<Item>::iterator> m_byUrl;
};

} // namespace layerline
