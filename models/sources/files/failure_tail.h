// The plain text a client prints when a build fails: the Dockerfile excerpt and the error.
#pragma once

#include "domain/events.h"

#include <optional>
#include <string>
#include <string_view>

namespace layerline {

/// Fed line by line with whatever is not progress.
class FailureTail {
public:
    void line(std::string_view text);

    /// From "ERROR: failed to solve: ..."; code 1 = cancelled, else 2 (unknown), as a record would say.
    const std::optional<BuildError>& error() const { return m_error; }
    /// From the framed lines with ">>>" at those that failed. Empty when there were none.
    std::optional<SourceExcerpt> excerpt() const;

private:
    bool excerptLine(std::string_view text);

    enum class State { Outside, Named, Inside };
    State m_state = State::Outside;
    SourceExcerpt m_excerpt;
    int m_namedLine = 0;
    std::optional<BuildError> m_error;
};

/// "failed to build: failed to solve: Canceled: context canceled" -> code 1, "context canceled"
BuildError buildErrorFrom(std::string_view message);

} // namespace layerline
