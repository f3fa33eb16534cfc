// The token in a real keyring: gnome-keyring on a bus of this test's own, each step in a process of its own. Neither the
// user's bus nor the user's keyring is touched: the processes get an environment that knows of neither.
#include "sources/github/github_account.h"
#include "support/fault_server/fault_server.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <iostream>

using namespace layerline;
using namespace layerline::test;
using Answer = FaultServer::Answer;
using Request = FaultServer::Request;

namespace {

const QByteArray token = "ghp_KeyringCanary0123456789abcdefghijkl";

/// What a start of Layerline does with account and keyring, then one line of JSON about it.
class Child : public QObject {
public:
    Child(const QString& mode, const QString& url)
        : m_session(m_http, m_clock), m_api(m_session), m_account(m_http, m_api, m_store, {}, AccountOptions{url.toStdString(), {}})
    {
        if (mode == QLatin1String("sign-in")) {
            std::string given;
            std::getline(std::cin, given); // neither an argument nor the environment
            connect(&m_account, &GitHubAccount::changed, this, [this] {
                const AccountState& state = m_account.state();
                if (state.origin == "keyring" || !state.keyring || !state.keyringProblem.empty())
                    end();
            });
            m_account.signIn(given, url.toStdString());
            return;
        }
        const bool out = mode == QLatin1String("sign-out");
        connect(&m_account, &GitHubAccount::changed, this, [this, out] {
            const AccountState::Phase phase = m_account.state().phase;
            if (phase == AccountState::Phase::Checking || m_left)
                return;
            m_left = true;
            if (!out)
                return end();
            m_account.signOut();
            // Behind the deletion in the keyring's queue.
            m_store.read(m_account.state().host, this, [this](Result<std::string> found) {
                m_after = found ? QStringLiteral("still there") : QString::fromStdString(found.error().detail);
                end();
            });
        });
        m_account.restore();
    }

private:
    void end()
    {
        const AccountState& state = m_account.state();
        const QJsonObject said{{QStringLiteral("signedIn"), state.phase == AccountState::Phase::SignedIn},
                               {QStringLiteral("login"), QString::fromStdString(state.login)},
                               {QStringLiteral("origin"), QString::fromStdString(state.origin)},
                               {QStringLiteral("keyring"), state.keyring},
                               {QStringLiteral("problem"), QString::fromStdString(state.keyringProblem)},
                               {QStringLiteral("after"), m_after}};
        std::puts(QJsonDocument(said).toJson(QJsonDocument::Compact).constData());
        QCoreApplication::quit();
    }

    SystemClock m_clock;
    HttpClient m_http;
    GitHubSession m_session;
    GitHubApi m_api;
    KeyringStore m_store;
    GitHubAccount m_account;
    QString m_after;
    bool m_left = false;
};

} // namespace

