// Addresses of bare daemons as people type them.
#include "domain/node_address.h"

#include <QTest>

using namespace layerline;

Q_DECLARE_METATYPE(AddressFault)

class TestNodeAddress : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void good_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("address");
        QTest::newRow("unix") << "unix:///run/buildkit/buildkitd.sock" << "unix:///run/buildkit/buildkitd.sock";
        QTest::newRow("spaces in a path") << "unix:///run/my builds/b.sock" << "unix:///run/my builds/b.sock";
        QTest::newRow("tcp") << "tcp://10.0.0.7:1234" << "tcp://10.0.0.7:1234";
        QTest::newRow("name") << "tcp://build-arm.example.org:1" << "tcp://build-arm.example.org:1";
        QTest::newRow("IPv6") << "tcp://[::1]:65535" << "tcp://[::1]:65535";
        QTest::newRow("pasted") << " \ttcp://h:80\r\n" << "tcp://h:80";
    }
    void good()
    {
        QFETCH(QString, text);
        QFETCH(QString, address);
        const CheckedAddress checked = checkAddress(text.toStdString());
        QVERIFY(checked.ok());
        QCOMPARE(QString::fromStdString(checked.address), address);
    }
    void bad_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<AddressFault>("fault");
        QTest::newRow("nothing") << "" << AddressFault::Empty;
        QTest::newRow("blank") << " \n" << AddressFault::Empty;
        QTest::newRow("path") << "/run/b.sock" << AddressFault::Scheme;
        QTest::newRow("http") << "http://h:1" << AddressFault::Scheme;
        QTest::newRow("ssh") << "ssh://me@h" << AddressFault::Scheme;
        QTest::newRow("capitals") << "TCP://h:1" << AddressFault::Scheme;
        QTest::newRow("relative") << "unix://run/b.sock" << AddressFault::RelativePath;
        QTest::newRow("unix, nothing") << "unix://" << AddressFault::RelativePath;
        QTest::newRow("unix, root") << "unix:///" << AddressFault::RelativePath;
        QTest::newRow("no host") << "tcp://:1" << AddressFault::NoHost;
        QTest::newRow("tcp, nothing") << "tcp://" << AddressFault::NoHost;
        QTest::newRow("empty brackets") << "tcp://[]:1" << AddressFault::NoHost;
        QTest::newRow("no port") << "tcp://h" << AddressFault::NoPort;
        QTest::newRow("empty port") << "tcp://h:" << AddressFault::NoPort;
        QTest::newRow("port 0") << "tcp://h:0" << AddressFault::NoPort;
        QTest::newRow("port too high") << "tcp://h:65536" << AddressFault::NoPort;
        QTest::newRow("port of words") << "tcp://h:http" << AddressFault::NoPort;
        QTest::newRow("huge port") << "tcp://h:99999999999999999999" << AddressFault::NoPort;
        QTest::newRow("path behind") << "tcp://h:1/x" << AddressFault::Junk;
        QTest::newRow("user") << "tcp://me:secret@h:1" << AddressFault::Junk;
        QTest::newRow("space within") << "tcp://h :1" << AddressFault::Junk;
        QTest::newRow("open bracket") << "tcp://[::1:1" << AddressFault::Junk;
        QTest::newRow("control character") << QStringLiteral("unix:///a") + QChar(7) << AddressFault::Junk;
    }
    void bad()
    {
        QFETCH(QString, text);
        QFETCH(AddressFault, fault);
        const CheckedAddress checked = checkAddress(text.toStdString());
        QCOMPARE(int(checked.fault), int(fault));
        QVERIFY(checked.address.empty());
        QVERIFY(*toString(checked.fault) != '\0');
    }
};

QTEST_APPLESS_MAIN(TestNodeAddress)
#include "test_node_address.moc"
