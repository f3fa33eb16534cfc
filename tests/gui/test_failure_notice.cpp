// A build that failed for a known reason says so on its page: below the header and in the inspector.
#include "app/tasks/settings_store.h"
#include "app/window/failure_advice.h"
#include "app/window/main_window.h"
#include "app/window/session.h"
#include "support/event_builder.h"
#include "widgets/pages/build_page.h"
#include "widgets/pages/failure_notice.h"
#include "widgets/pages/step_inspector.h"
#include "widgets/style/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace layerline;
using test::EventBuilder;

namespace {

EventBatch failed(const std::string& ref, const std::string& log)
{
    EventBuilder b(ref, "worker");
    b.started(0, "multi");
    b.step("a", "[build 1/3] FROM docker.io/library/node:20");
    b.step("b", "[build 2/3] COPY . .", {"a"});
    b.step("c", "[build 3/3] RUN npm ci", {"b"}).log("c", 5, log);
    b.run("a", 1, 3).run("b", 3, 4).run("c", 4, 30, false, "process \"/bin/sh -c npm ci\" did not complete successfully: exit code: 1");
    b.completed(31, 2, "failed to solve: process \"/bin/sh -c npm ci\" did not complete successfully: exit code: 1");
    return b.batch();
}

} // namespace

class TestFailureNotice : public QObject {
    Q_OBJECT

    BuildStore m_store;
    SelectionState m_selection;
    const FixedClock m_clock{EventBuilder::at(50)};
    std::unique_ptr<BuildPage> m_page;

    void add(const EventBatch& batch)
    {
        m_store.apply(std::make_shared<EventBatch>(batch));
        m_store.flush();
    }
    BuildId idOf(const std::string& ref)
    {
        for (const BuildId& id : m_store.builds().ids()) {
            if (m_store.find(id)->ref() == ref)
                return id;
        }
        return {};
    }
    FailureNotice& notice() { return *m_page->findChild<FailureNotice*>(); }
    QString inspected() { return m_page->findChild<StepInspector*>()->findChild<QLabel*>()->text(); }

private Q_SLOTS:
    void initTestCase()
    {
        Theme::apply(*qApp, ThemeKind::Dark);
        add(failed("full", "npm ERR! code ENOSPC\n"));
        add(failed("unknown", "npm ERR! missing script\n"));
        m_page = std::make_unique<BuildPage>(m_store, m_selection, m_clock);
        m_page->setFailureReader(failureAdvice);
        m_page->resize(1000, 700);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)"))); }

    void aKnownFailureIsTold()
    {
        QVERIFY(notice().isHidden());
        m_selection.setBuild(idOf("full"));
        QVERIFY(notice().isVisible());
        QCOMPARE(notice().texts(), QStringList{QStringLiteral("The disk was full. Clean up the builder's cache. Free disk space before the build.")});
        m_selection.setStep(StepIndex{0});
        QVERIFY(!inspected().contains(QStringLiteral("The disk was full.")));
        auto* show = notice().findChild<QPushButton*>();
        QVERIFY(show && !show->visibleRegion().isEmpty());
        QTest::mouseClick(show, Qt::LeftButton);
        QCOMPARE(m_selection.step(), StepIndex{2});
        QVERIFY2(inspected().contains(QStringLiteral("The disk was full.")) && inspected().contains(QStringLiteral("Clean up")), qPrintable(inspected()));
    }
    void anUnknownOneIsNot()
    {
        m_selection.setBuild(idOf("unknown"));
        QVERIFY(notice().isHidden());
        m_selection.setBuild(idOf("full"));
        QVERIFY(notice().isVisible());
    }
    void aLiveBuildTellsWhenItFails()
    {
        EventBuilder live("live", "worker");
        live.started(0).step("a", "[1/1] RUN make").begin("a", 1).log("a", 2, "exec /bin/sh: exec format error\n");
        add(live.batch());
        m_selection.setBuild(idOf("live"));
        QVERIFY(notice().isHidden());
        live.run("a", 1, 3, false, "process \"/bin/sh -c make\" did not complete successfully: exit code: 255").completed(4, 2, "failed to solve");
        add(live.batch());
        QVERIFY(notice().isVisible());
        QVERIFY2(notice().texts().value(0).startsWith(QStringLiteral("/bin/sh is of another architecture")), qPrintable(notice().texts().join(QLatin1Char('\n'))));
    }
    /// Reading logs is dear: once for each change of the build, whatever is selected in it.
    void logsAreReadOnce()
    {
        int read = 0;
        m_page->setFailureReader([&read](const Build& build) {
            ++read;
            return failureAdvice(build);
        });
        m_selection.setBuild(idOf("full"));
        read = 0;
        for (std::uint32_t i = 0; i < 3; ++i)
            m_selection.setStep(StepIndex{i});
        QCOMPARE(read, 0);
        m_selection.setBuild(idOf("unknown"));
        QCOMPARE(read, 1);
    }
    void theWindowTells()
    {
        Session session(SessionOptions{false, false, {}}, m_clock);
        SettingsStore settings;
        MainWindow window(session, settings);
        window.show();
        const auto opened = session.openBatches({failed("window", "npm ERR! code ENOSPC\n")});
        QVERIFY(opened.ok());
        session.store().flush();
        window.selection().setBuild(opened.value());
        auto* told = window.buildPage().findChild<FailureNotice*>();
        QTRY_VERIFY(told->isVisible());
        QVERIFY(told->texts().value(0).startsWith(QStringLiteral("The disk was full.")));
    }
    void cleanupTestCase() { m_page.reset(); }
};

QTEST_MAIN(TestFailureNotice)
#include "test_failure_notice.moc"
