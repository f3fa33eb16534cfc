#include "app/window/failure_advice.h"

#include "analysis/build_failures.h"
#include "analysis/failure_texts.h"
#include "items/build_text.h"

namespace layerline {

std::vector<FailureAdvice> failureAdvice(const Build& build)
{
    std::vector<FailureAdvice> advice;
    const BuildText shown(build);
    for (BuildFailure& found : failuresOf(build)) {
        found.failure.detail = shown(found.failure.detail).toStdString();
        advice.push_back({found.step, failureSentence(found.failure), remedySentence(found.failure.kind, placeOf(build)), shown(found.failure.line)});
    }
    return advice;
}

} // namespace layerline
