#include "sources/github/link_header.h"

namespace layerline {

namespace {

bool isNext(std::string_view parameters)
{
    for (auto at = parameters.find("rel="); at != std::string_view::npos; at = parameters.find("rel=", at + 4)) {
        std::string_view value = parameters.substr(at + 4);
        if (!value.empty() && value.front() == '"')
            value = value.substr(1, value.find('"', 1) == std::string_view::npos ? value.size() : value.find('"', 1) - 1);
        else
            value = value.substr(0, value.find_first_of(" ;,"));
        if (value == "next")
            return true;
    }
    return false;
}

} // namespace

std::optional<std::string> nextPage(std::string_view header)
{
    // A comma also stands inside of <...>: links are found by their brackets.
    for (auto open = header.find('<'); open != std::string_view::npos;) {
        const auto close = header.find('>', open);
        if (close == std::string_view::npos)
            return {};
        const auto following = header.find('<', close);
        if (isNext(header.substr(close + 1, following == std::string_view::npos ? following : following - close - 1)))
            return std::string(header.substr(open + 1, close - open - 1));
        open = following;
    }
    return {};
}

} // namespace layerline
