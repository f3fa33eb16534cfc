#include "domain/time.h"

#include <QTest>

using namespace layerline;

class TestTime : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void roundTrip_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("ns");
        QTest::addColumn<QString>("printed");
        QTest::newRow("epoch") << "1970-01-01T00:00:00Z" << qint64(0) << "1970-01-01T00:00:00Z";
        QTest::newRow("github") << "2025-12-04T08:20:57.3619920Z" << qint64(1764836457361992000) << "2025-12-04T08:20:57.361992Z";
        QTest::newRow("nanoseconds") << "2025-12-04T08:20:57.000000001Z" << qint64(1764836457000000001) << "2025-12-04T08:20:57.000000001Z";
        QTest::newRow("offset") << "2025-12-04T09:20:57+01:00" << qint64(1764836457000000000) << "2025-12-04T08:20:57Z";
        QTest::newRow("negative offset") << "2025-12-04T03:50:57-04:30" << qint64(1764836457000000000) << "2025-12-04T08:20:57Z";
        QTest::newRow("before epoch") << "1969-12-31T23:59:59.5Z" << qint64(-500000000) << "1969-12-31T23:59:59.5Z";
        QTest::newRow("leap day") << "2024-02-29T00:00:00Z" << qint64(1709164800000000000) << "2024-02-29T00:00:00Z";
    }
    void roundTrip()
    {
        QFETCH(QString, text);
        QFETCH(qint64, ns);
        QFETCH(QString, printed);
        const OptionalTime time = parseRfc3339(text.toStdString());
        QVERIFY(time);
        QCOMPARE(qint64(time->ns), ns);
        QCOMPARE(QString::fromStdString(formatRfc3339(*time)), printed);
    }
    void refused_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "2025", "2025-12-04", "2025-12-04T08:20:57", "2025-13-04T08:20:57Z", "2025-02-30T08:20:57Z",
                                 "2025-12-04T24:00:00Z", "2025-12-04T08:20:57.Z", "2025-12-04T08:20:57Zx", "0001-01-01T00:00:00Z", "9999-01-01T00:00:00Z"})
            QTest::newRow(text) << text;
    }
    void refused()
    {
        QFETCH(QString, text);
        QVERIFY(!parseRfc3339(text.toStdString()));
    }
};

QTEST_APPLESS_MAIN(TestTime)
#include "test_time.moc"
