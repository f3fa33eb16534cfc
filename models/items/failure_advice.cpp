#include "items/failure_advice.h"

namespace layerline {

void FailureNotes::setReader(FailureReader reader)
{
    m_reader = std::move(reader);
    forget();
}

const std::vector<FailureAdvice>& FailureNotes::of(const Build& build)
{
    const std::pair now(build.id, build.revision);
    if (m_read != now || m_read.first.empty()) {
        m_read = now;
        m_notes = m_reader && build.status() == BuildStatus::Failed ? m_reader(build) : std::vector<FailureAdvice>{};
    }
    return m_notes;
}

} // namespace layerline
