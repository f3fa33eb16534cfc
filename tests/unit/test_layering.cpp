// Keeps the tree's arrows and house rules, and proves that breaking each of them is noticed.
#include "test_layering_rules.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace layerline::test;

class TestLayering : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTreeKeepsTheRules();
    void functionsAreShort();
    void aBreachIsFound_data();
    void aBreachIsFound();
    void allowedThingsPass_data();
    void allowedThingsPass();
    void longFilesAreFound();
    void twoTypesOfOneNameAreFound();
    void strippingKeepsPositions();

private:
    static ScanResult scanOne(const QString& path, const QByteArray& content);
};

ScanResult TestLayering::scanOne(const QString& path, const QByteArray& content)
{
    QTemporaryDir folder;
    const QString full = folder.filePath(path);
    QDir().mkpath(QFileInfo(full).path());
    QFile file(full);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        return {};
    file.close();
    return scanTree(folder.path());
}

void TestLayering::theTreeKeepsTheRules()
{
    const ScanResult result = scanTree(QStringLiteral(LAYERLINE_SOURCE_DIR));
    QVERIFY2(result.files > 20, "the scan found hardly any source: wrong root?");
    QVERIFY2(result.violations.isEmpty(), qPrintable(QLatin1Char('\n') + result.lines().join(QLatin1Char('\n'))));
}

void TestLayering::functionsAreShort()
{
    QList<int> lengths = scanTree(QStringLiteral(LAYERLINE_SOURCE_DIR)).functionLengths;
    QVERIFY(lengths.size() > 20);
    std::sort(lengths.begin(), lengths.end());
    const int p99 = lengths[(lengths.size() - 1) * 99 / 100];
    QVERIFY2(p99 <= 60, qPrintable(QStringLiteral("99 of 100 functions have up to %1 lines, at most 60").arg(p99)));
    QVERIFY2(lengths.last() <= 120, qPrintable(QStringLiteral("the longest function has %1 lines").arg(lengths.last())));
}

