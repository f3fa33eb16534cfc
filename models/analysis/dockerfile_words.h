// A Dockerfile as lists of words: enough to see stages, bases and defaults. Pure.
#pragma once

#include <string>
#include <vector>

namespace layerline {

/// One list an instruction, never empty: continued lines joined, comments left out. Here-documents are not told apart from
/// instructions; their lines are not FROM, ARG or COPY unless somebody writes one.
std::vector<std::vector<std::string>> dockerfileWords(const std::string& dockerfile);
/// ASCII only.
std::string upperWord(std::string word);

} // namespace layerline
