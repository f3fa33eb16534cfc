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
    // To the end of what was opened: another file may have taken its place since, of another size.
    std::ifstream stream(path, std::ios::binary);
    std::string text, part(16 << 10, '\0');
    while (text.size() <= limit && stream) {
        stream.read(part.data(), std::streamsize(part.size()));
        text.append(part, 0, std::size_t(std::max<std::streamsize>(stream.gcount(), 0)));
    }
    if (stream.bad() || text.size() > limit)
        return std::nullopt;
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