void TestLayering::aBreachIsFound_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("rule");
    const auto add = [](const char* name, const char* path, const char* content, const char* rule) {
        QTest::newRow(name) << QString::fromLatin1(path) << QByteArray(content) << QString::fromLatin1(rule);
    };
    add("domain sees a source", "models/domain/a.h", "#include \"sources/files/reader.h\"\n", "arrow");
    add("domain sees SQL", "models/domain/a.h", "#include <QSqlQuery>\n", "arrow");
    add("domain paints", "models/domain/a.h", "#include <QPainter>\n", "arrow");
    add("source sees storage", "models/sources/buildkit/a.cpp", "#include \"storage/history.h\"\n", "arrow");
    add("source sees a widget", "models/sources/buildx/a.cpp", "#include \"widgets/style/theme.h\"\n", "arrow");
    add("buildx sees buildkit", "models/sources/buildx/a.cpp", "#include \"sources/buildkit/dial.h\"\n", "arrow");
    add("files see buildkit", "models/sources/files/a.cpp", "#include \"sources/buildkit/dial.h\"\n", "arrow");
    add("registry sees github", "models/sources/registry/a.cpp", "#include \"sources/github/github_api.h\"\n", "arrow");
    add("storage sees a source", "models/storage/a.cpp", "#include \"sources/files/reader.h\"\n", "arrow");
    add("storage sees items", "models/storage/a.cpp", "#include \"items/build_list.h\"\n", "arrow");
    add("items see storage", "models/items/a.cpp", "#include \"storage/history.h\"\n", "arrow");
    add("items see the wire", "models/items/a.cpp", "#include \"control.pb.h\"\n", "arrow");
    add("analysis sees items", "models/analysis/a.cpp", "#include \"items/build_list.h\"\n", "arrow");
    add("widget sees storage", "widgets/log/a.cpp", "#include \"storage/history.h\"\n", "arrow");
    add("widget sees a source", "widgets/pages/a.cpp", "#  include \"sources/buildkit/dial.h\"\n", "arrow");
    add("widget sees analysis", "widgets/pages/a.cpp", "#include \"analysis/why.h\"\n", "arrow");
    add("a task sees a command", "app/tasks/a.cpp", "#include \"app/cli/tools.h\"\n", "arrow");
    add("a task sees a widget", "app/tasks/a.cpp", "#include \"widgets/pages/builds_page.h\"\n", "arrow");
    add("a command sees the window", "app/cli/a.cpp", "#include \"app/window/session.h\"\n", "arrow");
    add("a command draws", "app/cli/a.cpp", "#include <QPainter>\n", "arrow");
    add("the window sees a command", "app/window/a.cpp", "#include \"app/cli/tools.h\"\n", "arrow");
    add("widget sees the app", "widgets/pages/a.cpp", "#include \"app/window/main_window.h\"\n", "arrow");
    add("widget parses", "widgets/pages/a.cpp", "#include <nlohmann/json.hpp>\n", "arrow");
    add("no folder named", "widgets/log/a.cpp", "#include \"log_view.h\"\n", "folder");
    add("upwards", "models/items/a.cpp", "#include \"../storage/history.h\"\n", "arrow");
    add("a room that does not exist", "models/misc/a.cpp", "int x;\n", "folder");
    add("old connect", "app/a.cpp", "connect(a, SIGNAL(clicked()), b, name);\n", "banned");
    add("processEvents", "app/a.cpp", "QCoreApplication::processEvents();\n", "banned");
    add("local loop", "widgets/a.cpp", "QEventLoop loop;\n", "banned");
    add("modal dialog", "widgets/a.cpp", "dialog.exec();\n", "banned");
    add("singleton", "models/domain/a.cpp", "Store::instance().go();\n", "banned");
    add("qApp", "app/a.cpp", "qApp->quit();\n", "banned");
    add("views", "models/domain/a.cpp", "for (int x : v | std::views::reverse) {}\n", "banned");
    add("format", "models/domain/a.cpp", "std::format(\"{}\", 1);\n", "banned");
    add("no context", "app/a.cpp", "connect(button, &QPushButton::clicked, [this] { go(); });\n", "banned");
    add("no context, two lines", "app/a.cpp", "QObject::connect(&model, &Model::changed,\n    [&] { go(); });\n", "banned");
    add("fixed text", "widgets/a.cpp", "label->setText(QStringLiteral(\"No builder\"));\n", "banned");
    add("fixed text, bare", "widgets/a.cpp", "label->setToolTip(\"No builder\");\n", "banned");
    add("sleep in a test", "tests/unit/test_a.cpp", "QTest::qSleep(100);\n", "banned");
    add("long wait in a test", "tests/gui/test_a.cpp", "QTest::qWait(21);\n", "banned");
    add("computed wait in a test", "tests/gui/test_a.cpp", "QTest::qWait(limit);\n", "banned");
    add("sleeping thread", "tests/gui/test_a.cpp", "std::this_thread::sleep_for(1s);\n", "banned");
}

void TestLayering::aBreachIsFound()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, content);
    QFETCH(QString, rule);
    const ScanResult result = scanOne(path, content);
    QCOMPARE(result.files, 1);
    QCOMPARE(result.violations.size(), 1);
    QCOMPARE(result.violations.first().rule, rule);
    QCOMPARE(result.violations.first().file, path);
}

