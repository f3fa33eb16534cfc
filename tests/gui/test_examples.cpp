// The recorded examples of Pipelines and Releases: for a newcomer without an account, marked as such, and for looking only.
#include "app/tasks/settings_store.h"
#include "app/window/pipelines.h"
#include "app/window/pipelines_example.h"
#include "app/window/releases.h"
#include "sources/github/token_store.h"
#include "support/fault_server/fault_server.h"
#include "widgets/pages/build_list_panel.h"
#include "widgets/pages/example_bar.h"
#include "widgets/pages/images_list.h"
#include "widgets/pages/jobs_table.h"
#include "widgets/pages/pipelines_page.h"
#include "widgets/pages/releases_page.h"
#include "widgets/pages/releases_table.h"
#include "widgets/pages/run_notices.h"

#include <QFile>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

class TestExamples : public QObject {
    Q_OBJECT
    SystemClock m_clock;

    static QPushButton* button(QWidget& page, const char* name) { return page.findChild<QPushButton*>(QLatin1String(name)); }
    static void click(QWidget& page, const char* name) { QTest::mouseClick(button(page, name), Qt::LeftButton); }
    static std::string recording()
    {
        QFile file(QStringLiteral(":/layerline/recordings/pipelines.json"));
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
    }

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }

    void theRecordingIsMovedToNow()
    {
        const Timestamp now = *parseRfc3339("2030-05-01T12:00:00Z");
        const auto example = readPipelinesExample(recording(), now);
        QVERIFY2(example.ok(), example.ok() ? "" : example.error().detail.c_str());
        QCOMPARE(example->runs.size(), std::size_t(4));
        const Run& newest = *example->runs.front();
        QVERIFY(newest.state == RunState::InProgress && newest.created && now - *newest.created == Duration{420'000'000'000});
        QCOMPARE(newest.jobs.at(1).labels, std::vector<std::string>{"ubuntu-24.04-arm64"});
        QCOMPARE(newest.jobs.at(1).platforms, (std::vector<Platform>{{"linux", "arm64", {}}}));
        QCOMPARE(example->details.size(), std::size_t(5));
        for (const auto& details : example->details)
            QVERIFY2(details->from == JobDetails::From::Log && !details->batches.empty(), std::to_string(details->job).c_str());
        for (const char* broken : {"", "[]", "{}", R"({"recorded_at":"2026-01-01T00:00:00Z","workflow_runs":5})", R"({"recorded_at":"x","workflow_runs":[{}]})"})
            QVERIFY2(!readPipelinesExample(broken, now), broken);
        QVERIFY(readPipelinesExample(R"({"recorded_at":"2026-01-01T00:00:00Z","workflow_runs":[5],"logs":[]})", now).ok()); // strange, and no crash
    }

    void pipelinesWithoutAnAccount()
    {
        FaultServer server([](const FaultServer::Request&) { return FaultServer::Answer{500, {}, {}}; });
        SettingsStore settings;
        MemoryStore tokens;
        GitHubEnvironment environment;
        environment.apiUrl = server.url().toStdString();
        Pipelines pipelines(settings, tokens, m_clock, environment);
        PipelinesPage page(pipelines.store(), pipelines.selection(), m_clock);
        pipelines.show(page);
        page.resize(1280, 800);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        auto* bar = page.findChild<ExampleBar*>();
        QVERIFY(button(page, "pipelinesExample")->isVisible() && bar->isHidden());
        click(page, "pipelinesExample");
        QVERIFY(bar->isVisible() && bar->text().contains(QStringLiteral("example")));
        QTRY_VERIFY(page.list().view()->model()->rowCount() >= 4); // with the headings between them
        QVERIFY(pipelines.selectedRun() && pipelines.selectedRun()->number == 58);
        QCOMPARE(page.jobs().model().rowCount(), 2); // GitHub lists a job that needs others when it is its turn
        QVERIFY2(page.notices().texts().join(QLatin1Char('\n')).contains(QStringLiteral("ubuntu-24.04-arm64")), qPrintable(page.notices().texts().join(QLatin1Char('\n'))));
        // What would act is there and says why it does not.
        for (const char* name : {"cancelRun", "runMore", "rollBack"}) {
            QTRY_VERIFY2(button(page, name)->isVisible() && !button(page, name)->isEnabled(), name);
            QCOMPARE(button(page, name)->toolTip(), ExampleBar::reason());
        }
        // A finished run has the steps its jobs' logs tell.
        const auto runs = readPipelinesExample(recording(), m_clock.now());
        pipelines.select(runs->runs[1]->key);
        QCOMPARE(pipelines.selectedRun()->number, 57);
        QVERIFY(button(page, "rerun")->isVisible() && !button(page, "rerun")->isEnabled());
        const Build* build = pipelines.store().find(pipelines.selection().build());
        QVERIFY(build && build->steps.size() > 30);
        const QString cost = page.findChild<QLabel*>(QStringLiteral("runCost"))->text();
        QVERIFY2(cost.contains(QStringLiteral("With QEMU ×")), qPrintable(cost)); // of the one that the workflow file says was emulated
        if (const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS"); !folder.isEmpty())
            QVERIFY(page.grab().save(folder + QStringLiteral("/example-pipelines.png")));
        QTest::mouseClick(button(page, "exampleClose"), Qt::LeftButton);
        QVERIFY(bar->isHidden() && !pipelines.selectedRun() && button(page, "pipelinesExample")->isVisible());
        QTRY_COMPARE(page.list().view()->model()->rowCount(), 0);
        QVERIFY(server.requests().isEmpty()); // nobody was asked about a repository that does not exist
    }

    void releasesWithoutAnImage()
    {
        QTemporaryDir folder;
        const QString kept = folder.filePath(QStringLiteral("releases.conf"));
        ReleasesPage page(m_clock);
        Releases releases(page, m_clock, kept);
        page.resize(1280, 800);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        click(page, "releasesExample");
        auto* bar = page.findChild<ExampleBar*>();
        QVERIFY(bar->isVisible());
        QVERIFY(page.images().model().rowCount() > 2);
        page.table().selectRow(0);
        for (const char* name : {"refreshRelease", "moveTag", "releaseMore"}) {
            QVERIFY2(!button(page, name)->isEnabled(), name);
            QCOMPARE(button(page, name)->toolTip(), ExampleBar::reason());
        }
        if (const QString shots = qEnvironmentVariable("LAYERLINE_SHOTS"); !shots.isEmpty())
            QVERIFY(page.grab().save(shots + QStringLiteral("/example-releases.png")));
        click(page, "exampleClose");
        QVERIFY(bar->isHidden() && page.currentImage().isEmpty() && button(page, "releasesExample")->isVisible());
        QVERIFY(!QFile::exists(kept)); // nothing of it is remembered
    }
};

QTEST_MAIN(TestExamples)
#include "test_examples.moc"
