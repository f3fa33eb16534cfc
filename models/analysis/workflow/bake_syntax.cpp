#include "analysis/workflow/bake_syntax.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace layerline {

namespace {

using Expression = BakeExpression;

constexpr std::size_t largest = 1 << 20;
constexpr int deepest = 64;

struct Wrong {
    Error error;
};

Expression valueOf(nlohmann::json value) { return {BakeTerm::Value, std::move(value), {}, {}}; }

/// Text one character after the other. What is no bake file ends in Wrong, what is merely not understood in an Unknown.
class Reader {
public:
    explicit Reader(std::string_view text) : m_text(text) {}

    BakeBlock file()
    {
        BakeBlock all;
        body(all);
        if (m_at < m_text.size())
            fail("'" + std::string(1, m_text[m_at]) + "' closes nothing");
        return all;
    }

    /// The whole text as what stands between quotes.
    Expression wholeTemplate()
    {
        Expression text = quoted(false);
        return text;
    }

private:
    struct Level {
        explicit Level(Reader& reader) : depth(reader.m_depth)
        {
            if (++depth > deepest)
                throw Wrong{{ErrorKind::TooLarge, "a bake file with more than " + std::to_string(deepest) + " levels", false}};
        }
        ~Level() { --depth; }
        int& depth;
    };

    [[noreturn]] void fail(const std::string& what) const
    {
        const auto line = 1 + std::count(m_text.begin(), m_text.begin() + std::ptrdiff_t(std::min(m_at, m_text.size())), '\n');
        throw Wrong{{ErrorKind::BadInput, "line " + std::to_string(line) + ": " + what, false}};
    }

    bool done() const { return m_at >= m_text.size(); }
    char here() const { return done() ? '\0' : m_text[m_at]; }
    bool at(std::string_view what) const { return m_text.compare(m_at, what.size(), what) == 0; }
    static bool startsName(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; }

    /// Blanks and comments; line breaks too where they mean nothing.
    void skip(bool lines)
    {
        while (!done()) {
            if (here() == '#' || at("//")) {
                m_at = std::min(m_text.find('\n', m_at), m_text.size());
            } else if (at("/*")) {
                const std::size_t end = m_text.find("*/", m_at + 2);
                m_at = end == std::string_view::npos ? m_text.size() : end + 2;
            } else if (here() == ' ' || here() == '\t' || here() == '\r' || (here() == '\n' && lines)) {
                ++m_at;
            } else {
                return;
            }
        }
    }
    void skipInside() { skip(m_brackets > 0); }

    std::string name()
    {
        const std::size_t begin = m_at;
        while (!done() && (startsName(here()) || std::isdigit(static_cast<unsigned char>(here())) || here() == '-'))
            ++m_at;
        return std::string(m_text.substr(begin, m_at - begin));
    }

    void body(BakeBlock& to)
    {
        const Level level(*this);
        for (skip(true); !done() && here() != '}'; skip(true)) {
            if (!startsName(here()) && here() != '"')
                fail("a name is missing");
            const std::string word = here() == '"' ? label() : name();
            skip(false);
            if (here() == '=' && !at("==")) {
                ++m_at;
                const int outer = std::exchange(m_brackets, 0);
                to.attributes.emplace_back(word, expression());
                m_brackets = outer;
                continue;
            }
            to.blocks.push_back(block(word));
        }
    }

    BakeBlock block(const std::string& type)
    {
        BakeBlock result{type, {}, {}, {}};
        for (skip(false); here() != '{'; skip(false)) {
            if (here() != '"' && !startsName(here()))
                fail("'" + type + "' is neither set nor opened");
            result.labels.push_back(here() == '"' ? label() : name());
        }
        ++m_at;
        body(result);
        if (here() != '}')
            fail("'" + type + "' is not closed");
        ++m_at;
        return result;
    }

    std::string label()
    {
        ++m_at;
        const std::size_t end = m_text.find_first_of("\"\n", m_at);
        if (end == std::string_view::npos || m_text[end] == '\n')
            fail("a quote is not closed");
        const std::string text(m_text.substr(m_at, end - m_at));
        m_at = end + 1;
        return text;
    }

    Expression expression()
    {
        const Level level(*this);
        skipInside();
        Expression first = operation(0);
        skipInside();
        if (here() != '?')
            return first;
        ++m_at;
        Expression yes = expression();
        skipInside();
        if (here() != ':')
            fail("':' is missing behind '?'");
        ++m_at;
        Expression no = expression();
        return {BakeTerm::Choice, {}, {}, {std::move(first), std::move(yes), std::move(no)}};
    }

    /// The operator that stands here and binds at least so tightly.
    std::string operatorFrom(int least, int& strength) const
    {
        static const std::vector<std::vector<std::string>> table{{"||"}, {"&&"}, {"==", "!="}, {"<=", ">=", "<", ">"}, {"+", "-"}, {"*", "/", "%"}};
        for (std::size_t i = std::size_t(least); i < table.size(); ++i) {
            for (const std::string& sign : table[i]) {
                if (at(sign)) {
                    strength = int(i);
                    return sign;
                }
            }
        }
        return {};
    }

