// Finding in YAML text where things end: what a parser's events do not tell.
#pragma once

#include "analysis/workflow/yaml_tree.h"

namespace layerline {

struct ScalarEnd {
    YamlStyle style = YamlStyle::Plain;
    std::size_t end = 0;
};

/// The end and style of the scalar that begins at `begin` and was read as `value`. `parentIndent` is the column (from 0)
/// of the block it stands in, -1 at the root. The end is npos when a quote has none: yaml-cpp takes the file's end for it.
ScalarEnd scalarEnd(std::string_view text, std::size_t begin, std::string_view value, int parentIndent);
/// Behind "~" or "null" written out at `begin`, else `begin`.
std::size_t nullEnd(std::string_view text, std::size_t begin);
/// Behind the anchors ("&name") and tags ("!tag") at `at` and the blanks that follow them.
std::size_t skipProperties(std::string_view text, std::size_t at);
/// Behind the run of characters that are neither blank nor flow punctuation.
std::size_t wordEnd(std::string_view text, std::size_t at);
/// Behind the next `closing` bracket; blanks, line breaks, commas and comments may come before it.
std::size_t flowEnd(std::string_view text, std::size_t at, char closing);
/// Behind the ':' that follows a key; npos when none does.
std::size_t colonEnd(std::string_view text, std::size_t at);
/// Where the dash of the sequence's element at `at` stands.
std::size_t dashBefore(std::string_view text, std::size_t at);

/// Beginning of the line `at` is in, and of the line after it.
std::size_t lineBegin(std::string_view text, std::size_t at);
std::size_t lineAfter(std::string_view text, std::size_t at);
/// Number of blanks the line at `begin` starts with.
int indentOf(std::string_view text, std::size_t begin);
/// Is the line at `begin` empty or blank?
bool blankLine(std::string_view text, std::size_t begin);

} // namespace layerline
