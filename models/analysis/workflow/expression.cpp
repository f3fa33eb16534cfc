#include "analysis/workflow/expression.h"

#include "analysis/workflow/expression_functions.h"
#include "analysis/workflow/expression_tokens.h"

#include <charconv>
#include <cmath>
#include <functional>
#include <optional>

namespace layerline {

using Json = nlohmann::ordered_json;

namespace {

constexpr int deepest = 50;
constexpr std::size_t mostOutcomes = 32;

void addValue(Outcomes& to, const Json& value)
{
    for (const Json& known : to.values) {
        if (known == value)
            return;
    }
    if (to.values.size() < mostOutcomes)
        to.values.push_back(value);
    else
        to.open = true;
}

void addAll(Outcomes& to, const Outcomes& more)
{
    for (const Json& value : more.values)
        addValue(to, value);
    to.open |= more.open;
    to.openFalsy |= more.openFalsy;
}

Outcomes conjunction(const Outcomes& a, const Outcomes& b)
{
    Outcomes result;
    result.openFalsy = a.openFalsy || a.open;
    bool reaches = a.open;
    for (const Json& value : a.values)
        truthy(value) ? void(reaches = true) : addValue(result, value);
    if (reaches)
        addAll(result, b);
    return result;
}

Outcomes disjunction(const Outcomes& a, const Outcomes& b)
{
    Outcomes result;
    result.open = a.open;
    bool reaches = a.open || a.openFalsy;
    for (const Json& value : a.values)
        truthy(value) ? addValue(result, value) : void(reaches = true);
    if (reaches)
        addAll(result, b);
    return result;
}

Outcomes eitherWay()
{
    return {{true, false}, false, false};
}

/// `f` of every pair; unknown operands may give either answer.
Outcomes compared(const Outcomes& a, const Outcomes& b, const std::function<bool(const Json&, const Json&)>& f)
{
    if (a.open || b.open || a.openFalsy || b.openFalsy)
        return eitherWay();
    Outcomes result;
    for (const Json& left : a.values) {
        for (const Json& right : b.values)
            addValue(result, f(left, right));
    }
    return result;
}

Outcomes negated(const Outcomes& a)
{
    if (a.open)
        return eitherWay();
    Outcomes result;
    if (a.openFalsy)
        addValue(result, true);
    for (const Json& value : a.values)
        addValue(result, !truthy(value));
    return result;
}

/// Parses and evaluates at once: every operand may be evaluated, there are no side effects.
class Evaluator {
public:
    Evaluator(std::vector<Token> tokens, const ExpressionContext& context, std::vector<std::string>* references)
        : m_tokens(std::move(tokens)), m_context(context), m_references(references)
    {
    }

    Result<Outcomes> run()
    {
        Outcomes result = orTerm();
        if (!m_failed && peek().kind != TokenKind::End)
            fail("unexpected '" + peek().text + "'");
        if (m_failed)
            return m_error;
        return result;
    }

private:
    const Token& peek() const { return m_tokens[m_next]; }
    Token take() { return m_next + 1 < m_tokens.size() ? m_tokens[m_next++] : m_tokens[m_next]; }
    bool takeOperator(std::string_view text)
    {
        if (peek().kind != TokenKind::Operator || peek().text != text)
            return false;
        take();
        return true;
    }
    Outcomes fail(const std::string& what)
    {
        if (!m_failed)
            m_error = {ErrorKind::BadInput, "expression, column " + std::to_string(peek().at + 1) + ": " + what, false};
        m_failed = true;
        return Outcomes::unknown();
    }
    void expect(std::string_view text)
    {
        if (!takeOperator(text))
            fail("'" + std::string(text) + "' expected");
    }

    Outcomes orTerm()
    {
        if (++m_depth > deepest)
            return fail("nested too deeply");
        Outcomes result = andTerm();
        while (!m_failed && takeOperator("||"))
            result = disjunction(result, andTerm());
        --m_depth;
        return result;
    }

    Outcomes andTerm()
    {
        Outcomes result = comparison();
        while (!m_failed && takeOperator("&&"))
            result = conjunction(result, comparison());
        return result;
    }

    Outcomes comparison()
    {
        Outcomes result = unary();
        while (!m_failed && peek().kind == TokenKind::Operator && isComparison(peek().text)) {
            const std::string op = take().text;
            result = compared(result, unary(), [&](const Json& a, const Json& b) { return compareValues(op, a, b); });
        }
        return result;
    }

