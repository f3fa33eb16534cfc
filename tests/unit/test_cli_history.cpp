// builds, show and backtest on a history that is damaged, strange, locked away, full, or written by another process at the
// same time. Whatever happens to it: one error that names it, no silence, no hang, and what can be read is shown.
#include "app/cli/actions.h"
#include "app/cli/cli.h"
#include "cli_fixture.h"
#include "storage_fixture.h"

#include <QDirIterator>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include <csignal>
#include <ctime>
#include <memory>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace layerline;
using namespace layerline::test;

namespace {

constexpr int kept = 12; ///< builds in the history

int builds(QCoreApplication& app, const QStringList& arguments)
{
    const auto command = parseCommandLine(QStringList{QStringLiteral("builds")} + arguments);
    return command ? runCli(app, *command) : -1;
}

int show(QCoreApplication& app, const QStringList& arguments)
{
    const auto command = parseCommandLine(QStringList{QStringLiteral("show")} + arguments);
    return command ? runCli(app, *command) : -1;
}

/// The child: stores `count` builds from `first` on; 0 when each was acknowledged.
int writeBuilds(const std::string& folder, int first, int count)
{
    HistoryWriter writer(folder, {0, {}, 0});
    for (int number = first; number < first + count; ++number) {
        if (!wait(store(writer, number)).ok())
            return 3;
    }
    return 0;
}

} // namespace

