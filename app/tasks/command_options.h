// The options of the commands: one table each, read by its parser, by --help and by the test of the manual.
#pragma once

#include <QCommandLineParser>

#include <vector>

namespace layerline {

/// An option that may be given several times keeps all values, in order.
struct CommandOption {
    const char* names;       ///< "t,tag"
    const char* value;       ///< "IMAGE"; nullptr for a switch
    const char* description;
};

using OptionTable = std::vector<CommandOption>;

/// The parser takes no abbreviations. --help is none of them: parseCommandLine() answers it for every command.
void addOptions(QCommandLineParser& parser, const OptionTable& options);

/// Both, in order.
OptionTable joinedOptions(OptionTable first, const OptionTable& second);

} // namespace layerline
