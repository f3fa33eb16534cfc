#include "sources/registry/plain_registries.h"

#include "sources/http/http_url.h"
#include "sources/registry/image_reference.h"
#include "sources/registry/registry_json.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>

namespace layerline {

namespace {

constexpr qint64 largestFile = 4 << 20;

std::string contentOf(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) && file.size() <= largestFile ? file.readAll().toStdString() : std::string();
}

std::optional<std::uint32_t> ipv4(std::string_view text)
{
    std::uint32_t address = 0;
    for (int part = 0; part < 4; ++part) {
        std::size_t digits = 0;
        std::uint32_t value = 0;
        while (digits < text.size() && digits < 3 && text[digits] >= '0' && text[digits] <= '9')
            value = value * 10 + std::uint32_t(text[digits++] - '0');
        const bool last = part == 3;
        if (digits == 0 || value > 255 || (last ? digits != text.size() : digits >= text.size() || text[digits] != '.'))
            return std::nullopt;
        address = address << 8 | value;
        text.remove_prefix(last ? digits : digits + 1);
    }
    return address;
}

/// "10.0.0.0/8"
bool inRange(std::string_view host, const std::string& range)
{
    const auto slash = range.find('/');
    const auto address = ipv4(host), net = slash == std::string::npos ? std::nullopt : ipv4(std::string_view(range).substr(0, slash));
    const std::string width = net ? range.substr(slash + 1) : std::string();
    if (!address || width.empty() || width.size() > 2 || width.find_first_not_of("0123456789") != std::string::npos || std::stoi(width) > 32)
        return false;
    const int bits = std::stoi(width);
    const std::uint32_t mask = bits == 0 ? 0 : ~std::uint32_t(0) << (32 - bits);
    return (*address & mask) == (*net & mask);
}

bool contains(const std::vector<std::string>& list, const std::string& registry) { return std::find(list.begin(), list.end(), registry) != list.end(); }

std::string trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r");
    return first == std::string_view::npos ? std::string() : std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

/// `host:port` of the line [registry."host:port"]; "" of any other table.
std::string registryTable(const std::string& line)
{
    constexpr std::string_view start = "[registry.";
    if (line.compare(0, start.size(), start) != 0 || line.size() < start.size() + 3)
        return {};
    const char quote = line[start.size()];
    if (quote != '"' && quote != '\'') // a bare key holds no dot
        return line.substr(start.size(), line.find(']') - start.size());
    const auto end = line.find(quote, start.size() + 1);
    // [registry."host".keypair] is a table of its own.
    return end == std::string::npos || line.compare(end + 1, 1, "]") != 0 ? std::string() : line.substr(start.size() + 1, end - start.size() - 1);
}

/// "" when no folder has one.
std::string caFileIn(const std::vector<std::string>& folders, const std::string& registry)
{
    for (const std::string& folder : folders) {
        const QDir own(QString::fromStdString(folder + "/" + registry));
        const QStringList files = own.entryList({QStringLiteral("*.crt")}, QDir::Files, QDir::Name);
        if (files.contains(QStringLiteral("ca.crt")))
            return own.filePath(QStringLiteral("ca.crt")).toStdString();
        if (files.size() == 1)
            return own.filePath(files.front()).toStdString();
    }
    return {};
}

} // namespace

PlainPlaces PlainPlaces::fromProcess()
{
    const auto variable = [](const char* name, std::string otherwise) {
        const char* value = std::getenv(name);
        return value && *value ? std::string(value) : std::move(otherwise);
    };
    const std::string home = variable("HOME", {}), config = variable("XDG_CONFIG_HOME", home + "/.config"), docker = variable("DOCKER_CONFIG", home + "/.docker");
    return {{"/etc/docker/daemon.json", config + "/docker/daemon.json", docker + "/daemon.json"},
            {"/etc/buildkit/buildkitd.toml", config + "/buildkit/buildkitd.toml", variable("BUILDX_CONFIG", docker + "/buildx") + "/buildkitd.default.toml"},
            {"/etc/docker/certs.d", config + "/docker/certs.d"}};
}

bool PlainRegistries::isHttp(const std::string& registry) const { return contains(http, registry); }

bool PlainRegistries::isInsecure(const std::string& registry) const
{
    const std::string_view host = std::string_view(registry).substr(0, registry.find(':'));
    return contains(insecure, registry) || std::any_of(insecure.begin(), insecure.end(), [host](const std::string& range) { return inRange(host, range); });
}

void PlainRegistries::trust(HttpRequest& request, const std::string& registry) const
{
    const auto origin = originOf(request.url);
    if (!origin || origin != originOf("https://" + registry))
        return;
    request.anyCertificate = isInsecure(registry) || isLoopbackHost(registry);
    request.ownCaFile = caFileIn(certificates, registry);
}

PlainRegistries PlainRegistries::read(const PlainPlaces& places)
{
    PlainRegistries found;
    found.certificates = places.certificates;
    for (const std::string& file : places.daemonFiles) {
        for (std::string& registry : insecureRegistries(contentOf(file)))
            found.insecure.push_back(std::move(registry));
    }
    for (const std::string& file : places.buildkitFiles) {
        for (std::string& registry : httpRegistries(contentOf(file)))
            found.http.push_back(std::move(registry));
    }
    return found;
}

std::vector<std::string> insecureRegistries(std::string_view daemonJson)
{
    std::vector<std::string> registries;
    const auto document = nlohmann::json::parse(daemonJson, nullptr, false);
    const auto* list = memberOf(document, "insecure-registries");
    for (const auto& each : list && list->is_array() ? *list : nlohmann::json::array()) {
        if (!each.is_string())
            continue;
        std::string name = each.get<std::string>();
        if (const auto scheme = name.find("://"); scheme != std::string::npos)
            name.erase(0, scheme + 3);
        if (!name.empty())
            registries.push_back(std::move(name));
    }
    return registries;
}

std::vector<std::string> httpRegistries(std::string_view toml)
{
    std::vector<std::string> registries;
    std::string table;
    while (!toml.empty()) {
        const auto end = toml.find('\n');
        std::string line = trimmed(toml.substr(0, end));
        toml = end == std::string_view::npos ? std::string_view() : toml.substr(end + 1);
        if (!line.empty() && line[0] == '[') {
            table = registryTable(line);
            continue;
        }
        const auto sign = line.find('=');
        if (table.empty() || sign == std::string::npos || trimmed(std::string_view(line).substr(0, sign)) != "http")
            continue;
        if (trimmed(std::string_view(line).substr(sign + 1, line.find('#') - sign - 1)) == "true")
            registries.push_back(table);
    }
    return registries;
}

} // namespace layerline
