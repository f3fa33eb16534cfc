#include "domain/secret_names.h"
#include "domain/summary.h"

#include <QtTest>

using namespace layerline;

class TestSecretNames : public QObject {
    Q_OBJECT

    static std::vector<std::string> secretsOf(const std::string& value)
    {
        Build build;
        build.records.emplace_back().info.frontendAttrs = {{"build-arg:MY_TOKEN", value}};
        return secretValues(build);
    }

private Q_SLOTS:
    void arguments_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("secret");
        QTest::newRow("token") << QByteArray("NPM_TOKEN") << QByteArray("x") << true;
        QTest::newRow("attribute") << QByteArray("build-arg:npm-token") << QByteArray("x") << true;
        QTest::newRow("password") << QByteArray("db_password") << QByteArray("x") << true;
        QTest::newRow("passwd") << QByteArray("PASSWD") << QByteArray("x") << true;
        QTest::newRow("secret") << QByteArray("MYSECRETS") << QByteArray("x") << true;
        QTest::newRow("api key") << QByteArray("STRIPE-API-KEY") << QByteArray("x") << true;
        QTest::newRow("private key") << QByteArray("SSH_PRIVATE_KEY") << QByteArray("x") << true;
        QTest::newRow("credentials") << QByteArray("AWS_CREDENTIALS") << QByteArray("x") << true;
        QTest::newRow("empty") << QByteArray("NPM_TOKEN") << QByteArray("") << false;
        QTest::newRow("version") << QByteArray("GO_VERSION") << QByteArray("1.22.3") << false;
        QTest::newRow("pwd") << QByteArray("PWD") << QByteArray("/src") << false;
        QTest::newRow("path") << QByteArray("PATH") << QByteArray("/usr/bin:/bin") << false;
        QTest::newRow("url") << QByteArray("HTTP_PROXY") << QByteArray("http://proxy:3128/") << false;
        QTest::newRow("url with password") << QByteArray("HTTP_PROXY") << QByteArray("http://me:pw@proxy:3128/") << true;
        QTest::newRow("ssh url") << QByteArray("context") << QByteArray("ssh://git@host/repo.git") << false;
        QTest::newRow("ghp") << QByteArray("X") << QByteArray("ghp_0123456789abcdef") << true;
        QTest::newRow("pat") << QByteArray("X") << QByteArray("github_pat_11ABCDEFG") << true;
        QTest::newRow("glpat") << QByteArray("X") << QByteArray("glpat-abcdefghij") << true;
        QTest::newRow("akia") << QByteArray("X") << QByteArray("AKIAIOSFODNN7EXAMPLE") << true;
        QTest::newRow("word with akia") << QByteArray("X") << QByteArray("SLAKIANS") << false;
        QTest::newRow("key") << QByteArray("X") << QByteArray("-----BEGIN OPENSSH PRIVATE KEY-----\nabc") << true;
        QTest::newRow("at sign in path") << QByteArray("X") << QByteArray("https://host/a@b:c") << false;
    }
    void arguments()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(bool, secret);
        QCOMPARE(looksSecret(name.toStdString(), value.toStdString()), secret);
        const std::string shown = maskedValue(name.toStdString(), value.toStdString());
        QCOMPARE(QByteArray::fromStdString(shown), secret ? QByteArray("••••") : value);
    }

    void textKeepsTheRest()
    {
        QCOMPARE(maskedText("RUN git clone https://me:pw@host/r.git && echo ok"),
                 std::string("RUN git clone https://••••@host/r.git && echo ok"));
        QCOMPARE(maskedText("a https://u:p@h b https://ghp_0123456789@h c"), std::string("a https://••••@h b https://••••@h c"));
        QCOMPARE(maskedText("RUN curl -H ghp_0123456789abcdef"), std::string("RUN curl -H ••••"));
        QCOMPARE(maskedText("RUN login hunter2 hunter22", {"hunter2", "hunter22", "no", ""}),
                 std::string("RUN login •••• ••••"));
        QCOMPARE(maskedText("https://user:p@ss@host/"), std::string("https://••••@host/"));
        QCOMPARE(maskedText(""), std::string());
        const std::string once = maskedText("x https://a:b@c glpat-abcdefghij");
        QCOMPARE(maskedText(once), once);
        QCOMPARE(maskedText("x-ghp_0123456 xghp_0123456 ghp_01234 AKIA0123456789ABghp_0123456"), std::string("x-•••• xghp_0123456 ghp_01234 ••••••••"));
    }

    void spans()
    {
        using Spans = std::vector<SecretSpan>;
        QCOMPARE(secretSpans("a https://u:p@h ghp_0123456 b"), (Spans{{10, 13}, {16, 27}}));
        QCOMPARE(secretSpans("https://me:ghp_0123456@h"), (Spans{{8, 22}})); // one in the other
        QCOMPARE(secretSpans("ghp_012"), Spans{});
        QCOMPARE(secretSpans("ghp_012", true), (Spans{{0, 7}}));
        QCOMPARE(secretSpans("ghp_012 ", true), Spans{});
        QCOMPARE(secretSpans("http://me:pw", true), (Spans{{7, 12}}));
        QCOMPARE(secretSpans("http://host:3000", true), Spans{});
        QCOMPARE(secretSpans("http://host", true), Spans{});
    }

    /// A log is masked by line.
    void everyLineOfAValueIsASecret()
    {
        const std::string key = "-----BEGIN PRIVATE KEY-----\r\n  bGluZW9uZQ==\n\nshort\n}\ntrue\nbGluZXR3bw==";
        QCOMPARE(secretsOf(key + "\n"), (std::vector<std::string>{key, "-----BEGIN PRIVATE KEY-----", "bGluZW9uZQ==", "bGluZXR3bw=="}));
        QCOMPARE(secretsOf("hunter2\n"), (std::vector<std::string>{"hunter2"}));
        QCOMPARE(maskedText("got bGluZXR3bw==!", secretsOf(key)), std::string("got ••••!"));
        std::string many;
        for (int i = 0; i < 10'000; ++i)
            many += "line " + std::to_string(i) + " of it\n";
        QCOMPARE(secretsOf(many).size(), std::size_t(257)); // each is looked for in every text
    }

    void everydayWordsAreNoSecrets_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("secret");
        for (const char* word : {"true", "FALSE", "Yes", "no", "none", "null", "on", "off", "Enabled", "disabled", "    ", "\n\n", "8080", "12345", "linux",
                                 "darwin", "amd64", "arm64", "aarch64", "x86_64", "s390x", "linux/amd64", "linux/arm/v7", "Linux/ARM64", " true "})
            QTest::newRow(word) << QByteArray(word) << false;
        for (const char* word : {"hunter2", "123456", "truest", "linux/arm/hunter2", "linux(hunter2)/amd64", "linux(hunter2)", "1.2.3.4", "armory"})
            QTest::newRow(word) << QByteArray(word) << true;
    }
    void everydayWordsAreNoSecrets()
    {
        QFETCH(QByteArray, value);
        QFETCH(bool, secret);
        QCOMPARE(!secretsOf(value.toStdString()).empty(), secret);
        QVERIFY(looksSecret("MY_TOKEN", value.toStdString())); // its own row shows nothing
    }

    /// A search to the text's end, or a move of the rest, for each of so many would take hours: ctest's limit ends it.
    void manySecretsInOneText()
    {
        const std::string piece = "ghp_0123456789 http://a:b@c hunter2 ";
        const std::string mask = "•••• http://••••@c •••• ";
        std::string text, expected;
        for (int i = 0; i < 300'000; ++i) {
            text += piece;
            expected += mask;
        }
        QVERIFY(maskedText(text, {"hunter2"}) == expected);
    }
};

QTEST_APPLESS_MAIN(TestSecretNames)
#include "test_secret_names.moc"
