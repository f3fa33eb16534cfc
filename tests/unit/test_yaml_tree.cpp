#include "analysis/workflow/text_edits.h"
#include "analysis/workflow/unified_diff.h"
#include "analysis/workflow/yaml_tree.h"

#include <QDir>
#include <QtTest>

#include "workflow_fixture.h"

using namespace layerline;

class TestYamlTree : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void placesAreExact();
    void everyScalarOfTheExamplesIsFoundInTheText();
    void values();
    void errorsNameTheirPlace_data();
    void errorsNameTheirPlace();
    void limits_data();
    void limits();
    void aliases();
    void editsLeaveTheRestAlone();
    void editsOfAwkwardPlaces();
    void differences();
};

namespace {

std::string at(const YamlDocument& document, const YamlNode& node)
{
    return document.text.substr(node.begin, node.end - node.begin);
}

void visit(const YamlNode& node, const std::function<void(const YamlNode&)>& f)
{
    f(node);
    for (const YamlEntry& entry : node.entries) {
        if (entry.key)
            f(*entry.key);
        visit(*entry.value, f);
    }
}

} // namespace

void TestYamlTree::placesAreExact()
{
    const auto document = parseYaml("\xEF\xBB\xBFna\xC3\xAFve: \"d\xC3\xA9j\\\"\xC3\xA0\" # c\r\n'it''s': 'a ''b'' # no'\r\nlist:\r\n- one   # c\r\n- [x, 'y]', {z: 1}]  \r\n-\r\n  k: |\r\n    a\r\n\r\n    b\r\n  p: plain words\r\n    go on\r\nempty:\r\ntilde: ~\r\n");
    QVERIFY2(document.ok(), document.ok() ? "" : document.error().detail.c_str());
    const YamlNode& root = *document->root;
    QCOMPARE(at(*document, *root.find("na\xC3\xAFve")), std::string("\"d\xC3\xA9j\\\"\xC3\xA0\""));
    QCOMPARE(at(*document, *root.find("it's")), std::string("'a ''b'' # no'"));
    const YamlNode& list = *root.find("list");
    QCOMPARE(at(*document, *list.entries[0].value), std::string("one"));
    QCOMPARE(document->text[list.entries[0].begin], '-');
    QCOMPARE(at(*document, *list.entries[1].value), std::string("[x, 'y]', {z: 1}]"));
    const YamlNode& map = *list.entries[2].value;
    QCOMPARE(document->text[list.entries[2].begin], '-');
    QCOMPARE(at(*document, *map.find("k")), std::string("|\r\n    a\r\n\r\n    b"));
    QCOMPARE(map.find("k")->scalar, std::string("a\n\nb\n"));
    QCOMPARE(at(*document, *map.find("p")), std::string("plain words\r\n    go on"));
    QCOMPARE(map.find("p")->line, 11);
    QCOMPARE(map.find("p")->column, 6);
    QCOMPARE(root.find("empty")->begin, root.find("empty")->end);
    QCOMPARE(document->text[root.find("empty")->end - 1], ':');
    QCOMPARE(at(*document, *root.find("tilde")), std::string("~"));
}

void TestYamlTree::everyScalarOfTheExamplesIsFoundInTheText()
{
    const QDir folder(QStringLiteral(LAYERLINE_SOURCE_DIR "/tests/data/workflows"));
    int scalars = 0;
    for (const QString& name : folder.entryList({QStringLiteral("*.yml")}, QDir::Files)) {
        const auto document = parseYaml(test::workflowText(qPrintable(name)));
        QVERIFY2(document.ok(), qPrintable(name));
        visit(*document->root, [&](const YamlNode& node) {
            if (!node.isScalar())
                return;
            ++scalars;
            const std::string text = at(*document, node);
            if (node.style == YamlStyle::Plain && node.scalar.find('\n') == std::string::npos && text.find('\n') == std::string::npos)
                QCOMPARE(text, node.scalar);
            if (node.style == YamlStyle::SingleQuoted || node.style == YamlStyle::DoubleQuoted)
                QCOMPARE(text.front(), text.back());
        });
    }
    QVERIFY(scalars > 500);
}

void TestYamlTree::values()
{
    const auto document = parseYaml("a: 1\nb: '1'\nc: true\nd: 1.5\ne: x\nf: null\ng: [yes, 0x1]\nh: v1.2\ni: 1e3\n");
    QVERIFY(document.ok());
    QCOMPARE(toJson(*document->root).dump(), std::string(R"({"a":1,"b":"1","c":true,"d":1.5,"e":"x","f":null,"g":["yes","0x1"],"h":"v1.2","i":1000.0})"));
}

