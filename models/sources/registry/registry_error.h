// A registry's refusal as one sentence.
#pragma once

#include "domain/result.h"
#include "sources/http/http_types.h"
#include "sources/registry/image_reference.h"

#include <chrono>
#include <optional>

namespace layerline {

/// Seconds or an HTTP date of the header Retry-After; empty when there is none. Never negative.
std::optional<std::chrono::milliseconds> retryAfter(const HttpResponse& response);

/// `response` is not 2xx. `push`: it was about writing. `signedIn`: docker had a credential.
Error registryError(const HttpResponse& response, const ImageReference& of, bool push, bool signedIn);

} // namespace layerline
