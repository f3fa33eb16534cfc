// Commands that read their own arguments and need no window: one file a family, one line each in the table.
#pragma once

#include "app/tasks/command_options.h"
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
    /// with the arguments is printed by printError() and ends with ExitUsage. It never sees --help.
    int (*run)(QCoreApplication& app, const QStringList& arguments);
    OptionTable (*options)(); ///< all it takes but --help; null when hidden
};

const std::vector<Tool>& tools();
/// Null when there is none of that name.
const Tool* findTool(const QString& name);

} // namespace layerline