    Expression operation(int least)
    {
        Expression left = unary();
        for (;;) {
            skipInside();
            int strength = 0;
            const std::string sign = operatorFrom(least, strength);
            if (sign.empty())
                return left;
            m_at += sign.size();
            skipInside();
            Expression right = operation(strength + 1);
            left = {BakeTerm::Operator, {}, sign, {std::move(left), std::move(right)}};
        }
    }

    Expression unary()
    {
        const Level level(*this);
        skipInside();
        if (here() == '!' || here() == '-') {
            const std::string sign(1, here());
            ++m_at;
            return {BakeTerm::Operator, {}, sign, {unary()}};
        }
        return postfix(primary());
    }

    /// What is taken out of a value by index or name is not followed.
    Expression postfix(Expression value)
    {
        for (;;) {
            if (here() == '[') {
                brackets();
            } else if (here() == '.' && !at("...")) {
                ++m_at;
                here() == '*' ? void(++m_at) : void(name());
            } else {
                return value;
            }
            value = Expression();
        }
    }

    Expression primary()
    {
        if (here() == '"') {
            ++m_at;
            return quoted(true);
        }
        if (at("<<"))
            return heredoc();
        if (std::isdigit(static_cast<unsigned char>(here())))
            return number();
        if (here() == '[')
            return list();
        if (here() == '{') {
            brackets();
            return {};
        }
        if (here() == '(') {
            ++m_at;
            ++m_brackets;
            Expression inside = expression();
            close(')');
            return inside;
        }
        if (!startsName(here()))
            fail(done() ? "a value is missing" : "'" + std::string(1, here()) + "' is no value");
        return named();
    }

    Expression named()
    {
        std::string word = name();
        if (word == "true" || word == "false")
            return valueOf(word == "true");
        if (word == "null")
            return valueOf(nullptr);
        if (here() != '(')
            return {BakeTerm::Name, {}, std::move(word), {}};
        ++m_at;
        ++m_brackets;
        return {BakeTerm::Call, {}, std::move(word), members(')')};
    }

    Expression number()
    {
        const std::size_t begin = m_at;
        while (std::isdigit(static_cast<unsigned char>(here())) || here() == '.')
            ++m_at;
        const std::string digits(m_text.substr(begin, m_at - begin));
        return digits.find('.') == std::string::npos && digits.size() < 16 ? valueOf(std::strtoll(digits.c_str(), nullptr, 10)) : Expression();
    }

    Expression list()
    {
        const std::size_t begin = m_at++;
        skip(true);
        if (at("for") && m_at + 3 < m_text.size() && std::isspace(static_cast<unsigned char>(m_text[m_at + 3]))) {
            m_at = begin;
            brackets();
            return {};
        }
        ++m_brackets;
        return {BakeTerm::List, {}, {}, members(']')};
    }

    /// Behind the opening bracket up to the closing one.
    std::vector<Expression> members(char end)
    {
        std::vector<Expression> parts;
        for (skip(true); here() != end; skip(true)) {
            parts.push_back(expression());
            skip(true);
            if (at("...")) { // a list given as arguments
                m_at += 3;
                parts.back() = Expression();
                skip(true);
            }
            if (here() == ',')
                ++m_at;
            else if (here() != end)
                fail(std::string("'") + end + "' is missing");
        }
        close(end);
        return parts;
    }

    void close(char end)
    {
        skip(true);
        if (here() != end)
            fail(std::string("'") + end + "' is missing");
        ++m_at;
        --m_brackets;
    }

    /// Over everything up to the bracket that closes the one here.
    void brackets()
    {
        const Level level(*this);
        const char end = here() == '[' ? ']' : here() == '{' ? '}' : ')';
        ++m_at;
        for (skip(true); here() != end; skip(true)) {
            if (done())
                fail(std::string("'") + end + "' is missing");
            if (here() == '[' || here() == '{' || here() == '(') {
                brackets();
            } else if (here() == '"') {
                ++m_at;
                quoted(true);
            } else if (at("<<") && m_at + 2 < m_text.size() && (m_text[m_at + 2] == '-' || startsName(m_text[m_at + 2]))) {
                heredoc();
            } else {
                ++m_at;
            }
        }
        ++m_at;
    }

    Expression heredoc()
    {
        m_at += 2;
        if (here() == '-')
            ++m_at;
        const std::string mark = name();
        const std::size_t begin = m_text.find('\n', m_at);
        for (std::size_t line = begin; !mark.empty() && line != std::string_view::npos; line = m_text.find('\n', line + 1)) {
            const std::size_t first = m_text.find_first_not_of(" \t", line + 1);
            const std::size_t after = first == std::string_view::npos ? first : first + mark.size();
            if (first == std::string_view::npos || m_text.compare(first, mark.size(), mark) != 0)
                continue;
            if (after >= m_text.size() || m_text[after] == '\n' || m_text[after] == '\r') {
                m_at = std::min(after, m_text.size());
                return {};
            }
        }
        fail("the text that begins with <<" + mark + " does not end");
    }

