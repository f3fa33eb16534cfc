// Points in time and spans, in nanoseconds.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace layerline {

/// Nanoseconds since 1970-01-01 UTC, by the clock of whoever reported it (usually the builder's).
struct Timestamp {
    std::int64_t ns = 0;
    friend auto operator<=>(const Timestamp&, const Timestamp&) = default;
};

using OptionalTime = std::optional<Timestamp>;

/// Span in nanoseconds; may be negative when two clocks disagree.
struct Duration {
    std::int64_t ns = 0;
    std::int64_t ms() const { return ns / 1'000'000; }
    double seconds() const { return double(ns) / 1e9; }
    friend auto operator<=>(const Duration&, const Duration&) = default;
};

inline Duration operator-(Timestamp a, Timestamp b) { return {a.ns - b.ns}; }
inline Timestamp operator+(Timestamp a, Duration d) { return {a.ns + d.ns}; }
inline Duration operator+(Duration a, Duration b) { return {a.ns + b.ns}; }
inline Duration operator-(Duration a, Duration b) { return {a.ns - b.ns}; }

/// Parses RFC 3339 ("2025-12-04T08:20:57.3619920Z", with any offset). Empty on anything else.
OptionalTime parseRfc3339(const std::string& text);
/// "2025-12-04T08:20:57.361992Z"; as many fractional digits as needed, at most nine.
std::string formatRfc3339(Timestamp time);

} // namespace layerline
