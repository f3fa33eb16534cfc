#include "analysis/tag_runs.h"

#include <algorithm>
#include <functional>

namespace layerline {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letterOrDigit(char c) { return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool beginsWith(const std::string& text, const std::string& begin) { return text.compare(0, begin.size(), begin) == 0; }

/// "1.2.3" of "v1.2.3"; "" when it is no version. "1.2.3-rc.1" is one.
std::string versionOf(const std::string& text)
{
    const std::string bare = beginsWith(text, "v") ? text.substr(1) : text;
    const std::size_t end = std::min(bare.find_first_not_of("0123456789."), bare.size());
    const bool plain = !bare.empty() && digit(bare.front()) && digit(bare[end - 1]) && bare.find("..") == std::string::npos;
    return plain && (end == bare.size() || bare[end] == '-' || bare[end] == '+') ? bare : std::string();
}

/// The version a git tag names: also of one among several projects, "shop-v1.2.3", "shop/1.2.3".
std::string versionOfRef(const std::string& ref)
{
    for (std::size_t at = 0; at < ref.size(); ++at) {
        if (at > 0 && letterOrDigit(ref[at - 1]))
            continue;
        if (std::string version = versionOf(ref.substr(at)); !version.empty())
            return version;
    }
    return {};
}

/// As docker/metadata-action spells a branch: what a tag can't hold becomes one '-'.
std::string asTag(const std::string& ref)
{
    std::string tag;
    for (const char c : ref) {
        const bool allowed = letterOrDigit(c) || c == '.' || c == '_' || c == '-';
        if (allowed || tag.empty() || tag.back() != '-')
            tag += allowed ? c : '-';
    }
    return tag;
}

/// "abc1234" of "sha-abc1234" and "abc1234", whole commits too; "" when it is none.
std::string commitIn(const std::string& tag)
{
    const std::string hex = beginsWith(tag, "sha-") ? tag.substr(4) : tag;
    return hex.size() >= 7 && hex.size() <= 40 && hex.find_first_not_of("0123456789abcdef") == std::string::npos ? hex : std::string();
}

bool pullRequest(const Run& run) { return beginsWith(run.event, "pull_request"); }

/// "1.2.3" is one of "1.2" and of "1", no pre-release.
bool versionIn(const std::string& version, const std::string& shorter)
{
    return beginsWith(version, shorter + ".") && version.find_first_not_of("0123456789.") == std::string::npos;
}

} // namespace

bool mayHavePushed(const Run& run)
{
    using C = Conclusion;
    return run.conclusion != C::Skipped && run.conclusion != C::StartupFailure && run.conclusion != C::ActionRequired && run.conclusion != C::Stale;
}

TagRuns runsForTag(const std::string& tag, const std::vector<Run>& runs)
{
    const auto pick = [&](const std::function<bool(const Run&)>& fits) {
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < runs.size(); ++i) {
            if (mayHavePushed(runs[i]) && fits(runs[i]))
                places.push_back(i);
        }
        std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
            const auto began = [&](std::size_t at) { return runs[at].started ? runs[at].started : runs[at].created; };
            return began(b) < began(a); // without a time: last
        });
        return places;
    };
    std::vector<std::function<bool(const Run&)>> rules;
    if (const std::string commit = commitIn(tag); !commit.empty())
        rules.push_back([commit](const Run& run) { return !pullRequest(run) && beginsWith(run.commit, commit); });
    rules.push_back([tag](const Run& run) { return !pullRequest(run) && asTag(run.branch) == tag; });
    if (const std::string version = versionOf(tag); !version.empty()) {
        rules.push_back([version](const Run& run) { return !pullRequest(run) && versionOfRef(run.branch) == version; });
        rules.push_back([version](const Run& run) { return !pullRequest(run) && versionIn(versionOfRef(run.branch), version); });
    }
    for (const auto& rule : rules) {
        if (auto places = pick(rule); !places.empty())
            return {std::move(places), true};
    }
    const bool ofPull = beginsWith(tag, "pr-");
    return {pick([ofPull](const Run& run) { return pullRequest(run) == ofPull; }), false};
}

} // namespace layerline
