#include "app/cli/command_help.h"
#include "app/cli/command_line.h"
#include "app/cli/tools.h"
#include "app/cli/workflow.h"
#include "app/tasks/plan_world.h"
#include "app/tasks/workflow_tool.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace layerline;

class TestCommandLine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void understands()
    {
        const auto shot = parseCommandLine({"shot", "layers", "--from", "demo:warm", "--size", "2560x1440", "--theme", "dark", "--lang", "zh_CN", "--at", "3.5", "-o", "x.png"});
        QVERIFY(shot.ok());
        QCOMPARE(shot->verb, Verb::Shot);
        QCOMPARE(shot->page, QStringLiteral("layers"));
        QCOMPARE(shot->build, QStringLiteral("demo:warm"));
        QCOMPARE(shot->size, QSize(2560, 1440));
        QCOMPARE(shot->at, std::optional<double>(3.5));
        QCOMPARE(shot->output, QStringLiteral("x.png"));

        const auto show = parseCommandLine({"show", "--json", "abc"});
        QVERIFY(show.ok() && show->json);
        QCOMPARE(show->build, QStringLiteral("abc"));

        const auto window = parseCommandLine({"a.dockerbuild", "b.log"});
        QVERIFY(window.ok());
        QCOMPARE(window->verb, Verb::Window);
        QCOMPARE(window->files.size(), 2);

        QCOMPARE(parseCommandLine({"watch", "--address", "unix:///run/b.sock"})->addresses.size(), 1);
        QCOMPARE(parseCommandLine({"--help"})->verb, Verb::Help);
        QVERIFY(parseCommandLine({"show", "--help"})->helpText.contains(QStringLiteral("show BUILD")));
        QCOMPARE(parseCommandLine({"--version"})->verb, Verb::Version);
        QCOMPARE(parseCommandLine({})->verb, Verb::Window);
    }
    void refuses_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("mentions");
        const auto row = [](const char* name, QStringList arguments, const char* mentions) { QTest::newRow(name) << arguments << QString::fromLatin1(mentions); };
        row("unknown option", {"builds", "--jsom"}, "jsom");
        row("option of another command", {"show", "x", "--size", "1x1"}, "size");
        row("no build", {"show"}, "BUILD");
        row("two builds", {"show", "a", "b"}, "b");
        row("no page", {"shot", "-o", "x.png"}, "PAGE");
        row("no output", {"shot", "builds"}, "-o");
        row("bad size", {"shot", "builds", "--size", "12", "-o", "x"}, "WIDTHxHEIGHT");
        row("huge size", {"shot", "builds", "--size", "99999x99999", "-o", "x"}, "7680");
        row("bad scale", {"shot", "builds", "--scale", "nan", "-o", "x"}, "scale");
        row("bad theme", {"demo", "--theme", "pink"}, "pink");
        row("bad time", {"demo", "--at", "-1"}, "--at");
        row("bad limit", {"builds", "--limit", "0"}, "--limit");
        row("bad address", {"watch", "--address", "http://x"}, "http://x");
        row("unknown language", {"demo", "--lang", "fr"}, "en, zh_CN");
        row("unknown page", {"shot", "leyers", "-o", "x.png"}, "builds, timeline, layers, log, details, pipelines, builders, releases, settings, empty");
        row("typo", {"shw", "demo"}, "unknown command 'shw'");
        row("what it may have meant", {"shw", "demo"}, "did you mean 'show'?");
        row("two letters swapped", {"biulds"}, "'builds'");
        row("typo before options", {"rollbak", "--workflow", "ci.yml"}, "'rollback'");
        row("like no command", {"frobnicate"}, "layerline --help");
        row("typo after options", {"--theme", "dark", "tga"}, "'tag'");
        row("stray argument", {"builders", "x"}, "x");
    }
    void refuses()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, mentions);
        const auto parsed = parseCommandLine(arguments);
        QVERIFY(!parsed.ok());
        QCOMPARE(parsed.error().kind, ErrorKind::BadInput);
        QVERIFY2(QString::fromStdString(parsed.error().detail).contains(mentions), parsed.error().detail.c_str());
        QVERIFY(!QString::fromStdString(parsed.error().detail).contains(QLatin1Char('\n')));
    }

    void aFileIsNoTypo()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("shw")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(folder.path()));
        const auto window = parseCommandLine({"shw"});
        QVERIFY(QDir::setCurrent(before));
        QVERIFY(window.ok());
        QCOMPARE(window->files, QStringList{QStringLiteral("shw")});
        QVERIFY(parseCommandLine({"no/such"}).ok()); // the window tells what is wrong with a path
    }
    void everyCommandHelps_data()
    {
        QTest::addColumn<QString>("name");
        for (const CommandInfo& command : commands())
            QTest::newRow(qPrintable(command.name)) << command.name;
        QVERIFY(commands().size() > tools().size()); // the rows of the table that are shown, and the verbs
        for (const Tool& tool : tools())
            QCOMPARE(findCommand(QString::fromLatin1(tool.name)) != nullptr, tool.usage != nullptr);
    }
    void everyCommandHelps()
    {
        QFETCH(QString, name);
        const CommandInfo& command = *findCommand(name);
        for (const QStringList& arguments : {QStringList{name, "--help"}, QStringList{name, "-h"}, QStringList{name, "x", "--workflow", "y", "--help"}}) {
            const auto parsed = parseCommandLine(arguments);
            QVERIFY(parsed.ok());
            QCOMPARE(parsed->verb, Verb::Help);
            QVERIFY2(parsed->helpText.startsWith(QStringLiteral("Usage: layerline ") + command.usage), qPrintable(parsed->helpText));
            QVERIFY(parsed->helpText.contains(command.description));
            QCOMPARE(parsed->helpText.count(QStringLiteral("layerline ")), 1); // its own, not everybody's
            for (const CommandOption& option : command.options)
                QVERIFY2(parsed->helpText.contains(QString::fromLatin1(option.description)), option.names);
        }
        QVERIFY(overviewText().contains(command.usage));
    }
    void helpOfAnothersCommandIsNotOurs()
    {
        const auto gate = parseCommandLine({"gate", "alpine", "--run", "--", "sh", "--help"});
        QVERIFY(gate.ok());
        QCOMPARE(gate->verb, Verb::Tool);
        QVERIFY(overviewText().contains(QStringLiteral("--address")));
    }
    void optionsAreRead()
    {
        for (const CommandInfo& command : commands()) {
            QCommandLineParser parser;
            QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); // Qt warns of a name given twice
            addOptions(parser, command.options);
        }
    }
    /// rollback and migrate read their arguments themselves.
    void rewritesTakeWhatTheirHelpSays()
    {
        for (const bool rollback : {true, false}) {
            for (const CommandOption& option : rollback ? rollbackCommandOptions() : migrateCommandOptions()) {
                QStringList arguments{"o/r", "--workflow", "ci.yml", QStringLiteral("--") + QString::fromLatin1(option.names).section(QLatin1Char(','), -1)};
                if (option.value)
                    arguments << QStringLiteral("=");
                const auto parsed = parseWorkflowRequest(rollback, arguments);
                QVERIFY2(parsed.ok() || parsed.error().detail.find("unknown option") == std::string::npos, option.names);
            }
        }
    }
    /// Where no plugin lies in the usual places, docker itself is asked.
    void dockerAloneIsNoClient()
    {
        const QTemporaryDir folder;
        BuildxEnvironment environment;
        environment.home = environment.path = folder.path().toStdString();
        QFile docker(folder.filePath(QStringLiteral("docker")));
        for (const bool has : {false, true}) {
            QVERIFY(docker.open(QIODevice::WriteOnly | QIODevice::Truncate));
            docker.write(has ? "#!/bin/sh\ntest \"$*\" = 'buildx version'\n" : "#!/bin/sh\necho \"docker: unknown command: docker $1\" >&2\nexit 1\n");
            docker.close();
            QVERIFY(docker.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
            const bool plugin = environment.buildxCommand().size() == 1; // one of this machine's
            QCOMPARE(canRunBuildx(environment), has || plugin);
            QCOMPARE(realChecks(environment).client, has || plugin);
        }
    }
    void manualAndCompletionsAgree();
    void languagesHaveCatalogues()
    {
        QStringList files;
        for (const char* language : windowLanguages)
            files << QStringLiteral("layerline_%1.ts").arg(QString::fromLatin1(language));
        QCOMPARE(QDir(QStringLiteral(LAYERLINE_SOURCE_DIR "/translations")).entryList({QStringLiteral("*.ts")}, QDir::Files, QDir::Name), files);
    }
};

