// Format: https://www.sqlite.org/fileformat2.html, sections 1.5 (leaf pages), 1.6 (overflow), 2.1 (records), 4 (log).
#include "storage/page_carver.h"

#include <algorithm>
#include <unordered_map>

namespace layerline {

namespace {

constexpr std::size_t pageSize = 4096; // SQLite's default, which we never change
constexpr std::size_t fileHeader = 100;
constexpr std::size_t logHeader = 32;
constexpr std::size_t frameHeader = 24;
constexpr std::size_t largestRow = 256 * 1024;

std::uint32_t bigEndian(std::string_view bytes, std::size_t at, std::size_t size)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

/// Reads varints and bytes; once beyond the end it stays bad.
class Reader {
public:
    explicit Reader(std::string_view bytes, std::size_t at = 0) : m_bytes(bytes), m_at(std::min(at, bytes.size())) {}
    bool bad() const { return m_bad; }
    std::size_t position() const { return m_at; }
    std::uint64_t varint()
    {
        std::uint64_t value = 0;
        for (int i = 0; i < 9; ++i) {
            const std::string_view byte = take(1);
            if (m_bad)
                return 0;
            const auto c = static_cast<unsigned char>(byte[0]);
            if (i == 8)
                return value << 8 | c;
            value = value << 7 | (c & 0x7f);
            if ((c & 0x80) == 0)
                return value;
        }
        return value;
    }
    std::string_view take(std::uint64_t size)
    {
        if (m_bad || size > m_bytes.size() - m_at) {
            m_bad = true;
            return {};
        }
        const std::string_view out = m_bytes.substr(m_at, std::size_t(size));
        m_at += std::size_t(size);
        return out;
    }

private:
    std::string_view m_bytes;
    std::size_t m_at;
    bool m_bad = false;
};

std::int64_t signedInteger(std::string_view bytes)
{
    std::uint64_t value = !bytes.empty() && (bytes[0] & 0x80) ? ~std::uint64_t(0) : 0;
    for (const char c : bytes)
        value = value << 8 | static_cast<unsigned char>(c);
    return static_cast<std::int64_t>(value);
}

CarvedValue valueOf(std::uint64_t type, Reader& body)
{
    constexpr std::uint64_t sizes[] = {0, 1, 2, 3, 4, 6, 8, 8};
    if (type >= 12)
        return std::string(body.take((type - 12) / 2));
    if (type == 8 || type == 9)
        return std::int64_t(type - 8);
    if (type == 0 || type > 9)
        return {};
    const std::string_view bytes = body.take(sizes[type]);
    return type == 7 ? CarvedValue() : CarvedValue(signedInteger(bytes));
}

/// A record's values; empty when it is malformed.
CarvedRow parseRecord(std::string_view payload)
{
    constexpr std::size_t mostColumns = 64;
    Reader header(payload);
    const std::uint64_t headerSize = header.varint();
    if (header.bad() || headerSize > payload.size())
        return {};
    std::vector<std::uint64_t> types;
    while (header.position() < headerSize) {
        types.push_back(header.varint());
        if (header.bad() || types.size() > mostColumns)
            return {};
    }
    Reader body(payload, std::size_t(headerSize));
    CarvedRow row;
    for (const std::uint64_t type : types)
        row.push_back(valueOf(type, body));
    return body.bad() ? CarvedRow() : row;
}

class Carver {
public:
    using Found = std::function<void(const CarvedRow&)>;

    Carver(std::string_view database, std::string_view log, const Found& found) : m_found(found)
    {
        for (std::size_t at = 0; at + pageSize <= database.size(); at += pageSize)
            add(std::uint32_t(at / pageSize) + 1, database.substr(at, pageSize));
        for (std::size_t at = logHeader; at + frameHeader + pageSize <= log.size(); at += frameHeader + pageSize)
            add(bigEndian(log, at, 4), log.substr(at + frameHeader, pageSize));
    }

    void run()
    {
        for (const auto& [number, page] : m_pages)
            leaf(page, number == 1 ? fileHeader : 0);
    }

private:
    void add(std::uint32_t number, std::string_view page)
    {
        m_pages.emplace_back(number, page);
        m_versions[number].push_back(page);
    }

    void leaf(std::string_view page, std::size_t header)
    {
        constexpr char leafTable = 0x0D;
        if (page[header] != leafTable)
            return;
        const std::size_t cells = bigEndian(page, header + 3, 2);
        for (std::size_t i = 0; i < cells; ++i) {
            const std::size_t pointer = header + 8 + 2 * i;
            if (pointer + 2 > pageSize)
                return;
            cell(page, bigEndian(page, pointer, 2));
        }
    }

    void cell(std::string_view page, std::size_t at)
    {
        Reader reader(page, at);
        const std::uint64_t size = reader.varint();
        reader.varint(); // row id
        if (reader.bad() || size > largestRow)
            return;
        constexpr std::uint64_t most = pageSize - 35;
        constexpr std::uint64_t least = (pageSize - 12) * 32 / 255 - 23;
        if (size <= most) {
            emit(reader.take(size), reader.bad());
            return;
        }
        const std::uint64_t wanted = least + (size - least) % (pageSize - 4);
        const std::string_view local = reader.take(wanted <= most ? wanted : least);
        const std::string_view next = reader.take(4);
        if (!reader.bad())
            emit(withOverflow(local, std::size_t(size), bigEndian(next, 0, 4)), false);
    }

    /// Follows the chain through the newest version of each page.
    std::string withOverflow(std::string_view local, std::size_t size, std::uint32_t page) const
    {
        std::string out(local);
        for (std::size_t hops = 0; out.size() < size && hops < largestRow / (pageSize - 4) + 1; ++hops) {
            const auto found = m_versions.find(page);
            if (found == m_versions.end())
                return {};
            const std::string_view bytes = found->second.back();
            out += bytes.substr(4, std::min(size - out.size(), pageSize - 4));
            page = bigEndian(bytes, 0, 4);
        }
        return out;
    }

    void emit(std::string_view payload, bool bad) const
    {
        if (bad)
            return;
        if (const CarvedRow row = parseRecord(payload); !row.empty())
            m_found(row);
    }

    const Found& m_found;
    std::vector<std::pair<std::uint32_t, std::string_view>> m_pages;
    std::unordered_map<std::uint32_t, std::vector<std::string_view>> m_versions;
};

} // namespace

void carveRows(std::string_view database, std::string_view log, const std::function<void(const CarvedRow&)>& found)
{
    Carver(database, log, found).run();
}

} // namespace layerline
