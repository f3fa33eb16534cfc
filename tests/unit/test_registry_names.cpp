// Image names as docker reads them, challenges, links, manifests.
#include "support/fake_registry.h"
#include "sources/registry/auth_challenge.h"
#include "sources/registry/docker_credentials.h"
#include "sources/registry/image_reference.h"
#include "sources/registry/manifest.h"
#include "sources/registry/publication_reader.h"

#include <QTest>

using namespace layerline;
using layerline::test::json;

namespace {
const std::string hex64(64, 'a');
const std::string digest = "sha256:" + hex64;
QString qt(const std::string& text) { return QString::fromStdString(text); }
} // namespace

class TestRegistryNames : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void names_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("whole");
        QTest::addColumn<QString>("origin");
        const auto row = [](const std::string& text, const char* whole, const char* origin) { QTest::newRow(text.c_str()) << qt(text) << QString::fromLatin1(whole) << QString::fromLatin1(origin); };
        row("alpine", "docker.io/library/alpine:latest", "https://registry-1.docker.io");
        row("alpine:3.20", "docker.io/library/alpine:3.20", "https://registry-1.docker.io");
        row("acme/shop", "docker.io/acme/shop:latest", "https://registry-1.docker.io");
        row("docker.io/alpine", "docker.io/library/alpine:latest", "https://registry-1.docker.io");
        row("index.docker.io/acme/shop", "docker.io/acme/shop:latest", "https://registry-1.docker.io");
        row("ghcr.io/acme/shop-x/y_z:1.2.3-rc.1", "ghcr.io/acme/shop-x/y_z:1.2.3-rc.1", "https://ghcr.io");
        row("localhost/x", "localhost/x:latest", "http://localhost");
        row("localhost:5000/a/b:x", "localhost:5000/a/b:x", "http://localhost:5000");
        row("127.0.0.1:5000/a", "127.0.0.1:5000/a:latest", "http://127.0.0.1:5000");
        row("[::1]:5000/a", "[::1]:5000/a:latest", "http://[::1]:5000");
        row("127.0.0.1.evil.example/a", "127.0.0.1.evil.example/a:latest", "https://127.0.0.1.evil.example");
        row("123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:v1", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:v1", "https://123456789012.dkr.ecr.eu-west-1.amazonaws.com");
        row("MyHost/a", "MyHost/a:latest", "https://MyHost");
        QTest::newRow("digest") << qt("ghcr.io/a/b@" + digest) << qt("ghcr.io/a/b@" + digest) << QStringLiteral("https://ghcr.io");
        QTest::newRow("both") << qt("ghcr.io/a/b:t@" + digest) << qt("ghcr.io/a/b:t@" + digest) << QStringLiteral("https://ghcr.io");
    }
    void names()
    {
        QFETCH(QString, text);
        QFETCH(QString, whole);
        QFETCH(QString, origin);
        const auto read = parseImageReference(text.toStdString());
        QVERIFY2(read.ok(), text.toUtf8().constData());
        QCOMPARE(qt(read.value().str()), whole);
        QCOMPARE(qt(read.value().origin()), origin);
        QCOMPARE(parseImageReference(read.value().str()).value(), read.value());
    }

    void badNames_data()
    {
        QTest::addColumn<QString>("text");
        for (const std::string& text : {std::string(), std::string(":tag"), std::string("a:"), std::string("a//b"), std::string("/a"), std::string("a/"), std::string("Alpine"),
                                        std::string("a:-x"), std::string("a b"), std::string("https://ghcr.io/a"), std::string("a@sha256:12"), std::string("a@md5:") + hex64, hex64,
                                        std::string("a..b"), std::string("a___b"), std::string("host:notaport/a"), std::string("ho_st.x/a"), std::string("x.y/../etc"), std::string("x.y/a?b"),
                                        std::string("user@host.x/a"), std::string("x.y/") + std::string(300, 'a'), std::string("a:") + std::string(129, 't'), std::string("a\nb"), std::string("a/-b")})
            QTest::addRow("%s", text.substr(0, 40).c_str()) << qt(text);
    }
    void badNames()
    {
        QFETCH(QString, text);
        const auto read = parseImageReference(text.toStdString());
        QVERIFY(!read.ok());
        QCOMPARE(read.error().kind, ErrorKind::BadInput);
        QVERIFY(read.error().detail.find('\n') == std::string::npos);
    }

    void familiarNames()
    {
        QCOMPARE(parseImageReference("docker.io/library/alpine:3").value().familiar(), std::string("alpine:3"));
        QCOMPARE(parseImageReference("docker.io/acme/shop:3").value().familiar(), std::string("acme/shop:3"));
        QCOMPARE(parseImageReference("ghcr.io/acme/shop:3").value().familiar(), std::string("ghcr.io/acme/shop:3"));
    }

    void challenges()
    {
        using Scheme = AuthChallenge::Scheme;
        auto read = readChallenges("Bearer realm=\"https://auth.example/token?a=b,c\",service=\"reg \\\"x\\\"\" , scope=\"repository:a/b:pull,push\"");
        QCOMPARE(read.size(), std::size_t(1));
        QCOMPARE(read[0].scheme, Scheme::Bearer);
        QCOMPARE(read[0].realm, std::string("https://auth.example/token?a=b,c"));
        QCOMPARE(read[0].service, std::string("reg \"x\""));
        QCOMPARE(read[0].scope, std::string("repository:a/b:pull,push"));
        read = readChallenges("Negotiate, BASIC realm=\"x\", Bearer realm=https,service=y");
        QCOMPARE(read.size(), std::size_t(3));
        QCOMPARE(read[0].scheme, Scheme::Other);
        QCOMPARE(read[1].scheme, Scheme::Basic);
        QCOMPARE(read[2].service, std::string("y"));
        for (const char* odd : {"", ",,,", "=", "\"", "Bearer realm=\"unterminated", ";;<>", "Bearer =x", "a=b=c"})
            readChallenges(odd); // ends, and crashes nowhere
        QVERIFY(readChallenges("realm=\"x\"").empty());
    }

    void links()
    {
        QCOMPARE(nextLink(R"(</v2/a/tags/list?last=b&n=2>; rel="next")"), std::string("/v2/a/tags/list?last=b&n=2"));
        QCOMPARE(nextLink(R"(<x>; rel=prev, <y>; title="z"; rel=next)"), std::string("y"));
        for (const char* none : {"", "<x>", "<x>; rel=\"prev\"", "<unterminated", "garbage", "<x>;;;"})
            QCOMPARE(nextLink(none), std::string());
    }

    void manifests()
    {
        const auto read = [](const std::string& bytes) { return readManifest({digest, "t", bytes}); };
        const auto index = read(json("{'manifests':[{'digest':'" + digest + "','platform':{'os':'linux','architecture':'arm','variant':'v7'}},{'digest':'" + digest
                                + "','annotations':{'vnd.docker.reference.type':'attestation-manifest'},'platform':{'os':'unknown','architecture':'unknown'}}]}"));
        QVERIFY(index.ok() && index.value().index);
        QCOMPARE(index.value().entries[0].platform.str(), std::string("linux/arm/v7"));
        QVERIFY(!isAttestation(index.value().entries[0]));
        QVERIFY(isAttestation(index.value().entries[1]) && index.value().entries[1].platform.empty());
        QCOMPARE(read(R"({"schemaVersion":1,"fsLayers":[]})").error().kind, ErrorKind::Unsupported);
        for (const std::string& bad : {std::string("[]"), std::string("no"), std::string("{}"), std::string(R"({"manifests":{}})"), std::string(R"({"manifests":[{"digest":"sha256:x"}]})"),
                                       std::string(R"({"config":{"digest":5},"layers":[]})"), json("{'config':{'digest':'" + digest + "'},'layers':[1]}")}) {
            const auto got = read(bad);
            QVERIFY2(!got.ok(), bad.c_str());
            QCOMPARE(got.error().kind, ErrorKind::BadInput);
        }
    }

    void configurations()
    {
        const auto config = readImageConfig(R"({"os":"linux","architecture":"arm64","variant":"v8","created":"2026-01-02T03:04:05Z"})");
        QCOMPARE(config.value().platform.str(), std::string("linux/arm64"));
        QVERIFY(config.value().created.has_value());
        QVERIFY(!readImageConfig(R"({"created":"1970-01-01T00:00:00Z"})").value().created);
        QVERIFY(!readImageConfig("[").ok());
    }

    void signatureTags()
    {
        const std::string tag = "sha256-" + hex64;
        QVERIFY(isSignatureTag(tag + ".sig") && isSignatureTag(tag) && !isSignatureTag("sha256-abc.sig") && !isSignatureTag("1.2"));
        const auto found = signaturesAmong({"1.2", tag + ".sig", tag + ".att", "sha256-" + std::string(64, 'b') + ".sig"}, digest);
        QCOMPARE(found.size(), std::size_t(2));
        QCOMPARE(found[0].kind, std::string("signature"));
        QCOMPARE(found[1].kind, std::string("attestation"));
    }

    void dockerConfiguration_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QString>("registry");
        QTest::addColumn<QString>("expected"); // helper|server|user|secret|identity
        const auto row = [](const char* name, const std::string& config, const char* registry, const char* expected) {
            QTest::newRow(name) << QByteArray::fromStdString(config) << QString::fromLatin1(registry) << QString::fromLatin1(expected);
        };
        row("nothing", "{}", "ghcr.io", "|ghcr.io|||");
        row("auth", json("{'auths':{'ghcr.io':{'auth':'bWU6cDpx'}}}"), "ghcr.io", "|ghcr.io|me|p:q|");
        row("old url", json("{'auths':{'https://ghcr.io/v1/':{'auth':'bWU6cA=='}}}"), "ghcr.io", "|ghcr.io|me|p|");
        row("hub", json("{'auths':{'https://index.docker.io/v1/':{'auth':'bWU6cA=='}}}"), "docker.io", "|https://index.docker.io/v1/|me|p|");
        row("identity", json("{'auths':{'x.azurecr.io':{'auth':'MDA6','identitytoken':'idt'}}}"), "x.azurecr.io", "|x.azurecr.io|00||idt");
        row("store", json("{'credsStore':'secretservice','auths':{'ghcr.io':{}}}"), "ghcr.io", "secretservice|ghcr.io|||");
        row("helper before store", json("{'credsStore':'a','credHelpers':{'ghcr.io':'b'}}"), "ghcr.io", "b|ghcr.io|||");
        row("another's entry", json("{'auths':{'ghcr.io.evil.example':{'auth':'bWU6cA=='}}}"), "ghcr.io", "|ghcr.io|||");
    }
    void dockerConfiguration()
    {
        QFETCH(QByteArray, config);
        QFETCH(QString, registry);
        QFETCH(QString, expected);
        const auto place = findCredential(config.toStdString(), registry.toStdString());
        QVERIFY(place.ok());
        const auto& in = place.value().inFile;
        QCOMPARE(qt(place.value().helper + "|" + place.value().server + "|" + in.user + "|" + in.secret + "|" + in.identityToken), expected);
    }
    void brokenDockerConfiguration()
    {
        for (const char* config : {"", "[]", "{", R"({"auths":{"r.x":{"auth":"%%%"}}})", R"({"auths":{"r.x":{"auth":"bm9jb2xvbg=="}}})", R"({"credsStore":"../../bin/sh"})"}) {
            const auto place = findCredential(config, "r.x");
            QVERIFY2(!place.ok(), config);
            QCOMPARE(place.error().kind, ErrorKind::BadInput);
            QVERIFY(place.error().detail.find("nocolon") == std::string::npos);
        }
        QVERIFY(findCredential(R"({"auths":5,"credHelpers":[1]})", "r.x").ok());
    }
};

QTEST_GUILESS_MAIN(TestRegistryNames)
#include "test_registry_names.moc"