    Outcomes unary()
    {
        int negations = 0;
        while (takeOperator("!"))
            ++negations;
        Outcomes result = primary();
        for (; negations > 0; negations = negations > 2 ? negations - 2 : negations - 1)
            result = negated(result);
        return result;
    }

    Outcomes primary()
    {
        if (m_failed)
            return Outcomes::unknown();
        if (takeOperator("(")) {
            Outcomes inner = orTerm();
            expect(")");
            return accessed(std::move(inner), {});
        }
        const Token token = take();
        switch (token.kind) {
        case TokenKind::String: return Outcomes::of(token.text);
        case TokenKind::Number: return number(token);
        case TokenKind::Name: return named(token);
        default: return fail("a value expected");
        }
    }

    Outcomes number(const Token& token)
    {
        double value = 0;
        const char* const end = token.text.data() + token.text.size();
        const auto read = std::from_chars(token.text.data() + (token.text[0] == '+'), end, value);
        if (read.ec != std::errc() || read.ptr != end)
            return token.text.substr(0, 2) == "0x" ? Outcomes::unknown() : fail("'" + token.text + "' is no number");
        return Outcomes::of(value == std::floor(value) && std::abs(value) < 1e15 ? Json(std::int64_t(value)) : Json(value));
    }

    Outcomes named(const Token& token)
    {
        if (takeOperator("("))
            return accessed(call(token.text), {});
        if (token.text == "true" || token.text == "false")
            return Outcomes::of(token.text == "true");
        if (token.text == "null")
            return Outcomes::of(nullptr);
        const auto found = m_context.values.find(token.text);
        m_complete = m_context.complete.count(token.text) > 0;
        return accessed(found == m_context.values.end() ? Outcomes::unknown() : Outcomes::of(found->second), token.text);
    }

    Outcomes call(const std::string& function)
    {
        std::vector<Outcomes> arguments;
        if (!takeOperator(")")) {
            do
                arguments.push_back(orTerm());
            while (!m_failed && takeOperator(","));
            expect(")");
        }
        if (m_failed)
            return Outcomes::unknown();
        m_complete = true;
        return combine(function, arguments);
    }

    /// The function of every combination of what its arguments may be.
    Outcomes combine(const std::string& function, const std::vector<Outcomes>& arguments)
    {
        std::vector<std::vector<Json>> rows{{}};
        for (const Outcomes& argument : arguments) {
            if (argument.open || argument.openFalsy)
                return answersYesOrNo(function) ? eitherWay() : Outcomes::unknown();
            std::vector<std::vector<Json>> longer;
            for (const auto& row : rows) {
                for (const Json& value : argument.values) {
                    longer.push_back(row);
                    longer.back().push_back(value);
                }
            }
            if (longer.size() > mostOutcomes)
                return Outcomes::unknown();
            rows = std::move(longer);
        }
        Outcomes result;
        for (const auto& row : rows) {
            const auto value = callFunction(function, row);
            if (!value)
                return fail(value.error().detail);
            value->is_discarded() ? addAll(result, answersYesOrNo(function) ? eitherWay() : Outcomes::unknown()) : addValue(result, *value);
        }
        return result;
    }

    /// ".name", "[index]" and ".*" behind a value. `path` is what is read so far, empty when it is no context.
    Outcomes accessed(Outcomes value, std::string path)
    {
        const bool complete = m_complete;
        while (!m_failed) {
            Outcomes key;
            if (takeOperator(".")) {
                const Token name = take();
                if (name.kind != TokenKind::Name && name.text != "*")
                    return fail("a name expected");
                key = name.text == "*" && name.kind == TokenKind::Operator ? Outcomes::unknown() : Outcomes::of(name.text);
            } else if (takeOperator("[")) {
                key = takeOperator("*") ? Outcomes::unknown() : orTerm();
                expect("]");
            } else {
                break;
            }
            if (!path.empty())
                path += "." + (key.known() ? expressionText(key.values[0]) : std::string("*"));
            value = member(value, key, complete);
        }
        if (m_references && !path.empty())
            m_references->push_back(path);
        return value;
    }

