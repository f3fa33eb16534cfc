#include "domain/asked_secrets.h"

#include <algorithm>
#include <string_view>

namespace layerline {

namespace {

bool isId(std::string_view text)
{
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.'; };
    return !text.empty() && std::all_of(text.begin(), text.end(), plain);
}

/// "type=secret,id=npm,target=/x" of one mount. Without an id BuildKit takes the target's last part, for ssh "default".
void readMount(std::string_view mount, AskedSecrets& into)
{
    std::string_view type, id, target;
    while (!mount.empty()) {
        const std::string_view field = mount.substr(0, mount.find(','));
        mount.remove_prefix(std::min(mount.size(), field.size() + 1));
        const std::string_view key = field.substr(0, field.find('='));
        const std::string_view value = key.size() == field.size() ? std::string_view() : field.substr(key.size() + 1);
        if (key == "type")
            type = value;
        else if (key == "id")
            id = value;
        else if (key == "target" || key == "dst" || key == "destination")
            target = value;
    }
    if (type == "secret" && id.empty())
        id = target.substr(target.rfind('/') + 1); // npos + 1 = all of it
    if (type == "ssh" && id.empty())
        id = "default";
    if (isId(id) && type == "secret")
        into.secrets.emplace(id);
    else if (isId(id) && type == "ssh")
        into.ssh.emplace(id);
}

void readName(std::string_view name, AskedSecrets& into)
{
    constexpr std::string_view option = "--mount=";
    for (auto at = name.find(option); at != std::string_view::npos; at = name.find(option, at)) {
        at += option.size();
        readMount(name.substr(at, name.find_first_of(" \t\n", at) - at), into);
    }
}

} // namespace

AskedSecrets askedSecrets(const Build& build)
{
    AskedSecrets asked;
    for (const Record& record : build.records) {
        for (const ev::ProvenanceRead& provenance : record.provenances) {
            asked.fromProvenance = true;
            asked.secrets.insert(provenance.secrets.begin(), provenance.secrets.end());
            asked.ssh.insert(provenance.ssh.begin(), provenance.ssh.end());
        }
    }
    if (!asked.fromProvenance) {
        for (const Step& step : build.steps)
            readName(step.name, asked);
    }
    return asked;
}

} // namespace layerline
