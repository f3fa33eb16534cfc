#include "items/step_look.h"

#include "items/step_label.h"

namespace layerline {

Look lookOf(const Build& build, const Step& step)
{
    const StepState state = stateOf(build, step);
    if ((state == StepState::Running || state == StepState::Completed) && isQueueStep(step))
        return Look::Waiting; // nobody works on it, and nothing was built
    switch (state) {
    case StepState::Failed:
        return Look::Failed;
    case StepState::Canceled:
        return Look::Canceled;
    case StepState::Running:
        return Look::Running;
    case StepState::Pending:
        return Look::Pending;
    case StepState::Completed:
    case StepState::Cached:
        break;
    }
    switch (cacheOf(build, step)) {
    case CacheState::Imported:
        return Look::Imported;
    case CacheState::Joined:
        return Look::Joined;
    case CacheState::Cached:
        return Look::Cached;
    case CacheState::None:
        break;
    }
    return invalidatedByParent(build, step) ? Look::Invalidated : Look::Rebuilt;
}

namespace {

int weight(Look look)
{
    switch (look) {
    case Look::Failed: return 8;
    case Look::Running: return 7;
    case Look::Canceled: return 6;
    case Look::Rebuilt: return 5;
    case Look::Invalidated: return 4;
    case Look::Joined: return 3;
    case Look::Imported: return 2;
    case Look::Cached: return 1;
    case Look::Waiting:
    case Look::Pending: break;
    }
    return 0;
}

} // namespace

Look strongerLook(Look a, Look b)
{
    return weight(b) > weight(a) ? b : a;
}

} // namespace layerline