namespace {

QString textOf(const char* path)
{
    QFile file(QStringLiteral(LAYERLINE_SOURCE_DIR "/") + QString::fromLatin1(path));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

/// The program's tables are the truth; bash's and the manual have every option, all of them the pages.
void TestCommandLine::manualAndCompletionsAgree()
{
    const QString manual = textOf("packaging/man/layerline.1.in").replace(QStringLiteral("\\-"), QStringLiteral("-"));
    const QString bash = textOf("packaging/completions/layerline.bash"), fish = textOf("packaging/completions/layerline.fish"), zsh = textOf("packaging/completions/_layerline");
    QStringList wrong;
    for (const CommandInfo& command : commands()) {
        const QRegularExpression word(QStringLiteral("\\b%1\\b").arg(command.name));
        const QRegularExpressionMatch row = QRegularExpression(QStringLiteral("^    [a-z| ]*\\b%1\\b[a-z| ]*\\) options='([^']*)'").arg(command.name), QRegularExpression::MultilineOption).match(bash);
        for (const QString& text : {manual, bash, fish, zsh}) {
            if (!text.contains(word))
                wrong << command.name + QStringLiteral(" is missing in ") + text.left(40);
        }
        for (const CommandOption& option : command.options) {
            const QString name = QString::fromLatin1(option.names).section(QLatin1Char(','), -1), letter = QString::fromLatin1(option.names).section(QLatin1Char(','), 0, 0);
            const QStringList given = row.captured(1).split(QLatin1Char(' '));
            if (!given.contains(QStringLiteral("--") + name) && !given.contains(QStringLiteral("-") + letter))
                wrong << QStringLiteral("bash: %1 --%2").arg(command.name, name);
            const QRegularExpression told(QStringLiteral("(--%1|[ \"]-%2)\\b").arg(name, letter));
            if (!manual.contains(told))
                wrong << QStringLiteral("man: %1 --%2").arg(command.name, name);
        }
        if (!row.captured(1).contains(QStringLiteral("--help")))
            wrong << QStringLiteral("bash: %1 --help").arg(command.name);
    }
    const QString pages = [] {
        QStringList list;
        for (const char* page : shotPages)
            list << QString::fromLatin1(page);
        return list.join(QLatin1Char(' '));
    }();
    for (const QString& text : {bash, fish, zsh}) {
        if (!text.contains(pages))
            wrong << QStringLiteral("pages in ") + text.left(40);
    }
    if (!manual.contains(QString(pages).replace(QLatin1Char(' '), QStringLiteral(" \", \" "))))
        wrong << QStringLiteral("pages in the manual");
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

QTEST_APPLESS_MAIN(TestCommandLine)
#include "test_command_line.moc"
