// The whole window on the recorded demo, driven with keys and clicks.
#include "app/tasks/settings_store.h"
#include "app/window/file_opener.h"
#include "app/window/main_window.h"
#include "app/window/session.h"
#include "domain/summary.h"
#include "items/build_list_model.h"
#include "sources/replay/replay.h"
#include "widgets/dialogs/command_palette.h"
#include "widgets/dialogs/error_dialog.h"
#include "widgets/dialogs/error_text.h"
#include "widgets/dialogs/progress_dialog.h"
#include "widgets/log/elided_label.h"
#include "widgets/log/log_canvas.h"
#include "widgets/log/log_view.h"
#include "widgets/pages/build_header.h"
#include "widgets/pages/build_list_panel.h"
#include "widgets/pages/build_page.h"
#include "widgets/pages/page_rail.h"
#include "widgets/pages/replay_bar.h"
#include "widgets/pages/step_inspector.h"
#include "widgets/style/theme.h"
#include "widgets/timeline/timeline_view.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenuBar>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace layerline;

class TestMainWindow : public QObject {
    Q_OBJECT

    FixedClock clock{Timestamp{1'800'000'000'000'000'000}};
    std::unique_ptr<Session> session;
    SettingsStore settings;
    std::unique_ptr<MainWindow> window;