class TestCliHistory : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;

    QString folder() const { return m_home->filePath(QStringLiteral("history")); }
    QString database() const { return folder() + QStringLiteral("/history.db"); }
    Told run(int (*tool)(QCoreApplication&, const QStringList&), const QStringList& arguments = {}) const { return told(tool, arguments, m_home->path()); }
    void dropDatabase() const
    {
        for (const char* end : {"", "-wal", "-shm"})
            QFile::remove(database() + QLatin1String(end));
    }
    /// One line that names the history, and what the builders said all the same.
    void refused(const char* mentions) const
    {
        const Told list = run(builds), json = run(builds, {QStringLiteral("--json")}), one = run(show, {QStringLiteral("ref3")}), tested = run(runBacktestTool);
        for (const Told* each : {&list, &json, &one, &tested}) {
            QCOMPARE(each->status, int(ExitUsage));
            QCOMPARE(each->err.count('\n'), 1);
            QVERIFY2(each->err.contains(folder().toUtf8()) && each->err.contains(mentions), each->err.constData());
        }
        QCOMPARE(list.out, QByteArray("No builds.\n"));
        QVERIFY(json.json()["builds"] == nlohmann::json::array());
    }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        useHome(*m_home);
        qputenv("PATH", "/nowhere");
        qputenv("LAYERLINE_HISTORY", folder().toUtf8());
        QCOMPARE(writeBuilds(folder().toStdString(), 0, kept), 0);
    }

    void whole()
    {
        const Told list = run(builds, {QStringLiteral("--json")});
        QCOMPARE(list.status, int(ExitOk));
        QCOMPARE(list.json()["builds"].size(), std::size_t(kept));
        QVERIFY2(list.err.isEmpty(), list.err.constData());
        QCOMPARE(run(show, {QStringLiteral("ref3")}).status, int(ExitOk));
        // None is none, not an error.
        qputenv("LAYERLINE_HISTORY", m_home->filePath(QStringLiteral("none")).toUtf8());
        const Told none = run(builds);
        QCOMPARE(none.status, int(ExitOk));
        QCOMPARE(none.out, QByteArray("No builds.\n"));
        QVERIFY(none.err.isEmpty());
        QVERIFY(!QFileInfo::exists(m_home->filePath(QStringLiteral("none")))); // reading makes nothing
    }
    void garbage()
    {
        dropDatabase();
        QFile file(database());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(5000, 'x'));
        file.close();
        refused("not a database");
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray(5000, 'x')); // a reader repairs nothing
    }
    /// SQLite passes over a log that is cut off and says nothing; the files of the builds are there all the same.
    void logCutOff()
    {
        const QString other = m_home->filePath(QStringLiteral("cut"));
        qputenv("LAYERLINE_HISTORY", other.toUtf8());
        const auto copy = [&](const char* end, const QByteArray& bytes) {
            QFile file(other + QStringLiteral("/history.db") + QLatin1String(end));
            return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(bytes) == bytes.size();
        };
        const auto bytesOf = [&](const char* end) {
            QFile file(other + QStringLiteral("/history.db") + QLatin1String(end));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QByteArray database, log;
        {
            HistoryWriter writer(other.toStdString(), {0, {}, 0});
            QVERIFY(wait(store(writer, 1)).ok());
            database = bytesOf("");
            log = bytesOf("-wal");
        }
        QVERIFY(log.size() > 4000); // the builds were in there
        QFile::remove(other + QStringLiteral("/history.db-shm"));
        QVERIFY(copy("", database) && copy("-wal", log.left(1000)));
        // What was written this minute may still be without its row.
        QCOMPARE(run(builds).status, int(ExitOk));
        QDirIterator files(other + QStringLiteral("/blobs"), QDir::Files);
        while (files.hasNext()) {
            const timespec past{::time(nullptr) - 600, 0}, times[2]{past, past};
            QCOMPARE(::utimensat(AT_FDCWD, qPrintable(files.next()), times, 0), 0);
        }
        const Told list = run(builds);
        QCOMPARE(list.status, int(ExitUsage));
        QCOMPARE(list.err.count('\n'), 1);
        QVERIFY2(list.err.contains(other.toUtf8()) && list.err.contains("names no build, although 2 files"), list.err.constData());
    }
    void nothingToTest()
    {
        qputenv("LAYERLINE_HISTORY", m_home->filePath(QStringLiteral("none")).toUtf8());
        const Told tested = run(runBacktestTool);
        QCOMPARE(tested.status, int(ExitOk));
        QCOMPARE(tested.out, QByteArray("There is nothing to test yet: the history holds no builds.\n"));
    }
    void writtenByANewerProgram()
    {
        {
            QSqlDatabase sql = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("newer"));
            sql.setDatabaseName(database());
            QVERIFY(sql.open());
            QVERIFY(QSqlQuery(sql).exec(QStringLiteral("INSERT INTO migrations (revision, applied) VALUES (99, 'x')")));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("newer"));
        refused("revision 99");
    }
    void strangeFiles_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"pipe", "folder", "device"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }
    void strangeFiles()
    {
        QFETCH(QString, kind);
        dropDatabase();
        if (kind == QLatin1String("pipe"))
            QCOMPARE(::mkfifo(qPrintable(database()), 0600), 0);
        else if (kind == QLatin1String("folder"))
            QVERIFY(QDir().mkpath(database()));
        else
            QVERIFY(QFile::link(QStringLiteral("/dev/zero"), database()));
        refused("is not a regular file");
        // The writer refuses it as well, and waits for nobody.
        HistoryWriter writer(folder().toStdString());
        QVERIFY(!wait(store(writer, 100)).ok());
    }
    void theFolderIsAFile()
    {
        const QString file = m_home->filePath(QStringLiteral("file"));
        QFile made(file);
        QVERIFY(made.open(QIODevice::WriteOnly));
        qputenv("LAYERLINE_HISTORY", file.toUtf8());
        const Told list = run(builds);
        QCOMPARE(list.status, int(ExitUsage));
        QVERIFY2(list.err.contains(file.toUtf8()), list.err.constData());
    }
    void blobsMissingOrAltered()
    {
        QDirIterator all(folder() + QStringLiteral("/blobs"), QDir::Files, QDirIterator::Subdirectories);
        int number = 0;
        while (all.hasNext()) {
            QFile blob(all.next());
            QVERIFY(blob.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
            if (++number % 2 == 0) {
                QVERIFY(blob.remove());
                continue;
            }
            QVERIFY(blob.open(QIODevice::Append));
            blob.write("more");
        }
        QVERIFY(number >= kept);
        QCOMPARE(run(builds, {QStringLiteral("--json")}).json()["builds"].size(), std::size_t(kept)); // the rows are whole
        const Told one = run(show, {QStringLiteral("ref3")});
        QCOMPARE(one.status, int(ExitOk));
        QVERIFY2(one.out.contains("image:3"), one.out.constData());
        QCOMPARE(one.err.count("a part of this build is missing in the history"), 2); // its record and its status
    }
    /// Other processes write while this one reads and writes.
    void severalProcesses()
    {
        std::vector<std::unique_ptr<QProcess>> others;
        for (int i = 1; i <= 3; ++i) {
            others.push_back(std::make_unique<QProcess>());
            others.back()->start(QCoreApplication::applicationFilePath(), {QStringLiteral("--write"), folder(), QString::number(i * 1000), QStringLiteral("40")});
        }
        QCOMPARE(writeBuilds(folder().toStdString(), 4000, 40), 0);
        std::size_t seen = 0;
        for (int round = 0; round < 5; ++round) {
            const Told list = run(builds, {QStringLiteral("--json")});
            QVERIFY2(list.status == ExitOk, list.err.constData());
            QVERIFY(list.json()["builds"].size() >= seen);
            seen = list.json()["builds"].size();
        }
        for (const auto& other : others) {
            QVERIFY(other->state() == QProcess::NotRunning || other->waitForFinished(120'000));
            QCOMPARE(other->exitCode(), 0);
        }
        QCOMPARE(run(builds, {QStringLiteral("--json")}).json()["builds"].size(), std::size_t(kept + 4 * 40));
        const HistoryRepository repository(folder().toStdString());
        for (int i = 1; i <= 4; ++i) {
            for (int number = i * 1000; number < i * 1000 + 40; ++number)
                QCOMPARE(verify(repository, number), std::string());
        }
    }
    void full();
};

/// A file system of 256 KiB where one may be mounted, else files of 200 kB.
void TestCliHistory::full()
{
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--fill"), m_home->filePath(QStringLiteral("small"))});
    QVERIFY(child.waitForFinished(120'000));
    QVERIFY2(child.exitStatus() == QProcess::NormalExit && child.exitCode() == 0, (child.readAllStandardOutput() + child.readAllStandardError()).constData());
}

namespace {

int fail(const std::string& text)
{
    std::printf("%s\n", text.c_str());
    return 1;
}

/// Stores until the disk is full; then what was acknowledged is there, and goes on when there is room again.
int fill(const QString& place)
{
    QDir().mkpath(place);
    const bool mounted = ::mount("layerline", qPrintable(place), "tmpfs", 0, "size=256k") == 0;
    if (!mounted) { // no right to mount: a limit on the size of files stops the database as well
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{200'000, RLIM_INFINITY};
        if (::setrlimit(RLIMIT_FSIZE, &limit) != 0)
            return fail("no way to have a full disk");
    }
    const std::string folder = place.toStdString() + "/history";
    std::vector<int> acknowledged;
    std::string refusal, wrong;
    {
        HistoryWriter writer(folder, {0, {}, 0});
        for (int number = 0; number < 2000 && refusal.empty(); ++number) {
            const auto done = wait(store(writer, number));
            if (done)
                acknowledged.push_back(number);
            else
                refusal = done.error().detail;
        }
    }
    const HistoryRepository repository(folder);
    const auto list = repository.list(5000);
    if (acknowledged.empty() || refusal.empty())
        wrong = "it never was full";
    else if (!list || list->size() < acknowledged.size())
        wrong = "the list: " + (list ? std::to_string(list->size()) : list.error().detail);
    for (const int number : acknowledged) {
        if (wrong.empty())
            wrong = verify(repository, number);
    }
    if (mounted && ::mount("layerline", qPrintable(place), "tmpfs", MS_REMOUNT, "size=8m") != 0 && wrong.empty())
        wrong = "cannot make it larger";
    if (mounted && wrong.empty()) {
        HistoryWriter writer(folder, {0, {}, 0});
        const auto done = wait(store(writer, 3000));
        wrong = done ? verify(repository, 3000) : "with room again: " + done.error().detail;
    }
    if (mounted)
        ::umount2(qPrintable(place), MNT_DETACH);
    return wrong.empty() ? 0 : fail(wrong + " (" + std::to_string(acknowledged.size()) + " kept, then: " + refusal + ")");
}

} // namespace

int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.value(1) == QLatin1String("--write"))
        return writeBuilds(arguments[2].toStdString(), arguments[3].toInt(), arguments[4].toInt());
    if (arguments.value(1) == QLatin1String("--fill"))
        return fill(arguments[2]);
    TestCliHistory test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_cli_history.moc"
