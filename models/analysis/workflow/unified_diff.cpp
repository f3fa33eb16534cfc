#include "analysis/workflow/unified_diff.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace layerline {

namespace {

/// Beyond this many comparisons a change is shown as one block.
constexpr std::size_t mostCells = 16'000'000;

/// Lines with their line breaks, so that a missing one at the end is a difference.
std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::size_t length = end == std::string_view::npos ? text.size() : end + 1;
        lines.push_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    return lines;
}

struct Line {
    char sign; ///< ' ', '-', '+'
    std::string_view text;
};

/// The longest common subsequence of the parts that differ.
void addDifferent(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b, std::vector<Line>& lines)
{
    const std::size_t n = a.size(), m = b.size();
    if ((n + 1) * (m + 1) > mostCells) {
        for (const auto& line : a)
            lines.push_back({'-', line});
        for (const auto& line : b)
            lines.push_back({'+', line});
        return;
    }
    std::vector<std::vector<int>> common(n + 1, std::vector<int>(m + 1));
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t j = m; j-- > 0;)
            common[i][j] = a[i] == b[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
    }
    std::size_t i = 0, j = 0;
    while (i < n || j < m) {
        if (i < n && j < m && a[i] == b[j]) {
            lines.push_back({' ', a[i]});
            ++i;
            ++j;
        } else if (i < n && (j == m || common[i + 1][j] >= common[i][j + 1])) {
            lines.push_back({'-', a[i++]});
        } else {
            lines.push_back({'+', b[j++]});
        }
    }
}

std::string range(std::size_t first, std::size_t count)
{
    return std::to_string(count == 0 ? first - 1 : first) + (count == 1 ? "" : "," + std::to_string(count));
}

void printHunk(const std::vector<Line>& lines, std::size_t begin, std::size_t end, std::size_t oldLine, std::size_t newLine, std::string& out)
{
    std::size_t oldCount = 0, newCount = 0;
    std::string body;
    for (std::size_t i = begin; i < end; ++i) {
        oldCount += lines[i].sign != '+';
        newCount += lines[i].sign != '-';
        body += lines[i].sign;
        body += lines[i].text;
        if (lines[i].text.back() != '\n')
            body += "\n\\ No newline at end of file\n";
    }
    out += "@@ -" + range(oldLine, oldCount) + " +" + range(newLine, newCount) + " @@\n" + body;
}

} // namespace

std::string unifiedDiff(const std::string& before, const std::string& after, const std::string& from, const std::string& to, int context)
{
    if (before == after)
        return {};
    auto a = linesOf(before), b = linesOf(after);
    std::size_t head = 0, tail = 0;
    while (head < a.size() && head < b.size() && a[head] == b[head])
        ++head;
    while (tail < a.size() - head && tail < b.size() - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
        ++tail;
    std::vector<Line> lines;
    for (std::size_t i = 0; i < head; ++i)
        lines.push_back({' ', a[i]});
    addDifferent({a.begin() + std::ptrdiff_t(head), a.end() - std::ptrdiff_t(tail)}, {b.begin() + std::ptrdiff_t(head), b.end() - std::ptrdiff_t(tail)}, lines);
    for (std::size_t i = a.size() - tail; i < a.size(); ++i)
        lines.push_back({' ', a[i]});

    std::string out = "--- " + from + "\n+++ " + to + "\n";
    const std::size_t around = std::size_t(std::max(context, 0));
    std::size_t oldLine = 1, newLine = 1;
    for (std::size_t i = 0; i < lines.size();) {
        if (lines[i].sign == ' ') {
            ++i, ++oldLine, ++newLine;
            continue;
        }
        // A hunk goes on while less than two contexts of equal lines lie between changes.
        std::size_t end = i, equal = 0;
        for (std::size_t j = i; j < lines.size() && equal <= 2 * around; ++j) {
            equal = lines[j].sign == ' ' ? equal + 1 : 0;
            if (equal == 0)
                end = j + 1;
        }
        const std::size_t before_ = std::min(i, around), last = std::min(lines.size(), end + around);
        printHunk(lines, i - before_, last, oldLine - before_, newLine - before_, out);
        for (; i < last; ++i) {
            oldLine += lines[i].sign != '+';
            newLine += lines[i].sign != '-';
        }
    }
    return out;
}

} // namespace layerline
