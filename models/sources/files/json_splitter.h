// Cuts a stream of JSON objects, on one line or pretty-printed over many, with plain text between and after them.
#pragma once

#include "domain/result.h"

#include <functional>
#include <string>
#include <string_view>

namespace layerline {

/// Push bytes in any portions. An object begins with a '{' at the start of a line or right behind another object;
/// every other line is text.
class JsonSplitter {
public:
    using ObjectSink = std::function<Result<void>(std::string_view)>;
    using TextSink = std::function<void(std::string_view)>; ///< one line, without its end

    JsonSplitter(std::size_t maxBytes, int maxDepth) : m_maxBytes(maxBytes), m_maxDepth(maxDepth) {}

    /// Errors: TooLarge (an object too long or nested too deep) and whatever `object` returns. After one it is done for.
    Result<void> push(std::string_view bytes, const ObjectSink& object, const TextSink& text);
    /// An object has begun and not ended.
    bool insideObject() const { return m_state == State::Object; }
    /// Hands over a last line without an end.
    void finish(const TextSink& text);

private:
    enum class State { LineStart, Object, Text };
    /// Position behind the object's end, or npos when it goes on.
    std::size_t scan(std::string_view bytes);

    std::size_t m_maxBytes;
    int m_maxDepth;
    State m_state = State::LineStart;
    std::string m_pending; ///< the begun object or line
    int m_depth = 0;
    bool m_quoted = false, m_escaped = false, m_tooDeep = false;
};

} // namespace layerline
