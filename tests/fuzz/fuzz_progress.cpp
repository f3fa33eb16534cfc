// The push parsers: in two portions, cut anywhere, they must say what they say in one.
#include "sources/files/plain_parser.h"
#include "sources/files/rawjson_parser.h"

#include <cstdlib>
#include <iterator>

using namespace layerline;

namespace {

/// Bytes of log count, not the events they come in: lines of one moment go together within a portion.
std::size_t weight(const std::vector<PlainParser::Piece>& pieces)
{
    std::size_t sum = 0;
    for (const PlainParser::Piece& piece : pieces) {
        const auto* log = std::get_if<ev::LogAppended>(&piece.event);
        sum += log ? log->bytes.size() : 1'000'000;
    }
    return sum;
}

std::size_t plainEvents(std::string_view head, std::string_view tail)
{
    PlainParser parser({});
    std::size_t sum = weight(parser.push(head));
    sum += weight(parser.push(tail));
    return sum + weight(parser.finish());
}

long rawEvents(std::string_view head, std::string_view tail)
{
    RawJsonParser parser;
    const auto first = parser.push(head);
    if (!first)
        return -1;
    const auto second = parser.push(tail);
    if (!second)
        return -1;
    parser.finish();
    return long(first->size() + second->size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2)
        return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
    const std::size_t at = text.empty() ? 0 : (data[0] * 256u + data[1]) % text.size();
    if (plainEvents(text, {}) != plainEvents(text.substr(0, at), text.substr(at)))
        std::abort();
    if (rawEvents(text, {}) != rawEvents(text.substr(0, at), text.substr(at)))
        std::abort();
    return 0;
}
