#include "sources/files/build_file.h"

#include "sources/files/archive_reader.h"
#include "sources/files/blob_spool.h"
#include "sources/files/byte_source.h"
#include "sources/files/dockerbuild_reader.h"
#include "sources/files/log_archive.h"
#include "sources/files/plain_parser.h"
#include "sources/files/rawjson_parser.h"
#include "sources/files/text_build.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace layerline {

namespace {

constexpr std::size_t portion = 256 * 1024;

enum class Kind { Gzip, Zip, RawJson, Plain };

/// Looks at the first bytes, for text at the first line that is progress: warnings may come before it.
std::optional<Kind> sniff(std::string_view head)
{
    if (head.substr(0, 2) == "\x1F\x8B")
        return Kind::Gzip;
    if (head.substr(0, 4) == std::string_view("PK\x03\x04", 4) || head.substr(0, 4) == std::string_view("PK\x05\x06", 4))
        return Kind::Zip;
    if (head.substr(0, 3) == "\xEF\xBB\xBF")
        head.remove_prefix(3);
    while (!head.empty()) {
        const auto end = std::min(head.find('\n'), head.size());
        std::string_view line = head.substr(0, end);
        head.remove_prefix(std::min(end + 1, head.size()));
        if (takeTimestamp(line))
            return Kind::Plain;
        if (!line.empty() && line.front() == '{')
            return Kind::RawJson;
        if (splitNumbered(line))
            return Kind::Plain;
    }
    return {};
}

/// A file's text in portions, hashed on the way.
class TextReader {
public:
    TextReader(ByteSource& source, std::string head, const FileCaps& caps) : m_source(source), m_piece(std::move(head)), m_limit(caps.textBytes) {}

    /// Empty at the end.
    Result<std::string_view> next()
    {
        if (!m_headTaken) {
            m_headTaken = true;
        } else {
            m_piece.resize(portion);
            const auto got = m_source.read(m_piece.data(), m_piece.size());
            if (!got)
                return got.error();
            m_piece.resize(*got);
        }
        m_total += m_piece.size();
        if (m_total > m_limit)
            return Error{ErrorKind::TooLarge, "text of more than " + std::to_string(m_limit) + " bytes"};
        m_hash.add(m_piece);
        return std::string_view(m_piece);
    }
    std::string hash() { return m_hash.hex().substr(0, 12); }

private:
    ByteSource& m_source;
    std::string m_piece;
    std::uint64_t m_limit, m_total = 0;
    bool m_headTaken = false;
    Sha256 m_hash;
};

void shift(OptionalTime& time, Duration by)
{
    if (time)
        time = *time + by;
}

void shiftTimes(Event& event, Duration by)
{
    if (auto* step = std::get_if<ev::StepUpdated>(&event)) {
        shift(step->started, by);
        shift(step->completed, by);
    } else if (auto* transfer = std::get_if<ev::TransferUpdated>(&event)) {
        shift(transfer->timestamp, by);
        shift(transfer->started, by);
        shift(transfer->completed, by);
    } else if (auto* log = std::get_if<ev::LogAppended>(&event)) {
        log->time = log->time + by;
    } else if (auto* record = std::get_if<ev::RecordUpdated>(&event)) {
        shift(record->created, by);
        shift(record->completed, by);
    }
}

/// "build.log" -> "build"
std::string stem(const std::string& name)
{
    const auto dot = name.rfind('.');
    return dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
}

/// Events of one build in text form. Place 0 is kept for the record, known only at the end: whoever reads the batch in
/// order is to know first what it is.
struct TextEvents {
    TextBuild build;
    std::vector<Event> events{ev::RecordUpdated{}};

