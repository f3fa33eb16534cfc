// kill -9 at random moments: whatever the writer acknowledged must be there afterwards and verify.
#include "storage_fixture.h"

#include <QCoreApplication>
#include <QProcess>
#include <QtTest>

#include <csignal>
#include <cstdlib>
#include <ctime>
#include <set>
#include <string_view>

#include <unistd.h>

using namespace layerline;
using namespace layerline::test;

namespace {

/// The kernel kills this process in a while, wherever it is then.
void killMeIn(int microseconds)
{
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGKILL;
    timer_t timer{};
    itimerspec when{};
    when.it_value.tv_nsec = (1 + microseconds) * 1000l;
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0 || timer_settime(timer, 0, &when, nullptr) != 0)
        std::exit(5);
}

/// The child: stores builds from `first` on for ever, and prints the number of each one that was acknowledged.
int writeForEver(const std::string& folder, int first, int microseconds)
{
    HistoryWriter writer(folder);
    bool armed = false;
    std::vector<std::pair<int, HistoryWriter::Done>> waiting;
    for (int number = first;; ++number) {
        waiting.emplace_back(number, store(writer, number));
        if (waiting.size() < std::size_t(1 + number % 9)) // several share a transaction
            continue;
        for (const auto& [done, future] : waiting) {
            if (!wait(future).ok())
                return 3;
            const std::string line = std::to_string(done) + '\n';
            if (::write(STDOUT_FILENO, line.data(), line.size()) < 0)
                return 4;
        }
        waiting.clear();
        if (!armed)
            killMeIn(microseconds);
        armed = true;
    }
}

} // namespace

class TestStorageKill : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void acknowledgedBuildsSurvive()
    {
        QTemporaryDir home;
        const std::string folder = home.filePath(QStringLiteral("layerline")).toStdString();
        std::set<int> acknowledged;
        std::srand(11);
        int first = 0;
        for (int round = 0; round < 40; ++round) {
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(),
                        {QStringLiteral("--write-for-ever"), QString::fromStdString(folder), QString::number(first),
                         QString::number(std::rand() % 40'000)});
            QVERIFY(child.waitForFinished());
            QCOMPARE(child.exitStatus(), QProcess::CrashExit);
            QCOMPARE(child.exitCode(), SIGKILL);
            // A last line that was cut is no acknowledgement.
            for (const QByteArray& line : child.readAllStandardOutput().append('!').split('\n')) {
                if (!line.endsWith('!') && !line.isEmpty())
                    acknowledged.insert(line.toInt());
            }
            QVERIFY(!acknowledged.empty());
            first = *acknowledged.rbegin() + 100;
            // A reader comes first: it has to cope with the log as the dead writer left it.
            const HistoryRepository repository(folder);
            const auto list = repository.list(100'000);
            QVERIFY2(list.ok(), list.ok() ? "" : list.error().detail.c_str());
            QVERIFY(list->size() >= acknowledged.size());
        }
        const HistoryRepository repository(folder);
        for (const int number : acknowledged)
            QCOMPARE(verify(repository, number), std::string());
        // What was not acknowledged is whole or absent.
        const auto list = repository.list(100'000);
        for (const HistoryEntry& found : *list)
            QCOMPARE(verify(repository, std::stoi(found.key.ref.substr(3))), std::string());
        HistoryWriter writer(folder, {0, {}, 0});
        QVERIFY(wait(store(writer, first)).ok());
        QVERIFY(acknowledged.size() > 40);
    }
};

int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    if (argc == 5 && std::string_view(argv[1]) == "--write-for-ever")
        return writeForEver(argv[2], std::atoi(argv[3]), std::atoi(argv[4]));
    TestStorageKill test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_storage_kill.moc"