void TestYamlTree::errorsNameTheirPlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("twice") << QByteArray("a: 1\nb: 2\na: 3\n") << QByteArray("line 3, column 1: ");
    QTest::newRow("indentation") << QByteArray("a:\n  b: 1\n c: 2\n") << QByteArray("line 3, column 2: ");
    QTest::newRow("open quote") << QByteArray("a: 'b\n") << QByteArray("line 1, column 4: ");
    QTest::newRow("open bracket") << QByteArray("a: [b\n") << QByteArray("line 2, column 1: ");
    QTest::newRow("tab") << QByteArray("a:\n\tb: 1\n") << QByteArray("line 2, column ");
    QTest::newRow("unknown alias") << QByteArray("a: *b\n") << QByteArray("line 1, column 4: ");
    QTest::newRow("two documents") << QByteArray("a: 1\n---\nb: 2\n") << QByteArray("line 3, column 1: ");
    QTest::newRow("empty") << QByteArray("") << QByteArray("line 1, column 1: ");
    QTest::newRow("only comments") << QByteArray("# nothing\n") << QByteArray("line 1, column 1: ");
    QTest::newRow("not UTF-8") << QByteArray("a: \xff\n") << QByteArray("line 1, column 1: ");
    QTest::newRow("control character") << QByteArray("a: b\nc: \x04 d\n") << QByteArray("line 2, column 4: ");
    QTest::newRow("NUL") << QByteArray("a: \0b\n", 7) << QByteArray("line 1, column 4: ");
    QTest::newRow("no colon") << QByteArray("a:\n  b: 1\n  c") << QByteArray("line 3, column 3: ");
    QTest::newRow("map as key") << QByteArray("? {a: 1}\n: 2\n") << QByteArray("line 1, column 3: ");
}

void TestYamlTree::errorsNameTheirPlace()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, says);
    const auto document = parseYaml(text.toStdString());
    QVERIFY(!document.ok());
    QCOMPARE(int(document.error().kind), int(ErrorKind::BadInput));
    QVERIFY2(QByteArray::fromStdString(document.error().detail).startsWith(says), document.error().detail.c_str());
}

