#include "analysis/workflow/shell_text.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <utility>

namespace layerline {

namespace {

bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Behind what belongs together at `at`: "${{ }}" or "$( )"; `at` when neither begins there.
std::size_t groupEnd(std::string_view text, std::size_t at)
{
    if (text.substr(at, 3) == "${{") {
        const std::size_t end = text.find("}}", at);
        return end == std::string_view::npos ? text.size() : end + 2;
    }
    if (text.substr(at, 2) != "$(")
        return at;
    int depth = 0;
    for (std::size_t i = at + 1; i < text.size(); ++i) {
        depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
        if (depth == 0)
            return i + 1;
    }
    return text.size();
}

bool variableChar(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

} // namespace

std::vector<std::string> shellCommands(std::string_view script)
{
    std::vector<std::string> commands;
    std::string joined;
    std::size_t begin = 0;
    while (begin < script.size()) {
        const std::size_t end = std::min(script.find('\n', begin), script.size());
        std::string line(script.substr(begin, end - begin));
        begin = end + 1;
        while (!line.empty() && blank(line.back()))
            line.pop_back();
        const std::size_t first = line.find_first_not_of(" \t");
        if (joined.empty() && (first == std::string::npos || line[first] == '#'))
            continue;
        const bool more = !line.empty() && line.back() == '\\';
        if (more)
            line.pop_back();
        joined += (joined.empty() ? "" : " ") + (first == std::string::npos ? std::string() : line.substr(first));
        if (!more && !joined.empty())
            commands.push_back(std::exchange(joined, {}));
    }
    if (!joined.empty())
        commands.push_back(std::move(joined));
    return commands;
}

std::vector<std::vector<ShellWord>> shellWordsIn(std::string_view all, std::size_t begin, std::size_t end)
{
    const std::string_view text = all.substr(0, std::min(end, all.size()));
    std::vector<std::vector<ShellWord>> commands(1);
    ShellWord word;
    bool inWord = false;
    char quote = 0;
    const auto grow = [&](std::size_t from, std::size_t to, std::string_view with) {
        if (!inWord)
            word = {{}, from, to};
        inWord = true;
        word.text += with;
        word.end = to;
    };
    const auto endWord = [&] {
        if (inWord)
            commands.back().push_back(std::exchange(word, {}));
        inWord = false;
    };
    for (std::size_t i = begin; i < text.size(); ++i) {
        const std::size_t group = quote == '\'' && text.substr(i, 3) != "${{" ? i : groupEnd(text, i);
        if (group > i) {
            grow(i, group, text.substr(i, group - i));
            i = group - 1;
        } else if (quote ? text[i] == quote : (text[i] == '"' || text[i] == '\'')) {
            quote = quote ? 0 : text[i];
            grow(i, i + 1, {});
        } else if (!quote && (text.substr(i, 2) == "\\\n" || text.substr(i, 3) == "\\\r\n")) {
            endWord();
            i += text[i + 1] == '\r' ? 2 : 1;
        } else if (!quote && text[i] == '#' && !inWord) {
            i = std::min(text.find('\n', i), text.size()) - 1;
        } else if (!quote && blank(text[i])) {
            endWord();
            if (text[i] == '\n' && !commands.back().empty())
                commands.emplace_back();
        } else {
            grow(i, i + 1, text.substr(i, 1));
        }
    }
    endWord();
    if (commands.back().empty())
        commands.pop_back();
    return commands;
}

std::vector<std::string> shellWords(std::string_view command)
{
    std::vector<std::string> words;
    for (const auto& part : shellWordsIn(command, 0, command.size())) {
        for (const ShellWord& word : part)
            words.push_back(word.text);
    }
    return words;
}

std::string shellToExpression(std::string_view word, const std::vector<std::string>& env)
{
    static const std::map<std::string, std::string> known{
        {"GITHUB_SHA", "github.sha"},           {"GITHUB_REF", "github.ref"},       {"GITHUB_REF_NAME", "github.ref_name"},
        {"GITHUB_REPOSITORY", "github.repository"}, {"GITHUB_ACTOR", "github.actor"}, {"GITHUB_REPOSITORY_OWNER", "github.repository_owner"},
        {"GITHUB_RUN_NUMBER", "github.run_number"}, {"GITHUB_RUN_ID", "github.run_id"}, {"GITHUB_RUN_ATTEMPT", "github.run_attempt"}};
    std::string result;
    for (std::size_t i = 0; i < word.size();) {
        const std::size_t group = groupEnd(word, i);
        if (group > i && word.substr(i, 3) == "${{") {
            result += word.substr(i, group - i);
            i = group;
            continue;
        }
        if (word[i] == '`' || word[i] == '*' || word[i] == '\\' || (word[i] == '$' && group > i))
            return {};
        if (word[i] != '$') {
            result += word[i++];
            continue;
        }
        const bool braces = word.substr(i, 2) == "${";
        std::size_t end = i + (braces ? 2 : 1);
        const std::size_t begin = end;
        while (end < word.size() && variableChar(word[end]))
            ++end;
        const std::string name(word.substr(begin, end - begin));
        if (name.empty() || (braces && (end >= word.size() || word[end] != '}')))
            return {};
        const auto common = known.find(name);
        if (common == known.end() && std::find(env.begin(), env.end(), name) == env.end())
            return {};
        result += "${{ " + (common != known.end() ? common->second : "env." + name) + " }}";
        i = end + (braces ? 1 : 0);
    }
    return result;
}

MergeTags tagsOfMerge(const WorkflowStep& step, const std::vector<std::string>& env)
{
    MergeTags result;
    // What migrate writes.
    if (hasKey(step.env, "TAGS") && hasKey(step.env, "DIGESTS")) {
        result.tags = textLines(valueOf(step.env, "TAGS"));
        return result;
    }
    for (const std::string& command : shellCommands(step.run)) {
        const auto words = shellWords(command);
        const auto starts = [&](std::initializer_list<const char*> with) {
            return words.size() >= with.size() && std::equal(with.begin(), with.end(), words.begin(), [](const char* a, const std::string& b) { return b == a; });
        };
        if (starts({"docker", "buildx", "imagetools", "inspect"}) || starts({"docker", "manifest", "push"}) || starts({"cd"}) || starts({"set"}) || starts({"echo"}))
            continue;
        const bool manifest = starts({"docker", "manifest", "create"});
        if (!manifest && !starts({"docker", "buildx", "imagetools", "create"})) {
            result.wrong = "it runs '" + words[0] + "' too";
            return result;
        }
        std::vector<std::string> names;
        for (std::size_t i = manifest ? 3 : 4; i < words.size(); ++i) {
            if (words[i].find("DOCKER_METADATA_OUTPUT_JSON") != std::string::npos)
                result.fromMetadata = true;
            else if (!manifest && (words[i] == "-t" || words[i] == "--tag") && i + 1 < words.size())
                names.push_back(words[++i]);
            else if (!manifest && words[i].rfind("--tag=", 0) == 0)
                names.push_back(words[i].substr(6));
            else if (!manifest && words[i][0] == '-')
                result.wrong = "its option " + words[i] + " can't be carried over";
            else if (manifest && names.empty() && words[i][0] != '-')
                names.push_back(words[i]);
        }
        for (const std::string& name : names) {
            const std::string tag = shellToExpression(name, env);
            if (tag.empty())
                result.wrong = "its tag " + name + " is known to the shell alone";
            result.tags.push_back(tag);
        }
    }
    if (result.tags.empty() && !result.fromMetadata && result.wrong.empty())
        result.wrong = "its tags can't be told";
    return result;
}

} // namespace layerline
