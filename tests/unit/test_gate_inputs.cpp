// What a gate is told to read, when it is hostile: one error each, at once, and nothing believed.
#include "app/tasks/gate_inputs.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

#include <sys/stat.h>

using namespace layerline;

class TestGateInputs : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString path(const QString& name) const { return m_folder->filePath(name); }
    QString write(const QString& name, const QByteArray& text) const
    {
        QDir().mkpath(QFileInfo(path(name)).path());
        QFile file(path(name));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? path(name) : QString();
    }
    /// A buildx that says this and ends so.
    void buildx(const QByteArray& script) const
    {
        write(QStringLiteral("bin/docker-buildx"), "#!/bin/sh\n" + script + "\n");
        QVERIFY(QFile(path(QStringLiteral("bin/docker-buildx"))).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("HOME", m_folder->path().toUtf8());
        qputenv("PATH", (path(QStringLiteral("bin")) + QStringLiteral(":/usr/bin:/bin")).toUtf8());
        qputenv("DOCKER_CONFIG", path(QStringLiteral(".docker")).toUtf8());
        buildx("echo 'ERROR: no such thing' >&2; exit 1");
    }

    void noFiles_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"compose.yaml", "docker-bake.hcl", ".github/workflows/ci.yml", "digest.txt"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void noFiles()
    {
        QFETCH(QString, name);
        QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
        QCOMPARE(promiseOfFile(path(name)).error().kind, ErrorKind::NotFound);
        QCOMPARE(builtDigestsIn(path(name)).error().kind, ErrorKind::NotFound);
        QCOMPARE(::mkfifo(qPrintable(path(name)), 0600), 0); // nobody writes into it
        for (int round = 0; round < 2; ++round) {
            const auto promise = promiseOfFile(path(name));
            QVERIFY(!promise.ok());
            QCOMPARE(promise.error().kind, ErrorKind::BadInput);
            QVERIFY2(promise.error().detail.find("is not a regular file") != std::string::npos, promise.error().detail.c_str());
            QCOMPARE(builtDigestsIn(path(name)).error().kind, ErrorKind::BadInput);
            QVERIFY(QFile::remove(path(name)));
            QVERIFY(QFile::link(QStringLiteral("/dev/zero"), path(name)));
        }
    }
    void calledWorkflowsThatAreNoFiles()
    {
        const QString workflow = write(QStringLiteral(".github/workflows/ci.yml"),
                                       "on: push\njobs:\n  call:\n    uses: ./.github/workflows/called.yml\n  bake:\n    runs-on: ubuntu-latest\n    steps:\n"
                                       "      - uses: docker/bake-action@v6\n        with: {push: true}\n");
        for (const char* name : {".github/workflows/called.yml", "docker-bake.hcl", "docker-bake.json", "compose.yaml"})
            QCOMPARE(::mkfifo(qPrintable(path(QString::fromLatin1(name))), 0600), 0);
        const auto promise = promiseOfFile(workflow);
        QVERIFY(!promise.ok());
        QVERIFY2(promise.error().detail.find("does not tell by itself") != std::string::npos, promise.error().detail.c_str());
    }

    void hostileTexts_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const QByteArray& text) { QTest::newRow(name) << text; };
        row("empty", "");
        row("deep lists", "jobs: " + QByteArray(100'000, '[') + QByteArray(100'000, ']'));
        row("deep maps", [] {
            QByteArray text;
            for (int depth = 0; depth < 2000; ++depth)
                text += QByteArray(depth, ' ') + "a:\n";
            return text;
        }());
        row("a thousand million by anchors", [] {
            QByteArray text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
            for (int i = 1; i < 10; ++i)
                text += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [" + QByteArray("*a" + QByteArray::number(i - 1) + ", ").repeated(10) + "]\n";
            return text + "jobs: *a9\n";
        }());
        row("an anchor in itself", "jobs: &a {b: *a}\n");
        row("no UTF-8", "jobs:\n  \xff\xfe: {}\n");
        row("UTF-16", QByteArray("\xff\xfej\0o\0b\0s\0:\0", 12));
        row("zeros", QByteArray(500'000, '\0'));
        row("huge", "jobs: {}\n# " + QByteArray(50'000'000, 'x'));
        row("a huge matrix", [] {
            QByteArray list;
            for (int i = 0; i < 300; ++i)
                list += QByteArray::number(i) + ", ";
            return "on: push\njobs:\n  b:\n    runs-on: x\n    strategy: {matrix: {a: [" + list + "], b: [" + list + "], c: [" + list + "]}}\n"
                   "    steps: [{uses: docker/build-push-action@v6, with: {push: true, platforms: 'linux/${{ matrix.a }}'}}]\n";
        }());
        row("an endless expression", "on: push\njobs:\n  b:\n    runs-on: x\n    steps: [{uses: docker/build-push-action@v6, with: {push: true, platforms: '${{ "
                + QByteArray(50'000, '(') + "'}}]\n");
        row("escapes", "jobs:\n  b: {steps: [{uses: docker/build-push-action@v6, with: {push: true, platforms: \"linux/\\e[2J\"}}]}\n");
    }
    void hostileTexts()
    {
        QFETCH(QByteArray, text);
        for (const char* name : {".github/workflows/ci.yml", "compose.yaml", "docker-bake.json", "docker-bake.hcl"}) {
            QElapsedTimer took;
            took.start();
            const auto promise = promiseOfFile(write(QString::fromLatin1(name), text));
            QVERIFY2(!promise.ok(), name);
            QVERIFY2(!promise.error().detail.empty() && promise.error().detail.size() < 2000, name);
            QVERIFY2(promise.error().detail.find('\n') == std::string::npos, promise.error().detail.c_str());
            QVERIFY2(took.elapsed() < 60'000, name);
        }
    }

    void whatBuildxSays_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QString>("mentions");
        const auto row = [](const char* name, const QByteArray& script, const char* mentions) { QTest::newRow(name) << script << QString::fromLatin1(mentions); };
        row("its last line", "echo noise >&2; echo 'ERROR: docker-bake.hcl:3: what is that' >&2; exit 1", "what is that");
        row("a secret", "echo 'ERROR: https://ci:s3cr3t-pw@x.example refused' >&2; exit 1", "x.example refused");
        row("an endless line", "head -c 3000000 /dev/zero | tr '\\0' x >&2; exit 1", "xxx");
        row("killed", "kill -9 $$", "buildx can't read");
        row("nothing", "exit 0", "docker-bake.hcl");
        row("no JSON", "echo '{'", "docker-bake.hcl");
        row("deep JSON", "head -c 300000 /dev/zero | tr '\\0' '['", "docker-bake.hcl");
        row("wrong types", "echo '{\"target\":{\"a\":{\"platforms\":7,\"tags\":{}}},\"group\":[]}'", "docker-bake.hcl");
        row("no platform", "echo '{\"target\":{\"a\":{\"platforms\":[\"nonsense/\\u001b[2J/x/y\"]}}}'", "docker-bake.hcl");
    }
    void whatBuildxSays()
    {
        QFETCH(QByteArray, script);
        QFETCH(QString, mentions);
        buildx(script);
        const auto promise = promiseOfFile(write(QStringLiteral("docker-bake.hcl"), "target \"a\" {}"));
        QVERIFY(!promise.ok());
        const QString said = QString::fromStdString(promise.error().detail);
        QVERIFY2(said.contains(mentions), qPrintable(said));
        QVERIFY2(said.size() < 1000 && !said.contains(QStringLiteral("s3cr3t")), qPrintable(said));
    }
};

QTEST_GUILESS_MAIN(TestGateInputs)
#include "test_gate_inputs.moc"
