#include "analysis/dockerfile_words.h"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace layerline {

std::vector<std::vector<std::string>> dockerfileWords(const std::string& dockerfile)
{
    std::vector<std::vector<std::string>> list;
    std::istringstream lines(dockerfile);
    std::string line, whole;
    const auto finish = [&] {
        std::istringstream words(whole);
        std::vector<std::string> split;
        for (std::string word; words >> word;)
            split.push_back(word);
        if (!split.empty())
            list.push_back(std::move(split));
        whole.clear();
    };
    while (std::getline(lines, line)) {
        while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back())))
            line.pop_back();
        const auto first = line.find_first_not_of(" \t");
        if (first == std::string::npos || line[first] == '#')
            continue;
        const bool more = line.back() == '\\';
        whole += line.substr(0, line.size() - (more ? 1 : 0)) + " ";
        if (!more)
            finish();
    }
    finish();
    return list;
}

std::string upperWord(std::string word)
{
    std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) { return char(std::toupper(c)); });
    return word;
}

} // namespace layerline
