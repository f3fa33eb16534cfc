// Every command people can give: what `layerline --help` and `layerline COMMAND --help` print, and what a typo may have meant.
#pragma once

#include "app/cli/command_line.h"
#include "app/tasks/command_options.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace layerline {

struct CommandInfo {
    QString name;        ///< "show"
    QString usage;       ///< "show BUILD [--json]"
    QString description; ///< one line
    OptionTable options;
    Verb verb = Verb::Tool;
};

/// Those of Verb and the visible rows of tools().
const std::vector<CommandInfo>& commands();
/// Null when there is none of that name.
const CommandInfo* findCommand(const QString& name);
/// What the window takes without any command.
const OptionTable& windowOptions();

/// Is -h or --help among them? What follows "--" belongs to somebody else.
bool asksForHelp(const QStringList& arguments);

QString overviewText();
QString commandHelp(const CommandInfo& command);

/// "unknown command 'shw'; did you mean 'show'?"; without the question when nothing is near.
QString unknownCommandText(const QString& word);

} // namespace layerline
