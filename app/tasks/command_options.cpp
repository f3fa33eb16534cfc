#include "app/tasks/command_options.h"

namespace layerline {

void addOptions(QCommandLineParser& parser, const OptionTable& options)
{
    for (const CommandOption& option : options) {
        const QStringList names = QString::fromLatin1(option.names).split(QLatin1Char(','));
        const QString description = QString::fromLatin1(option.description);
        parser.addOption(option.value ? QCommandLineOption(names, description, QString::fromLatin1(option.value)) : QCommandLineOption(names, description));
    }
}

OptionTable joinedOptions(OptionTable first, const OptionTable& second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

} // namespace layerline
