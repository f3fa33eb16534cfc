// What a history record would have said, made up from progress that has none.
#pragma once

#include "domain/events.h"
#include "sources/files/failure_tail.h"

#include <set>
#include <string>
#include <vector>

namespace layerline {

/// Watches the events of one build in text form.
class TextBuild {
public:
    void observe(const Event& event);
    /// The record, complete: the build ran from the first time named to the last. Failed when `tail` or a step says so.
    /// Text that stops while a step runs and names no error is no ended build: its record stays open and lost.
    std::vector<Event> conclude(const FailureTail& tail, SourceKind source, const std::string& name) const;

    bool empty() const { return m_steps.empty(); }
    std::size_t stepCount() const { return m_steps.size(); }
    OptionalTime first() const { return m_first; }
    OptionalTime last() const { return m_last; }

private:
    void see(const OptionalTime& time);

    std::set<StepDigest> m_steps, m_open;
    OptionalTime m_first, m_last;
    std::string m_error;    ///< of the first step that failed
    bool m_canceled = false;
};

} // namespace layerline
