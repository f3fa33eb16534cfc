// Finished builds outlive the program and their builder's memory: one session keeps them, the next one shows them.
#include "analysis/client_command.h"
#include "app/tasks/history.h"
#include "app/tasks/settings_store.h"
#include "app/window/main_window.h"
#include "app/window/session.h"
#include "domain/sha256.h"
#include "items/log_model.h"
#include "support/fake_buildkitd/fake_buildkitd.h"
#include "widgets/log/log_view.h"
#include "widgets/pages/build_list_panel.h"
#include "widgets/pages/build_page.h"

#include <QApplication>
#include <QDateTime>
#include <QDir>
#include <QListView>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace layerline;
using namespace layerline::test;

namespace {
constexpr int patienceMs = 30'000;
constexpr int lines = 200;
}

class TestHistory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void shownAfterTheBuilderForgot_data();
    void shownAfterTheBuilderForgot();
    void deletedWhileItIsLookedAt();
    void theClientIsKnownWithoutADisk();

private:
    QString path(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    void publishFinished();
    void open();
    void close();
    bool live() const;
    /// Log lines the store's files hold of the build, read by nobody of the session's.
    std::size_t keptLines() const;
    const Build* build() const { return m_session->store().builds().findByRef("kept-ref"); }
    QString logText() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeBuildkitd> m_engine;
    bk::BuildHistoryRecord m_record;
    SystemClock m_clock;
    std::unique_ptr<SettingsStore> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void TestHistory::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support )")));
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("LAYERLINE_HISTORY", path("history").toLocal8Bit());
    for (const char* name : {"DOCKER_CONFIG", "BUILDX_CONFIG", "HOME"})
        qputenv(name, path("home").toLocal8Bit());
    qputenv("DOCKER_HOST", "unix://" + path("none.sock").toLocal8Bit());
    m_engine = std::make_unique<FakeBuildkitd>(path("e.sock").toStdString());
    m_engine->start();
    publishFinished();
}

void TestHistory::cleanup()
{
    close();
    m_engine.reset();
}

void TestHistory::publishFinished()
{
    m_record = record("kept-ref");
    const std::int64_t now = QDateTime::currentSecsSinceEpoch(); // old ones are thrown away
    m_record.mutable_createdat()->set_seconds(now - 60);
    m_record.mutable_completedat()->set_seconds(now - 10);
    (*m_record.mutable_frontendattrs())["platform"] = "linux/amd64";
    *m_record.mutable_logs() = m_engine->addBlob(storedLog({vertex("sha256:a", "[1/1] RUN make everything", 2, 3), logLines("sha256:a", 0, lines)}),
                                                 "application/vnd.buildkit.status.v0");
    m_engine->publish(bk::COMPLETE, m_record);
}

void TestHistory::open()
{
    m_settings = std::make_unique<SettingsStore>(path("layerline.conf"));
    SessionOptions options;
    options.addresses = {QString::fromStdString(m_engine->address())};
    m_session = std::make_unique<Session>(options, m_clock);
    m_window = std::make_unique<MainWindow>(*m_session, *m_settings);
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_session->start();
}

void TestHistory::close()
{
    m_window.reset();
    m_session.reset();
}

bool TestHistory::live() const
{
    const auto& nodes = m_session->nodes();
    return std::any_of(nodes.begin(), nodes.end(), [](const NodeStatus& node) { return node.state == NodeState::Live && node.listed; });
}

std::size_t TestHistory::keptLines() const
{
    const History kept;
    std::size_t sum = 0;
    for (const RecordKey& key : kept.find("kept-ref")) {
        const auto batch = kept.load(key);
        if (!batch)
            continue;
        BuildSet set;
        set.apply(batch.value());
        for (const Step& step : set.owner(key)->steps)
            sum += step.log ? step.log->lineCount() : 0;
    }
    return sum;
}

QString TestHistory::logText() const
{
    LogModel& log = m_window->buildPage().log().model();
    QStringList all;
    for (int row = 0; row < log.rowCount(); ++row)
        all << log.lineText(row).text;
    return all.join(QLatin1Char('\n'));
}

