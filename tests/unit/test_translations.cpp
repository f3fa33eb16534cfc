// The catalogues say everything the sources say, and say it well: a string without its Chinese fails here.
#include "test_translations_catalogue.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

using namespace layerline;
using namespace layerline::test;

namespace {

const QString sourceDir = QStringLiteral(LAYERLINE_SOURCE_DIR);

QString tsPath(const QString& language)
{
    return sourceDir + QStringLiteral("/translations/layerline_%1.ts").arg(language);
}

/// Reads the sources into a fresh catalogue at `path`; empty on success, else what lupdate said.
QString extractStrings(const QString& path, const QStringList& folders, bool pluralOnly)
{
    QStringList arguments{QStringLiteral("-silent"), QStringLiteral("-extensions"), QStringLiteral("cpp,h"), QStringLiteral("-locations"), QStringLiteral("none"),
                          QStringLiteral("-I"), sourceDir, QStringLiteral("-I"), sourceDir + QStringLiteral("/models")};
    if (pluralOnly)
        arguments.append(QStringLiteral("-pluralonly"));
    arguments += QStringList{QStringLiteral("-target-language"), QStringLiteral("zh_CN")} + folders + QStringList{QStringLiteral("-ts"), path};
    QProcess lupdate;
    lupdate.setProcessChannelMode(QProcess::MergedChannels);
    lupdate.start(QStringLiteral(LAYERLINE_LUPDATE), arguments);
    if (!lupdate.waitForStarted())
        return QStringLiteral(LAYERLINE_LUPDATE ": ") + lupdate.errorString();
    if (!lupdate.waitForFinished(120000) || lupdate.exitCode() != 0)
        return QString::fromUtf8(lupdate.readAll());
    return QFile::exists(path) ? QString() : QStringLiteral("lupdate wrote nothing");
}

QString joined(const QStringList& lines)
{
    return QLatin1Char('\n') + lines.join(QLatin1Char('\n'));
}

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsMissing_data();
    void nothingIsMissing();
    void everythingIsTranslatedWell_data();
    void everythingIsTranslatedWell();
    void contextsAreWhatTheProgramAsksFor();
    void theBinaryCarriesThem_data();
    void theBinaryCarriesThem();
    void faultsAreFound_data();
    void faultsAreFound();
    void aNewStringIsNoticed();
    void aBrokenFileIsAnError();
};

void TestTranslations::nothingIsMissing_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("zh_CN") << QStringLiteral("zh_CN");
    QTest::newRow("en") << QStringLiteral("en");
}

void TestTranslations::nothingIsMissing()
{
    QFETCH(QString, language);
    QTemporaryDir folder;
    const QString fresh = folder.filePath(QStringLiteral("fresh.ts"));
    const QStringList sources{sourceDir + QStringLiteral("/app"), sourceDir + QStringLiteral("/widgets"), sourceDir + QStringLiteral("/models")};
    const QString complaint = extractStrings(fresh, sources, language == QLatin1String("en"));
    QVERIFY2(complaint.isEmpty(), qPrintable(complaint));
    const auto wanted = readCatalogue(fresh);
    const auto have = readCatalogue(tsPath(language));
    QVERIFY2(wanted.ok() && have.ok(), "unreadable catalogue");
    if (language == QLatin1String("zh_CN"))
        QVERIFY2(wanted->size() > 20, "lupdate found hardly any string: wrong folders?");
    const QStringList missing = missingFrom(*have, *wanted);
    QVERIFY2(missing.isEmpty(), qPrintable(QStringLiteral("run the target update_translations, then translate:") + joined(missing)));
    const QStringList stale = missingFrom(*wanted, *have);
    QVERIFY2(stale.isEmpty(), qPrintable(QStringLiteral("no longer in the sources, run update_translations:") + joined(stale)));
}

void TestTranslations::everythingIsTranslatedWell_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<int>("forms");
    QTest::newRow("zh_CN") << QStringLiteral("zh_CN") << 1;
    QTest::newRow("en") << QStringLiteral("en") << 2;
}

void TestTranslations::everythingIsTranslatedWell()
{
    QFETCH(QString, language);
    QFETCH(int, forms);
    const auto catalogue = readCatalogue(tsPath(language));
    QVERIFY2(catalogue.ok(), qPrintable(tsPath(language)));
    const QStringList faults = faultsOf(*catalogue, forms);
    QVERIFY2(faults.isEmpty(), qPrintable(joined(faults)));
}

