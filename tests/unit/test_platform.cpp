#include "domain/platform.h"

#include <QTest>

using namespace layerline;

class TestPlatform : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void parses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("printed");
        QTest::newRow("plain") << "linux/amd64" << "linux/amd64";
        QTest::newRow("alias") << "linux/aarch64" << "linux/arm64";
        QTest::newRow("default variant") << "linux/arm64/v8" << "linux/arm64";
        QTest::newRow("arm") << "linux/arm" << "linux/arm/v7";
        QTest::newRow("armv6") << "linux/arm/v6" << "linux/arm/v6";
        QTest::newRow("v3") << "linux/amd64/v3" << "linux/amd64/v3";
        QTest::newRow("windows version") << "windows(10.0.17763)/amd64" << "windows/amd64";
        QTest::newRow("stage with a slash") << "web/build" << "";
        QTest::newRow("position") << "2/4" << "";
        QTest::newRow("too many parts") << "linux/arm/v7/x" << "";
        QTest::newRow("open") << "linux/arm/" << "";
    }
    void parses()
    {
        QFETCH(QString, text);
        QFETCH(QString, printed);
        const auto platform = parsePlatform(text.toStdString());
        QCOMPARE(platform ? QString::fromStdString(platform->str()) : QString(), printed);
    }
    void execution_data()
    {
        QTest::addColumn<QString>("native");
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<int>("execution");
        QTest::newRow("same") << "linux/amd64" << "linux/amd64" << int(Execution::Native);
        QTest::newRow("family") << "linux/amd64" << "linux/amd64/v3" << int(Execution::Native);
        QTest::newRow("386") << "linux/amd64" << "linux/386" << int(Execution::Native);
        QTest::newRow("qemu") << "linux/amd64" << "linux/arm64" << int(Execution::Emulated);
        QTest::newRow("riscv") << "linux/arm64" << "linux/riscv64" << int(Execution::Emulated);
        QTest::newRow("arm on arm64") << "linux/arm64" << "linux/arm/v7" << int(Execution::Unknown);
        QTest::newRow("amd64 on 386") << "linux/386" << "linux/amd64" << int(Execution::Emulated);
    }
    void execution()
    {
        QFETCH(QString, native);
        QFETCH(QString, wanted);
        QFETCH(int, execution);
        QCOMPARE(int(executionOn(*parsePlatform(native.toStdString()), *parsePlatform(wanted.toStdString()))), execution);
    }
    void list()
    {
        const auto platforms = parsePlatformList("linux/amd64, linux/arm64*,nonsense,linux/amd64");
        QCOMPARE(platforms.size(), std::size_t(2));
        QCOMPARE(platforms[1].str(), std::string("linux/arm64"));
    }
};

QTEST_APPLESS_MAIN(TestPlatform)
#include "test_platform.moc"
