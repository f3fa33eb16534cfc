// Where a text that comes in pieces may be cut without a secret being told in two halves.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace layerline {

/// How many bytes at the end of `text` may be the beginning of something that maskedText() would hide once the rest has come.
/// Always 0 at the end of a line, unless a secret has several, and never more than 4096: what is longer is no secret.
std::size_t unfinishedSecret(std::string_view text, const std::vector<std::string>& secrets);

} // namespace layerline
