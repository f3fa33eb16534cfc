// Recognised failures of a build, as sentences: whoever recognises them hands a reader to those who show them.
#pragma once

#include "domain/build.h"

#include <QString>

#include <functional>
#include <utility>
#include <vector>

namespace layerline {

struct FailureAdvice {
    StepIndex step = noStep; ///< the failed step it was read from; noStep for the build's own error
    QString cause;           ///< "The disk was full."
    QString remedy;          ///< what helps, in one or two sentences
    QString line;            ///< the line that told, fit to be shown
    friend bool operator==(const FailureAdvice&, const FailureAdvice&) = default;
};

/// Nothing for a build that has not failed. Reads logs: asked once for each change of a build only.
using FailureReader = std::function<std::vector<FailureAdvice>(const Build&)>;

/// What a reader said last, for all panes of a page. GUI thread.
class FailureNotes {
public:
    void setReader(FailureReader reader);
    /// Good until the next call.
    const std::vector<FailureAdvice>& of(const Build& build);
    /// Their language has changed.
    void forget() { m_read = {}; }

private:
    FailureReader m_reader;
    std::pair<BuildId, std::uint64_t> m_read; ///< the build and its revision
    std::vector<FailureAdvice> m_notes;
};

} // namespace layerline
