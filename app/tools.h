// Commands that read their own arguments and need no window: one file a family, one line each in the table.
#pragma once

#include "domain/result.h"

#include <QStringList>

#include <vector>

class QCoreApplication;

namespace layerline {

struct Tool {
    const char* name;        ///< "prune"
    const char* usage;       ///< "prune BUILDER [--dry-run]"; null = hidden from the help
    const char* description; ///< one line
    /// Gets everything after its own name; makes the event loop run when it needs one. Returns an ExitCode; what is wrong
    /// with the arguments is printed by printError() and ends with ExitUsage.
    int (*run)(QCoreApplication& app, const QStringList& arguments);
};

const std::vector<Tool>& tools();
/// Null when there is none of that name.
const Tool* findTool(const QString& name);

/// Prints the usage of a tool that was asked for it (--help or -h, not behind a "--"); false when it was not.
bool toldUsage(const char* name, const QStringList& arguments);

} // namespace layerline