void TestYamlTree::limits_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("deep") << QByteArray(65, '[') + QByteArray(65, ']');
    QTest::newRow("very deep") << QByteArray(100'000, '[');
    QTest::newRow("large") << QByteArray("a: ") + QByteArray(2 << 20, 'x');
    QTest::newRow("many") << QByteArray("[") + QByteArray("a,").repeated(100'001) + QByteArray("]");
    QByteArray bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
    for (int i = 1; i < 9; ++i) {
        const QByteArray before = "*a" + QByteArray::number(i - 1);
        bomb += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [" + (before + ",").repeated(9) + before + "]\n";
    }
    QTest::newRow("bomb") << bomb;
}

void TestYamlTree::limits()
{
    QFETCH(QByteArray, text);
    QElapsedTimer timer;
    timer.start();
    const auto document = parseYaml(text.toStdString());
    QVERIFY(!document.ok());
    QCOMPARE(int(document.error().kind), int(ErrorKind::TooLarge));
    QVERIFY(timer.elapsed() < 5000);
}

void TestYamlTree::aliases()
{
    const auto document = parseYaml("a: &x\n  k: 1\nb: *x\nc: [&s word, *s]\n");
    QVERIFY(document.ok());
    QVERIFY(document->hasAliases);
    QCOMPARE(toJson(*document->root).dump(), std::string(R"({"a":{"k":1},"b":{"k":1},"c":["word","word"]})"));
    // Only what an alias stands for too is left alone.
    const YamlNode& root = *document->root;
    TextEdits inside(*document), more(*document), through(*document), besides(*document);
    inside.setValue(*root.find("a")->find("k"), "2");
    more.addEntry(*root.find("a"), nullptr, "l: 2\n");
    through.setValue(*root.find("b")->find("k"), "2");
    for (const TextEdits* edits : {&inside, &more, &through})
        QCOMPARE(int(edits->apply().error().kind), int(ErrorKind::Unsupported));
    besides.addEntry(root, nullptr, "d: 1\n");
    QCOMPARE(*besides.apply(), std::string("a: &x\n  k: 1\nb: *x\nc: [&s word, *s]\nd: 1\n"));
    QCOMPARE(root.find("a")->column, 3);
    QCOMPARE(root.find("a")->line, 2);
    QVERIFY(!parseYaml("a: &x [*x]\n").ok());
}

void TestYamlTree::editsLeaveTheRestAlone()
{
    const auto document = parseYaml("a: 'x' # one\nb:\n  # above\n  - k: 1\n\n  - k: 2   # two\n    l: |\n      text\n\nc: {d: e}\nf: \"q\"\n");
    QVERIFY(document.ok());
    const YamlNode& root = *document->root;
    const YamlNode& list = *root.find("b");
    TextEdits edits(*document);
    edits.setScalar(*root.find("a"), "y");
    edits.setScalar(*root.find("f"), "two words");
    edits.addElement(list, &list.entries[1], "- k: new\n  m: 3\n");
    edits.removeElement(list, list.entries[0]);
    edits.addEntry(*list.entries[1].value, nullptr, "n: 4\n");
    edits.setValue(*root.find("c"), "[d, e]");
    const auto text = edits.apply();
    QVERIFY2(text.ok(), text.ok() ? "" : text.error().detail.c_str());
    QCOMPARE(QByteArray::fromStdString(*text),
             QByteArray("a: 'y' # one\nb:\n  - k: new\n    m: 3\n\n  - k: 2   # two\n    l: |\n      text\n    n: 4\n\nc: [d, e]\nf: \"two words\"\n"));
}

void TestYamlTree::editsOfAwkwardPlaces()
{
    // Without a line break at the end, with Windows' line ends, the key behind a dash.
    const auto last = parseYaml("a:\n  b: 1");
    TextEdits atEnd(*last);
    atEnd.addEntry(*last->root->find("a"), nullptr, "c: 2\n");
    QCOMPARE(*atEnd.apply(), std::string("a:\n  b: 1\n  c: 2\n"));
    const auto windows = parseYaml("a:\r\n  b: 1\r\n");
    TextEdits crlf(*windows);
    crlf.addEntry(*windows->root->find("a"), nullptr, "c: |\n  x\n");
    QCOMPARE(*crlf.apply(), std::string("a:\r\n  b: 1\r\n  c: |\r\n    x\r\n"));
    const auto dash = parseYaml("- if: x\n  run: y\n");
    TextEdits first(*dash);
    first.removeEntry(*dash->root->entries[0].value, *dash->root->entries[0].value->entry("if"));
    QCOMPARE(*first.apply(), std::string("- run: y\n"));
    const auto flow = parseYaml("a: {b: 1}\n");
    TextEdits refused(*flow);
    refused.addEntry(*flow->root->find("a"), nullptr, "c: 2\n");
    QCOMPARE(int(refused.apply().error().kind), int(ErrorKind::Unsupported));
    QVERIFY(QByteArray::fromStdString(refused.apply().error().detail).startsWith("line 1, column 4: "));
    TextEdits twice(*flow);
    twice.setValue(*flow->root->find("a"), "1");
    twice.setScalar(*flow->root->find("a")->find("b"), "2");
    QVERIFY(!twice.apply().ok());
    const auto block = parseYaml("runs-on:\n  - a\n  - b\nx: y\n");
    TextEdits shorter(*block);
    shorter.setValue(*block->root->find("runs-on"), "c");
    QCOMPARE(*shorter.apply(), std::string("runs-on: c\nx: y\n"));
    for (const char* value : {"plain", "a b", "x:y", "'q'", "- dash", "a: b", "a #b", "true", "", "*x", "${{ a }}", "@at", "end:"}) {
        const auto read = parseYaml("k: " + yamlScalar(value) + "\n");
        QVERIFY2(read.ok(), value);
        QCOMPARE(read->root->find("k")->scalar, std::string(value));
    }
}

void TestYamlTree::differences()
{
    QCOMPARE(unifiedDiff("a\n", "a\n", "x", "y"), std::string());
    QCOMPARE(unifiedDiff("a\nb\nc\n", "a\nB\nc\n", "x", "y"), std::string("--- x\n+++ y\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"));
    QCOMPARE(unifiedDiff("", "a\n", "/dev/null", "y"), std::string("--- /dev/null\n+++ y\n@@ -0,0 +1 @@\n+a\n"));
    QCOMPARE(unifiedDiff("a\nb", "a\nb\n", "x", "y"), std::string("--- x\n+++ y\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n"));
    std::string before, after;
    for (int i = 0; i < 30; ++i) {
        before += std::to_string(i) + "\n";
        after += i == 5 ? "five\n" : i == 25 ? "" : std::to_string(i) + "\n";
    }
    const std::string diff = unifiedDiff(before, after, "x", "y");
    QVERIFY(diff.find("@@ -3,7 +3,7 @@\n") != std::string::npos);
    QVERIFY(diff.find("@@ -23,7 +23,6 @@\n") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestYamlTree)
#include "test_yaml_tree.moc"
