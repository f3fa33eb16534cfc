// The words of an expression.
#pragma once

#include "domain/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace layerline {

enum class TokenKind { Name, Number, String, Operator, End };

struct Token {
    TokenKind kind = TokenKind::End;
    std::string text; ///< of a string without its quotes
    std::size_t at = 0;
};

/// The last one is End.
Result<std::vector<Token>> tokenize(std::string_view expression);

/// The place of the "}}" that ends the expression whose inside begins at `from`: strings may hold one. npos when there is none.
std::size_t expressionEnd(std::string_view text, std::size_t from);

} // namespace layerline