    void add(Event event)
    {
        build.observe(event);
        events.push_back(std::move(event));
    }
    EventBatch batch(const FailureTail& tail, SourceKind source, const std::string& name, std::string ref)
    {
        std::vector<Event> ending = build.conclude(tail, source, stem(name));
        events.front() = std::move(ending.front());
        std::move(ending.begin() + 1, ending.end(), std::back_inserter(events));
        return {{"file:" + name, std::move(ref)}, std::move(events)};
    }
};

Result<OpenedFile> readRawJson(TextReader& reader, const std::string& name, const FileCaps& caps)
{
    RawJsonParser parser(caps);
    TextEvents text;
    for (;;) {
        const auto piece = reader.next();
        if (!piece)
            return piece.error();
        if (piece->empty())
            break;
        auto more = parser.push(*piece);
        if (!more)
            return more.error();
        for (Event& event : *more)
            text.add(std::move(event));
    }
    parser.finish();
    if (text.build.empty())
        return Error{ErrorKind::Unsupported, "JSON without build progress in it"};
    OpenedFile file;
    file.name = name;
    file.format = FileFormat::RawJson;
    if (parser.truncated())
        file.notes.push_back("the last object is cut");
    file.batches.push_back(text.batch(parser.tail(), SourceKind::RawJson, name, name + "@" + reader.hash()));
    return file;
}

Result<OpenedFile> readPlain(TextReader& reader, const std::string& name, Timestamp modified, const FileCaps& caps)
{
    PlainParser parser(Timestamp{1}, caps);
    std::vector<TextEvents> builds;
    const auto take = [&](std::vector<PlainParser::Piece> pieces) {
        for (PlainParser::Piece& piece : pieces) {
            builds.resize(std::max(builds.size(), piece.build + 1));
            builds[piece.build].add(std::move(piece.event));
        }
    };
    for (;;) {
        const auto piece = reader.next();
        if (!piece)
            return piece.error();
        if (piece->empty())
            break;
        take(parser.push(*piece));
        if (builds.size() > caps.records)
            return Error{ErrorKind::TooLarge, "more than " + std::to_string(caps.records) + " builds"};
    }
    take(parser.finish());

    OpenedFile file;
    file.name = name;
    file.format = parser.timestamped() ? FileFormat::GitHubLog : FileFormat::Plain;
    const std::string ref = name + "@" + reader.hash();
    Timestamp last;
    for (const TextEvents& text : builds)
        last = std::max(last, text.build.last().value_or(last));
    for (std::size_t i = 0; i < builds.size(); ++i) {
        if (builds[i].build.empty())
            continue;
        EventBatch batch = builds[i].batch(parser.tail(i), parser.timestamped() ? SourceKind::GitHub : SourceKind::Plain, name,
                                           i == 0 ? ref : ref + "#" + std::to_string(i + 1));
        if (!parser.timestamped()) {
            for (Event& event : batch.events)
                shiftTimes(event, modified - last);
        }
        file.batches.push_back(std::move(batch));
    }
    if (file.batches.empty())
        return Error{ErrorKind::Unsupported, "no build progress in the text"};
    return file;
}

} // namespace

Result<OpenedFile> readBuild(ByteSource& source, const std::string& name, Timestamp modified, const FileCaps& caps, bool allowZip)
{
    std::string head(portion, '\0');
    const auto got = source.read(head.data(), head.size());
    if (!got)
        return got.error();
    head.resize(*got);
    if (head.empty())
        return Error{ErrorKind::Unsupported, "the file is empty"};
    const auto kind = sniff(head);
    if (!kind || (*kind == Kind::Zip && !allowZip))
        return Error{ErrorKind::Unsupported, "neither a build record nor build progress"};
    if (*kind == Kind::Gzip || *kind == Kind::Zip) {
        if (!source.seek(0))
            return Error{ErrorKind::Internal, "cannot go back to the start"};
        return *kind == Kind::Gzip ? readDockerbuild(source, name, caps) : readLogArchive(source, name, modified, caps);
    }
    TextReader reader(source, std::move(head), caps);
    return *kind == Kind::RawJson ? readRawJson(reader, name, caps) : readPlain(reader, name, modified, caps);
}

Result<OpenedFile> openBuildFile(const std::string& path, const FileCaps& caps, FileProgress* progress)
{
    const auto source = FileSource::open(path);
    if (!source)
        return source.error();
    const auto slash = path.rfind('/');
    const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
    std::optional<WatchedSource> watched;
    if (progress)
        watched.emplace(**source, *progress);
    ByteSource& bytes = watched ? static_cast<ByteSource&>(*watched) : **source;
    auto file = readBuild(bytes, name, (*source)->modified(), caps, true);
    if (!file && progress && progress->cancel)
        return Error{ErrorKind::Cancelled, name + ": reading was cancelled", false}; // some readers call it unreadable
    if (!file)
        return Error{file.error().kind, name + ": " + file.error().detail, file.error().retryable};
    return file;
}

Result<OpenedFile> openBuildBytes(std::string_view bytes, const std::string& name, Timestamp modified, const FileCaps& caps)
{
    MemorySource source(bytes);
    return readBuild(source, name, modified, caps, true);
}

} // namespace layerline
