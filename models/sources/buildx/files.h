// Reading small configuration files.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace layerline {

/// The whole file, or nothing when it is missing, unreadable or above `limit` bytes.
std::optional<std::string> readSmallFile(const std::string& path, std::size_t limit = 4u << 20);
/// Names of the entries, sorted, without "." and "..". Empty when there is no such folder.
std::vector<std::string> listFolder(const std::string& path);

} // namespace layerline
