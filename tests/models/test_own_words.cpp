// Errors of our own making in the reader's language; other people's words stay.
#include "items/own_words.h"

#include "sources/registry/registry_error.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTest>
#include <QTranslator>

#include <algorithm>

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

/// The arguments of a call or of an initialiser, from behind its bracket.
std::vector<QString> argumentsAt(const QString& text, qsizetype at)
{
    std::vector<QString> all(1);
    for (int depth = 0; at < text.size(); ++at) {
        const QChar c = text[at];
        const bool quote = c == QLatin1Char('"') || c == QLatin1Char('\'');
        if (quote) {
            const qsizetype begin = at;
            for (++at; at < text.size() && text[at] != c; ++at)
                at += text[at] == QLatin1Char('\\');
            all.back() += text.mid(begin, at - begin + 1);
            continue;
        }
        depth += QStringLiteral("({[").contains(c) - QStringLiteral(")}]").contains(c);
        if (depth < 0)
            break;
        if (depth == 0 && c == QLatin1Char(','))
            all.emplace_back();
        else
            all.back() += c;
    }
    return all;
}

/// The texts in an expression; "1" stands for what is between them.
struct Sentence {
    QString sample;
    QStringList literals;
    bool choice = false; ///< of several texts
};
Sentence sentenceOf(QString expression)
{
    // Before these stands a place in the file, in words of its own.
    static const QRegularExpression placed(QStringLiteral("^\\s*(?:atPlace|place|named)\\((?!\\))"));
    if (placed.match(expression).hasMatch())
        expression.remove(0, expression.indexOf(QLatin1Char('"')));
    expression.replace(QLatin1String("calledStep(*build.merge)"), QLatin1String("\"line 5\""));
    static const QRegularExpression part(QStringLiteral("\"((?:[^\"\\\\]|\\\\.)*)\"|([^\"]+)"));
    Sentence sentence;
    sentence.choice = expression.contains(QLatin1String(" ? "));
    for (auto it = part.globalMatch(expression); it.hasNext();) {
        const auto match = it.next();
        if (match.hasCaptured(1)) {
            QString literal = match.captured(1);
            sentence.literals << literal.replace(QLatin1String("\\\""), QLatin1String("\""));
            sentence.sample += sentence.literals.last();
        } else if (!QString(match.captured(2)).remove(QLatin1String("std::string")).remove(QRegularExpression(QStringLiteral(R"([\s()+])"))).isEmpty()) {
            sentence.sample += QLatin1Char('1');
        }
    }
    return sentence;
}

