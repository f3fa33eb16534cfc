#include "app/cli/release_text.h"

#include "analysis/release.h"

#include <set>

namespace layerline {

namespace {

std::string padded(std::string text, std::size_t width)
{
    text.resize(std::max(text.size(), width), ' ');
    return text;
}

std::string platformNames(const std::vector<PublishedPlatform>& platforms)
{
    std::string names;
    for (const PublishedPlatform& each : platforms)
        names += (names.empty() ? "" : " ") + each.platform.shortName();
    return names.empty() ? "no platform" : names;
}

std::string describe(const PublishedTag& tag)
{
    if (tag.digest.empty())
        return "(there is no such tag yet)";
    std::string text = tag.digest + "  " + (tag.index ? "index" : "manifest") + ": " + platformNames(tag.platforms);
    if (tag.attestations > 0)
        text += ", with attestations";
    if (!tag.signatures.empty())
        text += ", signed or referred to " + std::to_string(tag.signatures.size()) + "x";
    return text;
}

std::string hexOf(const std::string& digest) { return digest.compare(0, 7, "sha256:") == 0 ? digest.substr(7) : digest; }
std::string minute(Timestamp time) { return formatRfc3339(time).substr(0, 16) + "Z"; }

} // namespace

std::string gateText(const GateResult& result)
{
    const Release& release = result.release;
    std::string text = result.note.empty() ? std::string() : "Compared with " + result.note + "\n";
    if (!result.notCompared.empty())
        text += "Not compared with what was built: " + result.notCompared + ".\n";
    for (const ReleaseTag& tag : release.tags) {
        text += release.image + (tag.published.tag.empty() ? "@" : ":" + tag.published.tag + "  ") + tag.published.digest + "\n";
        for (const ReleaseCell& cell : tag.cells) {
            text += (cell.verdict == PlatformVerdict::Missing || cell.verdict == PlatformVerdict::Differs ? "  ! " : "    ") + padded(cell.platform.str(), 18)
                + padded(toString(cell.verdict), 11) + (cell.published.empty() ? "-" : cell.published);
            if (cell.created)
                text += "  made " + minute(*cell.created);
            if (cell.verdict == PlatformVerdict::Differs)
                text += "  but the job built " + cell.built;
            text += "\n";
        }
    }
    for (const RunOutcome& run : result.runs) {
        const char* state = run.state == RunOutcome::State::NotTried ? "not tried" : toString(run.state);
        text += (run.state == RunOutcome::State::Failed ? "  ! " : "    ") + padded(run.platform.str(), 18) + padded(state, 11)
            + (run.state == RunOutcome::State::Failed ? "exit " + std::to_string(run.exitCode) + "  " : "") + run.detail + "\n";
    }
    std::string missing;
    for (const ReleaseTag& tag : release.tags) {
        for (const ReleaseCell& cell : tag.cells) {
            if (cell.promised && cell.verdict == PlatformVerdict::Missing)
                missing += (missing.empty() ? "" : ", ") + cell.platform.str();
        }
    }
    text += result.met ? "Gate met: everything promised by " + release.promise.from + " is published.\n"
        : !missing.empty() ? "Gate NOT met: " + missing + " is promised by " + release.promise.from + " and not published.\n" : "Gate NOT met.\n";
    return text;
}

std::string planText(const TagMovePlan& plan)
{
    std::string text = plan.image + ":" + plan.tag + "\n  from  " + describe(plan.from) + "\n  to    " + describe(plan.to) + "\n";
    for (const MoveWarning& warning : moveWarnings(plan))
        text += "  warning: " + warningText(warning) + "\n";
    if (plan.changes()) {
        text += "  PUT " + plan.url + "\n      " + plan.to.mediaType + ", the " + std::to_string(plan.bytes) + " bytes the registry has: the digest stays\n";
        text += "  the same with a new buildx: docker buildx imagetools create --prefer-index=false --tag " + plan.image + ":" + plan.tag + " " + plan.image + "@" + plan.to.digest + "\n";
    }
    return text;
}

std::string historyText(const std::string& image, const std::string& tag, const std::vector<TagSighting>& sightings, const std::vector<PublishedTag>& tags)
{
    std::string text = image + ":" + tag + "\n", now;
    for (const PublishedTag& each : tags) {
        if (each.tag == tag)
            now = each.digest;
    }
    bool any = false, current = true;
    for (auto seen = sightings.rbegin(); seen != sightings.rend(); ++seen) {
        if (seen->tag != tag)
            continue;
        std::string platforms;
        for (const Platform& platform : seen->platforms)
            platforms += " " + platform.shortName();
        const bool isNow = current && seen->digest == now;
        text += std::string(isNow ? "  * " : "    ") + seen->digest + "  " + (isNow ? "now, since " : "") + minute(seen->first) + (isNow ? "" : " to " + minute(seen->last)) + platforms + "\n";
        any = true;
        current = false;
    }
    if (!any)
        text += "    never seen\n";
    text += "Registries keep no history: this is what was seen from this machine. Other tags:\n";
    for (const PublishedTag& each : tags) {
        if (each.tag != tag)
            text += "    " + padded(each.tag, 24) + (each.problem.empty() ? each.digest + " " + platformNames(each.platforms) : each.problem) + "\n";
    }
    return text;
}

bool isShortDigest(const std::string& text)
{
    const std::string hex = hexOf(text);
    return hex.size() >= 7 && hex.size() <= 64 && hex.find_first_not_of("0123456789abcdef") == std::string::npos;
}

Result<std::string> digestBeginning(const std::string& text, const std::vector<TagSighting>& sightings, const std::vector<PublishedTag>& tags)
{
    const std::string wanted = "sha256:" + hexOf(text);
    std::set<std::string> found;
    const auto look = [&](const std::string& digest) {
        if (digest.compare(0, wanted.size(), wanted) == 0)
            found.insert(digest);
    };
    for (const TagSighting& sighting : sightings)
        look(sighting.digest);
    for (const PublishedTag& tag : tags) {
        look(tag.digest);
        for (const PublishedPlatform& entry : tag.platforms)
            look(entry.digest);
    }
    if (found.empty())
        return Error{ErrorKind::NotFound, "no digest that begins with " + wanted + " is known; give it in full", false};
    if (found.size() > 1)
        return Error{ErrorKind::BadInput, "several known digests begin with " + wanted + "; give it in full", false};
    return *found.begin();
}

} // namespace layerline
