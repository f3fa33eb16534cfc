#include "sources/buildx/client_processes.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <unistd.h>

using namespace layerline;

class TestClientProcesses : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsClientsOnly()
    {
        write("stat", "cpu 1\nbtime 1700000000\n");
        process("12", QByteArray("docker\0buildx\0build\0--label=a b\0.\0", 33), "12 (a) b) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 0 0 1 0 500 0");
        process("13", QByteArray("/usr/bin/vim\0docker\0", 20), "13 (vim) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 0 0 1 0 500 0");
        process("14", QByteArray(), "14 (kernel) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 0 0 1 0 500 0");
        process("15", QByteArray("docker-buildx\0bake\0", 19), "15 (broken");
        process("x16", QByteArray("docker\0build\0", 13), "16 (docker) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 0 0 1 0 500 0");
        const auto clients = readClientProcesses(m_folder.path().toStdString());
        QCOMPARE(clients.size(), std::size_t(1));
        QVERIFY((clients[0].arguments == std::vector<std::string>{"docker", "buildx", "build", "--label=a b", "."}));
        QCOMPARE(clients[0].directory, QDir::tempPath().toStdString());
        QCOMPARE(clients[0].started.ns, (1'700'000'000 + 500 / ::sysconf(_SC_CLK_TCK)) * 1'000'000'000);
    }

    void nothingThere()
    {
        QVERIFY(readClientProcesses("/nonexistent").empty());
    }

    void findsARealOne()
    {
        const QString program = m_folder.filePath(QStringLiteral("docker-buildx"));
        QVERIFY(QFile::copy(QStringLiteral("/bin/sleep"), program));
        QProcess client;
        client.setWorkingDirectory(m_folder.path());
        client.start(program, {QStringLiteral("600")});
        QVERIFY(client.waitForStarted());
        const auto seen = [&] {
            const auto clients = readClientProcesses();
            return std::any_of(clients.begin(), clients.end(), [&](const ClientProcess& process) {
                return process.arguments.front() == program.toStdString() && process.directory == QDir(m_folder.path()).canonicalPath().toStdString();
            });
        };
        QTRY_VERIFY(seen());
        client.kill();
        QVERIFY(client.waitForFinished());
    }

private:
    void write(const char* name, const QByteArray& content)
    {
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    void process(const char* pid, const QByteArray& commandLine, const QByteArray& stat)
    {
        const QString name = QString::fromLatin1(pid);
        QVERIFY(QDir(m_folder.path()).mkpath(name));
        write((name + QStringLiteral("/cmdline")).toLatin1(), commandLine);
        write((name + QStringLiteral("/stat")).toLatin1(), stat);
        QVERIFY(QFile::link(QDir::tempPath(), m_folder.filePath(name + QStringLiteral("/cwd"))));
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestClientProcesses)
#include "test_client_processes.moc"
