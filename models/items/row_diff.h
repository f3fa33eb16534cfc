// The middle in which two lists of rows differ: what an item model removes and inserts.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace layerline {

struct RowDiff {
    int first = 0;    ///< of the rows that differ, in both lists
    int removed = 0;  ///< rows of the old list from `first` on
    int inserted = 0; ///< rows of the new list from `first` on
};

/// `same(a, b)` tells whether two rows are the same one, whatever they say.
template <class Row, class Same>
RowDiff rowDiff(const std::vector<Row>& before, const std::vector<Row>& after, Same same)
{
    const std::size_t shortest = std::min(before.size(), after.size());
    std::size_t head = 0, tail = 0;
    while (head < shortest && same(before[head], after[head]))
        ++head;
    while (tail < shortest - head && same(before[before.size() - 1 - tail], after[after.size() - 1 - tail]))
        ++tail;
    return {int(head), int(before.size() - head - tail), int(after.size() - head - tail)};
}

} // namespace layerline
