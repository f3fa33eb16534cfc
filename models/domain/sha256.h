// SHA-256, for blobs and for the rows that name them.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace layerline {

/// Hash of what was added so far.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    void add(std::string_view bytes);
    /// 64 lower-case hex digits; call once.
    std::string hex();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// "sha256:..." of the bytes.
std::string sha256Digest(std::string_view bytes);
/// The 64 hex digits of a well-formed "sha256:..." digest, else empty. Safe as a file's name.
std::string_view sha256Hex(std::string_view digest);

} // namespace layerline
