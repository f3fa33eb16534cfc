// The Builders page and the empty state with real input events.
#include "widgets/pages/builders_page.h"
#include "widgets/pages/builders_page_card.h"
#include "widgets/pages/empty_state.h"
#include "widgets/style/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHelpEvent>
#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QToolTip>

using namespace layerline;

namespace {

NodeRow node(const std::string& builder, const std::string& driver, const std::string& name, NodeCondition state)
{
    NodeRow row;
    row.builder = builder;
    row.driver = driver;
    row.node = name;
    row.state = state;
    row.endpoint = "unix:///var/run/docker.sock";
    return row;
}

std::vector<NodeRow> sample()
{
    NodeRow local = node("default", "docker", "default", NodeCondition::Live);
    local.current = true;
    local.version = "v0.18.2";
    local.worker = "5kq2m0v8n1c3x7z9";
    local.platforms = parsePlatformList("linux/amd64,linux/386,linux/arm64,linux/arm/v7,linux/riscv64,linux/ppc64le,linux/s390x");
    local.native = parsePlatform("linux/amd64");
    local.runningBuilds = 2;
    local.diskKnown = true;
    local.diskRecords = {{"regular", 4'200'000'000, 0.2, false, 120}, {"regular", 2'900'000'000, 4, false, 88}, {"regular", 1'700'000'000, 45, true, 40},
                         {"exec.cachemount", 2'100'000'000, 2, false, 6}, {"source.local", 320'000'000, 0.4, false, 14},
                         {"source.git.checkout", 88'000'000, 12, false, 2}, {"frontend", 21'000'000, 20, true, 3}, {"internal", 64'000, 1, false, 30}};
    local.gcRules = {{false, 172800, 0, 2'764'000'000, 0, {"type==source.local,type==exec.cachemount,type==source.git.checkout"}},
                     {false, 5184000, 0, 20'000'000'000, 0, {}}, {true, 0, 5'000'000'000, 20'000'000'000, 10'000'000'000, {}}};
    NodeRow x86 = node("multi", "remote", "multi0", NodeCondition::Live);
    x86.endpoint = "tcp://build-x86.acme.example:1234";
    x86.version = "v0.18.2";
    x86.platforms = parsePlatformList("linux/amd64,linux/386");
    x86.native = parsePlatform("linux/amd64");
    x86.diskKnown = true;
    NodeRow arm = node("multi", "remote", "multi1", NodeCondition::Hung);
    arm.endpoint = "tcp://build-arm.acme.example:1234";
    arm.reason = "Info: deadline exceeded after 2 s";
    arm.retryIn = 8;
    NodeRow down = node("old", "docker-container", "old0", NodeCondition::Stopped);
    down.endpoint = "unix:///var/run/docker.sock";
    NodeRow forbidden = node("prod", "docker", "prod", NodeCondition::Forbidden);
    forbidden.endpoint = "unix:///run/prod/docker.sock";
    forbidden.reason = "connect unix:///run/prod/docker.sock: permission denied";
    NodeRow pods = node("kube", "kubernetes", "kube0", NodeCondition::Unwatched);
    pods.endpoint = "kubernetes:///kube";
    pods.reason = "it runs as far as buildx ls knows; to watch pods takes kubectl, which is not on the PATH";
    return {arm, x86, local, down, forbidden, pods};
}

} // namespace

class TestBuildersPage : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<BuildersPage> m_page;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support (propagateSizeHints|raise|grabbing the keyboard))")));
        m_page = std::make_unique<BuildersPage>();
        m_page->resize(1100, 800);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }
    void cleanup() { m_page.reset(); }

    void withoutBuilders()
    {
        bool taught = false;
        for (const QLabel* label : m_page->findChildren<QLabel*>())
            taught = taught || (label->isVisible() && label->text().contains(QStringLiteral("docker buildx create")));
        QVERIFY(taught);
    }

    void saysWhatIsKnown()
    {
        m_page->setNodes(sample());
        const QString all = m_page->texts().join(QLatin1Char('\n'));
        for (const char* text : {"default", "in use", "live", "BuildKit v0.18.2", "linux/amd64 runs natively here", "linux/arm64 runs under QEMU here",
                                 "linux/386 runs natively here", "Cache 11.3 GB", "9.6 GB can be freed", "layers 8.8 GB", "not answering",
                                 "takes the connection but does not answer in time", "deadline exceeded", "next try in 8 s", "stopped", "not watched", "could not start it", "takes kubectl",
                                 "never starts a builder by looking at it", "permission denied", "nothing kept yet", "never below 5.0 GB"})
            QVERIFY2(all.contains(QString::fromUtf8(text)), qPrintable(QString::fromUtf8(text) + QLatin1Char('\n') + all));
        QCOMPARE(m_page->findChildren<BuilderCard*>().size(), 5);
        QCOMPARE(m_page->findChildren<BuilderCard*>().first()->builder(), QStringLiteral("default"));
    }

    /// The bars have a text, for those who can't see them: each type, how much of it is how old.
    void diskUseByTypeAndAge()
    {
        m_page->setNodes(sample());
        const auto views = m_page->findChildren<DiskUseView*>();
        QCOMPARE(views.size(), 1); // of the other node nothing is kept
        QCOMPARE(views.front()->texts(), (QStringList{QStringLiteral("layers 8.8 GB (7.1 GB can be freed); used today 4.2 GB, this week 2.9 GB, longer ago 1.7 GB"),
                                                      QStringLiteral("cache mounts 2.1 GB (2.1 GB can be freed); this week 2.1 GB"),
                                                      QStringLiteral("local contexts 320 MB (320 MB can be freed); used today 320 MB"),
                                                      QStringLiteral("git checkouts 88.0 MB (88.0 MB can be freed); this month 88.0 MB"),
                                                      QStringLiteral("frontends 21.0 MB (0 B can be freed); this month 21.0 MB"),
                                                      QStringLiteral("internal 64.0 kB (64.0 kB can be freed); this week 64.0 kB")}));
        QCOMPARE(views.front()->accessibleName(), views.front()->texts().join(QStringLiteral("; ")));
        // And exactly, where the mouse rests on a row.
        QHelpEvent rest(QEvent::ToolTip, QPoint(40, 5), views.front()->mapToGlobal(QPoint(40, 5)));
        QApplication::sendEvent(views.front(), &rest);
        QTRY_VERIFY(QToolTip::isVisible());
        const QString told = QToolTip::text().remove(QLatin1Char(','));
        QCOMPARE(told, QStringLiteral("used today: 4200000000 bytes\nthis week: 2900000000 bytes\nlonger ago: 1700000000 bytes\ncan be freed: 7100000000 bytes"));
        QToolTip::hideText();
    }

    void nothingIsCutOff()
    {
        m_page->setNodes(sample());
        for (const int width : {560, 1216, 2496}) {
            m_page->resize(width, 800);
            auto* area = m_page->findChild<QScrollArea*>();
            QTRY_COMPARE(area->widget()->width(), area->viewport()->width());
            for (const QLabel* label : m_page->findChildren<QLabel*>()) {
                if (label->isVisible() && !label->wordWrap())
                    QTRY_VERIFY2(label->width() >= label->fontMetrics().horizontalAdvance(label->text()), qPrintable(label->text()));
            }
        }
    }

    void refresh()
    {
        QSignalSpy spy(m_page.get(), &BuildersPage::refreshRequested);
        QTest::mouseClick(m_page->findChild<QPushButton*>(QStringLiteral("refreshBuilders")), Qt::LeftButton);
        QCOMPARE(spy.size(), 1);
    }

    void nodesComeAndGo()
    {
        m_page->setNodes(sample());
        m_page->setNodes({});
        QCOMPARE(m_page->findChildren<BuilderCard*>().size(), 0);
        m_page->setNodes({node("a\x1b[31m", "docker", "<b>x</b>", NodeCondition::Down)});
        const QString all = m_page->texts().join(QLatin1Char('\n'));
        QVERIFY(all.contains(QStringLiteral("a␛[31m")));
        QVERIFY(all.contains(QStringLiteral("<b>x</b>")));
    }

    void anOpenMenuStaysOpen()
    {
        m_page->setNodes(sample());
        const QPointer<QMenu> menu = m_page->findChild<QPushButton*>(QStringLiteral("manage_multi"))->menu();
        menu->popup(m_page->mapToGlobal(QPoint(10, 10)));
        QTRY_VERIFY(menu && menu->isVisible());
        auto changed = sample();
        changed[0].retryIn = 7; // a countdown changes every second
        m_page->setNodes(changed);
        QVERIFY(menu && menu->isVisible());
        QTest::keyClick(menu.data(), Qt::Key_Escape);
        QTRY_VERIFY(m_page->texts().join(QLatin1Char('\n')).contains(QStringLiteral("next try in 7 s")));
        QTRY_VERIFY(!menu);
    }

    void theEmptyStateTeaches()
    {
        EmptyState empty;
        empty.resize(900, 700);
        empty.show();
        QVERIFY(QTest::qWaitForWindowExposed(&empty));
        const QString without = empty.title();
        QSignalSpy demo(&empty, &EmptyState::demoRequested), open(&empty, &EmptyState::openRequested);
        QTest::mouseClick(empty.findChild<QPushButton*>(QStringLiteral("playDemo")), Qt::LeftButton);
        QTest::mouseClick(empty.findChild<QPushButton*>(QStringLiteral("openFile")), Qt::LeftButton);
        QCOMPARE(demo.size(), 1);
        QCOMPARE(open.size(), 1);
        QTest::mouseClick(empty.findChild<QToolButton*>(), Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("docker buildx create")));
        empty.setBuilderFound(true);
        QVERIFY(empty.title() != without);
        QVERIFY(empty.findChild<QLabel*>(QStringLiteral("emptyCommand"))->text().contains(QStringLiteral("--platform linux/amd64,linux/arm64")));
    }

    void pictures()
    {
        const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS");
        if (folder.isEmpty())
            return;
        EmptyState empty;
        m_page->setNodes(sample());
        for (const auto& [kind, name] : {std::pair{ThemeKind::Light, "light"}, std::pair{ThemeKind::Dark, "dark"}}) {
            Theme::apply(*static_cast<QApplication*>(QCoreApplication::instance()), kind);
            for (const QSize size : {QSize(1216, 1250), QSize(2496, 1400)}) {
                m_page->resize(size);
                auto* area = m_page->findChild<QScrollArea*>();
                QTRY_COMPARE(area->widget()->width(), area->viewport()->width());
                QVERIFY(m_page->grab().save(QStringLiteral("%1/builders-%2-%3.png").arg(folder, QLatin1String(name)).arg(size.width())));
            }
            empty.resize(868, 720);
            QVERIFY(empty.grab().save(QStringLiteral("%1/empty-%2.png").arg(folder, QLatin1String(name))));
        }
    }
};

QTEST_MAIN(TestBuildersPage)
#include "test_builders_page.moc"
