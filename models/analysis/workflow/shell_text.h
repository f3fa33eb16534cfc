// As much of the shell as the scripts that build and merge images need.
#pragma once

#include "analysis/workflow/workflow.h"

namespace layerline {

struct MergeTags {
    std::vector<std::string> tags; ///< lines of text
    bool fromMetadata = false; ///< those the job's metadata step puts out
    std::string wrong;         ///< why they can't be told
};
/// The tags a script of a merging job gives the image. `env` names the variables that are known where the build is too.
MergeTags tagsOfMerge(const WorkflowStep& step, const std::vector<std::string>& env);

/// A script's commands, one each, with continued lines joined and comments left out.
std::vector<std::string> shellCommands(std::string_view script);
/// The words of a command. Quotes are taken away; ${{ }} is part of a word; "$(...)" stays one word as it stands.
std::vector<std::string> shellWords(std::string_view command);
/// A word and where it stands, with its quotes.
struct ShellWord {
    std::string text;
    std::size_t begin = 0, end = 0;
};
/// The words of each command of a script that is text[begin, end), indented or not.
std::vector<std::vector<ShellWord>> shellWordsIn(std::string_view text, std::size_t begin, std::size_t end);

/// "$GITHUB_SHA" as "${{ github.sha }}": variables every job has in common, and those of `env`. Empty when there are others.
std::string shellToExpression(std::string_view word, const std::vector<std::string>& env);

} // namespace layerline
