// Secrets asked for on a terminal: this program runs itself behind a pseudo-terminal and types.
#include "app/cli/actions.h"
#include "app/cli/secrets.h"
#include "sources/runner/supervisor.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace layerline;

namespace {

constexpr int patienceMs = 30'000;

/// A run of this program with `mode` and its arguments, on a terminal of its own.
class OnTerminal {
public:
    explicit OnTerminal(const QStringList& arguments)
    {
        std::vector<QByteArray> bytes{"/proc/self/exe"};
        for (const QString& argument : arguments)
            bytes.push_back(argument.toUtf8());
        std::vector<char*> list;
        for (QByteArray& argument : bytes)
            list.push_back(argument.data());
        list.push_back(nullptr);
        m_child = ::forkpty(&m_fd, nullptr, nullptr, nullptr);
        if (m_child == 0) {
            ::execv(list[0], list.data());
            ::_exit(127);
        }
    }
    ~OnTerminal()
    {
        if (m_child > 0 && ::waitpid(m_child, nullptr, WNOHANG) == 0) {
            ::kill(m_child, SIGKILL);
            ::waitpid(m_child, nullptr, 0);
        }
        ::close(m_fd);
    }

    /// True as soon as the terminal has shown `text`.
    bool shows(const char* text)
    {
        while (!m_seen.contains(text)) {
            pollfd entry{m_fd, POLLIN, 0};
            char buffer[4096];
            const ssize_t count = ::poll(&entry, 1, patienceMs) == 1 ? ::read(m_fd, buffer, sizeof buffer) : 0;
            if (count <= 0)
                return false;
            m_seen.append(buffer, qsizetype(count));
        }
        return true;
    }
    void type(const QByteArray& keys) { QCOMPARE(::write(m_fd, keys.constData(), std::size_t(keys.size())), ssize_t(keys.size())); }
    bool echoes() const
    {
        termios state{};
        return ::tcgetattr(m_fd, &state) == 0 && (state.c_lflag & ECHO) && (state.c_lflag & ICANON);
    }
    /// Everything shown; ends with the program. `status` as waitpid() says.
    QByteArray end(int& status)
    {
        shows("\x01never");
        ::waitpid(m_child, &status, 0);
        m_child = -1;
        return m_seen;
    }
    pid_t pid() const { return m_child; }

private:
    pid_t m_child = -1;
    int m_fd = -1;
    QByteArray m_seen;
};

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestCliSecrets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void whatIsTypedIsNotShown()
    {
        OnTerminal terminal({QStringLiteral("ask"), answer()});
        QVERIFY(terminal.shows("Secret npm (not shown): "));
        QVERIFY(!terminal.echoes());
        terminal.type("hunx\x7fter2é€\x7f\n"); // an erased character may have several bytes
        int status = 0;
        const QByteArray seen = terminal.end(status);
        QCOMPARE(status, 0);
        QCOMPARE(contentOf(answer()), QByteArray("hunter2é"));
        QVERIFY2(!seen.contains("hun"), seen.constData());
    }

    void theTerminalIsAsBefore_data()
    {
        QTest::addColumn<QByteArray>("keys");
        QTest::newRow("answered") << QByteArray("x\n");
        QTest::newRow("Ctrl+C") << QByteArray("x\x03");
        QTest::newRow("Ctrl+D") << QByteArray("\x04");
    }
    void theTerminalIsAsBefore()
    {
        QFETCH(QByteArray, keys);
        OnTerminal terminal({QStringLiteral("ask"), answer(), QStringLiteral("wait")});
        QVERIFY(terminal.shows("shown): "));
        terminal.type(keys);
        QVERIFY(terminal.shows("asked"));
        QVERIFY(terminal.echoes());
        QCOMPARE(contentOf(answer()), keys.endsWith('\n') ? QByteArray("x") : QByteArray("cancelled"));
    }

    void aSignalEndsItWithTheTerminalAsBefore()
    {
        OnTerminal terminal({QStringLiteral("ask"), answer()});
        QVERIFY(terminal.shows("shown): "));
        ::kill(terminal.pid(), SIGTERM);
        QTRY_VERIFY_WITH_TIMEOUT(terminal.echoes(), patienceMs);
        int status = 0;
        terminal.end(status);
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    }

