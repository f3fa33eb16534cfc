// A long emulated build in the real window: the three choices, each doing what its button elsewhere does.
#include "build_window.h"

#include "app/window/estimates.h"
#include "app/window/session.h"
#include "support/event_builder.h"
#include "widgets/dialogs/node_dialog.h"
#include "widgets/pages/build_page.h"
#include "widgets/pages/choice_card.h"

#include <QPushButton>

using namespace layerline;
using namespace layerline::test;

class TestWaitChoices : public BuildWindow {
    Q_OBJECT

    /// A build of `folder` on "multi" that began `ago` seconds ago; its last step takes `make` seconds on arm64 and has
    /// not ended there when `ended` is false.
    BuildId tell(const std::string& ref, const QString& folder, double ago, double make, bool ended)
    {
        const double begin = double(m_clock.now().ns - EventBuilder::epoch) / 1e9 - ago;
        EventBuilder builder(ref);
        builder.started(begin, "multi");
        ev::RecordUpdated record;
        record.builder = "multi";
        record.frontendAttrs = {{"filename", "Dockerfile"}, {"platform", "linux/amd64,linux/arm64"}};
        record.localState = LocalState{"default", folder.toStdString(), folder.toStdString() + "/Dockerfile", ""};
        builder.event(record);
        for (const auto& [arch, slow] : {std::pair<std::string, double>{"amd64", 1}, {"arm64", 9}}) {
            builder.step(arch + "deps", "[linux/" + arch + " 2/3] RUN deps");
            builder.step(arch + "make", "[linux/" + arch + " 3/3] RUN make", {arch + "deps"});
            builder.run(arch + "deps", begin, begin + 10 * slow);
            if (ended || arch == "amd64")
                builder.run(arch + "make", begin + 10 * slow, begin + 10 * slow + (arch == "amd64" ? make / 9 : make));
            else
                builder.begin(arch + "make", begin + 10 * slow);
        }
        if (ended)
            builder.completed(begin + 90 + make);
        const EventBatch batch = builder.batch();
        m_session->store().apply(std::make_shared<const EventBatch>(batch));
        m_session->store().flush();
        return m_session->store().builds().owner(batch.record)->id;
    }
    ChoiceCard* card() const { return part<ChoiceCard>("choiceCard"); }
    /// The running one is selected, with 930 s of its past to go by.
    BuildId openLong()
    {
        const QString folder = project(QStringLiteral("shop"));
        tell("past", folder, 5000, 930, true);
        const BuildId id = tell("now", folder, 120, 930, false);
        m_window->selection().setBuild(id);
        return id;
    }

private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }

    void theCardSaysWhatEachChoiceCosts()
    {
        openLong();
        QTRY_VERIFY(card()->isVisible());
        QCOMPARE(card()->title(), QStringLiteral("arm64 needs 10–21 m more"));
        QCOMPARE(part<QLabel>("choiceReason")->text(), QStringLiteral("Emulated: ×9.0 slower than amd64 in this build."));
        QCOMPARE(part<QPushButton>("choiceWait")->accessibleDescription(), QStringLiteral("10–21 m"));
        QCOMPARE(part<QPushButton>("choiceNative")->text(), QStringLiteral("amd64 only…"));
        QCOMPARE(part<QPushButton>("choiceNative")->accessibleDescription(), QStringLiteral("at once, cached · no arm64"));
        QCOMPARE(part<QPushButton>("choiceNode")->text(), QStringLiteral("Add arm64 node…"));
        QCOMPARE(part<QPushButton>("choiceNode")->accessibleDescription(), QStringLiteral("1–3 m · needs a machine"));
        for (const int width : {1000, 1280, 1700}) {
            m_window->resize(width, 800);
            QTRY_COMPARE(m_window->width(), width);
            QTRY_COMPARE(card()->height(), card()->sizeHint().height()); // no room it does not need
            for (QPushButton* button : card()->findChildren<QPushButton*>())
                QTRY_VERIFY2(button->width() >= button->sizeHint().width() && card()->rect().contains(button->mapTo(card(), button->rect().bottomRight())), qPrintable(button->text()));
        }
    }
    void nativeOnlyBuildsAgain()
    {
        openLong();
        QTRY_VERIFY(card()->isVisible() && part<QPushButton>("choiceNative")->isVisible());
        click(part<QPushButton>("choiceNative"));
        QVERIFY(dialog());
        QTRY_VERIFY(command().contains(QStringLiteral("--platform linux/amd64 ")) && !command().contains(QStringLiteral("arm64")));
        QTest::keyClick(dialog(), Qt::Key_Escape);
        QTRY_VERIFY(!dialog());
        QVERIFY(card()->isVisible());
    }
    void aNodeIsAskedFor()
    {
        openLong();
        QTRY_VERIFY(card()->isVisible());
        click(part<QPushButton>("choiceNode"));
        NodeDialog* form = nullptr;
        QTRY_VERIFY((form = m_window->findChild<NodeDialog*>()) && form->isVisible());
        QTest::keyClick(form, Qt::Key_Escape);
        QTRY_VERIFY(!m_window->findChild<NodeDialog*>());
    }
    void whoWaitsIsNotAskedAgain()
    {
        const BuildId id = openLong();
        QTRY_VERIFY(card()->isVisible());
        part<QPushButton>("choiceWait")->setFocus();
        QTest::keyClick(part<QPushButton>("choiceWait"), Qt::Key_Space);
        QTRY_VERIFY(!card()->isVisible());
        // Another build is another question; back at this one it stays answered.
        const BuildId other = tell("other", project(QStringLiteral("shop")), 130, 900, false);
        m_window->selection().setBuild(other);
        QTRY_VERIFY(card()->isVisible());
        m_window->selection().setBuild(id);
        QTRY_VERIFY(!card()->isVisible());
        m_window->estimates().refresh();
        QVERIFY(!card()->isVisible());
    }
    void theNextWindowKnowsWhoWaits()
    {
        openLong();
        QTRY_VERIFY(card()->isVisible());
        click(part<QPushButton>("choiceWait"));
        WindowServices services;
        services.runner = m_runner.get();
        services.askDisk = [this](const std::string&, const std::string&) { return Result<EngineDisk>(m_disk); };
        MainWindow next(*m_session, *m_settings, services);
        next.show();
        next.selection().setBuild(m_window->selection().build());
        next.estimates().refresh();
        QVERIFY(next.estimates().board().find(next.selection().build()));
        QVERIFY(!next.findChild<ChoiceCard*>()->isVisible());
        next.selection().setBuild(tell("other", project(QStringLiteral("shop")), 130, 900, false));
        QTRY_VERIFY(next.findChild<ChoiceCard*>()->isVisible());
    }
    void itGoesWithTheBuild()
    {
        openLong();
        QTRY_VERIFY(card()->isVisible());
        tell("now", project(QStringLiteral("shop")), 120, 20, true);
        QTRY_VERIFY(!card()->isVisible());
    }
    void aShortWaitIsNoQuestion()
    {
        const QString folder = project(QStringLiteral("shop"));
        tell("past", folder, 5000, 60, true);
        m_window->selection().setBuild(tell("now", folder, 120, 20, false));
        QTRY_VERIFY(m_window->estimates().board().find(m_window->selection().build()));
        QVERIFY(!card()->isVisible());
    }

    /// Pictures for eyes: LAYERLINE_SHOTS names the folder.
    void pictures()
    {
        const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS");
        if (folder.isEmpty())
            return;
        openLong();
        QTRY_VERIFY(card()->isVisible());
        for (const auto& [kind, name] : {std::pair{ThemeKind::Light, "light"}, std::pair{ThemeKind::Dark, "dark"}}) {
            Theme::apply(*static_cast<QApplication*>(QCoreApplication::instance()), kind);
            for (const int width : {1280, 1000, 1280, 1700}) {
                m_window->resize(width, 800);
                QTRY_COMPARE(m_window->width(), width);
                QTRY_COMPARE(card()->height(), card()->sizeHint().height());
                QVERIFY(m_window->grab().save(QStringLiteral("%1/choices-%2-%3.png").arg(folder, QLatin1String(name)).arg(width)));
            }
        }
    }
};

int main(int argc, char** argv) { return runBuildWindowTest<TestWaitChoices>(argc, argv); }

#include "test_wait_choices.moc"