/// Every sentence a file hands out as an error or a reason.
std::vector<Sentence> sentencesIn(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString text = QString::fromUtf8(file.readAll());
    std::vector<Sentence> all;
    const auto add = [&](const QString& expression) {
        if (Sentence sentence = sentenceOf(expression); sentence.sample.contains(QLatin1Char(' ')))
            all.push_back(std::move(sentence));
    };
    static const QRegularExpression calls(QStringLiteral(R"(ErrorKind::\w+,|\b(?:unsupported|wrong|refuse|bad|notes\.insert)\((?!\{)|\bReason\()"));
    for (auto it = calls.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        for (const QString& argument : argumentsAt(text, match.capturedEnd())) {
            if (argument.contains(QLatin1Char('"'))) {
                add(argument);
                break;
            }
            if (match.captured().startsWith(QLatin1String("ErrorKind")))
                break; // its text is made elsewhere
        }
    }
    static const QRegularExpression returned(QStringLiteral("\\breturn (?=\"[^\"]* )"));
    for (auto it = returned.globalMatch(path.contains(QLatin1String("/combine_")) ? text : QString()); it.hasNext();)
        add(text.mid(it.next().capturedEnd()).section(QLatin1Char(';'), 0, 0));
    return all;
}

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
        QCOMPARE(ownWords("GitHub does not accept the token"), QStringLiteral("«GitHub does not accept the token»"));
        QCOMPARE(ownWords("connection lost: EOF"), QStringLiteral("«connection lost: EOF»"));
        QCOMPARE(ownWords("\"A b\" is no image name: it must be in lower case"), QStringLiteral("«\"A b\" is no image name»: «it must be in lower case»"));
    }
    void theWordsOfOthersStay()
    {
        for (const char* text : {"", "failed to solve: process \"/bin/sh -c make\" did not complete successfully: exit code: 2", "Cannot connect to the Docker daemon at unix:///x.sock",
                                 "error: the base image has no tag latest", "%1", "unix:///run/x.sock: Permission denied"})
            QCOMPARE(ownWords(text), QString::fromUtf8(text));
    }
    void sentencesInSentences()
    {
        QCOMPARE(ownWords("docker.yml: line 3, column 5: the job 'a' is empty"), QStringLiteral("docker.yml: «line 3, column 5: «the job 'a' is empty»»"));
        QCOMPARE(ownWords("line 12 (Build it) can't be carried over: its tags can't be told"), QStringLiteral("«line 12 (Build it) can't be carried over: «its tags can't be told»»"));
        QCOMPARE(ownWords("the platforms that job 'b' bakes can't be told (there is no bake file): name them by '*.platform=...' in `set`"),
                 QStringLiteral("«the platforms that job 'b' bakes can't be told («there is no bake file»): name them by '*.platform=...' in `set`»"));
        QCOMPARE(ownWords("GitHub answers 404: Not Found (needs actions=read)"), QStringLiteral("«GitHub answers 404: Not Found (needs actions=read)»"));
        QCOMPARE(ownWords("GitHub answers 403: API rate limit exceeded for user (rate limit)"), QStringLiteral("«GitHub answers 403: API rate limit exceeded for user (rate limit)»"));
        QCOMPARE(ownWords("TLS: https://github.acme/api: certificate has expired"), QStringLiteral("«TLS: https://github.acme/api: certificate has expired»"));
    }

    /// Whatever these files can say is known: what GitHub, the way there, the store of builds and the disk refuse, and why a workflow stays as it is.
    void everySentenceIsKnown()
    {
        QStringList files;
        for (const char* folder : {"models/sources/buildkit", "models/sources/buildx", "models/sources/fleet", "models/sources/github", "models/sources/http", "models/sources/runner", "models/analysis/workflow"}) {
            for (QDirIterator it(QStringLiteral(LAYERLINE_SOURCE_DIR "/%1").arg(QLatin1String(folder)), {QStringLiteral("*.cpp")}, QDir::Files); it.hasNext();) {
                // What is wrong inside of an expression or a bake file is said in their own terms.
                const QString file = it.next();
                if (!QFileInfo(file).fileName().startsWith(QLatin1String("expression")) && !file.endsWith(QLatin1String("/bake_syntax.cpp")))
                    files << file;
            }
        }
        for (const char* file : {"models/storage/private_files", "models/storage/tag_history", "models/analysis/keep_going", "app/tasks/engine_disk", "app/tasks/settings_store", "app/tasks/history", "app/tasks/rewrite_steps", "app/tasks/rewrite_permissions",
                                 "app/cli/remote_rewrite", "app/tasks/workflow_tool", "app/tasks/workflow_world", "app/tasks/world_reader", "app/tasks/workflow_reader", "app/tasks/git_history", "app/tasks/workflow_hints",
                                 "app/tasks/gate_run", "app/tasks/gate_inputs", "app/tasks/run_digests", "app/tasks/tag_evidence", "app/window/release_promises"})
            files << QStringLiteral(LAYERLINE_SOURCE_DIR "/%1.cpp").arg(QLatin1String(file));
        // What can only go wrong by a fault of ours, and a name before other people's words.
        const QStringList others{QStringLiteral("libcurl gives no handle"), QStringLiteral("no such HTTP method"), QStringLiteral("a header with a character that has no place there"),
                                 QStringLiteral("two changes of the same place"), QStringLiteral("1 (rate limit)"), QStringLiteral("1: 1"), QStringLiteral("git: 1"),
                                 QStringLiteral("no command"), QStringLiteral("no pipe"), QStringLiteral("no socket pair"), QStringLiteral("no process could be started"), QStringLiteral("the platforms that job '1' bakes can't be told1: name them by '*.platform=...' in `set`")}; // with its reason, which sentencesInSentences() tries
        QString everything;
        for (const char* sentence : ownSentences())
            everything += QString::fromLatin1(sentence) + QLatin1Char('\n');
        std::size_t seen = 0;
        QStringList unknown;
        for (const QString& file : files) {
            QVERIFY2(QFile::exists(file), qPrintable(file));
            const auto sentences = sentencesIn(file);
            seen += sentences.size();
            for (const Sentence& sentence : sentences) {
                const QString place = QStringLiteral("%1: \"%2\"").arg(QFileInfo(file).fileName(), sentence.sample);
                if (others.contains(sentence.sample))
                    continue;
                const bool known = sentence.choice
                    ? std::all_of(sentence.literals.begin(), sentence.literals.end(), [&](const QString& literal) { return literal.trimmed().size() < 12 || everything.contains(literal.trimmed()); })
                    : ownWords(sentence.sample.toStdString()).contains(QChar(0xAB));
                if (!known)
                    unknown << place;
            }
        }
        QVERIFY2(unknown.isEmpty(), qPrintable(unknown.join(QLatin1Char('\n'))));
        QVERIFY2(seen > 200, qPrintable(QString::number(seen)));
    }

    /// A sentence that is changed at its source has to be changed here, too.
    void theSourcesStillSaySo()
    {
        QByteArray sources;
        for (const char* folder : {"models/sources", "models/storage", "models/analysis", "app"}) {
            for (QDirIterator it(QStringLiteral(LAYERLINE_SOURCE_DIR "/%1").arg(QLatin1String(folder)), {QStringLiteral("*.cpp")}, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
                QFile file(it.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                sources += file.readAll();
            }
        }
        // These are put together from a choice of words.
        const QStringList composed{QStringLiteral("a script with a build"), QStringLiteral("a script with several"), QStringLiteral("bakes can't be told"), QStringLiteral("versions uses"), QStringLiteral("versions has"),
                                   QStringLiteral("says that it pushed an image"), QStringLiteral("it publishes as")};
        for (const char* sentence : ownSentences()) {
            if (std::any_of(composed.begin(), composed.end(), [&](const QString& words) { return QLatin1String(sentence).contains(words); }))
                continue;
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
