#include "app/workflow_report.h"

namespace layerline {

using Json = nlohmann::ordered_json;

namespace {

/// %j job, %d detail, %o other.
const char* pattern(EditKind kind)
{
    switch (kind) {
    case EditKind::RunnerChanged: return "job %j: runs on %o instead of %d";
    case EditKind::QemuAdded: return "job %j: sets up QEMU for %d";
    case EditKind::QemuRemoved: return "job %j: no longer sets up QEMU";
    case EditKind::QemuConditional: return "job %j: sets up QEMU only where %d";
    case EditKind::PlatformsStated: return "job %j: states the platform the runner used to decide: %d";
    case EditKind::PlatformPerLeg: return "job %j: builds %o instead of %d at once";
    case EditKind::RunnerArchReplaced: return "job %j: %o instead of %d, which would be the same everywhere";
    case EditKind::MatrixAdded: return "job %j: one leg each for %d, on %o";
    case EditKind::FailFastOff: return "job %j: a failing platform no longer cancels the others";
    case EditKind::CacheScoped: return "job %j: a cache for each architecture: %o instead of %d";
    case EditKind::PushedByDigest: return "job %j: pushes %d by digest, without tags";
    case EditKind::DigestsUploaded: return "job %j: hands the digest over as artifact %d";
    case EditKind::MergeJobAdded: return "job %d: new, merges the platforms, pushes the tags and verifies them";
    case EditKind::StepsMoved: return "job %j: these steps go to job %o: %d";
    case EditKind::OutputsMoved: return "job %j: its outputs go to job %o: %d";
    case EditKind::KeptApart: return "job %j: %o instead of %d, which its legs would share";
    case EditKind::NeedsChanged: return "job %j: waits for %o instead of %d";
    case EditKind::InputFlipped: return "job %j: %d: %o";
    case EditKind::DispatchAdded: return "adds workflow_dispatch, so that it can be tried on a branch";
    case EditKind::ScheduleAdded: return "builds at %d to keep the caches warm, and publishes nothing then";
    case EditKind::PathsAdded: return "job %j: in pull requests only what a change needs: %d";
    case EditKind::PublishingOff: return "job %j: publishes no more: %d";
    case EditKind::MatrixRemoved: return "job %j: one job builds %d, no matrix";
    case EditKind::PushedByTag: return "job %j: pushes its tags itself: %d";
    case EditKind::MergeJobRemoved: return "job %d: is no longer needed, there are no digests to merge";
    case EditKind::WrittenOut: return "job %j: %d is written out, so that it can be edited";
    case EditKind::DeadAction: return "job %j: %d no longer works (%o is the first that does)";
    case EditKind::OldAction: return "job %j: %d is made for a Node.js GitHub no longer ships; %o is maintained";
    case EditKind::MissingPermission: return "job %j: lacks the permission %d for %o";
    case EditKind::PermissionUnknown: return "job %j: needs the permission %d for %o; the repository's settings decide, nothing is stated";
    case EditKind::NotPinned: return "job %j: %d is added by its tag; the file pins actions by commit";
    case EditKind::UnknownLabel: return "job %j: there is no runner %d; %o exists";
    case EditKind::ArchInScript: return "job %j: asks the machine for its architecture (%d) and will hear another one";
    case EditKind::PlatformsOpen: return "job %j: its platforms can't be told from the file";
    case EditKind::CalledWorkflow: return "the builds of %d are not looked at";
    case EditKind::PublishesAnyway: return "job %j: may publish all the same: %d";
    case EditKind::RunsTwice: return "%d starts with the same events: both would run and publish";
    case EditKind::ProtectedTwice: return "job %j: two jobs use the environment %d now, its approval is asked for twice";
    case EditKind::MatrixKept: return "job %j: stays a matrix with a job a platform: %d";
    }
    return "";
}

Json platformList(const std::vector<Platform>& platforms)
{
    Json list = Json::array();
    for (const Platform& platform : platforms)
        list.push_back(platform.str());
    return list;
}

} // namespace

std::string editSentence(const EditNote& note)
{
    std::string text = note.line > 0 ? "line " + std::to_string(note.line) + ", " : "";
    for (const char* c = pattern(note.kind); *c; ++c) {
        if (*c != '%') {
            text += *c;
            continue;
        }
        ++c;
        text += *c == 'j' ? note.job : *c == 'd' ? note.detail : note.other;
    }
    for (char& c : text) {
        if (c == '\n' || c == '\r')
            c = ' ';
    }
    return text;
}

Json notesJson(const std::vector<EditNote>& notes)
{
    Json list = Json::array();
    const auto orNull = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
    for (const EditNote& note : notes)
        list.push_back({{"kind", toString(note.kind)}, {"job", orNull(note.job)}, {"line", note.line > 0 ? Json(note.line) : Json(nullptr)},
                        {"detail", orNull(note.detail)}, {"other", orNull(note.other)}, {"text", editSentence(note)}});
    return list;
}

Json differencesJson(const std::vector<PropertyDifference>& differences)
{
    Json list = Json::array();
    for (const PropertyDifference& difference : differences)
        list.push_back({{"property", toString(difference.property)}, {"removed", difference.removed}, {"added", difference.added}});
    return list;
}

Json summaryJson(const BuildSummary& summary)
{
    return {{"style", toString(summary.style)},          {"platforms", platformList(summary.promised)}, {"platforms_open", summary.promisedOpen},
            {"native", platformList(summary.native)},    {"emulated", platformList(summary.emulated)},  {"cross", platformList(summary.cross)}};
}

} // namespace layerline