void TestHistory::shownAfterTheBuilderForgot_data()
{
    QTest::addColumn<bool>("gone");
    QTest::newRow("the builder forgot it") << false;
    QTest::newRow("the builder itself is gone") << true;
}

void TestHistory::shownAfterTheBuilderForgot()
{
    QFETCH(bool, gone);
    open();
    QTRY_COMPARE_WITH_TIMEOUT(keptLines(), std::size_t(lines), patienceMs);
    close();
    m_engine->publish(bk::DELETED, m_record);
    m_engine->forget("kept-ref");
    if (gone)
        m_engine->kill();
    const int reads = m_engine->blobReads(), streams = m_engine->statusCalls("kept-ref");

    open();
    QTRY_VERIFY_WITH_TIMEOUT(build() && (gone || live()), patienceMs);
    QCOMPARE(build()->status(), BuildStatus::Completed);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->buildList().view()->model()->rowCount() > 0, patienceMs); // a turn after the store has it
    m_window->selection().setBuild(build()->id);
    m_window->buildPage().showTab(BuildPage::LogTab);
    QTRY_VERIFY_WITH_TIMEOUT(!build()->steps.empty(), patienceMs);
    QTRY_VERIFY2_WITH_TIMEOUT(logText().contains(QStringLiteral("line 0\n")) && logText().contains(QStringLiteral("line %1").arg(lines - 1)), qPrintable(logText().left(500)), patienceMs);
    QCOMPARE(build()->steps.size(), std::size_t(1));
    QCOMPARE(build()->steps.front().name, std::string("[1/1] RUN make everything"));
    QCOMPARE(build()->steps.front().log->lineCount(), std::size_t(lines));
    // From our files, not from the builder.
    QCOMPARE(m_engine->blobReads(), reads);
    QCOMPARE(m_engine->statusCalls("kept-ref"), streams);
}

void TestHistory::deletedWhileItIsLookedAt()
{
    open();
    QTRY_COMPARE_WITH_TIMEOUT(keptLines(), std::size_t(lines), patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(build() && live(), patienceMs);
    m_engine->publish(bk::DELETED, m_record);
    m_engine->forget("kept-ref");
    QTRY_VERIFY_WITH_TIMEOUT(build()->records.front().removed, patienceMs);
    m_window->selection().setBuild(build()->id);
    m_window->buildPage().showTab(BuildPage::LogTab);
    QTRY_VERIFY_WITH_TIMEOUT(logText().contains(QStringLiteral("line %1").arg(lines - 1)), patienceMs);
    QCOMPARE(keptLines(), std::size_t(lines)); // and ours stays
}

/// A click must not wait for a disk: what started the builds is in memory by then.
void TestHistory::theClientIsKnownWithoutADisk()
{
    open();
    QTRY_COMPARE_WITH_TIMEOUT(keptLines(), std::size_t(lines), patienceMs);
    const RecordKey key = build()->records.front().key;
    {
        History history;
        QVERIFY(history.open().ok());
        const std::string text = clientCommandJson({{"docker", "build", "--push", "."}, "/src/shop", {}});
        history.keep(key, BlobKind::Record, {}, std::make_shared<const std::string>(m_record.SerializeAsString()));
        history.keep(key, BlobKind::ClientCommand, {"application/json", sha256Digest(text), std::int64_t(text.size())}, std::make_shared<const std::string>(text));
        history.note(*build(), build()->records.front());
        history.flush();
    }
    QVERIFY(!m_session->clientOf(*build())); // this session was there before
    close();
    open();
    QTRY_VERIFY_WITH_TIMEOUT(build() && m_session->clientOf(*build()), patienceMs);
    QVERIFY(QDir(m_folder->path()).rename(QStringLiteral("history"), QStringLiteral("away")));
    const auto client = m_session->clientOf(*build());
    QVERIFY(client);
    QCOMPARE(client->arguments, (std::vector<std::string>{"docker", "build", "--push", "."}));
    QCOMPARE(client->directory, std::string("/src/shop"));
    m_engine->kill();
    close();
}

QTEST_MAIN(TestHistory)
#include "test_history.moc"
