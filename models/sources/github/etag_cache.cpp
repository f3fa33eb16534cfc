#include "sources/github/etag_cache.h"

namespace layerline {

const EtagCache::Entry* EtagCache::find(const std::string& url)
{
    const auto at = m_byUrl.find(url);
    if (at == m_byUrl.end())
        return nullptr;
    m_items.splice(m_items.begin(), m_items, at->second);
    return &at->second->second;
}

void EtagCache::store(const std::string& url, Entry entry)
{
    forget(url);
    if (entry.etag.empty() || !entry.body || entry.body->size() > m_limit / 4)
        return;
    m_bytes += entry.body->size();
    m_items.emplace_front(url, std::move(entry));
    m_byUrl[url] = m_items.begin();
    while (m_bytes > m_limit)
        forget(std::string(m_items.back().first));
}

void EtagCache::forget(const std::string& url)
{
    const auto at = m_byUrl.find(url);
    if (at == m_byUrl.end())
        return;
    m_bytes -= at->second->second.body->size();
    m_items.erase(at->second);
    m_byUrl.erase(at);
}

void EtagCache::clear()
{
    m_items.clear();
    m_byUrl.clear();
    m_bytes = 0;
}

} // namespace layerline
