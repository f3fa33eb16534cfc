// Which values must not be shown: build arguments and URLs that look as if they carry a secret.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace layerline {

/// What stands in for a masked value: four bullets, whatever the length of what is hidden.
extern const char* const secretMask;

/// True when the argument's name says so (TOKEN, PASSWORD, SECRET, API_KEY ... anywhere in it, any case, '-' as '_') or
/// its value does (credentials in a URL, a well-known token prefix, a private key). `name` may be the frontend
/// attribute ("build-arg:NPM_TOKEN"). An empty value is no secret.
bool looksSecret(std::string_view name, std::string_view value);

/// `value`, or secretMask when it looks secret.
std::string maskedValue(std::string_view name, std::string_view value);

/// Bytes of a text that must not be shown: [begin, end).
struct SecretSpan {
    std::size_t begin = 0;
    std::size_t end = 0;
    friend bool operator==(const SecretSpan&, const SecretSpan&) = default;
};

/// The user parts of URLs and the well-known tokens in `text`, in order, none touching another's bytes. Linear in the length.
/// `goesOn`: the text is cut at its end, so that what has begun there counts before all of it has come.
std::vector<SecretSpan> secretSpans(std::string_view text, bool goesOn = false);

/// Free text (a step's name, a context URL, a command) with the user part of URLs and well-known tokens masked, and
/// each of `secrets` (whole values, those shorter than 4 bytes are ignored) too. Everything else is kept.
std::string maskedText(std::string_view text, const std::vector<std::string>& secrets = {});

} // namespace layerline
