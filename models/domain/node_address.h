// Addresses of bare buildkitd daemons, as people type them.
#pragma once

#include <string>
#include <string_view>

namespace layerline {

/// What is wrong with an address; one at a time, the first that matters.
enum class AddressFault {
    None,
    Empty,
    Scheme,       ///< neither unix:// nor tcp://
    RelativePath, ///< unix:// without an absolute path
    NoHost,
    NoPort,       ///< tcp:// without a port, or one outside 1..65535
    Junk,         ///< user, path, white space or control characters where none belong
};

struct CheckedAddress {
    std::string address; ///< without white space around it; only when there is no fault
    AddressFault fault = AddressFault::None;
    bool ok() const { return fault == AddressFault::None; }
};

/// "unix:///run/buildkit/buildkitd.sock", "tcp://10.0.0.7:1234", "tcp://[::1]:1234". Looks at the text only: whether
/// somebody is there is the dial's business.
CheckedAddress checkAddress(std::string_view text);

/// Technical, English: for the command line and logs.
const char* toString(AddressFault fault);

} // namespace layerline
