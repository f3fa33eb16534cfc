// Which values must not be shown: build arguments and URLs that look as if they carry a secret.
#pragma once

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

/// Free text (a step's name, a context URL, a command) with the user part of URLs and well-known tokens masked, and
/// each of `secrets` (whole values, those shorter than 4 bytes are ignored) too. Everything else is kept.
std::string maskedText(std::string_view text, const std::vector<std::string>& secrets = {});

} // namespace layerline
