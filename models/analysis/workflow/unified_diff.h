// The difference of two texts as `diff -u` prints it.
#pragma once

#include <string>

namespace layerline {

/// Empty when the texts are equal. `from` and `to` are the names in the head; "/dev/null" for a file that is not there.
std::string unifiedDiff(const std::string& before, const std::string& after, const std::string& from, const std::string& to, int context = 3);

} // namespace layerline
