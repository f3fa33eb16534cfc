// Texts of a build as a window may show them.
#pragma once

#include "domain/build.h"

#include <QString>

#include <string>
#include <string_view>
#include <vector>

namespace layerline {

/// Masks what the details of the build mask (values of secret-looking arguments, users in URLs, well-known tokens) and makes
/// controls visible. Holds no reference to the build.
class BuildText {
public:
    explicit BuildText(const Build& build);
    QString operator()(std::string_view text) const;
    /// What stepLabels() and stepTitle() read of a step, made fit to be shown before they shorten it.
    Step named(const Step& step) const;
    /// They mask the same.
    friend bool operator==(const BuildText&, const BuildText&) = default;

private:
    std::vector<std::string> m_secrets;
};

} // namespace layerline
