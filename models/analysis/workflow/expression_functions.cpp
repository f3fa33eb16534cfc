#include "analysis/workflow/expression_functions.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>

namespace layerline {

using Json = nlohmann::ordered_json;

namespace {

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return text;
}

double toNumber(const Json& value)
{
    if (value.is_number())
        return value.get<double>();
    if (value.is_boolean())
        return value.get<bool>() ? 1 : 0;
    if (value.is_null())
        return 0;
    if (!value.is_string())
        return std::numeric_limits<double>::quiet_NaN();
    const std::string text = value.get<std::string>();
    if (text.empty())
        return 0;
    double number = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc() && read.ptr == end ? number : std::numeric_limits<double>::quiet_NaN();
}

bool sameValue(const Json& a, const Json& b)
{
    if (a.is_string() && b.is_string())
        return lower(a.get<std::string>()) == lower(b.get<std::string>());
    if (a.is_structured() || b.is_structured())
        return a == b;
    if (a.is_null() && b.is_null())
        return true;
    return toNumber(a) == toNumber(b);
}

bool lessThan(const Json& a, const Json& b)
{
    if (a.is_string() && b.is_string())
        return lower(a.get<std::string>()) < lower(b.get<std::string>());
    return toNumber(a) < toNumber(b);
}

bool contains(const Json& in, const Json& what)
{
    if (in.is_array())
        return std::any_of(in.begin(), in.end(), [&](const Json& item) { return sameValue(item, what); });
    return lower(expressionText(in)).find(lower(expressionText(what))) != std::string::npos;
}

bool startsWith(const Json& text, const Json& with)
{
    return lower(expressionText(text)).rfind(lower(expressionText(with)), 0) == 0;
}

bool endsWith(const Json& text, const Json& with)
{
    const std::string whole = lower(expressionText(text)), tail = lower(expressionText(with));
    return whole.size() >= tail.size() && whole.compare(whole.size() - tail.size(), tail.size(), tail) == 0;
}

Result<Json> format(const std::vector<Json>& arguments)
{
    const std::string pattern = expressionText(arguments[0]);
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if ((c == '{' || c == '}') && i + 1 < pattern.size() && pattern[i + 1] == c) {
            text += c;
            ++i;
        } else if (c == '{') {
            std::size_t number = 0;
            const auto read = std::from_chars(pattern.data() + i + 1, pattern.data() + pattern.size(), number);
            if (read.ec != std::errc() || *read.ptr != '}' || number + 1 >= arguments.size())
                return Error{ErrorKind::BadInput, "format() with a placeholder that has no argument", false};
            text += expressionText(arguments[number + 1]);
            i = std::size_t(read.ptr - pattern.data());
        } else {
            text += c;
        }
    }
    return Json(text);
}

Json join(const std::vector<Json>& arguments)
{
    if (!arguments[0].is_array())
        return expressionText(arguments[0]);
    const std::string between = arguments.size() > 1 ? expressionText(arguments[1]) : ",";
    std::string text;
    for (const Json& item : arguments[0])
        text += (&item == &arguments[0].front() ? "" : between) + expressionText(item);
    return text;
}

/// How deep brackets nest; those in strings count too, which errs on the safe side.
int bracketDepth(const std::string& text)
{
    int depth = 0, deepest = 0;
    for (const char c : text) {
        depth += (c == '[' || c == '{') - (c == ']' || c == '}');
        deepest = std::max(deepest, depth);
    }
    return deepest;
}

Result<Json> fromJson(const Json& argument)
{
    const std::string text = expressionText(argument);
    Json value = bracketDepth(text) > 64 ? Json(Json::value_t::discarded) : Json::parse(text, nullptr, false);
    if (value.is_discarded())
        return Error{ErrorKind::BadInput, "fromJSON() of what is no JSON", false};
    return value;
}

struct Function {
    const char* name;
    std::size_t least, most;
    bool yesOrNo;
};

const Function* findFunction(const std::string& name)
{
    static const Function table[] = {
        {"contains", 2, 2, true},  {"startswith", 2, 2, true}, {"endswith", 2, 2, true}, {"format", 1, 99, false}, {"join", 1, 2, false},
        {"tojson", 1, 1, false},   {"fromjson", 1, 1, false},  {"hashfiles", 1, 99, false}, {"success", 0, 99, true}, {"failure", 0, 99, true},
        {"cancelled", 0, 0, true}, {"always", 0, 0, true},     {"case", 3, 99, false},
    };
    for (const Function& function : table) {
        if (lower(name) == function.name)
            return &function;
    }
    return nullptr;
}

} // namespace

bool truthy(const Json& value)
{
    if (value.is_null())
        return false;
    if (value.is_boolean())
        return value.get<bool>();
    if (value.is_number())
        return value.get<double>() != 0;
    return !value.is_string() || !value.get_ref<const std::string&>().empty();
}

std::string expressionText(const Json& value)
{
    if (value.is_null())
        return {};
    if (value.is_string())
        return value.get<std::string>();
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool isComparison(std::string_view op)
{
    return op == "==" || op == "!=" || op == "<" || op == "<=" || op == ">" || op == ">=";
}

bool compareValues(const std::string& op, const Json& a, const Json& b)
{
    if (op == "==" || op == "!=")
        return sameValue(a, b) == (op == "==");
    if (op == "<")
        return lessThan(a, b);
    if (op == ">")
        return lessThan(b, a);
    return sameValue(a, b) || (op == "<=" ? lessThan(a, b) : lessThan(b, a));
}

bool answersYesOrNo(const std::string& name)
{
    const Function* function = findFunction(name);
    return function && function->yesOrNo;
}

Result<Json> callFunction(const std::string& name, const std::vector<Json>& arguments)
{
    const Function* function = findFunction(name);
    if (!function)
        return Error{ErrorKind::BadInput, "there is no function '" + name + "'", false};
    if (arguments.size() < function->least || arguments.size() > function->most)
        return Error{ErrorKind::BadInput, name + "() with " + std::to_string(arguments.size()) + " arguments", false};
    const std::string known = function->name;
    if (known == "contains")
        return Json(contains(arguments[0], arguments[1]));
    if (known == "startswith")
        return Json(startsWith(arguments[0], arguments[1]));
    if (known == "endswith")
        return Json(endsWith(arguments[0], arguments[1]));
    if (known == "format")
        return format(arguments);
    if (known == "join")
        return join(arguments);
    if (known == "tojson")
        return Json(arguments[0].dump(2, ' ', false, Json::error_handler_t::replace));
    if (known == "fromjson")
        return fromJson(arguments[0]);
    if (known == "always")
        return Json(true);
    return Json(Json::value_t::discarded);
}

const Json* memberOf(const Json& value, const Json& key)
{
    if (value.is_object() && key.is_string()) {
        for (auto it = value.begin(); it != value.end(); ++it) {
            if (lower(it.key()) == lower(key.get<std::string>()))
                return &it.value();
        }
    }
    if (value.is_array() && key.is_number_integer()) {
        const auto index = key.get<std::int64_t>();
        if (index >= 0 && std::size_t(index) < value.size())
            return &value[std::size_t(index)];
    }
    return nullptr;
}

} // namespace layerline
