#include "app/tasks/gate_run.h"

#include "app/tasks/built_digests.h"
#include "app/tasks/workflow_tool.h"

#include <algorithm>
#include <memory>

namespace layerline {

namespace {

/// The platforms of what the jobs handed on for an image.
PlatformPromise promiseOfJobs(const std::vector<BuiltDigest>& built, const std::string& run)
{
    PlatformPromise promise{{}, "the jobs of " + run};
    const bool named = std::any_of(built.begin(), built.end(), [](const BuiltDigest& each) { return !each.image.empty(); });
    for (const BuiltDigest& each : built) {
        if (named && each.image.empty())
            continue; // it may be another image's
        if (!each.platform.empty() && std::find(promise.platforms.begin(), promise.platforms.end(), each.platform) == promise.platforms.end())
            promise.platforms.push_back(each.platform);
    }
    return promise;
}

std::optional<PlatformPromise> promiseOfRun(const RunDigests& found, const std::string& image, bool several)
{
    const auto runners = loadRunnerTable();
    if (!found.workflow || !runners)
        return std::nullopt;
    const auto legs = found.workflow->legs(*runners);
    // Of several images, the platforms of all of them together are nobody's promise.
    auto promise = legs ? promiseOfLegs(*legs, found.run.path.substr(0, found.run.path.find('@')), image, several) : Result<PlatformPromise>(legs.error());
    return promise ? std::optional(std::move(promise.value())) : std::nullopt;
}

/// All checks one after the other; ends itself.
struct Checks : std::enable_shared_from_this<Checks> {
    ReleaseGate& gate;
    std::vector<GateRequest> left;
    std::vector<GateResult> results;
    std::function<void(std::vector<GateResult>)> done;

    Checks(ReleaseGate& gate_, std::vector<GateRequest> left_, std::function<void(std::vector<GateResult>)> done_)
        : gate(gate_), left(std::move(left_)), done(std::move(done_))
    {
        std::reverse(left.begin(), left.end());
    }
    void next()
    {
        if (left.empty())
            return done(std::move(results));
        GateRequest request = std::move(left.back());
        left.pop_back();
        gate.check(std::move(request), [self = shared_from_this()](GateResult result) {
            self->results.push_back(std::move(result));
            self->next();
        });
    }
};

} // namespace

Result<std::vector<GateRequest>> requestsOf(const GateArguments& asked, const RunDigests& found)
{
    const std::string run = "run " + std::to_string(found.run.key.id) + " of " + asked.repository;
    std::vector<RunImage> images = imagesOf(found, asked.imageStated ? &asked.request.image : nullptr);
    if (!asked.imageStated)
        std::erase_if(images, [](const RunImage& image) { return image.tags.empty(); });
    if (images.empty())
        return Error{ErrorKind::NotFound, run + " does not say under which tag it pushed; name it with --image", false};
    std::vector<GateRequest> requests;
    for (RunImage& image : images) {
        GateRequest request = asked.request;
        request.built.insert(request.built.end(), image.built.begin(), image.built.end());
        request.builtShared = image.shared;
        if (!asked.imageStated) {
            request.image = image.image;
            request.tags = image.tags;
        }
        if (request.promise.platforms.empty())
            request.promise = promiseOfRun(found, image.image.name(), images.size() > 1).value_or(promiseOfJobs(image.built, run));
        if (request.promise.platforms.empty())
            return Error{ErrorKind::NotFound, run + " does not say which platforms of " + image.image.name() + " it built; name them with --platform", false};
        request.note = runName(asked.repository, found.run);
        requests.push_back(std::move(request));
    }
    return requests;
}

Result<std::vector<GateRequest>> requestsOf(const GateArguments& asked, const TagEvidence& told)
{
    const auto builder = told.byTag.find(asked.request.image.tag);
    const bool known = builder != told.byTag.end();
    auto requests = requestsOf(asked, known ? builder->second.run->found : told.newest->found);
    if (!requests)
        return requests;
    GateRequest& request = requests->front();
    request.builtSure = known && builder->second.sure;
    // A digest has no name to go by: what the newest run built counts when it is what is there.
    if (!known && request.image.digest.empty()) {
        request.built = asked.request.built;
        request.note.clear();
    }
    if (!request.builtSure && !asked.request.built.empty()) {
        request.built = asked.request.built; // what somebody states counts
        request.note.clear();
        request.builtSure = true;
    }
    if (!request.builtSure)
        request.notCompared = "which run of " + asked.repository + " built " + request.image.str() + " can't be told";
    return requests;
}

std::string runName(const std::string& repository, const Run& run)
{
    return "run " + std::to_string(run.key.id) + " of " + repository + (run.title.empty() ? "" : " (" + run.title + ")");
}

void checkAll(ReleaseGate& gate, std::vector<GateRequest> requests, std::function<void(std::vector<GateResult>)> done)
{
    std::make_shared<Checks>(gate, std::move(requests), std::move(done))->next();
}

bool allMet(const std::vector<GateResult>& results)
{
    return !results.empty() && std::all_of(results.begin(), results.end(), [](const GateResult& result) { return result.met; });
}

} // namespace layerline
