#include "domain/node_address.h"

#include <algorithm>

namespace layerline {

namespace {

constexpr std::string_view unixScheme = "unix://";
constexpr std::string_view tcpScheme = "tcp://";

bool isSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

bool hasControl(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

AddressFault portFault(std::string_view port)
{
    if (port.empty() || port.size() > 5 || !std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return AddressFault::NoPort;
    const int number = std::stoi(std::string(port));
    return number >= 1 && number <= 65535 ? AddressFault::None : AddressFault::NoPort;
}

/// HOST:PORT, the host an IPv6 address in brackets if need be.
AddressFault hostFault(std::string_view text)
{
    if (text.find_first_of("/?#@ ") != std::string_view::npos)
        return AddressFault::Junk;
    const std::size_t bracket = text.starts_with('[') ? text.find(']') : 0;
    if (bracket == std::string_view::npos)
        return AddressFault::Junk;
    const std::size_t colon = text.find(':', bracket);
    const std::string_view host = text.substr(0, colon);
    if (host.empty() || host == "[]")
        return AddressFault::NoHost;
    if (colon == std::string_view::npos)
        return AddressFault::NoPort;
    return portFault(text.substr(colon + 1));
}

} // namespace

CheckedAddress checkAddress(std::string_view text)
{
    text = trimmed(text);
    CheckedAddress result{std::string(text)};
    if (text.empty())
        result.fault = AddressFault::Empty;
    else if (hasControl(text))
        result.fault = AddressFault::Junk;
    else if (text.starts_with(unixScheme))
        result.fault = text.size() > unixScheme.size() + 1 && text[unixScheme.size()] == '/' ? AddressFault::None : AddressFault::RelativePath;
    else if (text.starts_with(tcpScheme))
        result.fault = hostFault(text.substr(tcpScheme.size()));
    else
        result.fault = AddressFault::Scheme;
    if (!result.ok())
        result.address.clear();
    return result;
}

const char* toString(AddressFault fault)
{
    switch (fault) {
    case AddressFault::None: return "";
    case AddressFault::Empty: return "the address is empty";
    case AddressFault::Scheme: return "an address begins with unix:// or tcp://";
    case AddressFault::RelativePath: return "unix:// wants an absolute path, as in unix:///run/buildkit/buildkitd.sock";
    case AddressFault::NoHost: return "tcp:// wants a host, as in tcp://10.0.0.7:1234";
    case AddressFault::NoPort: return "tcp:// wants a port from 1 to 65535, as in tcp://10.0.0.7:1234";
    case AddressFault::Junk: return "the address has characters that belong in no address (white space, a user, a path behind the port)";
    }
    return "";
}

} // namespace layerline
