#include "app/cli/command_line.h"

#include "app/cli/command_help.h"
#include "app/cli/tools.h"
#include "domain/node_address.h"

#include <QCommandLineParser>
#include <QFileInfo>

#include <algorithm>
#include <cmath>

namespace layerline {

namespace {

Error bad(const QString& text)
{
    return {ErrorKind::BadInput, text.toStdString(), false};
}

/// "en, zh_CN" of a table of words.
template <std::size_t Size> QString listed(const std::array<const char*, Size>& words)
{
    QStringList list;
    for (const char* word : words)
        list << QString::fromLatin1(word);
    return list.join(QStringLiteral(", "));
}

template <std::size_t Size> bool has(const std::array<const char*, Size>& words, const QString& word)
{
    return std::any_of(words.begin(), words.end(), [&word](const char* known) { return word == QLatin1String(known); });
}

/// A bare word is a command to whoever typed it; a path, a name with an ending and an address are not.
bool isUnknownCommand(const QString& argument)
{
    const bool word = !argument.isEmpty() && std::none_of(argument.begin(), argument.end(), [](QChar c) { return c == QLatin1Char('/') || c == QLatin1Char('.') || c == QLatin1Char(':'); });
    return word && !argument.startsWith(QLatin1Char('-')) && !QFileInfo::exists(argument);
}

Result<void> readShot(const QCommandLineParser& parser, Command& command)
{
    command.build = parser.isSet(QStringLiteral("from")) ? parser.value(QStringLiteral("from")) : QStringLiteral("demo");
    command.output = parser.value(QStringLiteral("output"));
    if (command.output.isEmpty())
        return bad(QStringLiteral("shot needs -o PNG"));
    if (parser.isSet(QStringLiteral("size"))) {
        const QStringList parts = parser.value(QStringLiteral("size")).split(QLatin1Char('x'));
        bool okW = false, okH = false;
        const QSize size(parts.value(0).toInt(&okW), parts.value(1).toInt(&okH));
        if (parts.size() != 2 || !okW || !okH || size.width() < 320 || size.height() < 240 || size.width() > 7680 || size.height() > 4320)
            return bad(QStringLiteral("--size wants WIDTHxHEIGHT between 320x240 and 7680x4320"));
        command.size = size;
    }
    if (parser.isSet(QStringLiteral("scale"))) {
        bool ok = false;
        command.scale = parser.value(QStringLiteral("scale")).toDouble(&ok);
        if (!ok || !(command.scale >= 1 && command.scale <= 4))
            return bad(QStringLiteral("--scale wants a number from 1 to 4"));
    }
    return {};
}

Result<void> readCommon(const QCommandLineParser& parser, Command& command)
{
    if (parser.isSet(QStringLiteral("address")))
        command.addresses = parser.values(QStringLiteral("address"));
    for (const QString& address : command.addresses) {
        if (const CheckedAddress checked = checkAddress(address.toStdString()); !checked.ok())
            return bad(QStringLiteral("--address wants unix:///path or tcp://host:port, not \"%1\": %2").arg(address, QString::fromLatin1(toString(checked.fault))));
    }
    const auto value = [&](const char* name) { return parser.optionNames().contains(QString::fromLatin1(name)) ? parser.value(QString::fromLatin1(name)) : QString(); };
    command.theme = value("theme");
    if (!command.theme.isEmpty() && command.theme != QLatin1String("light") && command.theme != QLatin1String("dark"))
        return bad(QStringLiteral("--theme wants light or dark, not \"%1\"").arg(command.theme));
    command.language = value("lang");
    if (!command.language.isEmpty() && !has(windowLanguages, command.language))
        return bad(QStringLiteral("--lang wants one of %1, not \"%2\"").arg(listed(windowLanguages), command.language));
    if (const QString at = value("at"); !at.isEmpty()) {
        bool ok = false;
        command.at = at.toDouble(&ok);
        if (!ok || !std::isfinite(*command.at) || *command.at < 0)
            return bad(QStringLiteral("--at wants seconds, not \"%1\"").arg(at));
    }
    if (const QString limit = value("limit"); !limit.isEmpty()) {
        bool ok = false;
        command.limit = limit.toInt(&ok);
        if (!ok || command.limit < 1)
            return bad(QStringLiteral("--limit wants a number above 0, not \"%1\"").arg(limit));
    }
    command.json = parser.optionNames().contains(QStringLiteral("json"));
    return {};
}

Result<void> takePositionals(QStringList given, Command& command)
{
    const auto one = [&](QString& into, const QString& what) -> Result<void> {
        if (given.isEmpty())
            return bad(QStringLiteral("%1 is missing").arg(what));
        into = given.takeFirst();
        return {};
    };
    if (command.verb == Verb::Window) {
        for (const QString& file : given) {
            if (isUnknownCommand(file))
                return bad(unknownCommandText(file));
        }
        command.files = given;
        return {};
    }
    if (command.verb == Verb::Show) {
        if (auto got = one(command.build, QStringLiteral("BUILD (a ref, a file or demo)")); !got)
            return got;
    }
    if (command.verb == Verb::Shot) {
        if (auto got = one(command.page, QStringLiteral("PAGE")); !got)
            return got;
        if (!has(shotPages, command.page))
            return bad(QStringLiteral("no page \"%1\"; there are %2").arg(command.page, listed(shotPages)));
    }
    if (!given.isEmpty())
        return bad(QStringLiteral("\"%1\" is one argument too many").arg(given.first()));
    return {};
}

} // namespace

Result<Command> parseCommandLine(const QStringList& arguments)
{
    Command command;
    QStringList rest = arguments;
    const CommandInfo* info = rest.isEmpty() ? nullptr : findCommand(rest.first());
    const bool tool = !rest.isEmpty() && findTool(rest.first());
    if (!info && !tool && !rest.isEmpty() && isUnknownCommand(rest.first()))
        return bad(unknownCommandText(rest.first())); // before its options are called unknown
    const QString name = info || tool ? rest.takeFirst() : QString();
    if ((info || !tool) && asksForHelp(rest)) {
        command.verb = Verb::Help;
        command.helpText = info ? commandHelp(*info) : overviewText();
        return command;
    }
    if (tool) {
        command.verb = Verb::Tool;
        command.tool = name;
        command.toolArguments = rest;
        return command;
    }
    command.verb = info ? info->verb : Verb::Window;
    const Verb asked = command.verb;

    QCommandLineParser parser;
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    addOptions(parser, joinedOptions(info ? info->options : windowOptions(), {{"version", nullptr, "Show the version."}}));
    if (!parser.parse(QStringList{QStringLiteral("layerline")} + rest))
        return bad(QStringLiteral("%1 (layerline %2--help tells what there is)").arg(parser.errorText(), name.isEmpty() ? name : name + QLatin1Char(' ')));
    if (parser.isSet(QStringLiteral("version"))) {
        command.verb = Verb::Version;
        return command;
    }
    if (auto read = readCommon(parser, command); !read)
        return read.error();
    if (asked == Verb::Shot) {
        if (auto read = readShot(parser, command); !read)
            return read.error();
    }
    if (auto taken = takePositionals(parser.positionalArguments(), command); !taken)
        return taken.error();
    return command;
}

} // namespace layerline
