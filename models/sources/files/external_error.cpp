#include "sources/files/external_error.h"

#include "control.pb.h"
#include "sources/files/json_fields.h"

#include <algorithm>

namespace layerline {

namespace api = moby::buildkit::v1;

namespace {

constexpr int linesAround = 4;
/// A range of more lines than this is cut: it is an excerpt.
constexpr int mostLines = 200;

bool endsWith(std::string_view text, std::string_view tail)
{
    return text.size() >= tail.size() && text.substr(text.size() - tail.size()) == tail;
}

/// JSON from engines whose type URL ends in "+json", protobuf from others: the first byte tells.
bool readSource(const std::string& value, api::ErrorSource& source)
{
    if (value.empty() || value.front() != '{')
        return source.ParseFromString(value);
    const auto parsed = json::parse(value);
    const json::Json* info = parsed ? json::member(*parsed, "info") : nullptr;
    if (!info)
        return false;
    source.mutable_info()->set_filename(json::text(*info, "filename"));
    source.mutable_info()->set_language(json::text(*info, "language"));
    source.mutable_info()->set_data(json::bytes(*info, "data"));
    for (const json::Json& range : json::array(*parsed, "ranges")) {
        const json::Json* start = json::member(range, "start");
        const json::Json* end = json::member(range, "end");
        api::SourceRange* added = source.add_ranges();
        if (start)
            added->mutable_start()->set_line(std::int32_t(json::integer(*start, "line")));
        if (end)
            added->mutable_end()->set_line(std::int32_t(json::integer(*end, "line")));
    }
    return true;
}

/// BuildKit names each line of a long instruction: neighbours become one range.
std::vector<std::pair<int, int>> joined(std::vector<std::pair<int, int>> ranges)
{
    std::sort(ranges.begin(), ranges.end());
    std::vector<std::pair<int, int>> result;
    for (const auto& range : ranges) {
        if (!result.empty() && range.first <= result.back().second + 1)
            result.back().second = std::max(result.back().second, range.second);
        else
            result.push_back(range);
    }
    return result;
}

} // namespace

SourceExcerpt cutExcerpt(std::string filename, std::string language, std::string_view source, std::vector<std::pair<int, int>> ranges)
{
    std::vector<std::string_view> lines;
    while (!source.empty()) {
        const auto end = std::min(source.find('\n'), source.size());
        lines.push_back(source.substr(0, end));
        if (!lines.back().empty() && lines.back().back() == '\r')
            lines.back().remove_suffix(1);
        source.remove_prefix(std::min(end + 1, source.size()));
    }
    const int count = int(std::min<std::size_t>(lines.size(), 10'000'000));
    for (auto& [first, last] : ranges) {
        first = std::clamp(first, 1, std::max(1, count));
        last = std::clamp(last, first, std::max(first, count));
    }
    SourceExcerpt excerpt{std::move(filename), std::move(language), 0, {}, joined(std::move(ranges))};
    if (lines.empty())
        return excerpt;
    int first = 1, last = count;
    if (!excerpt.ranges.empty()) {
        first = std::max(1, excerpt.ranges.front().first - linesAround);
        last = excerpt.ranges.front().second;
        for (const auto& range : excerpt.ranges)
            last = std::max(last, range.second);
        last = std::min(count, last + linesAround);
    }
    last = std::min(last, first + mostLines - 1);
    excerpt.firstLine = first;
    for (int line = first; line <= last; ++line)
        excerpt.lines.emplace_back(lines[std::size_t(line - 1)]);
    return excerpt;
}

Result<SourceExcerpt> parseExternalError(std::string_view bytes)
{
    api::RpcStatus status;
    if (bytes.size() > (32u << 20) || !status.ParseFromArray(bytes.data(), int(bytes.size())))
        return Error{ErrorKind::BadInput, "external error is not a google.rpc.Status"};
    for (const google::protobuf::Any& detail : status.details()) {
        const std::string& type = detail.type_url();
        if (!endsWith(type, "errdefs.Source") && !endsWith(type, "errdefs.Source+json"))
            continue;
        api::ErrorSource source;
        if (!readSource(detail.value(), source))
            return Error{ErrorKind::BadInput, "external error holds an unreadable errdefs.Source"};
        std::vector<std::pair<int, int>> ranges;
        for (const api::SourceRange& range : source.ranges())
            ranges.emplace_back(range.start().line(), range.end().line());
        return cutExcerpt(source.info().filename(), source.info().language(), source.info().data(), std::move(ranges));
    }
    return Error{ErrorKind::NotFound, "external error names no source"};
}

} // namespace layerline