void TestLayering::allowedThingsPass_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("content");
    const auto add = [](const char* name, const char* path, const char* content) {
        QTest::newRow(name) << QString::fromLatin1(path) << QByteArray(content);
    };
    add("items see the domain", "models/items/a.cpp", "#include \"items/a.h\"\n#include \"domain/build.h\"\n#include <QAbstractItemModel>\n");
    add("buildkit sees files", "models/sources/buildkit/a.cpp", "#include \"sources/files/provenance.h\"\n#include \"control.grpc.pb.h\"\n");
    add("replay sees sources", "models/sources/replay/a.cpp", "#include \"sources/files/reader.h\"\n");
    add("fleet sees sources", "models/sources/fleet/a.cpp", "#include \"sources/buildx/ls.h\"\n#include \"sources/buildkit/dial.h\"\n");
    add("the app sees all", "app/a.cpp", "#include \"storage/history.h\"\n#include \"widgets/pages/builds_page.h\"\n#include \"sources/fleet/fleet.h\"\n");
    add("in a comment", "app/a.cpp", "// QEventLoop, SIGNAL(x), qApp\n/* #include \"nowhere.h\"\n   std::views */\n");
    add("in a string", "app/a.cpp", "const char* s = \"SIGNAL(x) \\\" QEventLoop\";\n");
    add("with context", "app/a.cpp", "connect(button, &QPushButton::clicked, this, [this] { go(); });\n");
    add("with context, overload", "app/a.cpp", "connect(&a.b(), qOverload<int>(&X::y), &app, [this] { go(); });\n");
    add("markup around data", "widgets/a.cpp", "label->setText(QStringLiteral(\"<span style='color:%1'>%2</span>\").arg(a, b));\n");
    add("a command to copy", "widgets/a.cpp", "command->setText(QStringLiteral(\"docker buildx ls\"));\n");
    add("translated", "widgets/a.cpp", "label->setText(tr(\"No builder\"));\nlabel->setText(QStringLiteral(\"%1 · %2\").arg(a, b));\n");
    add("SQL exec in storage", "models/storage/a.cpp", "query.exec();\n");
    add("events pass", "tests/gui/test_a.cpp", "QTest::qWait(20);\nQTest::qWaitForWindowExposed(&w);\n");
    add("precompiled", "models/pch.h", "#include <vector>\n");
    add("moc", "app/a.cpp", "#include \"a.moc\"\n");
}

void TestLayering::allowedThingsPass()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, content);
    const ScanResult result = scanOne(path, content);
    QCOMPARE(result.files, 1);
    QCOMPARE(result.lines(), QStringList());
}

void TestLayering::longFilesAreFound()
{
    QCOMPARE(scanOne(QStringLiteral("models/domain/a.cpp"), QByteArray(500, '\n')).violations.size(), 0);
    QCOMPARE(scanOne(QStringLiteral("models/domain/a.cpp"), QByteArray(501, '\n')).violations.size(), 1);
    QCOMPARE(scanOne(QStringLiteral("app/window/main_window.cpp"), QByteArray(400, '\n')).violations.size(), 0);
    QCOMPARE(scanOne(QStringLiteral("app/window/main_window.cpp"), QByteArray(401, '\n')).violations.size(), 1);
    const ScanResult bodies = scanOne(QStringLiteral("app/a.cpp"), "void f()\n{\n    a();\n    if (b) {\n    }\n}\nvoid g()\n{\n}\n");
    QCOMPARE(bodies.functionLengths, QList<int>({3, 0}));
}

void TestLayering::twoTypesOfOneNameAreFound()
{
    QTemporaryDir folder;
    for (const char* path : {"models/analysis", "models/sources/files", "app"})
        QVERIFY(QDir().mkpath(folder.filePath(QLatin1String(path))));
    const auto write = [&](const char* path, const char* text) {
        QFile file(folder.filePath(QLatin1String(path)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) > 0);
    };
    write("models/analysis/a.h", "namespace layerline {\nstruct Refusal {\n};\nclass Other;\n}\n");
    write("app/a.h", "class Other : public QObject {\n    struct Refusal {};\n};\n"); // a nested one has another name
    QVERIFY(scanTree(folder.path()).violations.isEmpty());
    write("models/sources/files/b.h", "enum class Refusal { Yes };\n");
    const auto violations = scanTree(folder.path()).violations;
    QCOMPARE(violations.size(), 1);
    QCOMPARE(violations.first().rule, QStringLiteral("twin"));
}

void TestLayering::strippingKeepsPositions()
{
    const QString text = QStringLiteral("int a; // one\nchar c = '\"'; /* two\nthree */ int n = 1'000; QString s(\"x // y\");\n");
    const QString code = strippedCode(text, true);
    QCOMPARE(code.size(), text.size());
    QCOMPARE(code.count(QLatin1Char('\n')), text.count(QLatin1Char('\n')));
    QVERIFY(!code.contains(QLatin1String("one")));
    QVERIFY(!code.contains(QLatin1String("three")));
    QVERIFY(code.contains(QLatin1String("int n = 1'000;")));
    QVERIFY(!code.contains(QLatin1String("// y")));
    QVERIFY(strippedCode(text, false).contains(QLatin1String("x // y")));
}

QTEST_APPLESS_MAIN(TestLayering)
#include "test_layering.moc"
