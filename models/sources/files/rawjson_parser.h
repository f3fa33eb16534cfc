// "--progress=rawjson", as it arrives or from a file.
#pragma once

#include "sources/files/failure_tail.h"
#include "sources/files/file_caps.h"
#include "sources/files/json_splitter.h"
#include "sources/files/status_translator.h"

#include <string_view>
#include <vector>

namespace layerline {

/// Push parser: feed what a child process or file gave, in any portions. It speaks of steps, logs, transfers and
/// warnings only; the record (a name, the end, the exit status) is the caller's.
class RawJsonParser {
public:
    explicit RawJsonParser(const FileCaps& caps = {});

    /// Errors: BadInput (malformed JSON before any text), TooLarge. Afterwards it takes no more.
    Result<std::vector<Event>> push(std::string_view bytes);
    /// The input has ended.
    void finish();
    /// It ended inside an object.
    bool truncated() const { return m_splitter.insideObject(); }
    /// What the client said in plain text.
    const FailureTail& tail() const { return m_tail; }

private:
    Result<void> object(std::string_view text, std::vector<Event>& events);

    FileCaps m_caps;
    JsonSplitter m_splitter;
    StatusTranslator m_translator;
    FailureTail m_tail;
    bool m_textSeen = false;
};

} // namespace layerline
