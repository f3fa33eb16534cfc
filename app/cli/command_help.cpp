#include "app/cli/command_help.h"

#include "app/cli/tools.h"

#include <algorithm>

namespace layerline {

namespace {

const CommandOption addressOption{"address", "ADDRESS", "Also watch a bare buildkitd (unix:///path or tcp://host:port); may be given several times."};
const CommandOption jsonOption{"json", nullptr, "JSON, schema 1."};
const CommandOption helpOption{"h,help", nullptr, "Show this help."};

QString pageList()
{
    QStringList names;
    for (const char* page : shotPages)
        names << QString::fromLatin1(page);
    return names.join(QStringLiteral(", "));
}

OptionTable shotOptions()
{
    return joinedOptions({{"from", "BUILD", "Build to show: a ref, a file or demo (default)."},
                   {"size", "WxH", "Size of the window, default 1440x900."},
                   {"scale", "N", "Device pixels per pixel, 1 to 4."},
                   {"o,output", "PNG", "PNG to write."}},
                  windowOptions());
}

std::vector<CommandInfo> allCommands()
{
    const OptionTable report{jsonOption, addressOption};
    const auto text = [](const char* latin) { return QString::fromLatin1(latin); };
    std::vector<CommandInfo> all{
        {text("demo"), text("demo"), text("the window, replaying recorded real multi-arch builds"), windowOptions(), Verb::Demo},
        {text("builders"), text("builders [--json]"), text("builders and nodes: state, driver, platforms, reason when not live"), report, Verb::Builders},
        {text("builds"), text("builds [--json] [--limit N]"), text("builds the builders and the history remember, newest first"),
         joinedOptions({{"limit", "N", "The newest N only."}}, report), Verb::Builds},
        {text("watch"), text("watch [--json]"), text("every event of every build from now on, one a line"), report, Verb::Watch},
        {text("show"), text("show BUILD [--json]"), text("summary, platforms, steps, critical path; BUILD is a ref, a file or demo"), report, Verb::Show},
        {text("shot"), text("shot PAGE [--from BUILD] [--size WxH] [--scale N] [--theme light|dark] [--lang L] [--at SECONDS] -o PNG"),
         text("draw a page (%1) into a PNG").arg(pageList()), shotOptions(), Verb::Shot},
    };
    for (const Tool& tool : tools()) {
        if (tool.usage)
            all.push_back({text(tool.name), text(tool.usage), text(tool.description), tool.options(), Verb::Tool});
    }
    return all;
}

/// "  -o, --output PNG      PNG to write."
QString optionLine(const CommandOption& option)
{
    constexpr int column = 30;
    QStringList names;
    for (const QString& name : QString::fromLatin1(option.names).split(QLatin1Char(',')))
        names << (name.size() == 1 ? QStringLiteral("-") : QStringLiteral("--")) + name;
    QString line = QStringLiteral("  ") + names.join(QStringLiteral(", "));
    if (option.value)
        line += QLatin1Char(' ') + QString::fromLatin1(option.value);
    line = line.size() < column - 1 ? line.leftJustified(column) : line + QLatin1Char('\n') + QString(column, QLatin1Char(' '));
    return line + QString::fromLatin1(option.description) + QLatin1Char('\n');
}

QString optionLines(const OptionTable& options)
{
    QString text;
    for (const CommandOption& option : options)
        text += optionLine(option);
    return text;
}

/// Letters to insert, remove, replace or swap with their neighbour until both are the same.
int distance(const QString& a, const QString& b)
{
    const int rows = int(a.size()) + 1, columns = int(b.size()) + 1;
    std::vector<int> cost(static_cast<std::size_t>(rows * columns));
    const auto at = [&cost, columns](int row, int column) -> int& { return cost[static_cast<std::size_t>(row * columns + column)]; };
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            if (row == 0 || column == 0) {
                at(row, column) = row + column;
                continue;
            }
            const bool same = a[row - 1] == b[column - 1];
            at(row, column) = std::min({at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + (same ? 0 : 1)});
            if (row > 1 && column > 1 && a[row - 1] == b[column - 2] && a[row - 2] == b[column - 1])
                at(row, column) = std::min(at(row, column), at(row - 2, column - 2) + 1);
        }
    }
    return at(rows - 1, columns - 1);
}

} // namespace

const std::vector<CommandInfo>& commands()
{
    static const std::vector<CommandInfo> all = allCommands();
    return all;
}

const CommandInfo* findCommand(const QString& name)
{
    const auto found = std::find_if(commands().begin(), commands().end(), [&name](const CommandInfo& command) { return command.name == name; });
    return found == commands().end() ? nullptr : &*found;
}

const OptionTable& windowOptions()
{
    static const OptionTable options{addressOption,
                                        {"theme", "THEME", "light or dark instead of the system's."},
                                        {"lang", "L", "Language of the window: en or zh_CN."},
                                        {"at", "SECONDS", "Seconds into the recording."}};
    return options;
}

bool asksForHelp(const QStringList& arguments)
{
    for (const QString& argument : arguments) {
        if (argument == QLatin1String("--"))
            return false;
        if (argument == QLatin1String("-h") || argument == QLatin1String("--help") || argument == QLatin1String("-help"))
            return true;
    }
    return false;
}

QString overviewText()
{
    QString text = QStringLiteral("Usage: layerline [FILE...]\n"
                                  "The window; FILE is a .dockerbuild, a rawjson or plain progress log, a zip of logs, or a folder or Dockerfile to build.\n\n");
    for (const CommandInfo& command : commands())
        text += QStringLiteral("  layerline %1\n        %2\n").arg(command.usage, command.description);
    text += QStringLiteral("\nOptions of the window:\n");
    text += optionLines(joinedOptions(windowOptions(), {helpOption, {"version", nullptr, "Show the version."}}));
    text += QStringLiteral("\nlayerline COMMAND --help tells the options of a command; builders, builds, watch and show take --address too.\n"
                           "Exit status: 0 ok, 1 found a problem (failed build), 2 bad usage or unreadable input.\n");
    return text;
}

QString commandHelp(const CommandInfo& command)
{
    return QStringLiteral("Usage: layerline %1\n%2\n\nOptions:\n").arg(command.usage, command.description) + optionLines(joinedOptions(command.options, {helpOption}));
}

QString unknownCommandText(const QString& word)
{
    const CommandInfo* nearest = nullptr;
    int best = std::min(3, int(word.size())); // farther than that it is another word
    for (const CommandInfo& command : commands()) {
        if (const int far = distance(word, command.name); far < best) {
            best = far;
            nearest = &command;
        }
    }
    const QString said = QStringLiteral("unknown command '%1', and no file of that name; ").arg(word);
    return said + (nearest ? QStringLiteral("did you mean '%1'?").arg(nearest->name) : QStringLiteral("layerline --help tells which there are"));
}

} // namespace layerline
