// Fields of a registry's JSON that may be anything.
#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace layerline {

/// The member when it is a string, else "".
inline std::string textOf(const nlohmann::json& object, const char* key)
{
    if (!object.is_object())
        return {};
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

/// The member when it is a whole number, else 0.
inline std::int64_t numberOf(const nlohmann::json& object, const char* key)
{
    if (!object.is_object())
        return 0;
    const auto at = object.find(key);
    return at != object.end() && at->is_number_integer() ? at->get<std::int64_t>() : 0;
}

/// The member, or null.
inline const nlohmann::json* memberOf(const nlohmann::json& object, const char* key)
{
    if (!object.is_object())
        return nullptr;
    const auto at = object.find(key);
    return at == object.end() ? nullptr : &*at;
}

} // namespace layerline
