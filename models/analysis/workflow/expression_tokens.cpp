#include "analysis/workflow/expression_tokens.h"

#include <cctype>

namespace layerline {

namespace {

constexpr std::size_t longest = 21'000; // GitHub's own limit

bool nameStart(char c)
{
    return std::isalpha(static_cast<unsigned char>(c)) || c == '_';
}

bool nameChar(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
}

bool digit(char c)
{
    return std::isdigit(static_cast<unsigned char>(c));
}

/// 'it''s'; false when it does not end.
bool readString(std::string_view text, std::size_t& i, std::string& into)
{
    for (++i; i < text.size(); ++i) {
        if (text[i] != '\'') {
            into += text[i];
        } else if (i + 1 < text.size() && text[i + 1] == '\'') {
            into += text[i++];
        } else {
            ++i;
            return true;
        }
    }
    return false;
}

} // namespace

Result<std::vector<Token>> tokenize(std::string_view text)
{
    const auto wrong = [](std::size_t at, const std::string& what) {
        return Error{ErrorKind::BadInput, "expression, column " + std::to_string(at + 1) + ": " + what, false};
    };
    if (text.size() > longest)
        return Error{ErrorKind::TooLarge, "an expression of more than 21000 characters", false};
    std::vector<Token> tokens;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        Token token;
        token.at = i;
        if (std::isspace(static_cast<unsigned char>(c))) {
            ++i;
            continue;
        }
        if (c == '\'') {
            token.kind = TokenKind::String;
            if (!readString(text, i, token.text))
                return wrong(token.at, "a string that does not end");
        } else if (nameStart(c)) {
            token.kind = TokenKind::Name;
            while (i < text.size() && nameChar(text[i]))
                token.text += text[i++];
        } else if (digit(c) || ((c == '-' || c == '+') && i + 1 < text.size() && digit(text[i + 1]))) {
            token.kind = TokenKind::Number;
            do {
                token.text += text[i++];
            } while (i < text.size() && (nameChar(text[i]) || text[i] == '.'));
        } else {
            token.kind = TokenKind::Operator;
            const std::string two(text.substr(i, 2));
            const bool isTwo = two == "==" || two == "!=" || two == "<=" || two == ">=" || two == "&&" || two == "||";
            if (!isTwo && std::string_view("!<>()[].,*").find(c) == std::string_view::npos)
                return wrong(i, std::string("unexpected '") + c + "'");
            token.text = isTwo ? two : std::string(1, c);
            i += token.text.size();
        }
        tokens.push_back(std::move(token));
    }
    tokens.push_back({TokenKind::End, {}, text.size()});
    return tokens;
}

std::size_t expressionEnd(std::string_view text, std::size_t from)
{
    bool inString = false;
    for (std::size_t i = from; i < text.size(); ++i) {
        if (text[i] == '\'')
            inString = !inString;
        else if (!inString && text.substr(i, 2) == "}}")
            return i;
    }
    return std::string_view::npos;
}

} // namespace layerline
