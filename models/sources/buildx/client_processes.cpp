#include "sources/buildx/client_processes.h"

#include "sources/buildx/files.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <optional>

#include <climits>
#include <sys/stat.h>
#include <unistd.h>

namespace layerline {

namespace {

constexpr std::size_t longestCommandLine = 1 << 20;

/// Files of /proc say they are empty: read until they end.
std::string procFile(const std::string& path)
{
    std::ifstream stream(path, std::ios::binary);
    std::string text;
    char buffer[4096];
    while (text.size() < longestCommandLine && stream.read(buffer, sizeof buffer).gcount() > 0)
        text.append(buffer, std::size_t(stream.gcount()));
    return text;
}

std::vector<std::string> splitZero(const std::string& text)
{
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\0', begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

bool isClient(const std::string& program)
{
    const std::string name = program.substr(program.rfind('/') + 1);
    return name == "docker" || name == "docker-buildx" || name == "buildx";
}

/// Seconds since 1970 of the machine's start.
std::int64_t bootTime(const std::string& proc)
{
    const std::string text = procFile(proc + "/stat");
    const auto at = text.find("\nbtime ");
    return at == std::string::npos ? 0 : std::strtoll(text.c_str() + at + 7, nullptr, 10);
}

/// Clock ticks after the machine's start: field 22 of stat, whose field 2 may hold anything in parentheses.
std::optional<std::int64_t> startTicks(const std::string& stat)
{
    std::size_t at = stat.rfind(')');
    for (int field = 2; field < 22 && at != std::string::npos; ++field)
        at = stat.find(' ', at + 1);
    if (at == std::string::npos)
        return {};
    return std::strtoll(stat.c_str() + at, nullptr, 10);
}

} // namespace

std::vector<ClientProcess> readClientProcesses(const std::string& proc)
{
    std::vector<ClientProcess> found;
    const std::int64_t boot = bootTime(proc);
    const std::int64_t ticks = std::max<std::int64_t>(::sysconf(_SC_CLK_TCK), 1);
    for (const std::string& name : listFolder(proc)) {
        if (name.empty() || !std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isdigit(c); }))
            continue;
        const std::string folder = proc + "/" + name;
        struct stat info{};
        if (::stat(folder.c_str(), &info) != 0 || info.st_uid != ::geteuid())
            continue;
        auto arguments = splitZero(procFile(folder + "/cmdline"));
        if (arguments.empty() || !isClient(arguments.front()))
            continue;
        const auto start = startTicks(procFile(folder + "/stat"));
        char directory[PATH_MAX] = {};
        if (!start || ::readlink((folder + "/cwd").c_str(), directory, sizeof directory - 1) <= 0)
            continue;
        found.push_back({std::move(arguments), directory, Timestamp{boot * 1'000'000'000 + *start * (1'000'000'000 / ticks)}});
    }
    return found;
}

} // namespace layerline