    static Outcomes member(const Outcomes& value, const Outcomes& key, bool complete)
    {
        if (value.open || key.open || key.openFalsy)
            return Outcomes::unknown();
        Outcomes result;
        for (const Json& from : value.values) {
            for (const Json& name : key.values) {
                const Json* found = memberOf(from, name);
                if (found)
                    addValue(result, *found);
                else if (complete)
                    addValue(result, nullptr);
                else
                    result.open = true;
            }
        }
        return result;
    }

    std::vector<Token> m_tokens;
    std::size_t m_next = 0;
    int m_depth = 0;
    const ExpressionContext& m_context;
    std::vector<std::string>* m_references;
    bool m_complete = false;
    bool m_failed = false;
    Error m_error;
};

Result<Outcomes> evaluate(std::string_view expression, const ExpressionContext& context, std::vector<std::string>* references)
{
    auto tokens = tokenize(expression);
    if (!tokens)
        return tokens.error();
    return Evaluator(std::move(*tokens), context, references).run();
}

/// Calls `text` for the plain parts and `expression` for the insides of ${{ }}; false when one has no end.
bool splitTemplate(std::string_view whole, const std::function<void(std::string_view)>& text, const std::function<void(std::string_view)>& expression)
{
    std::size_t at = 0;
    for (std::size_t begin = whole.find("${{"); begin != std::string_view::npos; begin = whole.find("${{", at)) {
        const std::size_t end = expressionEnd(whole, begin + 3);
        if (end == std::string_view::npos)
            return false;
        if (begin > at)
            text(whole.substr(at, begin - at));
        expression(whole.substr(begin + 3, end - begin - 3));
        at = end + 2;
    }
    if (at < whole.size())
        text(whole.substr(at));
    return true;
}

} // namespace

Result<Outcomes> evaluateExpression(std::string_view expression, const ExpressionContext& context)
{
    return evaluate(expression, context, nullptr);
}

Result<Outcomes> evaluateTemplate(std::string_view text, const ExpressionContext& context)
{
    std::vector<Outcomes> parts;
    std::optional<Error> wrong;
    const bool ended = splitTemplate(
        text, [&](std::string_view plain) { parts.push_back(Outcomes::of(std::string(plain))); },
        [&](std::string_view inside) {
            auto value = evaluateExpression(inside, context);
            if (value)
                parts.push_back(std::move(*value));
            else if (!wrong)
                wrong = value.error();
        });
    if (!ended)
        return Error{ErrorKind::BadInput, "an expression that does not end", false};
    if (wrong)
        return *wrong;
    if (parts.size() == 1)
        return parts[0];
    Outcomes result = Outcomes::of(std::string());
    for (const Outcomes& part : parts) {
        if (part.open || part.openFalsy)
            return Outcomes::unknown();
        Outcomes longer;
        for (const Json& before : result.values) {
            for (const Json& value : part.values)
                addValue(longer, before.get<std::string>() + expressionText(value));
        }
        if (longer.open)
            return Outcomes::unknown();
        result = std::move(longer);
    }
    return result;
}

std::string resolvedText(std::string_view text, const ExpressionContext& context)
{
    std::string result;
    const bool ended = splitTemplate(
        text, [&](std::string_view plain) { result += plain; },
        [&](std::string_view inside) {
            const auto value = evaluateExpression(inside, context);
            if (value && value->known()) {
                result += expressionText(value->values[0]);
                return;
            }
            const std::size_t first = inside.find_first_not_of(" \t\n"), last = inside.find_last_not_of(" \t\n");
            result += "${{ " + std::string(first == std::string_view::npos ? "" : inside.substr(first, last - first + 1)) + " }}";
        });
    return ended ? result : std::string(text);
}

bool hasExpression(std::string_view text)
{
    return text.find("${{") != std::string_view::npos;
}

std::vector<std::string> expressionReferences(std::string_view text)
{
    std::vector<std::string> found;
    const ExpressionContext nothing;
    splitTemplate(text, [](std::string_view) {}, [&](std::string_view inside) { (void)evaluate(inside, nothing, &found); });
    return found;
}

std::vector<std::string> conditionReferences(std::string_view text)
{
    if (hasExpression(text))
        return expressionReferences(text);
    std::vector<std::string> found;
    (void)evaluate(text, {}, &found);
    return found;
}

} // namespace layerline
