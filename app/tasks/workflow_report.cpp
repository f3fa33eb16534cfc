#include "app/tasks/workflow_report.h"

#include "analysis/workflow/unified_diff.h"

#include <QCoreApplication>

namespace layerline {

using Json = nlohmann::ordered_json;

namespace {

Json platformList(const std::vector<Platform>& platforms)
{
    Json list = Json::array();
    for (const Platform& platform : platforms)
        list.push_back(platform.str());
    return list;
}

} // namespace

const char* editPattern(EditKind kind)
{
    switch (kind) {
    case EditKind::RunnerChanged: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: runs on %o instead of %d");
    case EditKind::QemuAdded: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: sets up QEMU for %d");
    case EditKind::QemuRemoved: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: no longer sets up QEMU");
    case EditKind::QemuConditional: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: sets up QEMU only where %d");
    case EditKind::PlatformsStated: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: states the platform the runner used to decide: %d");
    case EditKind::PlatformPerLeg: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: builds %o instead of %d at once");
    case EditKind::RunnerArchReplaced: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: %o instead of %d, which would be the same everywhere");
    case EditKind::MatrixAdded: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: one leg each for %d, on %o");
    case EditKind::FailFastOff: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: a failing platform no longer cancels the others");
    case EditKind::CacheScoped: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: a cache for each architecture: %o instead of %d");
    case EditKind::PushedByDigest: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: pushes %d by digest, without tags");
    case EditKind::DigestsUploaded: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: hands the digest over as artifact %d");
    case EditKind::MergeJobAdded: return QT_TRANSLATE_NOOP("WorkflowReport", "job %d: new, merges the platforms, pushes the tags and verifies them");
    case EditKind::StepsMoved: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: these steps go to job %o: %d");
    case EditKind::OutputsMoved: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: its outputs go to job %o: %d");
    case EditKind::KeptApart: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: %o instead of %d, which its legs would share");
    case EditKind::NeedsChanged: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: waits for %o instead of %d");
    case EditKind::InputFlipped: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: %d: %o");
    case EditKind::DispatchAdded: return QT_TRANSLATE_NOOP("WorkflowReport", "adds workflow_dispatch, so that it can be tried on a branch");
    case EditKind::ScheduleAdded: return QT_TRANSLATE_NOOP("WorkflowReport", "builds at %d to keep the caches warm, and publishes nothing then");
    case EditKind::PathsAdded: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: in pull requests only what a change needs: %d");
    case EditKind::PublishingOff: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: publishes no more: %d");
    case EditKind::MatrixRemoved: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: one job builds %d, no matrix");
    case EditKind::PushedByTag: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: pushes its tags itself: %d");
    case EditKind::MergeJobRemoved: return QT_TRANSLATE_NOOP("WorkflowReport", "job %d: is no longer needed, there are no digests to merge");
    case EditKind::WrittenOut: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: %d is written out, so that it can be edited");
    case EditKind::DeadAction: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: %d no longer works (%o is the first that does)");
    case EditKind::OldAction: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: %d is made for a Node.js GitHub no longer ships; %o is maintained");
    case EditKind::MissingPermission: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: lacks the permission %d for %o");
    case EditKind::PermissionUnknown: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: needs the permission %d for %o; the repository's settings decide, nothing is stated");
    case EditKind::NotPinned: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: %d is added by its tag; the file pins actions by commit");
    case EditKind::UnknownLabel: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: there is no runner %d; %o exists");
    case EditKind::ArchInScript: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: asks the machine for its architecture (%d) and will hear another one");
    case EditKind::PlatformsOpen: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: its platforms can't be told from the file");
    case EditKind::CalledWorkflow: return QT_TRANSLATE_NOOP("WorkflowReport", "the builds of %d are not looked at");
    case EditKind::PublishesAnyway: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: may publish all the same: %d");
    case EditKind::RunsTwice: return QT_TRANSLATE_NOOP("WorkflowReport", "%d starts with the same events: both would run and publish");
    case EditKind::ProtectedTwice: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: two jobs use the environment %d now, its approval is asked for twice");
    case EditKind::MatrixKept: return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: stays a matrix with a job a platform: %d");
    case EditKind::CacheTogether:
        return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: its platforms, which had a cache each, share the cache %d: the first build finds it empty; cache-mode stays %o");
    case EditKind::CacheApart:
        return QT_TRANSLATE_NOOP("WorkflowReport", "job %j: each platform gets a cache of its own instead of %d: the first builds find them empty; cache-mode stays %o");
    }
    return "";
}

std::string workflowDiff(const WorkflowPlan& plan)
{
    const std::string name = plan.target.toStdString();
    return unifiedDiff(plan.targetBefore, plan.edit.after, plan.targetExists ? "a/" + name : "/dev/null", "b/" + name);
}

std::string editSentence(const EditNote& note)
{
    std::string text = note.line > 0 ? "line " + std::to_string(note.line) + ", " : "";
    for (const char* c = editPattern(note.kind); *c; ++c) {
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
