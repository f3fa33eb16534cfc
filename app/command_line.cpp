#include "app/command_line.h"

#include "app/tools.h"
#include "domain/node_address.h"

#include <QCommandLineParser>
#include <QMap>

#include <cmath>

namespace layerline {

namespace {

struct VerbInfo {
    Verb verb;
    const char* usage;
    const char* description;
};

const QMap<QString, VerbInfo>& verbs()
{
    static const QMap<QString, VerbInfo> table{
        {QStringLiteral("demo"), {Verb::Demo, "demo", "the window, replaying recorded real multi-arch builds"}},
        {QStringLiteral("builders"), {Verb::Builders, "builders [--json]", "builders and nodes: state, driver, platforms, reason when not live"}},
        {QStringLiteral("builds"), {Verb::Builds, "builds [--json] [--limit N]", "builds the builders and the history remember, newest first"}},
        {QStringLiteral("watch"), {Verb::Watch, "watch [--json]", "every event of every build from now on, one a line"}},
        {QStringLiteral("show"), {Verb::Show, "show BUILD [--json]", "summary, platforms, steps, critical path; BUILD is a ref, a file or demo"}},
        {QStringLiteral("shot"), {Verb::Shot, "shot PAGE [--from BUILD] [--size WxH] [--scale N] [--theme light|dark] [--lang L] [--at SECONDS] -o PNG",
                                  "draw a page (builds, layers, log, details, pipelines, builders) into a PNG"}},
    };
    return table;
}

Error bad(const QString& text)
{
    return {ErrorKind::BadInput, text.toStdString(), false};
}

void addOptions(QCommandLineParser& parser, Verb verb)
{
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    parser.addOption({{QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("Show this help.")});
    parser.addOption({QStringLiteral("version"), QStringLiteral("Show the version.")});
    parser.addOption({QStringLiteral("address"), QStringLiteral("Also watch a bare buildkitd (unix:///path or tcp://host:port)."), QStringLiteral("ADDRESS")});
    const bool report = verb == Verb::Builders || verb == Verb::Builds || verb == Verb::Watch || verb == Verb::Show;
    if (report)
        parser.addOption({QStringLiteral("json"), QStringLiteral("JSON, schema 1.")});
    if (verb == Verb::Builds)
        parser.addOption({QStringLiteral("limit"), QStringLiteral("The newest N only."), QStringLiteral("N")});
    if (report)
        return;
    parser.addOption({QStringLiteral("theme"), QStringLiteral("light or dark instead of the system's."), QStringLiteral("THEME")});
    parser.addOption({QStringLiteral("lang"), QStringLiteral("Language of the window, e.g. en or zh_CN."), QStringLiteral("L")});
    parser.addOption({QStringLiteral("at"), QStringLiteral("Seconds into the recording."), QStringLiteral("SECONDS")});
    if (verb != Verb::Shot)
        return;
    parser.addOption({QStringLiteral("from"), QStringLiteral("Build to show: a ref, a file or demo (default)."), QStringLiteral("BUILD")});
    parser.addOption({QStringLiteral("size"), QStringLiteral("Size of the window, default 1440x900."), QStringLiteral("WxH")});
    parser.addOption({QStringLiteral("scale"), QStringLiteral("Device pixels per pixel, 1 to 4."), QStringLiteral("N")});
    parser.addOption({{QStringLiteral("o"), QStringLiteral("output")}, QStringLiteral("PNG to write."), QStringLiteral("PNG")});
}

QString overview()
{
    QString text = QStringLiteral("Usage: layerline [FILE...]\n"
                                  "The window; FILE is a .dockerbuild, a rawjson or plain progress log, or a zip of logs.\n\n");
    for (const VerbInfo& info : verbs())
        text += QStringLiteral("  layerline %1\n        %2\n").arg(QString::fromLatin1(info.usage), QString::fromLatin1(info.description));
    for (const Tool& tool : tools()) {
        if (!tool.usage)
            continue;
        text += QStringLiteral("  layerline %1\n        %2\n").arg(QString::fromLatin1(tool.usage), QString::fromLatin1(tool.description));
    }
    text += QStringLiteral("\nExit status: 0 ok, 1 found a problem (failed build), 2 bad usage or unreadable input.\n");
    return text;
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
    if (!rest.isEmpty() && verbs().contains(rest.first()))
        command.verb = verbs().value(rest.takeFirst()).verb;
    else if (!rest.isEmpty() && findTool(rest.first())) {
        command.verb = Verb::Tool;
        command.tool = rest.takeFirst();
        command.toolArguments = rest;
        return command;
    }
    const Verb asked = command.verb;

    QCommandLineParser parser;
    addOptions(parser, asked);
    if (!parser.parse(QStringList{QStringLiteral("layerline")} + rest))
        return bad(parser.errorText() + QStringLiteral(" (layerline --help tells what there is)"));
    if (parser.isSet(QStringLiteral("help"))) {
        command.verb = Verb::Help;
        command.helpText = overview();
        return command;
    }
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
