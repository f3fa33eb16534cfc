#include "analysis/workflow/bake_file.h"

#include <algorithm>
#include <functional>

namespace layerline {

namespace {

using Json = nlohmann::json;
using Value = std::optional<Json>; ///< empty: can't be told

std::string textOf(const Json& value)
{
    return value.is_string() ? value.get<std::string>() : value.is_null() ? std::string() : value.dump();
}

bool simple(const Value& value) { return value && !value->is_structured(); }

/// What a user's environment makes of a variable that is no text.
Value converted(const std::string& text, const Value& byDefault)
{
    if (!byDefault)
        return std::nullopt; // its type decides how the text is read
    if (byDefault->is_boolean())
        return text == "true" || text == "1" ? Value(true) : text == "false" || text == "0" ? Value(false) : std::nullopt;
    return byDefault->is_string() || byDefault->is_null() ? Value(text) : std::nullopt;
}

/// The machine that runs sets these; no file tells them.
bool machineSets(const std::string& name)
{
    for (const char* prefix : {"GITHUB_", "RUNNER_", "ACTIONS_", "BAKE_", "BUILDX_", "DOCKER_METADATA_"}) {
        if (name.rfind(prefix, 0) == 0)
            return true;
    }
    return name == "CI" || name == "HOME" || name == "PATH" || name == "USER" || name == "PWD";
}

class Files {
public:
    explicit Files(const BakeEnvironment& environment) : m_environment(environment) {}

    /// Later files state things anew.
    void add(const BakeBlock& file)
    {
        for (const auto& [name, expression] : file.attributes)
            m_globals[name] = expression;
        for (const BakeBlock& block : file.blocks) {
            if (block.labels.size() != 1)
                continue;
            if (block.type == "function")
                m_functions.insert(block.labels[0]);
            if (block.type != "target" && block.type != "group" && block.type != "variable")
                continue;
            auto& to = block.type == "target" ? m_targets[block.labels[0]] : block.type == "group" ? m_groups[block.labels[0]] : m_variables[block.labels[0]];
            for (const auto& [name, expression] : block.attributes)
                to[name] = expression;
        }
    }
    void add(const BakeFileTarget& target) { m_added[target.name] = target; }

    BakePlan plan(const std::vector<std::string>& asked)
    {
        for (const std::string& name : asked)
            addTarget(name, 0);
        return std::move(m_plan);
    }
    void open(const std::string& why)
    {
        m_plan.open = true;
        if (m_plan.why.empty())
            m_plan.why = why;
    }

private:
    using Attributes = std::map<std::string, BakeExpression>;
    static constexpr int deepest = 32; ///< groups of groups, parents of parents, variables of variables

    // ---- values --------------------------------------------------------------------------------------------------------

    Value variable(const std::string& name, int depth)
    {
        if (depth > deepest)
            return std::nullopt;
        if (const auto global = m_globals.find(name); global != m_globals.end())
            return value(global->second, depth + 1);
        const auto declared = m_variables.find(name);
        const auto given = m_environment.find(name);
        if (declared == m_variables.end() && given != m_environment.end() && name.rfind("BAKE_", 0) == 0)
            return given->second ? Value(*given->second) : std::nullopt;
        if (declared == m_variables.end() || (declared->second.count("type") && given != m_environment.end()))
            return std::nullopt; // how a text becomes that type is buildx's business
        const auto stated = declared->second.find("default");
        const Value byDefault = stated == declared->second.end() ? Value("") : value(stated->second, depth + 1);
        if (given != m_environment.end())
            return given->second ? converted(*given->second, byDefault) : std::nullopt;
        return machineSets(name) ? std::nullopt : byDefault;
    }

    Value value(const BakeExpression& expression, int depth)
    {
        if (depth > 2 * deepest)
            return std::nullopt;
        switch (expression.term) {
        case BakeTerm::Value: return expression.value;
        case BakeTerm::Name: return variable(expression.text, depth + 1);
        case BakeTerm::Text: return joined(expression, depth);
        case BakeTerm::List: return listOf(expression, depth);
        case BakeTerm::Choice: {
            const Value condition = value(expression.parts[0], depth + 1);
            if (!condition || !condition->is_boolean())
                return std::nullopt;
            return value(expression.parts[condition->get<bool>() ? 1 : 2], depth + 1);
        }
        case BakeTerm::Operator: return operation(expression, depth);
        case BakeTerm::Call: return m_functions.count(expression.text) ? std::nullopt : called(expression, depth);
        case BakeTerm::Unknown: break;
        }
        return std::nullopt;
    }

