// Reading JSON that others wrote: every access is checked, none throws.
#pragma once

#include "domain/result.h"
#include "domain/time.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layerline::json {

using Json = nlohmann::json;

/// Deepest nesting a document may have.
constexpr int maxDepth = 64;

/// Errors: BadInput when it is no JSON (bad UTF-8 included), TooLarge when nested deeper than `depth`.
Result<Json> parse(std::string_view text, int depth = maxDepth);

/// The member called `name`; failing that one that differs by case or underscores only (Go, protojson and OCI write
/// the same field as media_type, mediaType and MediaType). Null pointer when absent, null or `object` is none.
const Json* member(const Json& object, std::string_view name);
/// Follows a path of members.
const Json* member(const Json& object, std::initializer_list<std::string_view> path);

/// The text of a member, "" when absent or no string.
std::string text(const Json& object, std::string_view name);
/// A whole number, also one written as a string; `otherwise` when absent or neither.
std::int64_t integer(const Json& object, std::string_view name, std::int64_t otherwise = 0);
bool boolean(const Json& object, std::string_view name);
/// RFC 3339 text or {seconds, nanos}; empty when absent, unreadable or Go's zero time.
OptionalTime time(const Json& object, std::string_view name);
/// Decoded base64; "" when absent or broken.
std::string bytes(const Json& object, std::string_view name);
std::map<std::string, std::string> textMap(const Json& object, std::string_view name);
/// The elements of an array member; empty when it is none.
const std::vector<Json>& array(const Json& object, std::string_view name);

std::optional<std::string> decodeBase64(std::string_view encoded);

} // namespace layerline::json
