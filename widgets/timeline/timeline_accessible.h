// Lanes and bars for screen readers: the view's children are lanes, a lane's children are its spans.
#pragma once

#include "domain/ids.h"

namespace layerline {

class TimelineView;

/// Makes the view's rows known to QAccessible; may be called any number of times.
void installTimelineAccessibility();

/// Tells a listening screen reader that another step is selected.
void notifyTimelineSelection(TimelineView& view, StepIndex step);

} // namespace layerline
