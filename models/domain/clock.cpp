#include "domain/clock.h"

#include <chrono>

namespace layerline {

Timestamp SystemClock::now() const
{
    return {std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

} // namespace layerline
