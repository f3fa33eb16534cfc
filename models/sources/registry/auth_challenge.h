// WWW-Authenticate (RFC 9110, 11.6.1) as far as registries use it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace layerline {

struct AuthChallenge {
    enum class Scheme { Basic, Bearer, Other };
    Scheme scheme = Scheme::Other;
    std::string realm;   ///< of Bearer: the token service's URL
    std::string service;
    std::string scope;
};

/// All challenges of one header value, in order. What can't be read is left out.
std::vector<AuthChallenge> readChallenges(std::string_view header);

/// The URL of the rel="next" link (RFC 8288), as written; "" when there is none.
std::string nextLink(std::string_view header);

} // namespace layerline
