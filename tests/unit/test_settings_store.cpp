// The file of the settings: private, checked, without secrets.
#include "app/tasks/settings_store.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace layerline;

class TestSettingsStore : public QObject {
    Q_OBJECT

    QTemporaryDir folder;
    QString path(const char* name) const { return folder.filePath(QStringLiteral("deep/er/") + QLatin1String(name)); }

private Q_SLOTS:
    void keepsWhatIsSet()
    {
        const QString file = path("a.conf");
        SettingsValues values;
        values.appearance = {QStringLiteral("zh_CN"), QStringLiteral("dark")};
        values.addresses = {QStringLiteral("unix:///run/a,b.sock"), QStringLiteral("tcp://[::1]:1234")};
        values.history = {QStringLiteral("/srv/history"), 10, 20, 30};
        values.logs = {40, 50};
        values.pipelines = {{QStringLiteral("acme/shop"), QStringLiteral("git.example.org/acme/shop")}, QStringLiteral("git.example.org"), QStringLiteral("Iv1.0")};
        values.notifications = {false, false, true, 45, true, true, {QStringLiteral("acme/shop"), QStringLiteral("multi")}};
        {
            SettingsStore store(file);
            QCOMPARE(store.values(), SettingsValues{});
            QSignalSpy changed(&store, &SettingsStore::changed);
            QVERIFY(store.set(values).ok());
            QVERIFY(store.set(values).ok());
            QCOMPARE(changed.size(), 1); // the same again is no change
        }
        QCOMPARE(SettingsStore(file).values(), values);
    }
    void nobodyElseMayReadIt()
    {
        constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
        const QString file = path("private.conf");
        SettingsStore store(file);
        SettingsValues values;
        values.appearance.theme = QStringLiteral("dark");
        QVERIFY(store.set(values).ok());
        QVERIFY(!(QFileInfo(file).permissions() & others));
        // One that was made readable by an older hand is closed again.
        QVERIFY(QFile::setPermissions(file, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadOther));
        values.appearance.theme = QStringLiteral("light");
        QVERIFY(store.set(values).ok());
        QVERIFY(!(QFileInfo(file).permissions() & others));
        QCOMPARE(SettingsStore(file).values(), values);
    }
    void nonsenseCountsAsNotSaid()
    {
        const QString file = folder.filePath(QStringLiteral("nonsense.conf"));
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write("[appearance]\nlanguage=klingon\ntheme=pink\n[builders]\naddresses=http://x, tcp://h:1, tcp://h:1, unix://rel\n"
                  "[history]\nfolder=relative/path\nmaxBuilds=-5\nmaxDays=many\nmaxBytes=99999999999999999999999\n[logs]\nstepBytes=0\n"
                  "[notifications]\nfailures=perhaps\nonlyMine=perhaps\nqueueMinutes=0\n");
        out.close();
        const SettingsValues values = SettingsStore(file).values();
        SettingsValues expected;
        expected.addresses = {QStringLiteral("tcp://h:1")};
        QCOMPARE(values, expected);
    }
    void binaryRubbishIsNoCrash()
    {
        const QString file = folder.filePath(QStringLiteral("rubbish.conf"));
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        QByteArray bytes;
        for (int i = 0; i < 5000; ++i)
            bytes.append(char((i * 37) ^ (i >> 3)));
        out.write(bytes);
        out.close();
        QCOMPARE(SettingsStore(file).values(), SettingsValues{});
    }
    void aFileThatCannotBeWrittenIsAnErrorAndTheValuesHold()
    {
        // A file where a folder should be: not even root gets past it.
        QFile blocker(folder.filePath(QStringLiteral("blocker")));
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        SettingsStore behind(folder.filePath(QStringLiteral("blocker/x.conf")));
        SettingsValues values;
        values.addresses = {QStringLiteral("tcp://h:1")};
        const auto kept = behind.set(values);
        QVERIFY(!kept.ok());
        QCOMPARE(int(kept.error().kind), int(ErrorKind::Permission));
        QCOMPARE(behind.values(), values);
    }
    void theEnvironmentSaysWhere()
    {
        qputenv("LAYERLINE_CONFIG", "/tmp/chosen.conf");
        QCOMPARE(SettingsStore::defaultFile(), QStringLiteral("/tmp/chosen.conf"));
        qunsetenv("LAYERLINE_CONFIG");
        qputenv("XDG_CONFIG_HOME", "relative"); // the specification says to ignore it
        qputenv("HOME", "/home/me");
        QCOMPARE(SettingsStore::defaultFile(), QStringLiteral("/home/me/.config/layerline/layerline.conf"));
        qputenv("XDG_CONFIG_HOME", "/cfg");
        QCOMPARE(SettingsStore::defaultFile(), QStringLiteral("/cfg/layerline/layerline.conf"));
    }
};

QTEST_GUILESS_MAIN(TestSettingsStore)
#include "test_settings_store.moc"