    Value joined(const BakeExpression& expression, int depth)
    {
        if (expression.parts.size() == 1 && expression.parts[0].term != BakeTerm::Value)
            return value(expression.parts[0], depth + 1); // "${x}" is x itself
        std::string text;
        for (const BakeExpression& part : expression.parts) {
            const Value each = value(part, depth + 1);
            if (!simple(each))
                return std::nullopt;
            text += textOf(*each);
        }
        return text;
    }

    Value listOf(const BakeExpression& expression, int depth)
    {
        Json list = Json::array();
        for (const BakeExpression& part : expression.parts) {
            Value each = value(part, depth + 1);
            if (!each)
                return std::nullopt;
            list.push_back(std::move(*each));
        }
        return list;
    }

    Value operation(const BakeExpression& expression, int depth)
    {
        const Value left = value(expression.parts[0], depth + 1);
        if (expression.parts.size() == 1)
            return expression.text == "!" && left && left->is_boolean() ? Value(!left->get<bool>()) : std::nullopt;
        const Value right = value(expression.parts[1], depth + 1);
        return compared(expression.text, left, right);
    }

    static Value compared(const std::string& sign, const Value& left, const Value& right)
    {
        if (sign == "==" || sign == "!=") {
            const bool comparable = simple(left) && simple(right) && (left->type() == right->type() || left->is_null() || right->is_null());
            return comparable ? Value((*left == *right) == (sign == "==")) : std::nullopt;
        }
        const bool both = left && right && left->is_boolean() && right->is_boolean();
        if (both && sign == "&&")
            return left->get<bool>() && right->get<bool>();
        if (both && sign == "||")
            return left->get<bool>() || right->get<bool>();
        return std::nullopt;
    }

    /// The few functions that choose platforms and tags.
    Value called(const BakeExpression& expression, int depth)
    {
        std::vector<Json> given;
        for (const BakeExpression& part : expression.parts) {
            const Value each = value(part, depth + 1);
            if (!each)
                return std::nullopt;
            given.push_back(*each);
        }
        const std::string& name = expression.text;
        if (given.size() == 2 && (name == "equal" || name == "notequal"))
            return compared(name == "equal" ? "==" : "!=", given[0], given[1]);
        if (given.size() == 2 && (name == "and" || name == "or"))
            return compared(name == "and" ? "&&" : "||", given[0], given[1]);
        if (given.size() == 1 && name == "not" && given[0].is_boolean())
            return !given[0].get<bool>();
        if (name == "concat" && std::all_of(given.begin(), given.end(), [](const Json& each) { return each.is_array(); })) {
            Json all = Json::array();
            for (const Json& each : given)
                all.insert(all.end(), each.begin(), each.end());
            return all;
        }
        if (name == "split" && given.size() == 2 && given[0].is_string() && given[1].is_string() && given[0] != "")
            return split(given[1].get<std::string>(), given[0].get<std::string>());
        return std::nullopt;
    }

    static Json split(const std::string& text, const std::string& by)
    {
        Json parts = Json::array();
        std::size_t begin = 0;
        for (std::size_t at = text.find(by); at != std::string::npos; at = text.find(by, begin)) {
            parts.push_back(text.substr(begin, at - begin));
            begin = at + by.size();
        }
        parts.push_back(text.substr(begin));
        return parts;
    }

    // ---- targets -------------------------------------------------------------------------------------------------------

    BakeList list(const BakeExpression& expression)
    {
        BakeList result{{}, true, false};
        const Value all = value(expression, 0);
        if (all && all->is_null())
            return {};
        if (!all || !all->is_array()) {
            result.open = true;
            return result;
        }
        for (const Json& each : *all) {
            if (each.is_structured())
                result.open = true;
            else if (const std::string text = textOf(each); !text.empty())
                result.values.push_back(text);
        }
        return result;
    }