// A class of ours asks for "layerline::Name". A bare name means that lupdate lost the namespace, unless the sources spell it.
void TestTranslations::contextsAreWhatTheProgramAsksFor()
{
    static const QRegularExpression spelled(QStringLiteral(R"rx((?:Q_DECLARE_TR_FUNCTIONS\(|translate\(")([\w:]+))rx"));
    QSet<QString> known;
    for (const char* folder : {"/app", "/widgets", "/models"}) {
        QDirIterator it(sourceDir + QLatin1String(folder), {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(file.readAll());
            for (auto match = spelled.globalMatch(text); match.hasNext();)
                known.insert(match.next().captured(1));
        }
    }
    const auto catalogue = readCatalogue(tsPath(QStringLiteral("zh_CN")));
    QVERIFY(catalogue.ok());
    for (const Message& message : *catalogue)
        QVERIFY2(message.context.startsWith(QLatin1String("layerline::")) || known.contains(message.context), qPrintable(message.where()));
}

void TestTranslations::theBinaryCarriesThem_data()
{
    nothingIsMissing_data();
}

void TestTranslations::theBinaryCarriesThem()
{
    QFETCH(QString, language);
    QTranslator translator;
    QVERIFY2(translator.load(QStringLiteral(":/i18n/layerline_%1.qm").arg(language)), qPrintable(language));
    const auto catalogue = readCatalogue(tsPath(language));
    QVERIFY(catalogue.ok());
    for (const Message& message : *catalogue) {
        const QString got = translator.translate(message.context.toUtf8().constData(), message.source.toUtf8().constData(),
                                                 message.comment.isEmpty() ? nullptr : message.comment.toUtf8().constData(), message.plural ? 2 : -1);
        QCOMPARE(got, message.texts.last());
    }
}

void TestTranslations::faultsAreFound_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QStringList>("texts");
    QTest::addColumn<QString>("state");
    QTest::addColumn<bool>("plural");
    QTest::addColumn<bool>("good");
    const auto add = [](const char* name, const char* source, const QStringList& texts, bool good, bool plural = false, const char* state = "") {
        QTest::newRow(name) << QString::fromUtf8(source) << texts << QString::fromLatin1(state) << plural << good;
    };
    add("fine", "%1 of %2 steps", {QStringLiteral("%2 步中的 %1 步")}, true);
    add("a name stays", "Layerline", {QStringLiteral("Layerline")}, true);
    add("plural", "%n builds", {QStringLiteral("%n 个构建")}, true, true);
    add("colon of its own kind", "Name:", {QStringLiteral("名称：")}, true);
    add("unfinished", "Save", {QStringLiteral("保存")}, false, false, "unfinished");
    add("vanished", "Save", {QStringLiteral("保存")}, false, false, "vanished");
    add("empty", "Save", {QString()}, false);
    add("untranslated", "no such build", {QStringLiteral("no such build")}, false);
    add("placeholder lost", "%1 of %2", {QStringLiteral("%1")}, false);
    add("placeholder changed", "%1 m", {QStringLiteral("%2 分")}, false);
    add("count lost", "%n builds", {QStringLiteral("构建")}, false, true);
    add("too many forms", "%n builds", {QStringLiteral("%n 个"), QStringLiteral("%n 个")}, false, true);
    add("markup lost", "<b>%1</b>", {QStringLiteral("%1")}, false);
    add("ellipsis lost", "Open…", {QStringLiteral("打开")}, false);
    add("colon lost", "Name:", {QStringLiteral("名称")}, false);
    add("mnemonic lost", "&File", {QStringLiteral("文件")}, false);
    add("line break lost", "a\nb", {QStringLiteral("甲乙")}, false);
}

void TestTranslations::faultsAreFound()
{
    QFETCH(QString, source);
    QFETCH(QStringList, texts);
    QFETCH(QString, state);
    QFETCH(bool, plural);
    QFETCH(bool, good);
    const QStringList faults = faultsOf({{QStringLiteral("C"), source, {}, state, plural, texts}}, 1);
    QVERIFY2(faults.isEmpty() == good, qPrintable(joined(faults)));
}

void TestTranslations::aNewStringIsNoticed()
{
    QTemporaryDir folder;
    QFile source(folder.filePath(QStringLiteral("page.cpp")));
    QVERIFY(source.open(QIODevice::WriteOnly));
    source.write("class Page : public QObject { Q_OBJECT void f() { tr(\"known\"); tr(\"brand new\"); } };\n");
    source.close();
    const QString fresh = folder.filePath(QStringLiteral("fresh.ts"));
    const QString complaint = extractStrings(fresh, {folder.path()}, false);
    QVERIFY2(complaint.isEmpty(), qPrintable(complaint));
    const auto wanted = readCatalogue(fresh);
    QVERIFY(wanted.ok());
    QCOMPARE(wanted->size(), 2);
    const QList<Message> have{{QStringLiteral("Page"), QStringLiteral("known"), {}, {}, false, {QStringLiteral("已知")}}};
    QCOMPARE(missingFrom(have, *wanted), QStringList{QStringLiteral("Page: brand new")});
    QCOMPARE(faultsOf(*wanted, 1).size(), 2);
}

void TestTranslations::aBrokenFileIsAnError()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("broken.ts"));
    QCOMPARE(readCatalogue(path).error().kind, ErrorKind::NotFound);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("<TS><context><name>A</name><message><source>x");
    file.close();
    QCOMPARE(readCatalogue(path).error().kind, ErrorKind::BadInput);
}

QTEST_GUILESS_MAIN(TestTranslations)
#include "test_translations.moc"
