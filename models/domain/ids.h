// Strong identifiers: a mix-up of two kinds does not compile.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <utility>

namespace layerline {

/// A string identifier that can't be confused with one of another kind.
template <class Tag>
class StringId {
public:
    StringId() = default;
    explicit StringId(std::string value) : m_value(std::move(value)) {}
    const std::string& str() const { return m_value; }
    bool empty() const { return m_value.empty(); }
    friend bool operator==(const StringId&, const StringId&) = default;
    friend auto operator<=>(const StringId&, const StringId&) = default;

private:
    std::string m_value;
};

/// One build as a person sees it: one record, or several merged ones of a multi-node builder.
using BuildId = StringId<struct BuildIdTag>;
/// Where events come from: a node's connection, a file, a replay.
using SourceId = StringId<struct SourceIdTag>;
/// Digest of a vertex ("sha256:..."); unique within one record, repeats across builds.
using StepDigest = StringId<struct StepDigestTag>;

/// Position of a step in Build::steps. Steps are never removed, so it stays valid as long as the build.
enum class StepIndex : std::uint32_t {};
constexpr StepIndex noStep{std::numeric_limits<std::uint32_t>::max()};
constexpr std::uint32_t raw(StepIndex index) { return static_cast<std::uint32_t>(index); }

/// A BuildKit history record: the same ref can exist on several workers (multi-node builds).
struct RecordKey {
    std::string worker; ///< worker id of ListWorkers, or the name of a file source
    std::string ref;    ///< history ref
    friend bool operator==(const RecordKey&, const RecordKey&) = default;
    friend auto operator<=>(const RecordKey&, const RecordKey&) = default;
};

} // namespace layerline

template <class Tag>
struct std::hash<layerline::StringId<Tag>> {
    std::size_t operator()(const layerline::StringId<Tag>& id) const noexcept { return std::hash<std::string>{}(id.str()); }
};