    const Build& selected() { return *session->store().find(window->selection().build()); }
    Replay& replay() { return *session->replayOf(window->selection().build()); }
    /// From the menu; the recordings are read beside the window.
    void playDemo()
    {
        window->playDemo();
        QVERIFY(session->store().builds().size() == 0); // not here, not now
        QTRY_VERIFY(session->replayOf(window->selection().build()));
    }
    void seek(double seconds)
    {
        QTRY_VERIFY(session->replayOf(window->selection().build())); // begun anew by the last one: the choice comes back with the next event
        replay().seek({std::int64_t(seconds * 1e9)});
        session->store().flush();
    }

private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, ThemeKind::Dark); }
    void init()
    {
        session = std::make_unique<Session>(SessionOptions{false, false, {}}, clock);
        window = std::make_unique<MainWindow>(*session, settings);
        window->resize(1440, 900);
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));
    }
    void cleanup()
    {
        window.reset();
        session.reset();
    }

    void anEmptyWindowOffersTheDemo()
    {
        QPushButton* play = nullptr;
        for (QPushButton* button : window->findChildren<QPushButton*>()) {
            if (button->isVisible() && button->text().contains(QStringLiteral("demo")) && button->property("primary").toBool())
                play = button;
        }
        QVERIFY(play);
        QTest::mouseClick(play, Qt::LeftButton);
        QTRY_COMPARE(session->store().builds().size(), std::size_t(3));
        QCOMPARE(selected().status(), BuildStatus::Running);
        QVERIFY(window->buildPage().isVisible());
        QVERIFY(window->buildPage().replayBar().isVisible());
        QVERIFY2(qobject_cast<QListView*>(window->focusWidget()), "keys are for the list, not typed into the search");
    }
    void theWindowHasItsIconWithoutBeingInstalled()
    {
        const QImage icon = window->windowIcon().pixmap(64, 64).toImage();
        QVERIFY(!icon.isNull());
        QCOMPARE(icon.pixelColor(0, 0).alpha(), 0); // rounded
        QVERIFY(icon.pixelColor(24, 20).alpha() == 255 && icon.pixelColor(24, 20).saturation() > 60);
    }
    void theReplaySeeksAndEndsAsRecorded()
    {
        playDemo();
        replay().pause();
        seek(20);
        const Counters early = countersOf(selected());
        QVERIFY(early.total > 0 && early.completed < early.total);
        QCOMPARE(selected().status(), BuildStatus::Running);
        seek(1e6);
        const Counters late = countersOf(selected());
        QCOMPARE(selected().status(), BuildStatus::Completed);
        QCOMPARE(late.total, selected().records[0].info.reportedTotal);
        QCOMPARE(late.cached, selected().records[0].info.reportedCached);
        QCOMPARE(late.completed, selected().records[0].info.reportedCompleted);
        const BuildId id = window->selection().build();
        const StepIndex step = window->selection().step();
        seek(20);
        QTRY_COMPARE(window->selection().build(), id); // the same build stays chosen, and its step
        QCOMPARE(raw(window->selection().step()), raw(step));
        QCOMPARE(countersOf(selected()).completed, early.completed);
    }
    void speedAndPlaceByTheBar()
    {
        playDemo();
        replay().pause();
        auto* speed = window->findChild<QComboBox*>(QStringLiteral("replaySpeed"));
        auto* place = window->findChild<QSlider*>(QStringLiteral("replayPosition"));
        QCOMPARE(speed->currentText(), QStringLiteral("1×"));
        QTest::keyClick(speed, Qt::Key_Down);
        QCOMPARE(replay().speed(), 2.0);
        QVERIFY(replay().position() < replay().length());
        const Duration before = replay().position();
        QTest::keyClick(place, Qt::Key_PageUp);
        QVERIFY(std::abs((replay().position() - before).ms() - replay().length().ms() / 10) < 100);
        session->store().flush();
        QVERIFY(countersOf(selected()).completed > 0);
        const Replay* played = &replay();
        QTest::keyClick(place, Qt::Key_Home);
        QCOMPARE(played->position().ns, std::int64_t(0));
        QTRY_VERIFY(session->replayOf(window->selection().build()) == played); // it was begun anew
        // Another recording has a pace of its own, and the bar says so.
        window->playRecording(QStringLiteral("warm"));
        const BuildId cold = window->selection().build();
        QTRY_VERIFY(window->selection().build() != cold && session->replayOf(window->selection().build()));
        QCOMPARE(speed->currentText(), QStringLiteral("1×"));
        window->selection().setBuild(cold);
        QCOMPARE(speed->currentText(), QStringLiteral("2×"));
    }
    void spaceStopsAndStarts()
    {
        playDemo();
        QVERIFY(replay().isPlaying());
        window->buildPage().timeline().setFocus();
        QTest::keyClick(&window->buildPage().timeline(), Qt::Key_Space);
        QVERIFY(!replay().isPlaying());
        auto* button = window->findChild<QToolButton*>(QStringLiteral("replayPlay"));
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(replay().isPlaying());
    }
    void twoPlatformsAreTwoLanesAndArmIsEmulated()
    {
        playDemo();
        seek(1e6);
        const auto summaries = platformSummaries(selected(), clock.now());
        QCOMPARE(summaries.size(), std::size_t(2));
        QCOMPARE(summaries[0].execution, Execution::Native);
        QCOMPARE(summaries[1].execution, Execution::Emulated);
        QVERIFY(*emulationFactor(selected(), summaries[1].platform, clock.now()) > 1.5);
        QVERIFY(selected().steps.size() > 40);
    }
    void aClickInTheTimelineSelectsTheStepEverywhere()
    {
        playDemo();
        seek(1e6);
        TimelineView& timeline = window->buildPage().timeline();
        timeline.refresh();
        const Build& build = selected();
        StepIndex longest = noStep;
        for (std::uint32_t i = 0; i < build.steps.size(); ++i) {
            if (build.steps[i].parsed.keyword == "RUN"
                && (longest == noStep || durationOf(build, build.steps[i], clock.now()) > durationOf(build, build.step(longest), clock.now())))
                longest = StepIndex{i};
        }
        window->selection().setStep(noStep);
        const QRect bar = timeline.stepRect(longest);
        QVERIFY(bar.width() > 4);
        QTest::mouseClick(timeline.viewport(), Qt::LeftButton, {}, bar.center());
        QCOMPARE(raw(window->selection().step()), raw(longest));
    }
    void tabsAndPagesByKey()
    {
        playDemo();
        QTest::keyClick(window.get(), Qt::Key_2, Qt::AltModifier);
        QCOMPARE(window->buildPage().tab(), BuildPage::LayersTab);
        QTest::keyClick(window.get(), Qt::Key_7, Qt::ControlModifier);
        QVERIFY(!window->buildPage().isVisible());
        QTest::keyClick(window.get(), Qt::Key_1, Qt::ControlModifier);
        QVERIFY(window->buildPage().isVisible());
    }
    /// From the list, where the focus is after the start: no pane has to be clicked first.
    void keysOfTheStepMenu()
    {
        playDemo();
        replay().pause();
        seek(1e6);
        BuildPage& page = window->buildPage();
        page.timeline().refresh();
        QListView* list = window->buildList().view();
        list->setFocus();
        QTest::keyClick(list, Qt::Key_J);
        const StepIndex first = window->selection().step();
        QTest::keyClick(list, Qt::Key_J);
        QVERIFY(first != noStep && window->selection().step() != first);
        QTest::keyClick(list, Qt::Key_K);
        QCOMPARE(raw(window->selection().step()), raw(first));
        QTest::keyClick(list, Qt::Key_Plus);
        QVERIFY(window->selection().range());
        QTest::keyClick(list, Qt::Key_0);
        QVERIFY(!window->selection().range());
        page.showTab(BuildPage::LogTab);
        auto* log = page.log().findChild<LogCanvas*>();
        const bool followed = log->follow();
        QTest::keyClick(list, Qt::Key_F);
        QCOMPARE(log->follow(), !followed);
        QTest::keyClick(list, Qt::Key_Slash);
        auto* field = page.log().findChild<QLineEdit*>();
        QTRY_VERIFY(field && field->hasFocus());
        // Where text is written letters are letters.
        QTest::keyClicks(field, QStringLiteral("jke"));
        QCOMPARE(field->text(), QStringLiteral("jke"));
        QCOMPARE(raw(window->selection().step()), raw(first));
    }
    void theMenusNameEveryKey()
    {
        QSet<QString> keys;
        for (QAction* menu : window->menuBar()->actions()) {
            for (QAction* action : menu->menu()->actions())
                keys.insert(action->shortcut().toString());
        }
        for (const char* key : {"Ctrl+K", "Ctrl+1", "Ctrl+7", "J", "K", "F", "/", "E", "+", "-", "0", "Space"})
            QVERIFY2(keys.contains(QString::fromLatin1(key)), key);
    }
    void theRailFollowsThePage()
    {
        QCOMPARE(window->currentPage(), QString(pages::builds));
        for (const PageInfo& page : window->pageList()) {
            auto* button = window->findChild<QToolButton*>(QStringLiteral("rail-") + page.id);
            QVERIFY(button && !button->accessibleName().isEmpty());
            QTest::mouseClick(button, Qt::LeftButton);
            QCOMPARE(window->currentPage(), page.id);
            QTest::mouseClick(button, Qt::LeftButton);
            QVERIFY(button->isChecked()); // a page is not switched off
            const QWidget* focused = window->focusWidget();
            QVERIFY2(focused && !window->findChild<PageRail*>()->isAncestorOf(focused), "the keyboard goes to the page");
        }
        window->showPage(QStringLiteral("nonsense"));
        QCOMPARE(window->currentPage(), window->pageList().last().id);
    }
    void thePaletteFindsCommandsAndBuilds()
    {
        playDemo();
        QTest::keyClick(window.get(), Qt::Key_K, Qt::ControlModifier);
        auto* palette = window->findChild<CommandPalette*>(QStringLiteral("commandPalette"));
        QVERIFY(palette && palette->isVisible());
        auto* search = palette->findChild<QLineEdit*>();
        auto* list = palette->findChild<QListWidget*>();
        const int all = list->count();
        QTest::keyClicks(search, QStringLiteral("layers"));
        QVERIFY(list->count() > 0 && list->count() < all);
        QTest::keyClick(search, Qt::Key_Return);
        QVERIFY(!palette->isVisible());
        QCOMPARE(window->buildPage().tab(), BuildPage::LayersTab);
    }
    void theListSwitchesBuilds()
    {
        playDemo();
        seek(10);
        QListView* list = window->buildList().view();
        list->setFocus();
        const BuildId before = window->selection().build();
        QTest::keyClick(list, Qt::Key_Down);
        QTest::keyClick(list, Qt::Key_Down);
        QVERIFY(window->selection().build() != before);
        QVERIFY(!window->buildPage().replayBar().isVisible()); // the others are whole
    }
    void aBrokenFileIsOneClearErrorAndLosesNothing()
    {
        playDemo();
        const std::size_t builds = session->store().builds().size();
        const auto opened = session->openFile(QStringLiteral("/nonexistent/file.dockerbuild"));
        QVERIFY(!opened.ok());
        QCOMPARE(opened.error().kind, ErrorKind::NotFound);
        QCOMPARE(session->store().builds().size(), builds);
    }
    void aMissingFileIsOneSentenceAndTheDetailsCanBeCopied()
    {
        window->openFile(QStringLiteral("/nonexistent/thing.dockerbuild"));
        QTRY_VERIFY(window->findChild<ErrorDialog*>());
        auto* dialog = window->findChild<ErrorDialog*>();
        QVERIFY(dialog->sentence().contains(QStringLiteral("thing.dockerbuild")));
        QVERIFY(!dialog->sentence().contains(QStringLiteral("/nonexistent")) && dialog->sentence() == errorSentence(ErrorKind::NotFound, QStringLiteral("thing.dockerbuild")));
        QVERIFY(!dialog->technical().isEmpty());
        window->openFile(QStringLiteral("/nonexistent/other.dockerbuild")); // no second window on top
        QTRY_VERIFY(dialog->technical().contains(QStringLiteral("other.dockerbuild")));
        QCOMPARE(window->findChildren<ErrorDialog*>().size(), 1);
        QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("errorCopy")), Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().contains(dialog->technical()));
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!window->findChild<ErrorDialog*>());
    }
    void aFileIsReadBesideTheWindow()
    {
        window->openFile(QStringLiteral(LAYERLINE_SOURCE_DIR "/tests/data/recordings/trixie-cold.rawjson"));
        QVERIFY(window->fileOpener().busy());
        QCOMPARE(session->store().builds().size(), std::size_t(0)); // not here, not now
        QTRY_COMPARE(session->store().builds().size(), std::size_t(1));
        QTRY_COMPARE(window->selection().build(), session->store().builds().ids().front());
        QVERIFY(window->buildPage().isVisible());
        QVERIFY(!window->fileOpener().busy());
    }
    void cancelledFilesLeaveNothing()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("long.log"));
        QFile out(path);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write("#1 [amd64 1/1] RUN endless\n");
        for (int i = 0; i < 400'000; ++i)
            out.write("#1 0." + QByteArray::number(i % 1000) + " a line of the log that is neither short nor long\n");
        out.close();
        window->openFile(path);
        auto* dialog = window->findChild<ProgressDialog*>();
        QVERIFY(dialog && !dialog->isVisible()); // nothing flashes up for a short file
        QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("progressCancel")), Qt::LeftButton);
        QTRY_VERIFY(!window->fileOpener().busy());
        QCOMPARE(session->store().builds().size(), std::size_t(0));
        QVERIFY(!window->findChild<ErrorDialog*>()); // whoever cancels knows
        QVERIFY(!window->findChild<ProgressDialog*>());
    }
    void closingTheWindowEndsReading()
    {
        window->openFile(QStringLiteral(LAYERLINE_SOURCE_DIR "/tests/data/recordings/trixie-cold.rawjson"));
        window.reset(); // joins the reader; a sanitizer would tell
        QCOMPARE(session->store().builds().size(), std::size_t(0));
    }
    void aSmallWindowStaysSmall()
    {
        playDemo();
        seek(44);
        window->resize(1280, 720); // the smallest width the design names
        QTRY_COMPARE(window->width(), 1280);
        QVERIFY2(window->minimumSizeHint().width() <= 1280, qPrintable(QString::number(window->minimumSizeHint().width())));
    }
    /// Nothing in the header is cut: labels have what they need or elide, at any width, while the recording goes on.
    void theHeaderCutsNothingAndStaysInPlace()
    {
        playDemo();
        replay().pause();
        const BuildHeader* header = window->findChild<BuildHeader*>();
        const auto* path = header->findChild<QWidget*>(QStringLiteral("criticalPath"));
        const auto fault = [&]() -> QString {
            if (!path->isVisible())
                return QStringLiteral("no critical path");
            for (const QLabel* label : header->findChildren<QLabel*>()) {
                if (!label->isVisible())
                    continue;
                const bool elides = path->isAncestorOf(label) && qobject_cast<const ElidedLabel*>(label);
                if (label->width() < (elides ? 40 : label->sizeHint().width()) || label->mapTo(header, QPoint(label->width(), 0)).x() > header->width())
                    return label->text();
            }
            return {};
        };
        for (const int width : {1060, 1280, 1440, 2560}) {
            window->resize(width, 800);
            QTRY_COMPARE(window->width(), width);
            for (const double at : {3, 9, 12, 30, 44, 60}) {
                seek(at);
                QTRY_COMPARE(fault(), QString());
            }
        }
    }
    void theGuideLeadsBack()
    {
        Q_EMIT session->settled(); // no builder, nothing kept: the demo starts
        QTRY_VERIFY(session->replayOf(window->selection().build()));
        auto* banner = window->findChild<QWidget*>(QStringLiteral("noBuilderBanner"));
        QTRY_VERIFY(banner->isVisible());
        auto* back = window->findChild<QPushButton*>(QStringLiteral("emptyBack"));
        const auto open = [&] { QTest::mouseClick(banner->findChild<QPushButton*>(), Qt::LeftButton); };
        open();
        QVERIFY(back->isVisible() && !window->buildPage().isVisible());
        QTest::mouseClick(back, Qt::LeftButton);
        QVERIFY(window->buildPage().isVisible() && window->buildPage().replayBar().isVisible());
        open();
        QTest::keyClick(window.get(), Qt::Key_Escape);
        QTRY_VERIFY(window->buildPage().isVisible());
        open();
        QVERIFY(!window->buildPage().isVisible());
        QTest::keyClick(window.get(), Qt::Key_3, Qt::AltModifier);
        QVERIFY(window->buildPage().isVisible());
        QCOMPARE(window->buildPage().tab(), BuildPage::LogTab);
        open();
        QListView* list = window->buildList().view();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->currentIndex()).center());
        QVERIFY(window->buildPage().isVisible());
    }
    void ownFilesStartNoDemo()
    {
        window->openFile(QStringLiteral(LAYERLINE_SOURCE_DIR "/tests/data/recordings/trixie-cold.rawjson"));
        Q_EMIT session->settled(); // sooner than the file is read
        QTRY_COMPARE(session->store().builds().size(), std::size_t(1));
        QTRY_VERIFY(window->buildPage().isVisible());
        QVERIFY(!window->findChild<QWidget*>(QStringLiteral("noBuilderBanner"))->isVisible());
        QVERIFY(!session->replayOf(window->selection().build()));
        QCOMPARE(session->store().builds().size(), std::size_t(1));
    }
    void theDemoFirstShowsAStepThatWrites()
    {
        playDemo();
        replay().pause();
        seek(9);
        QTRY_VERIFY(window->selection().step() != noStep);
        QCOMPARE(selected().step(window->selection().step()).parsed.keyword, std::string("RUN"));
    }
    void theInspectorNeverScrollsSideways()
    {
        playDemo();
        replay().pause();
        seek(9);
        auto* inspector = window->findChild<StepInspector*>();
        for (std::uint32_t i = 0; i < selected().steps.size(); ++i) {
            window->selection().setStep(StepIndex{i});
            QCoreApplication::sendPostedEvents();
            QTRY_VERIFY2(inspector->horizontalScrollBar()->maximum() == 0, selected().step(StepIndex{i}).name.c_str());
        }
    }
    void theLogOpensAtTheError()
    {
        window->playRecording(QStringLiteral("failed"));
        QTRY_VERIFY(session->replayOf(window->selection().build()));
        seek(1e6);
        window->buildPage().selectInterestingStep();
        QTest::keyClick(window.get(), Qt::Key_3, Qt::AltModifier);
        LogView& log = window->buildPage().log();
        const StepIndex failed = firstFailed(selected());
        QTRY_VERIFY(log.canvas().markedRow() >= 0);
        const int marked = log.canvas().markedRow();
        QCOMPARE(raw(log.model().row(marked).step), raw(failed));
        QVERIFY(marked >= log.canvas().topRow() && marked < log.canvas().topRow() + log.canvas().visibleRows());
    }
    void theLogOpensAtTheStep()
    {
        playDemo();
        seek(1e6);
        QTest::keyClick(window.get(), Qt::Key_3, Qt::AltModifier);
        LogView& log = window->buildPage().log();
        QTRY_VERIFY(log.model().rowCount() > 0 && !log.model().busy());
        window->selection().setStep(log.model().row(log.model().rowCount() / 2).step);
        const int row = log.model().firstRowOf(window->selection().step());
        QVERIFY(row > log.canvas().visibleRows());
        QTRY_VERIFY(row >= log.canvas().topRow() && row < log.canvas().topRow() + log.canvas().visibleRows());
    }
    void theWindowFitsItsScreen()
    {
        MainWindow fresh(*session, settings);
        QVERIFY(fresh.width() <= fresh.screen()->availableSize().width() && fresh.height() <= fresh.screen()->availableSize().height());
    }
    void theFailedRecordingNamesItsStep()
    {
        window->playRecording(QStringLiteral("failed"));
        QTRY_VERIFY(session->replayOf(window->selection().build()));
        QCOMPARE(session->store().builds().size(), std::size_t(1)); // the one alone
        seek(1e6);
        QCOMPARE(selected().status(), BuildStatus::Failed);
        const StepIndex failed = firstFailed(selected());
        QVERIFY(failed != noStep);
        QCOMPARE(selected().step(failed).neededBy.front().arch, std::string("arm64"));
        window->buildPage().selectInterestingStep();
        QCOMPARE(raw(window->selection().step()), raw(failed));
    }
};

QTEST_MAIN(TestMainWindow)
#include "test_main_window.moc"
