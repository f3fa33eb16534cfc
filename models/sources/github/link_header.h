// RFC 8288: where the next page is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace layerline {

/// The target of rel="next"; empty when there is none.
std::optional<std::string> nextPage(std::string_view linkHeader);

} // namespace layerline
