#include "sources/files/json_fields.h"

#include <QByteArray>

#include <charconv>

namespace layerline::json {

namespace {

/// Deepest nesting of brackets outside of strings.
int depthOf(std::string_view document)
{
    int depth = 0, deepest = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < document.size(); ++i) {
        const char c = document[i];
        if (quoted) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            deepest = std::max(deepest, ++depth);
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return deepest;
}

/// Equal but for case and underscores.
bool sameField(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; };
    std::size_t i = 0, j = 0;
    for (;;) {
        while (i < a.size() && a[i] == '_')
            ++i;
        while (j < b.size() && b[j] == '_')
            ++j;
        if (i == a.size() || j == b.size())
            return i == a.size() && j == b.size();
        if (lower(a[i++]) != lower(b[j++]))
            return false;
    }
}

/// Go's zero time (year 1) and everything else before 1970 means "not set".
OptionalTime plausible(OptionalTime time)
{
    return time && time->ns > 0 ? time : OptionalTime{};
}

} // namespace

Result<Json> parse(std::string_view document, int depth)
{
    if (depthOf(document) > depth)
        return Error{ErrorKind::TooLarge, "JSON nested deeper than " + std::to_string(depth)};
    Json value = Json::parse(document.begin(), document.end(), nullptr, false);
    if (value.is_discarded())
        return Error{ErrorKind::BadInput, "malformed JSON"};
    return value;
}

const Json* member(const Json& object, std::string_view name)
{
    if (!object.is_object())
        return nullptr;
    const auto exact = object.find(std::string(name));
    if (exact != object.end())
        return exact->is_null() ? nullptr : &*exact;
    for (auto at = object.begin(); at != object.end(); ++at) {
        if (sameField(at.key(), name))
            return at->is_null() ? nullptr : &*at;
    }
    return nullptr;
}

const Json* member(const Json& object, std::initializer_list<std::string_view> path)
{
    const Json* at = &object;
    for (const std::string_view name : path) {
        at = member(*at, name);
        if (!at)
            return nullptr;
    }
    return at;
}

std::string text(const Json& object, std::string_view name)
{
    const Json* value = member(object, name);
    return value && value->is_string() ? value->get<std::string>() : std::string{};
}

std::int64_t integer(const Json& object, std::string_view name, std::int64_t otherwise)
{
    const Json* value = member(object, name);
    if (!value)
        return otherwise;
    if (value->is_number_unsigned())
        return std::int64_t(std::min<std::uint64_t>(value->get<std::uint64_t>(), std::uint64_t(INT64_MAX)));
    if (value->is_number_integer())
        return value->get<std::int64_t>();
    if (!value->is_string())
        return otherwise;
    const auto& digits = value->get_ref<const std::string&>();
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc{} && end == digits.data() + digits.size() ? number : otherwise;
}

bool boolean(const Json& object, std::string_view name)
{
    const Json* value = member(object, name);
    return value && value->is_boolean() && value->get<bool>();
}

OptionalTime time(const Json& object, std::string_view name)
{
    const Json* value = member(object, name);
    if (!value)
        return {};
    if (value->is_string())
        return plausible(parseRfc3339(value->get<std::string>()));
    const std::int64_t seconds = integer(*value, "seconds"), nanos = integer(*value, "nanos");
    if (seconds <= 0 || seconds > 9'000'000'000 || nanos < 0 || nanos > 999'999'999)
        return {};
    return Timestamp{seconds * 1'000'000'000 + nanos};
}

std::optional<std::string> decodeBase64(std::string_view encoded)
{
    const auto decoded = QByteArray::fromBase64Encoding(QByteArray::fromRawData(encoded.data(), qsizetype(encoded.size())),
                                                        QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return {};
    return std::string(decoded.decoded.constData(), std::size_t(decoded.decoded.size()));
}

std::string bytes(const Json& object, std::string_view name)
{
    const Json* value = member(object, name);
    if (!value || !value->is_string())
        return {};
    return decodeBase64(value->get_ref<const std::string&>()).value_or(std::string{});
}

std::map<std::string, std::string> textMap(const Json& object, std::string_view name)
{
    std::map<std::string, std::string> map;
    const Json* value = member(object, name);
    if (!value || !value->is_object())
        return map;
    for (auto at = value->begin(); at != value->end(); ++at) {
        if (at->is_string())
            map.emplace(at.key(), at->get<std::string>());
    }
    return map;
}

const std::vector<Json>& array(const Json& object, std::string_view name)
{
    static const std::vector<Json> none;
    const Json* value = member(object, name);
    return value && value->is_array() ? value->get_ref<const Json::array_t&>() : none;
}

} // namespace layerline::json
