// The only way to ask for the time outside of sources, so that tests and screenshots can set it.
#pragma once

#include "domain/time.h"

namespace layerline {

class Clock {
public:
    virtual ~Clock() = default;
    virtual Timestamp now() const = 0;
};

/// The system's UTC clock.
class SystemClock final : public Clock {
public:
    Timestamp now() const override;
};

/// Stands still until told otherwise.
class FixedClock final : public Clock {
public:
    explicit FixedClock(Timestamp time = {}) : m_time(time) {}
    Timestamp now() const override { return m_time; }
    void set(Timestamp time) { m_time = time; }

private:
    Timestamp m_time;
};

} // namespace layerline
