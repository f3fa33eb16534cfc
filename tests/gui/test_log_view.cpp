// The Log tab with real input events.
#include "gui/shop_build.h"
#include "widgets/log/key_button.h"
#include "widgets/log/log_canvas.h"
#include "widgets/log/log_colors.h"
#include "widgets/log/log_search_bar.h"
#include "widgets/log/log_view.h"
#include "widgets/style/theme.h"

#include <QAccessible>
#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace layerline;
using namespace layerline::test;

class TestLogView : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<BuildStore> m_store;
    std::unique_ptr<SelectionState> m_selection;
    FixedClock m_clock{EventBuilder::at(shopNow())};
    std::unique_ptr<LogView> m_view;

    LogCanvas& canvas() { return m_view->canvas(); }
    LogModel& model() { return m_view->model(); }
    StepIndex step(const char* digest) const { return m_store->find(m_selection->build())->find(0, StepDigest(digest)); }
    void apply(const EventBuilder& builder)
    {
        m_store->apply(std::make_shared<EventBatch>(builder.batch()));
        m_store->flush();
    }
    void show(const EventBatch& batch)
    {
        m_store = std::make_unique<BuildStore>();
        m_selection = std::make_unique<SelectionState>();
        m_store->apply(std::make_shared<EventBatch>(batch));
        m_store->flush();
        m_selection->setBuild(m_store->builds().ids().front());
        m_view = std::make_unique<LogView>(*m_store, *m_selection, m_clock);
        m_view->resize(900, 260);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    QPoint pointAt(int row, int column)
    {
        const QFontMetricsF mono(Theme::monoFont());
        return {canvas().textLeft() + int(mono.horizontalAdvance(QLatin1Char('x')) * (column + 0.3)) - canvas().horizontalScrollBar()->value(),
                6 + (row - canvas().topRow()) * canvas().rowHeight() + canvas().rowHeight() / 2};
    }
    static EventBuilder longBuild(int lines)
    {
        EventBuilder b("long", "worker");
        b.started(0).step("s", "[1/1] RUN seq").begin("s", 1);
        QByteArray text;
        for (int i = 0; i < lines; ++i)
            text += "line " + QByteArray::number(i) + (i == lines / 2 ? " needle\n" : "\n");
        b.log("s", 2, text.toStdString());
        return b;
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)"))); }
    void cleanup() { m_view.reset(); }

    void scopes()
    {
        show(shopBatch());
        QCOMPARE(m_view->title(), QStringLiteral("All steps"));
        QCOMPARE(model().rowCount(), 19);
        m_selection->setStep(step("arm64-pip"));
        QCOMPARE(m_view->title(), QStringLiteral("[arm64] base 4/4 RUN pip install -r requirements.txt"));
        QCOMPARE(model().rowCount(), 9);
        QCOMPARE(canvas().visibleText().value(2), QStringLiteral("     ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 20.2/20.2 MB 11.8 MB/s"));
        QCOMPARE(canvas().visibleText().value(8), QStringLiteral("  Building wheel for numpy (pyproject.toml): still running..."));
        m_view->setScope(LogScope::Platform);
        QCOMPARE(m_view->title(), QStringLiteral("[arm64] all steps"));
        QCOMPARE(model().rowCount(), 10);
        m_view->setScope(LogScope::Step);
        m_selection->setStep(step("amd64-base"));
        QCOMPARE(model().rowCount(), 0);
    }

    void theHeadersButtonsChooseTheScope()
    {
        show(shopBatch());
        m_selection->setStep(step("arm64-pip"));
        KeyButton* all = nullptr;
        for (KeyButton* button : m_view->findChildren<KeyButton*>()) {
            if (button->text() == QStringLiteral("all"))
                all = button;
        }
        QVERIFY(all);
        QTest::mouseClick(all, Qt::LeftButton);
        QCOMPARE(m_view->scope(), LogScope::All);
        QVERIFY(all->isChecked());
    }

    void followStaysAtTheEnd()
    {
        EventBuilder b = longBuild(1000);
        show(b.batch());
        m_selection->setStep(step("s"));
        QVERIFY(canvas().follow());
        QCOMPARE(canvas().topRow() + canvas().visibleRows(), model().rowCount());
        b.log("s", 3, "one more\n");
        apply(b);
        QCOMPARE(model().rowCount(), 1001);
        QCOMPARE(canvas().topRow() + canvas().visibleRows(), 1001);
        canvas().setFocus();
        QTest::keyClick(&canvas(), Qt::Key_PageUp);
        QVERIFY(!canvas().follow());
        const int top = canvas().topRow();
        b.log("s", 4, "and another\n");
        apply(b);
        QCOMPARE(canvas().topRow(), top);
        QTest::keyClick(&canvas(), Qt::Key_F);
        QVERIFY(canvas().follow());
        QCOMPARE(canvas().topRow() + canvas().visibleRows(), 1002);
        QTest::keyClick(&canvas(), Qt::Key_F);
        QVERIFY(!canvas().follow());
        QTest::keyClick(&canvas(), Qt::Key_Home);
        QCOMPARE(canvas().topRow(), 0);
    }

    void unfinishedLinesAreSeen()
    {
        EventBuilder b = longBuild(3);
        show(b.batch());
        m_selection->setStep(step("s"));
        b.log("s", 3, "10%\r");
        apply(b);
        QCOMPARE(canvas().visibleText().last(), QStringLiteral("10%"));
        b.log("s", 4, "20%\r");
        apply(b);
        QCOMPARE(model().rowCount(), 4);
        QCOMPARE(canvas().visibleText().last(), QStringLiteral("20%"));
        b.log("s", 5, "done\nnext\n");
        apply(b);
        QCOMPARE(canvas().visibleText().mid(3), (QStringList{QStringLiteral("done"), QStringLiteral("next")}));
    }

    void search()
    {
        show(longBuild(5000).batch());
        m_selection->setStep(step("s"));
        canvas().setFocus();
        QTest::keyClick(&canvas(), Qt::Key_Slash);
        auto* field = m_view->findChild<QLineEdit*>(QStringLiteral("logSearchField"));
        QVERIFY(field && field->hasFocus());
        QTest::keyClicks(field, QStringLiteral("NEEDLE"));
        QTRY_COMPARE(int(m_view->search().matches().size()), 1);
        QCOMPARE(canvas().currentMatch(), 0);
        QVERIFY(canvas().topRow() <= 2500 && canvas().topRow() + canvas().visibleRows() > 2500);
        auto* bar = m_view->findChild<LogSearchBar*>();
        QTRY_COMPARE(bar->stateText(), QStringLiteral("1 of 1"));
        auto* matchCase = m_view->findChild<QToolButton*>(QStringLiteral("matchCase"));
        QTest::mouseClick(matchCase, Qt::LeftButton);
        QTRY_COMPARE(bar->stateText(), QStringLiteral("no match"));
        QTest::mouseClick(matchCase, Qt::LeftButton);
        QTest::mouseClick(m_view->findChild<QToolButton*>(QStringLiteral("useRegex")), Qt::LeftButton);
        field->clear();
        QTest::keyClicks(field, QStringLiteral("line \\d+7$"));
        QTRY_COMPARE(int(m_view->search().matches().size()), 499);
        field->clear();
        QTest::keyClicks(field, QStringLiteral("("));
        QTRY_COMPARE(bar->stateText(), QStringLiteral("not a pattern"));
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!bar->isVisible());
        QVERIFY(canvas().hasFocus());
    }

    void nextAndPreviousWrapAround()
    {
        show(longBuild(30).batch());
        m_selection->setStep(step("s"));
        QTest::keyClick(&canvas(), Qt::Key_Slash);
        auto* field = m_view->findChild<QLineEdit*>(QStringLiteral("logSearchField"));
        QTest::keyClicks(field, QStringLiteral("line 1"));
        QTRY_COMPARE(int(m_view->search().matches().size()), 11);
        canvas().setFocus();
        const int start = canvas().currentMatch();
        QTest::keyClick(&canvas(), Qt::Key_N);
        QCOMPARE(canvas().currentMatch(), (start + 1) % 11);
        QTest::keyClick(&canvas(), Qt::Key_N, Qt::ShiftModifier);
        QCOMPARE(canvas().currentMatch(), start);
        for (int i = 0; i < 11; ++i)
            QTest::keyClick(&canvas(), Qt::Key_N);
        QCOMPARE(canvas().currentMatch(), start);
    }

    void aMillionLines()
    {
        EventBuilder b = longBuild(1'000'000);
        QElapsedTimer timer;
        show(b.batch());
        // How long the window was deaf: a heartbeat that comes late.
        qint64 worst = 0;
        QElapsedTimer beat;
        beat.start();
        QTimer heart;
        heart.setInterval(1);
        connect(&heart, &QTimer::timeout, m_view.get(), [&] { worst = std::max(worst, beat.restart()); });
        heart.start();
        timer.start();
        m_selection->setStep(step("s"));
        const qint64 first = timer.elapsed();
        QTRY_COMPARE_WITH_TIMEOUT(model().rowCount(), 1'000'000, 20'000);
        qInfo("a million lines: %lld ms until the first answer, %lld ms until all rows", first, timer.elapsed());
        canvas().scrollToRow(777'777);
        QVERIFY(canvas().visibleText().contains(QStringLiteral("line 777777")));
        timer.restart();
        m_view->search().setQuery({QStringLiteral("needle"), false, false});
        QTRY_VERIFY_WITH_TIMEOUT(!m_view->search().busy(), 60'000);
        qInfo("search through them: %lld ms; longest pause of the event loop in all: %lld ms", timer.elapsed(), worst);
        QVERIFY(worst < 1000); // far above what it is; only a loaded machine comes near
        QCOMPARE(m_view->search().matches(), (std::vector<LogMatch>{{500'000, 12, 6}}));
    }

    void aMillionCharacters()
    {
        EventBuilder b("wide", "worker");
        b.started(0).step("s", "[1/1] RUN wide").begin("s", 1);
        b.log("s", 2, "head\n" + std::string(999'990, 'x') + "needle" + std::string(4, 'y') + "\ntail\n");
        show(b.batch());
        m_selection->setStep(step("s"));
        QTRY_COMPARE(model().rowCount(), 1002);
        QCOMPARE(model().text(1).text.size(), 1000);
        QCOMPARE(model().text(1000).text.right(10), QStringLiteral("needleyyyy"));
        QCOMPARE(model().text(1001).text, QStringLiteral("tail"));
        m_view->search().setQuery({QStringLiteral("needle"), false, false});
        QTRY_COMPARE(int(m_view->search().matches().size()), 1);
        QCOMPARE(m_view->search().matches().front(), (LogMatch{1000, 990, 6}));
        // Copied, it is one line again.
        canvas().select({0, 0}, {1001, 4});
        canvas().copy();
        const QString copied = QGuiApplication::clipboard()->text();
        QCOMPARE(copied.count(QLatin1Char('\n')), 2);
        QCOMPARE(copied.size(), 5 + 1'000'000 + 1 + 4);
    }

    void mouseSelectsAndCopies()
    {
        show(shopBatch());
        m_selection->setStep(step("arm64-pip"));
        canvas().scrollToRow(0);
        QTest::mousePress(canvas().viewport(), Qt::LeftButton, {}, pointAt(0, 11));
        QTest::mouseMove(canvas().viewport(), pointAt(1, 13));
        QTest::mouseRelease(canvas().viewport(), Qt::LeftButton, {}, pointAt(1, 13));
        QTest::keyClick(&canvas(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("numpy==2.1.2 (from -r requirements.txt (line 4))\n  Downloading"));
        QTest::mouseDClick(canvas().viewport(), Qt::LeftButton, {}, pointAt(0, 13));
        QTest::keyClick(&canvas(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("numpy==2.1.2"));
        QTest::keyClick(&canvas(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(&canvas(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text().count(QLatin1Char('\n')), 8);
        canvas().select({0, 0}, {0, 0});
        QTest::keyClick(&canvas(), Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(&canvas(), Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(&canvas(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("Co"));
    }

    void links()
    {
        show(shopBatch());
        m_selection->setStep(step("arm64-pip"));
        canvas().scrollToRow(0);
        QSignalSpy opened(m_view.get(), &LogView::linkActivated);
        const auto link = canvas().linkAt(pointAt(7, 10));
        QVERIFY(link);
        QCOMPARE(link->host, QStringLiteral("pip.pypa.io"));
        QVERIFY(!canvas().linkAt(pointAt(7, 1)));
        QTest::mouseClick(canvas().viewport(), Qt::LeftButton, {}, pointAt(7, 10));
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].toUrl().host(), QStringLiteral("pip.pypa.io"));
    }

    void firstError()
    {
        EventBuilder b("failed", "worker");
        b.started(0).step("ok", "[1/2] RUN ok").run("ok", 1, 2).log("ok", 1.5, "0 errors, all well\n");
        b.step("bad", "[2/2] RUN make", {"ok"}).run("bad", 2, 5, false, "process \"/bin/sh -c make\" did not complete successfully: exit code: 2");
        for (int i = 0; i < 200; ++i)
            b.log("bad", 3, "compiling file" + std::to_string(i) + ".c\n");
        b.log("bad", 4, "main.c:3:1: error: expected ';'\n");
        for (int i = 0; i < 100; ++i)
            b.log("bad", 4.5, "note: something\n");
        b.completed(5, 2, "failed to solve");
        show(b.batch());
        canvas().setFocus();
        QTest::keyClick(&canvas(), Qt::Key_E);
        QCOMPARE(m_selection->step(), step("bad"));
        QTRY_COMPARE(canvas().markedRow(), 200);
        QVERIFY(canvas().visibleText().contains(QStringLiteral("main.c:3:1: error: expected ';'")));
    }

    void gapsHaveABanner()
    {
        EventBuilder b = longBuild(3);
        show(b.batch());
        m_selection->setStep(step("s"));
        QCOMPARE(m_view->bannerText(), QString());
        b.log("s", 3, "[output clipped, log limit 2MiB reached]\n");
        apply(b);
        QVERIFY(m_view->bannerText().contains(QStringLiteral("BUILDKIT_STEP_LOG_MAX_SIZE=-1")));
    }

    void screenReadersGetWhatIsInSight()
    {
        show(shopBatch());
        m_selection->setStep(step("arm64-pip"));
        QAccessibleInterface* log = QAccessible::queryAccessibleInterface(&canvas());
        QVERIFY(log);
        QCOMPARE(log->text(QAccessible::Value).split(QLatin1Char('\n')), canvas().visibleText());
        QVERIFY(log->state().readOnly);
    }

    void saving()
    {
        show(shopBatch());
        m_selection->setStep(step("arm64-pip"));
        QString name, text;
        m_view->setSaveHandler([&](const QString& suggested, const std::shared_ptr<LogExport>& source) {
            name = suggested;
            while (!source->done())
                text += source->next(2);
        });
        m_view->save();
        QCOMPARE(name, QStringLiteral("_arm64__base_4_4_RUN_pip_install_-r_requirements.txt.log"));
        QCOMPARE(text.count(QLatin1Char('\n')), 8);
        QVERIFY(!text.contains(QChar(0x1b)));
    }

    void allColoursRead()
    {
        for (const auto kind : {ThemeKind::Light, ThemeKind::Dark}) {
            Theme::apply(*static_cast<QApplication*>(QCoreApplication::instance()), kind);
            const Palette& colors = Theme::palette();
            for (std::uint32_t front = 0; front < 256; ++front) {
                for (const int back : {-1, 0, 1, 7, 15, 16, 21, 196, 231, 244}) {
                    TextStyle style;
                    style.foreground = {TextColor::Kind::Indexed, front};
                    if (back >= 0)
                        style.background = {TextColor::Kind::Indexed, std::uint32_t(back)};
                    style.faint = front % 3 == 0;
                    style.inverse = front % 5 == 0;
                    const LogInk ink = logInk(style, colors, colors.panel);
                    QVERIFY(contrastRatio(ink.text, ink.paper.isValid() ? ink.paper : colors.panel) >= 4.45);
                }
            }
        }
    }

    void anotherThemeAndNoBuild()
    {
        show(shopBatch());
        m_selection->setStep(step("arm64-pip"));
        Theme::apply(*static_cast<QApplication*>(QCoreApplication::instance()), ThemeKind::Dark);
        m_view->grab();
        m_store->remove(m_selection->build());
        QCOMPARE(model().rowCount(), 0);
        m_view->grab();
        QTest::keyClick(&canvas(), Qt::Key_E);
        QTest::keyClick(&canvas(), Qt::Key_Down, Qt::ShiftModifier);
    }

    /// Not a check: pictures to look at, when LAYERLINE_SHOTS names a folder.
    void pictures()
    {
        const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS");
        if (folder.isEmpty())
            return;
        EventBatch batch = shopBatch();
        show(batch);
        EventBuilder b("shop", "worker");
        for (const auto& [kind, name] : {std::pair{ThemeKind::Light, "light"}, std::pair{ThemeKind::Dark, "dark"}}) {
            Theme::apply(*static_cast<QApplication*>(QCoreApplication::instance()), kind);
            m_selection->setStep(step("arm64-pip"));
            m_view->closeSearch();
            m_view->setScope(LogScope::Step);
            m_view->resize(868, 260);
            QVERIFY(m_view->grab().save(QStringLiteral("%1/log-%2.png").arg(folder, QLatin1String(name))));
            m_view->setScope(LogScope::All);
            m_view->openSearch();
            m_view->findChild<QLineEdit*>(QStringLiteral("logSearchField"))->setText(QStringLiteral("numpy"));
            m_view->search().settle();
            m_view->resize(1100, 460);
            QVERIFY(m_view->grab().save(QStringLiteral("%1/log-all-%2.png").arg(folder, QLatin1String(name))));
        }
    }
};

QTEST_MAIN(TestLogView)
#include "test_log_view.moc"