    char escaped()
    {
        ++m_at;
        switch (here()) {
        case 'n': return '\n';
        case 't': return '\t';
        case 'r': return '\r';
        case '"': return '"';
        case '\\': return '\\';
        default: fail("an escape that is not understood");
        }
    }

    /// Behind the opening quote; without quotes the text to its end.
    Expression quoted(bool quotes)
    {
        const Level level(*this);
        Expression all{BakeTerm::Text, {}, {}, {}};
        std::string plain;
        bool unknown = false;
        const auto flush = [&] {
            if (!plain.empty())
                all.parts.push_back(valueOf(std::exchange(plain, {})));
        };
        while (quotes ? here() != '"' : !done()) {
            if (done() || (quotes && here() == '\n'))
                fail("a quote is not closed");
            if (at("$${") || at("%%{")) {
                plain += m_text.substr(m_at + 1, 2);
                m_at += 3;
            } else if (at("${") || at("%{")) {
                flush();
                unknown |= here() == '%';
                Expression inside = inserted();
                all.parts.push_back(std::move(inside));
            } else {
                plain += quotes && here() == '\\' ? escaped() : here();
                ++m_at;
            }
        }
        m_at += quotes ? 1 : 0;
        flush();
        if (all.parts.empty())
            return valueOf("");
        return unknown ? Expression() : all;
    }

    /// "${ ... }" or "%{ ... }".
    Expression inserted()
    {
        if (here() == '%') {
            ++m_at;
            brackets();
            return {};
        }
        m_at += at("${~") ? 3 : 2;
        ++m_brackets;
        Expression inside = expression();
        skip(true);
        if (here() == '~')
            ++m_at;
        close('}');
        return inside;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_brackets = 0, m_depth = 0;
};

/// JSON's strings are templates too.
Expression fromJson(const nlohmann::json& value)
{
    if (value.is_string()) {
        const std::string& text = value.get_ref<const std::string&>();
        return Reader(text).wholeTemplate();
    }
    if (value.is_array()) {
        Expression list{BakeTerm::List, {}, {}, {}};
        for (const nlohmann::json& item : value)
            list.parts.push_back(fromJson(item));
        return list;
    }
    return value.is_object() ? Expression() : valueOf(value);
}

BakeBlock jsonBlock(const std::string& type, const std::string& label, const nlohmann::json& object)
{
    if (!object.is_object())
        throw Wrong{{ErrorKind::BadInput, type + " '" + label + "' is no object", false}};
    BakeBlock block{type, {label}, {}, {}};
    for (auto it = object.begin(); it != object.end(); ++it)
        block.attributes.emplace_back(it.key(), fromJson(it.value()));
    return block;
}

BakeBlock jsonFile(std::string_view text)
{
    int depth = 0;
    const auto shallow = [&](int level, nlohmann::json::parse_event_t, nlohmann::json&) {
        depth = std::max(depth, level);
        if (depth > deepest)
            throw Wrong{{ErrorKind::TooLarge, "a bake file with more than " + std::to_string(deepest) + " levels", false}};
        return true;
    };
    const nlohmann::json all = nlohmann::json::parse(text, shallow, false);
    if (!all.is_object())
        throw Wrong{{ErrorKind::BadInput, "no JSON object", false}};
    BakeBlock file;
    for (auto it = all.begin(); it != all.end(); ++it) {
        if (it.key() != "target" && it.key() != "group" && it.key() != "variable" && it.key() != "function") {
            file.attributes.emplace_back(it.key(), fromJson(it.value()));
            continue;
        }
        if (!it.value().is_object())
            throw Wrong{{ErrorKind::BadInput, "'" + it.key() + "' is no object", false}};
        for (auto each = it.value().begin(); each != it.value().end(); ++each)
            file.blocks.push_back(jsonBlock(it.key(), each.key(), each.value()));
    }
    return file;
}

} // namespace

const BakeExpression* BakeBlock::find(std::string_view name) const
{
    const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const auto& each) { return each.first == name; });
    return found == attributes.end() ? nullptr : &found->second;
}

Result<BakeBlock> parseBakeFile(std::string_view name, std::string_view text)
{
    if (text.size() > largest)
        return Error{ErrorKind::TooLarge, "a bake file of more than 1 MiB", false};
    if (text.substr(0, 3) == "\xEF\xBB\xBF")
        text.remove_prefix(3);
    const bool json = name.size() > 5 && name.substr(name.size() - 5) == ".json";
    try {
        return json ? jsonFile(text) : Reader(text).file();
    } catch (const Wrong& wrong) {
        return wrong.error;
    }
}

} // namespace layerline