class TestKeyring : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<QProcess> m_bus, m_keyring;
    std::unique_ptr<FaultServer> m_github;

    QProcessEnvironment environment() const
    {
        QProcessEnvironment clean;
        clean.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
        clean.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
        clean.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("unix:path=%1/bus").arg(m_home->path()));
        for (const char* name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
            clean.insert(QLatin1String(name), m_home->path());
        // The sanitizers' own settings.
        for (const char* name : {"ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
            if (qEnvironmentVariableIsSet(name))
                clean.insert(QLatin1String(name), qEnvironmentVariable(name));
        }
        return clean;
    }
    /// A bus that starts no service by itself.
    void startBus()
    {
        QFile config(m_home->filePath(QStringLiteral("bus.conf")));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("<busconfig><type>session</type><listen>unix:path=" + m_home->path().toUtf8() + "/bus</listen><policy context=\"default\">"
                     "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>");
        config.close();
        m_bus = std::make_unique<QProcess>();
        m_bus->setProcessEnvironment(environment());
        m_bus->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_bus->start(QStringLiteral("dbus-daemon"), {QStringLiteral("--nofork"), QStringLiteral("--print-address=1"), QStringLiteral("--config-file=") + config.fileName()});
        QVERIFY2(m_bus->waitForStarted(), "dbus-daemon (package dbus-daemon)");
        QTRY_VERIFY(m_bus->canReadLine());
    }
    /// `unlocked` false: as when nobody has given the password, and there is no window to ask for it.
    void startKeyring(bool unlocked = true)
    {
        m_keyring = std::make_unique<QProcess>();
        m_keyring->setProcessEnvironment(environment());
        m_keyring->start(QStringLiteral("gnome-keyring-daemon"), QStringList{QStringLiteral("--foreground"), QStringLiteral("--components=secrets")} + (unlocked ? QStringList{QStringLiteral("--unlock")} : QStringList()));
        QVERIFY2(m_keyring->waitForStarted(), "gnome-keyring-daemon (package gnome-keyring)");
        if (unlocked)
            m_keyring->write("the keyring's own password");
        m_keyring->closeWriteChannel();
        const QDBusConnection look = QDBusConnection::connectToBus(QStringLiteral("unix:path=%1/bus").arg(m_home->path()), QStringLiteral("look"));
        QVERIFY(look.isConnected());
        QTRY_VERIFY_WITH_TIMEOUT(look.interface()->isServiceRegistered(QStringLiteral("org.freedesktop.secrets")), 20'000);
    }
    void stopKeyring()
    {
        QDBusConnection::disconnectFromBus(QStringLiteral("look"));
        m_keyring->terminate();
        QVERIFY(m_keyring->waitForFinished());
    }
    QJsonObject run(const char* mode, const QByteArray& input = {})
    {
        QProcess child;
        child.setProcessEnvironment(environment());
        child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        QByteArray out;
        connect(&child, &QProcess::readyReadStandardOutput, this, [&] { out += child.readAllStandardOutput(); });
        child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--child"), QLatin1String(mode), m_github->url()});
        child.write(input + "\n");
        child.closeWriteChannel();
        // The server it asks lives in this process: no waiting that blocks.
        if (!QTest::qWaitFor([&child] { return child.state() == QProcess::NotRunning; }, 60'000)) {
            child.kill();
            child.waitForFinished();
        }
        return QJsonDocument::fromJson(out).object();
    }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_github = std::make_unique<FaultServer>([](const Request& request) {
            return request.headers.value("authorization") == "Bearer " + token ? Answer{200, R"({"login":"octocat"})", {}} : Answer{401, "{}", {}};
        });
        startBus();
    }
    void cleanup()
    {
        QDBusConnection::disconnectFromBus(QStringLiteral("look"));
        for (QProcess* process : {m_keyring.get(), m_bus.get()}) {
            if (!process)
                continue;
            process->terminate();
            process->waitForFinished();
        }
        m_keyring.reset();
        m_bus.reset();
    }

    void aTokenIsKeptFoundByTheNextStartAndDeleted()
    {
        startKeyring();
        QJsonObject said = run("sign-in", token);
        QCOMPARE(said[QStringLiteral("origin")].toString(), QStringLiteral("keyring"));
        QVERIFY(said[QStringLiteral("signedIn")].toBool() && said[QStringLiteral("keyring")].toBool());

        m_github->clear();
        said = run("restore");
        QVERIFY(said[QStringLiteral("signedIn")].toBool());
        QCOMPARE(said[QStringLiteral("origin")].toString(), QStringLiteral("keyring"));
        QCOMPARE(said[QStringLiteral("login")].toString(), QStringLiteral("octocat"));
        QCOMPARE(m_github->requests().size(), 1);

        // What the keyring writes is encrypted, and nobody else writes anything.
        int files = 0;
        QDirIterator all(m_home->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            QFile file(all.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains(token), qPrintable(file.fileName()));
            files += file.fileName().endsWith(QStringLiteral(".keyring"));
        }
        QVERIFY2(files > 0, "the keyring is in this test's own folder");

        said = run("sign-out");
        QVERIFY2(said[QStringLiteral("after")].toString().contains(QStringLiteral("no token")), qPrintable(said[QStringLiteral("after")].toString()));
        QVERIFY(said[QStringLiteral("problem")].toString().isEmpty());
        said = run("restore");
        QVERIFY(!said.isEmpty() && !said[QStringLiteral("signedIn")].toBool());
        QVERIFY(said[QStringLiteral("keyring")].toBool());
    }

    /// The prompt is dismissed: there is nobody to show it.
    void aLockedKeyringIsSaidAndLosesNothing()
    {
        startKeyring();
        QVERIFY(run("sign-in", token)[QStringLiteral("signedIn")].toBool());
        stopKeyring();
        startKeyring(false);
        QJsonObject said = run("restore");
        QVERIFY(said[QStringLiteral("keyring")].toBool() && !said[QStringLiteral("signedIn")].toBool(true));
        QCOMPARE(said[QStringLiteral("problem")].toString(), QStringLiteral("it is locked and was not unlocked"));
        said = run("sign-in", token); // it works until the end of the program
        QVERIFY(said[QStringLiteral("signedIn")].toBool());
        QCOMPARE(said[QStringLiteral("origin")].toString(), QStringLiteral("memory"));
        QCOMPARE(said[QStringLiteral("problem")].toString(), QStringLiteral("it is locked and was not unlocked"));
        said = run("sign-out"); // nobody may think that it is gone
        QCOMPARE(said[QStringLiteral("problem")].toString(), QStringLiteral("it is locked and was not unlocked"));
        stopKeyring();
        startKeyring();
        said = run("restore");
        QVERIFY(said[QStringLiteral("signedIn")].toBool());
        QCOMPARE(said[QStringLiteral("origin")].toString(), QStringLiteral("keyring"));
    }

    void withoutAKeyringInMemoryOnly()
    {
        QJsonObject said = run("sign-in", token);
        QVERIFY(said[QStringLiteral("signedIn")].toBool());
        QCOMPARE(said[QStringLiteral("origin")].toString(), QStringLiteral("memory"));
        QVERIFY(!said[QStringLiteral("keyring")].toBool(true));
        QVERIFY(!said[QStringLiteral("problem")].toString().isEmpty());
        said = run("restore");
        QVERIFY(!said.isEmpty() && !said[QStringLiteral("signedIn")].toBool());
        QVERIFY(!said[QStringLiteral("keyring")].toBool(true));
    }

    void withoutABusToo()
    {
        m_bus->terminate();
        QVERIFY(m_bus->waitForFinished());
        const QJsonObject said = run("sign-in", token);
        QVERIFY(said[QStringLiteral("signedIn")].toBool());
        QCOMPARE(said[QStringLiteral("origin")].toString(), QStringLiteral("memory"));
        QVERIFY(!said[QStringLiteral("keyring")].toBool(true));
    }
};

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1String("--child")) {
        const Child child(arguments.value(2), arguments.value(3));
        return QCoreApplication::exec();
    }
    TestKeyring test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_keyring.moc"
