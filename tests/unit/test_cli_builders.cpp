// builders and build --dry-run among hostile names: of builders, nodes, endpoints, folders and options.
#include "app/cli/actions.h"
#include "app/cli/cli.h"
#include "cli_fixture.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

#include <sys/stat.h>

using namespace layerline;
using test::Told;
using test::told;

namespace {

/// Clears the screen, sets the title, goes up a line (C1), and reverses what follows.
const QByteArray evil = "\x1b[2J\x1b]0;owned\x07\xc2\x9b" "1A\xe2\x80\xae\xe2\x81\xa6";

int builders(QCoreApplication& app, const QStringList& arguments)
{
    const auto command = parseCommandLine(QStringList{QStringLiteral("builders")} + arguments);
    return command ? runCli(app, *command) : -1;
}

bool harmless(const QByteArray& text)
{
    for (const char* harmful : {"\x1b", "\x07", "\xc2\x9b", "\xe2\x80\xae", "\xe2\x81\xa6"}) {
        if (text.contains(harmful))
            return false;
    }
    return true;
}

} // namespace

class TestCliBuilders : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;

    QString instance(const char* name) const { return m_home->filePath(QStringLiteral("buildx/instances/") + QString::fromLatin1(name)); }
    void write(const QString& path, const QByteArray& text) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    Told run(int (*tool)(QCoreApplication&, const QStringList&), const QStringList& arguments = {}) const { return told(tool, arguments, m_home->path()); }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        qputenv("HOME", m_home->path().toUtf8());
        for (const char* name : {"XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"})
            qputenv(name, m_home->filePath(QString::fromLatin1(name).toLower()).toUtf8());
        write(m_home->filePath(QStringLiteral("bin/docker-buildx")), "#!/bin/sh\nexit 0\n");
        QVERIFY(QFile(m_home->filePath(QStringLiteral("bin/docker-buildx"))).setPermissions(QFile::ReadOwner | QFile::ExeOwner));
        qputenv("PATH", (m_home->filePath(QStringLiteral("bin")) + QStringLiteral(":/usr/bin:/bin")).toUtf8());
        qputenv("BUILDX_CONFIG", m_home->filePath(QStringLiteral("buildx")).toUtf8());
        qputenv("DOCKER_CONFIG", m_home->filePath(QStringLiteral(".docker")).toUtf8());
        qputenv("DOCKER_HOST", "unix:///none");
        for (const char* name : {"LAYERLINE_CONFIG", "LAYERLINE_HISTORY", "DOCKER_CONTEXT", "BUILDX_BUILDER"})
            qunsetenv(name);
    }

    void namesOfBuilders()
    {
        const nlohmann::json file{{"Name", "multi" + evil.toStdString()}, {"Driver", "remote" + evil.toStdString()},
                                  {"Nodes", {{{"Name", "multi0" + evil.toStdString() + "\nsecond line"}, {"Endpoint", "unix:///none" + evil.toStdString()}}}}};
        write(instance("multi"), QByteArray::fromStdString(file.dump()));
        const Told text = run(builders), json = run(builders, {QStringLiteral("--json")});
        QCOMPARE(text.status, int(ExitOk));
        QVERIFY2(text.out.contains("multi") && harmless(text.out) && harmless(text.err), text.out.constData());
        QCOMPARE(text.out.count('\n'), 2); // one node a line, whatever it is called; and the default builder
        QVERIFY2(harmless(json.out), json.out.constData());
        QVERIFY2(json.out.contains("\\u202e") && json.out.contains("\\u009b"), json.out.constData());
        const nlohmann::json list = json.json()["builders"];
        QVERIFY(std::any_of(list.begin(), list.end(), [&](const nlohmann::json& one) { return one["name"] == file["Name"]; }));
    }
    /// Broken files are named with their reason; the others are there all the same.
    void brokenFiles()
    {
        write(instance("good"), "{\"Name\":\"good\",\"Driver\":\"remote\",\"Nodes\":[{\"Name\":\"n\",\"Endpoint\":\"unix:///none\"}]}");
        write(instance("types"), "{\"Name\":5,\"Driver\":[],\"Nodes\":{\"a\":1}}");
        write(instance("huge"), QByteArray(40'000'000, ' '));
        QVERIFY(::mkfifo(qPrintable(instance("pipe")), 0600) == 0);
        QVERIFY(QFile::link(QStringLiteral("/dev/zero"), instance("zero")));
        QVERIFY(QDir().mkpath(m_home->filePath(QStringLiteral(".docker"))));
        QVERIFY(::mkfifo(qPrintable(m_home->filePath(QStringLiteral(".docker/config.json"))), 0600) == 0);
        const Told text = run(builders);
        QCOMPARE(text.status, int(ExitOk));
        for (const char* name : {"good", "types", "huge", "pipe", "zero", "default"})
            QVERIFY2(text.out.contains(name), text.out.constData());
        QCOMPARE(text.out.count("can't be read"), 3);
        QCOMPARE(text.err.count('\n'), 1); // docker's own file, which says which one is the current builder
        QVERIFY2(text.err.contains(".docker/config.json is not a regular file"), text.err.constData());
        // Without it, or with a sound one, there is nothing to say.
        const QString config = m_home->filePath(QStringLiteral(".docker/config.json"));
        QVERIFY(QFile::remove(config));
        QVERIFY2(run(builders).err.isEmpty(), "no file is nobody's fault");
        write(config, "{\"currentContext\":\"default\"}");
        QVERIFY(run(builders).err.isEmpty());
        write(config, "[\"hunter2\"]");
        const QByteArray broken = run(builders).err;
        QVERIFY2(broken.contains("config.json is not a JSON object") && !broken.contains("hunter2"), broken.constData());
    }

    void namesOfFolders_data()
    {
        QTest::addColumn<QStringList>("options");
        const QString bad = QString::fromUtf8(evil);
        QTest::newRow("tag") << QStringList{QStringLiteral("-t"), QStringLiteral("acme/shop:") + bad};
        QTest::newRow("build argument") << QStringList{QStringLiteral("--build-arg"), QStringLiteral("MODE=") + bad};
        QTest::newRow("label") << QStringList{QStringLiteral("--label"), bad + QStringLiteral("=") + bad};
        QTest::newRow("builder") << QStringList{QStringLiteral("--builder"), bad};
        QTest::newRow("target") << QStringList{QStringLiteral("--target"), bad};
        QTest::newRow("platform") << QStringList{QStringLiteral("--platform"), QStringLiteral("linux/") + bad};
        QTest::newRow("secret") << QStringList{QStringLiteral("--secret"), QStringLiteral("id=") + bad};
        QTest::newRow("no option") << QStringList{QStringLiteral("--") + bad};
    }
    void namesOfFolders()
    {
        QFETCH(QStringList, options);
        const QString folder = m_home->filePath(QStringLiteral("shop") + QString::fromUtf8(evil));
        write(folder + QStringLiteral("/Dockerfile"), "FROM scratch\n");
        for (const bool json : {false, true}) {
            QStringList arguments{folder, QStringLiteral("--dry-run")};
            arguments += options;
            if (json)
                arguments << QStringLiteral("--json");
            const Told plan = run(runBuildTool, arguments);
            QVERIFY(!plan.out.isEmpty() || !plan.err.isEmpty());
            QVERIFY2(harmless(plan.out), plan.out.constData());
            QVERIFY2(harmless(plan.err), plan.err.constData());
            QVERIFY2(plan.status == ExitOk || !plan.err.isEmpty() || json, plan.out.constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestCliBuilders)
#include "test_cli_builders.moc"
