#include "sources/buildx/files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace layerline {

std::optional<std::string> readSmallFile(const std::string& path, std::size_t limit)
{
    std::error_code error;
    // A fifo or a device in a configuration folder must not block us.
    if (!std::filesystem::is_regular_file(path, error))
        return std::nullopt;
    const auto size = std::filesystem::file_size(path, error);
    if (error || size > limit)
        return std::nullopt;
    std::ifstream stream(path, std::ios::binary);
    std::string text(std::size_t(size), '\0');
    stream.read(text.data(), std::streamsize(text.size()));
    if (stream.bad())
        return std::nullopt;
    text.resize(std::size_t(std::max<std::streamsize>(stream.gcount(), 0)));
    return text;
}

std::vector<std::string> listFolder(const std::string& path)
{
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error))
        names.push_back(entry->path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace layerline
