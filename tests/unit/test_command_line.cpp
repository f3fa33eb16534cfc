#include "app/command_line.h"

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
};

QTEST_APPLESS_MAIN(TestCommandLine)
#include "test_command_line.moc"