    void addTarget(const std::string& name, int depth)
    {
        if (depth > deepest || name.find_first_of("*?[") != std::string::npos)
            return open("target '" + name + "'");
        if (const auto group = m_groups.find(name); group != m_groups.end()) {
            const auto stated = group->second.find("targets");
            const BakeList members = stated == group->second.end() ? BakeList() : list(stated->second);
            if (members.open)
                open("the targets of group '" + name + "'");
            for (const std::string& member : members.values)
                addTarget(member, depth + 1);
            return;
        }
        if (!m_targets.count(name))
            return open("there is no target '" + name + "'");
        const bool there = std::any_of(m_plan.targets.begin(), m_plan.targets.end(), [&](const BakeFileTarget& target) { return target.name == name; });
        if (there)
            return;
        BakeFileTarget target;
        inherit(target, name, 0);
        target.name = name;
        m_plan.targets.push_back(std::move(target));
    }

    static void take(BakeList& to, const BakeList& from)
    {
        if (from.stated)
            to = from;
    }

    static void makeOpen(BakeFileTarget& target)
    {
        for (BakeList* each : {&target.platforms, &target.tags, &target.outputs, &target.cacheTo, &target.cacheFrom})
            each->open = true;
    }

    /// Parents in their order, the target itself last.
    void inherit(BakeFileTarget& to, const std::string& name, int depth)
    {
        const auto found = m_targets.find(name);
        const auto added = m_added.find(name);
        if (depth > deepest || (found == m_targets.end() && added == m_added.end()))
            return makeOpen(to);
        if (found != m_targets.end()) {
            const Attributes& own = found->second;
            if (const auto parents = own.find("inherits"); parents != own.end()) {
                const BakeList names = list(parents->second);
                if (names.open)
                    makeOpen(to);
                for (const std::string& parent : names.values)
                    inherit(to, parent, depth + 1);
            }
            to.several |= own.count("matrix") > 0 || own.count("name") > 0;
            const auto set = [&](const char* attribute, BakeList& list_) {
                if (const auto stated = own.find(attribute); stated != own.end())
                    take(list_, list(stated->second));
            };
            set("platforms", to.platforms);
            set("tags", to.tags);
            set("output", to.outputs);
            set("cache-to", to.cacheTo);
            set("cache-from", to.cacheFrom);
        }
        if (added == m_added.end())
            return;
        take(to.platforms, added->second.platforms);
        take(to.tags, added->second.tags);
    }

    const BakeEnvironment& m_environment;
    std::map<std::string, BakeExpression> m_globals;
    std::map<std::string, Attributes> m_variables, m_targets, m_groups;
    std::set<std::string> m_functions;
    std::map<std::string, BakeFileTarget> m_added;
    BakePlan m_plan;
};

} // namespace

bool BakePlan::anyOpenPlatform() const
{
    return open || std::any_of(targets.begin(), targets.end(), [](const BakeFileTarget& target) { return target.platforms.open; });
}

BakePlan readBake(const std::vector<BakeText>& files, const std::vector<std::string>& targets, const BakeEnvironment& environment, const std::vector<BakeFileTarget>& added)
{
    Files all(environment);
    for (const BakeText& file : files) {
        const auto read = parseBakeFile(file.name, file.text);
        if (read)
            all.add(*read);
        else
            all.open(file.name + ": " + read.error().detail);
    }
    for (const BakeFileTarget& target : added)
        all.add(target);
    return all.plan(targets.empty() ? std::vector<std::string>{"default"} : targets);
}

const std::vector<std::string>& defaultBakeFiles()
{
    static const std::vector<std::string> names{"compose.yaml",     "compose.yml",     "docker-compose.yml",        "docker-compose.yaml",
                                                "docker-bake.json", "docker-bake.hcl", "docker-bake.override.json", "docker-bake.override.hcl"};
    return names;
}

bool isComposeFile(const std::string& name)
{
    return name.size() > 4 && (name.substr(name.size() - 4) == ".yml" || name.substr(name.size() - 5) == ".yaml");
}

} // namespace layerline
