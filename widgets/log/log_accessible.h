// The log for screen readers.
#pragma once

namespace layerline {

/// Lets QAccessible read a LogCanvas: its value is the text in sight. May be called any number of times.
void installLogAccessibility();

} // namespace layerline