    void withoutATerminalNobodyIsAsked()
    {
        if (::isatty(STDIN_FILENO))
            ::close(STDIN_FILENO); // of whoever runs the test
        QVERIFY(!canAsk());
        QVERIFY(!askLine("x", false).ok());
    }

    void aBuildGetsTheTypedValueByItsEnvironment()
    {
        prepareBuild();
        OnTerminal terminal({QStringLiteral("build"), m_folder->path(), QStringLiteral("--secret"), QStringLiteral("id=npm"), QStringLiteral("--ssh"), QStringLiteral("default")});
        QVERIFY(terminal.shows("Secret npm (not shown): "));
        terminal.type("hunter2\n");
        QVERIFY(terminal.shows("SSH key default"));
        terminal.type("/my/key\n"); // no secret: it is shown
        QVERIFY(terminal.shows("/my/key"));
        int status = 0;
        const QByteArray seen = terminal.end(status);
        QVERIFY2(status == 0, seen.constData());
        QVERIFY2(!seen.contains("hunter2"), seen.constData());
        const QByteArray got = contentOf(m_folder->filePath(QStringLiteral("got")));
        QVERIFY2(got.contains("LAYERLINE_SECRET_1=hunter2"), got.constData());
        QVERIFY(got.contains("id=npm,env=LAYERLINE_SECRET_1") && got.contains("default=/my/key"));
        QCOMPARE(got.count("hunter2"), 1); // not in the arguments
    }

    void anEmptyAnswerIsRefusedWithTheReason()
    {
        prepareBuild();
        OnTerminal terminal({QStringLiteral("build"), m_folder->path(), QStringLiteral("--secret"), QStringLiteral("id=npm")});
        QVERIFY(terminal.shows("shown): "));
        terminal.type("\n");
        int status = 0;
        const QByteArray seen = terminal.end(status);
        QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 1);
        QVERIFY2(seen.contains("the secret \"npm\" is needed again"), seen.constData());
        QVERIFY(!QFile::exists(m_folder->filePath(QStringLiteral("got"))));
    }

private:
    QString answer() const { return m_folder->filePath(QStringLiteral("answer")); }
    /// A folder with a Dockerfile, and a buildx that notes what it was given.
    void prepareBuild() const
    {
        const auto write = [&](const char* name, const QByteArray& text) {
            QFile file(m_folder->filePath(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
            file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        };
        write("Dockerfile", "FROM scratch\n");
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("bin")));
        write("bin/docker-buildx", QStringLiteral("#!/bin/sh\n{ env | grep ^LAYERLINE_SECRET; echo \"$@\"; } > '%1/got'\n").arg(m_folder->path()).toUtf8());
        qputenv("HOME", m_folder->path().toUtf8());
        qputenv("XDG_STATE_HOME", m_folder->path().toUtf8());
        qputenv("PATH", (m_folder->filePath(QStringLiteral("bin")) + QStringLiteral(":/usr/bin:/bin")).toUtf8());
        for (const char* name : {"SSH_AUTH_SOCK", "npm", "BUILDX_CONFIG", "DOCKER_CONFIG", "BUILDX_BUILDER"})
            qunsetenv(name);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

int ask(int argc, char** argv)
{
    const auto text = askLine("Secret npm (not shown): ", false);
    QFile file(QString::fromUtf8(argv[2]));
    if (!file.open(QIODevice::WriteOnly))
        return 3;
    file.write(text ? QByteArray::fromStdString(*text) : QByteArray(text.error().kind == ErrorKind::Cancelled ? "cancelled" : "refused"));
    file.close();
    std::puts("asked");
    std::fflush(stdout);
    if (argc > 3)
        ::pause(); // until the test has looked at the terminal
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    const QByteArray mode = argc > 1 ? argv[1] : "";
    if (mode == "ask")
        return ask(argc, argv);
    if (mode == "__supervise")
        return superviseJob(JobStore(), argv[2]);
    QCoreApplication app(argc, argv);
    if (mode == "build")
        return runBuildTool(app, QCoreApplication::arguments().mid(2));
    TestCliSecrets test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_cli_secrets.moc"
