// Errors of our own making in the reader's language; other people's words stay.
#include "items/own_words.h"

#include "sources/registry/registry_error.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QTranslator>

using namespace layerline;

namespace {

/// Every sentence of ours in brackets, as if it were another language.
class Brackets : public QTranslator {
public:
    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* text, const char*, int) const override
    {
        return qstrcmp(context, "OwnWords") == 0 ? QStringLiteral("«%1»").arg(QString::fromUtf8(text)) : QString();
    }
};

} // namespace

class TestOwnWords : public QObject {
    Q_OBJECT

    Brackets m_brackets;

private Q_SLOTS:
    void initTestCase() { QVERIFY(QCoreApplication::installTranslator(&m_brackets)); }

    void whatARegistryRefuses_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("push");
        QTest::addColumn<bool>("signedIn");
        QTest::addColumn<QByteArray>("body");
        const QByteArray denied = R"({"errors":[{"code":"DENIED","message":"requested access is denied"}]})", unknown = R"({"errors":[{"code":"NAME_UNKNOWN","message":"x"}]})";
        QTest::newRow("sign-in") << 401 << false << false << QByteArray();
        QTest::newRow("wrong sign-in") << 401 << false << true << QByteArray();
        QTest::newRow("may not write") << 403 << true << true << denied;
        QTest::newRow("may not read") << 403 << false << true << QByteArray();
        QTest::newRow("no repository") << 404 << false << false << unknown;
        QTest::newRow("no tag") << 404 << false << false << QByteArray();
        QTest::newRow("too many") << 429 << false << false << denied;
        QTest::newRow("trouble") << 503 << false << false << QByteArray();
        QTest::newRow("odd") << 418 << true << false << denied;
    }
    void whatARegistryRefuses()
    {
        QFETCH(int, status);
        QFETCH(bool, push);
        QFETCH(bool, signedIn);
        QFETCH(QByteArray, body);
        HttpResponse response;
        response.status = status;
        response.body = body.toStdString();
        const Error error = registryError(response, {"docker.io", "library/alpine", "3.20", ""}, push, signedIn);
        const QString said = ownWords(error.detail);
        QVERIFY2(said.startsWith(QStringLiteral("«")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("docker.io")), qPrintable(said));
        if (body.contains("denied") && status != 404)
            QVERIFY2(said.contains(QStringLiteral("requested access is denied")), qPrintable(said)); // theirs
        response.headers.push_back({"retry-after", "30"});
        QVERIFY(ownWords(registryError(response, {"docker.io", "library/alpine", "3.20", ""}, push, signedIn).detail).startsWith(QStringLiteral("«")));
    }
    void placesInASentenceAreFilled()
    {
        QCOMPARE(ownWords("ll-3f2a has ended already"), QStringLiteral("«ll-3f2a has ended already»"));
        QCOMPARE(ownWords("docker.io has no tag %1 %2"), QStringLiteral("«docker.io has no tag %1 %2»"));
        QCOMPARE(ownWords("tcp://build:1234: no answer in time"), QStringLiteral("tcp://build:1234: «no answer in time»"));
        QCOMPARE(ownWords("connection lost: tcp://build:1234: no answer in time"), QStringLiteral("«connection lost: tcp://build:1234: «no answer in time»»"));
        QCOMPARE(ownWords("connection lost: EOF"), QStringLiteral("«connection lost: EOF»"));
        QCOMPARE(ownWords("\"A b\" is no image name: it must be in lower case"), QStringLiteral("«\"A b\" is no image name»: «it must be in lower case»"));
    }
    void theWordsOfOthersStay()
    {
        for (const char* text : {"", "failed to solve: process \"/bin/sh -c make\" did not complete successfully: exit code: 2", "Cannot connect to the Docker daemon at unix:///x.sock",
                                 "error: the base image has no tag latest", "%1", "unix:///run/x.sock: Permission denied"})
            QCOMPARE(ownWords(text), QString::fromUtf8(text));
    }
    /// A sentence that is changed at its source has to be changed here, too.
    void theSourcesStillSaySo()
    {
        QByteArray sources;
        for (const char* folder : {"models/sources", "models/analysis", "app"}) {
            for (QDirIterator it(QStringLiteral(LAYERLINE_SOURCE_DIR "/%1").arg(QLatin1String(folder)), {QStringLiteral("*.cpp")}, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
                QFile file(it.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                sources += file.readAll();
            }
        }
        for (const char* sentence : ownSentences()) {
            for (const QString& piece : QString::fromLatin1(sentence).split(QRegularExpression(QStringLiteral("%\\d|[();]")), Qt::SkipEmptyParts)) {
                QString text = piece.trimmed();
                text.replace(QLatin1String("does not allow writing to"), QLatin1String("writing to")).replace(QLatin1String("does not allow reading"), QLatin1String("reading"));
                text.replace(QLatin1String("has no tag"), QLatin1String("has no"));
                if (text.startsWith(QLatin1String("has moved since")))
                    text = QStringLiteral("has moved since it was looked at: it is");
                text = text.replace(QLatin1String("\""), QLatin1String("\\\""));
                QVERIFY2(text.size() < 4 || sources.contains(text.toUtf8()), qPrintable(QStringLiteral("nobody says \"%1\" of: %2").arg(text, QLatin1String(sentence))));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestOwnWords)
#include "test_own_words.moc"
