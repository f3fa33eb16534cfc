#include "sources/registry/auth_challenge.h"

#include <algorithm>

namespace layerline {

namespace {

std::string lowered(std::string_view text)
{
    std::string low(text);
    std::transform(low.begin(), low.end(), low.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return low;
}

/// Walks through words, quoted strings and separators.
class Cursor {
public:
    explicit Cursor(std::string_view text) : m_text(text) {}
    bool atEnd() const { return m_at >= m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    void skip(std::string_view any) { m_at = std::min(m_text.find_first_not_of(any, m_at), m_text.size()); }
    bool take(char c)
    {
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }
    std::string word()
    {
        const std::size_t end = std::min(m_text.find_first_of(" \t,=;\"<>", m_at), m_text.size());
        std::string text(m_text.substr(m_at, end - m_at));
        m_at = end;
        return text;
    }
    std::string upTo(char c)
    {
        const std::size_t end = std::min(m_text.find(c, m_at), m_text.size());
        std::string text(m_text.substr(m_at, end - m_at));
        m_at = std::min(end + 1, m_text.size());
        return text;
    }
    /// A word or a quoted string.
    std::string value()
    {
        if (!take('"'))
            return word();
        std::string text;
        while (!atEnd() && peek() != '"') {
            if (peek() == '\\' && m_at + 1 < m_text.size())
                ++m_at;
            text += m_text[m_at++];
        }
        take('"');
        return text;
    }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
};

void setParameter(AuthChallenge& challenge, const std::string& name, std::string value)
{
    const std::string low = lowered(name);
    if (low == "realm")
        challenge.realm = std::move(value);
    else if (low == "service")
        challenge.service = std::move(value);
    else if (low == "scope")
        challenge.scope = std::move(value);
}

} // namespace

std::vector<AuthChallenge> readChallenges(std::string_view header)
{
    std::vector<AuthChallenge> all;
    Cursor cursor(header);
    while (true) {
        cursor.skip(" \t,");
        if (cursor.atEnd())
            return all;
        const std::string name = cursor.word();
        cursor.skip(" \t");
        if (name.empty()) { // a character that has no place here
            cursor.skip("=;\"<>");
            continue;
        }
        if (cursor.take('=')) {
            cursor.skip(" \t");
            std::string value = cursor.value();
            if (!all.empty())
                setParameter(all.back(), name, std::move(value));
            continue;
        }
        const std::string scheme = lowered(name);
        all.push_back({scheme == "bearer" ? AuthChallenge::Scheme::Bearer : scheme == "basic" ? AuthChallenge::Scheme::Basic : AuthChallenge::Scheme::Other, {}, {}, {}});
    }
}

std::string nextLink(std::string_view header)
{
    Cursor cursor(header);
    while (true) {
        cursor.skip(" \t,");
        if (!cursor.take('<'))
            return {};
        const std::string target = cursor.upTo('>');
        bool next = false;
        for (cursor.skip(" \t"); cursor.take(';'); cursor.skip(" \t")) {
            cursor.skip(" \t");
            const std::string name = lowered(cursor.word());
            cursor.skip(" \t");
            if (cursor.take('=')) {
                cursor.skip(" \t");
                const std::string value = lowered(cursor.value());
                next = next || (name == "rel" && value == "next");
            }
        }
        if (next)
            return target;
    }
}

} // namespace layerline
