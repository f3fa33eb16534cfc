#include "analysis/workflow/build_images.h"

#include "analysis/workflow/build_calls.h"
#include "analysis/workflow/expression_tokens.h"
#include "analysis/workflow/workflow_compare.h"

#include <algorithm>
#include <set>

namespace layerline {

namespace {

void addOnce(std::vector<std::string>& names, std::string name)
{
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(std::move(name));
}

/// The metadata step whose output a text uses: "${{ steps.meta.outputs.tags }}".
const WorkflowStep* metadataIn(const JobLeg& leg, const std::string& text)
{
    for (const std::string& path : expressionReferences(text)) {
        for (const WorkflowStep& step : leg.job->steps) {
            if (step.kind == ActionKind::Metadata && !step.id.empty() && path.rfind("steps." + step.id + ".outputs", 0) == 0)
                return &step;
        }
    }
    return nullptr;
}

void addTags(const JobLeg& leg, const std::vector<std::string>& tags, std::vector<std::string>& names)
{
    for (const std::string& tag : tags) {
        if (const WorkflowStep* step = metadataIn(leg, tag)) {
            for (std::string& name : imageNames(resolvedText(valueOf(step->with, "images"), leg.context)))
                addOnce(names, std::move(name));
        } else {
            addOnce(names, splitTag(tag).first);
        }
    }
}

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return text;
}

/// Text between the expressions of a name.
std::vector<std::string> fixedParts(const std::string& name)
{
    std::vector<std::string> parts(1);
    for (std::size_t i = 0; i < name.size(); ++i) {
        const std::size_t end = name.compare(i, 3, "${{") == 0 ? expressionEnd(name, i + 3) : std::string::npos;
        if (end == std::string::npos) {
            parts.back() += name[i];
            continue;
        }
        parts.emplace_back();
        i = end + 1;
    }
    return parts;
}

bool fits(const std::vector<std::string>& parts, const std::string& image)
{
    if (parts.size() == 1)
        return parts.front() == image;
    if (image.compare(0, parts.front().size(), parts.front()) != 0)
        return false;
    std::size_t at = parts.front().size();
    for (std::size_t i = 1; i + 1 < parts.size(); ++i) {
        at = image.find(parts[i], at);
        if (at == std::string::npos)
            return false;
        at += parts[i].size();
    }
    const std::string& last = parts.back();
    return image.size() >= at + last.size() && image.compare(image.size() - last.size(), last.size(), last) == 0;
}

} // namespace

std::vector<std::string> imagesOf(const JobLeg& leg, const BuildCall& build)
{
    std::vector<std::string> names;
    addTags(leg, build.tags, names);
    if (!build.step) {
        for (std::string& name : imageNames(resolvedText(valueOf(leg.job->with, "meta-images"), leg.context)))
            addOnce(names, std::move(name));
        return names;
    }
    for (const std::string& name : listItems(settingOf(resolvedText(valueOf(build.step->with, "outputs"), leg.context), "name")))
        addOnce(names, name);
    return names;
}

bool mayBeImage(const std::string& name, const std::string& image)
{
    const std::string whole = lowered(image);
    const auto parts = fixedParts(lowered(name));
    if (fits(parts, whole))
        return true;
    for (const std::string hub : {"docker.io/library/", "docker.io/"}) {
        if (whole.compare(0, hub.size(), hub) == 0 && fits(parts, whole.substr(hub.size())))
            return true;
    }
    return false;
}

std::optional<std::vector<Platform>> promisedOf(const Legs& legs, const std::string& image)
{
    std::set<Platform> promised;
    for (const JobLeg& leg : legs.legs) {
        for (const BuildCall& build : leg.builds) {
            const auto names = imagesOf(leg, build);
            if (!build.pushes || std::none_of(names.begin(), names.end(), [&](const std::string& name) { return mayBeImage(name, image); }))
                continue;
            const auto platforms = platformsOf(leg, build);
            if (build.platformsOpen || platforms.empty())
                return std::nullopt;
            promised.insert(platforms.begin(), platforms.end());
        }
    }
    if (promised.empty() || legs.open || !legs.unread.empty())
        return std::nullopt;
    return std::vector<Platform>(promised.begin(), promised.end());
}

} // namespace layerline
