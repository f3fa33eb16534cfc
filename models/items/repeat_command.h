// The command line that repeats a build. Pure.
#pragma once

#include "domain/build.h"

#include <QString>
#include <QStringList>

namespace layerline {

/// Quoted for a POSIX shell (bash for $'..'): what is plain stays plain; control and invisible characters are written
/// as escapes, so that the text seen is the text run.
QString shellQuoted(const std::string& argument);

struct RepeatCommand {
    QString text;                 ///< several lines, each but the last ending in a backslash
    QStringList notes;            ///< what the record does not hold, as sentences
    bool hasSecrets = false;      ///< values were left out, or would be without `withSecrets`
};

/// From the record, the provenance and what buildx keeps on this machine. Secret-looking arguments are given by name
/// only (buildx then reads the environment) unless `withSecrets`.
RepeatCommand repeatCommand(const Build& build, bool withSecrets);

} // namespace layerline
