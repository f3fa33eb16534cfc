#include "analysis/workflow/matrix.h"

#include <algorithm>

namespace layerline {

using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t mostLegs = 256;

/// Text with expressions becomes what they come to. `open` is set where that is not known.
Json evaluated(const Json& value, const ExpressionContext& context, bool& open)
{
    if (value.is_string() && hasExpression(value.get_ref<const std::string&>())) {
        const auto outcome = evaluateTemplate(value.get_ref<const std::string&>(), context);
        if (outcome && outcome->known())
            return outcome->values[0];
        open = true;
        return value;
    }
    if (value.is_array()) {
        Json list = Json::array();
        for (const Json& item : value)
            list.push_back(evaluated(item, context, open));
        return list;
    }
    if (value.is_object()) {
        Json object = Json::object();
        for (auto it = value.begin(); it != value.end(); ++it)
            object[it.key()] = evaluated(it.value(), context, open);
        return object;
    }
    return value;
}

bool agrees(const Json& leg, const Json& with)
{
    for (auto it = with.begin(); it != with.end(); ++it) {
        if (!leg.contains(it.key()) || leg[it.key()] != it.value())
            return false;
    }
    return true;
}

/// Would `include` change one of the values the leg got from the lists?
bool overwrites(const Json& leg, const Json& include)
{
    for (auto it = include.begin(); it != include.end(); ++it) {
        if (leg.contains(it.key()) && leg[it.key()] != it.value())
            return true;
    }
    return false;
}

bool multiply(const Json& matrix, std::vector<Json>& legs)
{
    bool lists = false;
    for (auto it = matrix.begin(); it != matrix.end(); ++it) {
        if (it.key() == "include" || it.key() == "exclude" || !it.value().is_array())
            continue;
        lists = true;
        std::vector<Json> longer;
        for (const Json& leg : legs) {
            for (const Json& item : it.value()) {
                longer.push_back(leg);
                longer.back()[it.key()] = item;
            }
        }
        if (longer.size() > mostLegs * 4)
            return false;
        legs = std::move(longer);
    }
    if (!lists)
        legs.clear();
    return true;
}

Json objectsOf(const Json& matrix, const char* key)
{
    Json list = Json::array();
    if (matrix.contains(key) && matrix[key].is_array()) {
        for (const Json& item : matrix[key]) {
            if (item.is_object())
                list.push_back(item);
        }
    }
    return list;
}

} // namespace

Result<MatrixLegs> expandMatrix(const YamlNode* node, const ExpressionContext& context)
{
    MatrixLegs result;
    if (!node || node->kind == YamlKind::Null) {
        result.legs.push_back(Json::object());
        return result;
    }
    Json matrix = evaluated(toJson(*node), context, result.open);
    if (!matrix.is_object()) {
        result.open = true;
        return result;
    }
    std::vector<Json> legs{Json::object()};
    const auto tooMany = [&] { return Error{ErrorKind::TooLarge, atPlace(*node, "a matrix of more than 256 jobs"), false}; };
    if (!multiply(matrix, legs))
        return tooMany();
    const Json excluded = objectsOf(matrix, "exclude");
    legs.erase(std::remove_if(legs.begin(), legs.end(),
                              [&](const Json& leg) {
                                  return std::any_of(excluded.begin(), excluded.end(), [&](const Json& what) { return agrees(leg, what); });
                              }),
               legs.end());
    const std::vector<Json> original = legs;
    for (const Json& include : objectsOf(matrix, "include")) {
        bool placed = false;
        for (std::size_t i = 0; i < original.size(); ++i) {
            if (overwrites(original[i], include))
                continue;
            legs[i].update(include);
            placed = true;
        }
        if (!placed)
            legs.push_back(include);
    }
    if (legs.size() > mostLegs)
        return tooMany();
    result.legs = std::move(legs);
    return result;
}

} // namespace layerline
