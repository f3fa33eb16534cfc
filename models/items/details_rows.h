// Everything a build's record says, as rows of name and value. Pure.
#pragma once

#include "domain/build.h"

#include <QString>

#include <utility>
#include <vector>

namespace layerline {

enum class DetailSection { Error, General, Build, Command, Arguments, Labels, Contexts, Secrets, Cache, Outputs, Digests, Attestations, Materials, Warnings, Other };

enum class DetailKind {
    Text,
    Code,    ///< fixed pitch: digests, paths, references
    Secret,  ///< `value` is hidden until it is asked for; `masked` stands for it
    Command, ///< `masked` leaves out secret values
    Excerpt, ///< lines of a Dockerfile
    Note,    ///< a sentence over the whole width, without a name
};

struct DetailRow {
    DetailSection section = DetailSection::General;
    DetailKind kind = DetailKind::Text;
    QString name;
    QString value;
    QString masked;                          ///< equal to `value` where nothing is secret
    QString exact;                           ///< tooltip: the exact value of a humane one
    int firstLine = 0;                       ///< Excerpt: 1-based number of the first line
    std::vector<std::pair<int, int>> ranges; ///< Excerpt: failing lines, 1-based, inclusive
    bool bad = false;                        ///< names a failure

    bool secret() const { return masked != value; }
    friend bool operator==(const DetailRow&, const DetailRow&) = default;
};

/// Rows in the order of DetailSection. Names and sentences are translated; values had their control and invisible
/// characters made visible.
std::vector<DetailRow> detailRows(const Build& build);

/// Translated title of a section.
QString detailTitle(DetailSection section);

} // namespace layerline
