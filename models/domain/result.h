// Result<T>: a value or an Error. GCC 12 has no std::expected.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace layerline {

/// What went wrong, as a kind a widget turns into a translated sentence.
enum class ErrorKind {
    NotFound,      ///< file, record, builder or tool does not exist
    BadInput,      ///< unreadable or malformed: file, argument, message
    TooLarge,      ///< a cap was reached; nothing was kept of it
    Permission,    ///< refused by the system or the peer
    Unreachable,   ///< nobody answers at the address
    Timeout,       ///< somebody is there but does not answer in time
    Unsupported,   ///< the peer is too old, or the kind of thing is not known
    Cancelled,     ///< by the user or at shutdown
    Corrupt,       ///< stored data does not match its checksum
    Internal,
};

/// `detail` is the technical text: English, one line, without secrets.
struct Error {
    ErrorKind kind = ErrorKind::Internal;
    std::string detail;
    bool retryable = false;
};

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& value() & { assert(ok()); return *std::get_if<0>(&m_state); }
    const T& value() const& { assert(ok()); return *std::get_if<0>(&m_state); }
    T&& value() && { assert(ok()); return std::move(*std::get_if<0>(&m_state)); }
    const Error& error() const { assert(!ok()); return *std::get_if<1>(&m_state); }

    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

private:
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)), m_ok(false) {}
    bool ok() const { return m_ok; }
    explicit operator bool() const { return m_ok; }
    const Error& error() const { assert(!m_ok); return m_error; }

private:
    Error m_error;
    bool m_ok = true;
};

} // namespace layerline
