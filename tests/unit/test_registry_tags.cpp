// What is published under tags, and moving one.
#include "support/fake_registry.h"
#include "sources/registry/tag_mover.h"

#include <QTest>

using namespace layerline;
using namespace layerline::test;
using Answer = FaultServer::Answer;
using Request = FaultServer::Request;

class TestRegistryTags : public QObject {
    Q_OBJECT
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<RegistryClient> m_client;
    std::unique_ptr<PublicationReader> m_reader;
    std::unique_ptr<TagMover> m_mover;

    Got<PublishedTag> read(const ImageReference& at, const std::vector<std::string>& all = {})
    {
        Got<PublishedTag> got;
        m_reader->read(at, all, this, got.callback());
        [&] { QTRY_VERIFY(got.done()); }();
        return got;
    }
    Got<TagMovePlan> plan(const std::string& tag, const std::string& digest)
    {
        Got<TagMovePlan> got;
        m_mover->plan(m_registry->image(tag), digest, this, got.callback());
        [&] { QTRY_VERIFY(got.done()); }();
        return got;
    }
    Got<std::string> move(const TagMovePlan& plan)
    {
        Got<std::string> got;
        m_mover->move(plan, this, got.callback());
        [&] { QTRY_VERIFY(got.done()); }();
        return got;
    }

private Q_SLOTS:
    void init()
    {
        m_registry = std::make_unique<FakeRegistry>();
        m_client = std::make_unique<RegistryClient>(quickOptions());
        m_reader = std::make_unique<PublicationReader>(*m_client);
        m_mover = std::make_unique<TagMover>(*m_client);
    }
    void cleanup()
    {
        m_mover.reset();
        m_reader.reset();
        m_client.reset();
        m_registry.reset();
    }

    void anIndexWithoutItsAttestations()
    {
        const std::string digest = m_registry->addPair("a", "1.0");
        const auto got = read(m_registry->image("1.0"));
        QVERIFY2(got.ok(), got.problem().c_str());
        const PublishedTag& tag = got.value();
        QCOMPARE(tag.digest, digest);
        QVERIFY(tag.index);
        QCOMPARE(tag.attestations, 2);
        QCOMPARE(tag.platforms.size(), std::size_t(2));
        QCOMPARE(tag.platforms[0].platform.str(), std::string("linux/amd64"));
        QCOMPARE(tag.platforms[1].platform.str(), std::string("linux/arm64"));
        QCOMPARE(tag.platforms[0].size, std::int64_t(1000));
        QCOMPARE(formatRfc3339(*tag.platforms[0].created), std::string("2026-11-20T10:00:00Z"));
    }

    void aPlainManifestTellsItsPlatformItself()
    {
        const std::string digest = m_registry->addImage("arm64", "x", "single");
        const auto got = read(m_registry->image("single"));
        QVERIFY2(got.ok(), got.problem().c_str());
        QVERIFY(!got.value().index);
        QCOMPARE(got.value().platforms.size(), std::size_t(1));
        QCOMPARE(got.value().platforms[0].platform.str(), std::string("linux/arm64"));
        QCOMPARE(got.value().platforms[0].digest, digest);
    }

    void anIndexThatNamesWhatIsNotThere()
    {
        const std::string arm = m_registry->addImage("arm64", "x");
        const std::string index = m_registry->addManifest(FakeRegistry::index({FakeRegistry::entry("sha256:" + std::string(64, 'd'), "amd64"), FakeRegistry::entry(arm, "arm64")}), ociIndex, "1.0");
        const auto got = read(m_registry->image("1.0"));
        QVERIFY2(got.ok(), got.problem().c_str());
        QVERIFY(got.value().platforms[0].digest.empty()); // nobody can pull it
        QCOMPARE(got.value().platforms[1].digest, arm);
    }

    void whatVouchesForIt()
    {
        const std::string digest = m_registry->addPair("a", "1.0");
        m_registry->referrers[digest] = json("{'manifests':[{'digest':'sha256:" + std::string(64, 'e') + "','artifactType':'application/vnd.dev.sigstore.bundle.v0.3+json'}]}");
        const std::string signature = "sha256-" + digest.substr(7) + ".sig";
        const auto got = read(m_registry->image("1.0"), {"1.0", signature});
        QVERIFY2(got.ok(), got.problem().c_str());
        QCOMPARE(got.value().signatures.size(), std::size_t(2));
        QCOMPARE(got.value().signatures[0].name, signature);
        QCOMPARE(got.value().signatures[1].kind, std::string("application/vnd.dev.sigstore.bundle.v0.3+json"));
    }

    void allTags()
    {
        m_registry->addPair("a", "1.0");
        m_registry->addPair("b", "1.1");
        m_registry->tags["broken"] = "sha256:" + std::string(64, '0');
        m_registry->addManifest("{}", ociManifest, "sha256-" + std::string(64, 'a') + ".sig");
        Got<std::vector<PublishedTag>> got;
        m_reader->readAll(m_registry->image(""), 10, this, got.callback());
        QTRY_VERIFY(got.done());
        QVERIFY2(got.ok(), got.problem().c_str());
        QCOMPARE(got.value().size(), std::size_t(3));
        QCOMPARE(got.value()[0].tag, std::string("broken"));
        QVERIFY(!got.value()[0].problem.empty());
        QCOMPARE(got.value()[1].tag, std::string("1.1"));
        QCOMPARE(got.calls(), 1);
    }

    void aTagGoesBack_data()
    {
        QTest::addColumn<bool>("index");
        QTest::newRow("to an index") << true;
        QTest::newRow("to a plain manifest") << false;
    }
    void aTagGoesBack()
    {
        QFETCH(bool, index);
        const std::string old = index ? m_registry->addPair("old") : m_registry->addImage("amd64", "old");
        const std::string now = m_registry->addPair("new", "1.0");
        const auto planned = plan("1.0", old);
        QVERIFY2(planned.ok(), planned.problem().c_str());
        QCOMPARE(planned.value().from.digest, now);
        QCOMPARE(planned.value().to.digest, old);
        QCOMPARE(planned.value().lost.size(), std::size_t(index ? 0 : 1));
        QCOMPARE(planned.value().bytes, std::uint64_t(m_registry->manifests[old].bytes.size()));
        QCOMPARE(planned.value().url, "http://" + m_registry->host() + "/v2/acme/shop/manifests/1.0");
        QCOMPARE(m_registry->count("PUT", ""), 0); // a plan changes nothing
        const auto moved = move(planned.value());
        QVERIFY2(moved.ok(), moved.problem().c_str());
        QCOMPARE(moved.value(), old);
        QCOMPARE(m_registry->tags["1.0"], old);
        QCOMPARE(m_registry->count("PUT", ""), 1);
        QCOMPARE(m_registry->count("PUT", "/manifests/1.0"), 1);
    }

    void aNewTag()
    {
        const std::string old = m_registry->addPair("old");
        const auto planned = plan("stable", old);
        QVERIFY2(planned.ok(), planned.problem().c_str());
        QCOMPARE(planned.value().from.digest, std::string());
        QVERIFY(move(planned.value()).ok());
        QCOMPARE(m_registry->tags["stable"], old);
    }

    void aDigestThatIsNotThere()
    {
        m_registry->addPair("new", "1.0");
        const auto planned = plan("1.0", "sha256:" + std::string(64, '1'));
        QCOMPARE(planned.kind(), ErrorKind::NotFound);
    }

    void somebodyElseWasFaster()
    {
        const std::string old = m_registry->addPair("old");
        m_registry->addPair("new", "1.0");
        const auto planned = plan("1.0", old);
        QVERIFY(planned.ok());
        const std::string theirs = m_registry->addPair("theirs", "1.0");
        const auto moved = move(planned.value());
        QCOMPARE(moved.kind(), ErrorKind::BadInput);
        QVERIFY2(moved.problem().find("has moved since") != std::string::npos, moved.problem().c_str());
        QCOMPARE(m_registry->tags["1.0"], theirs);
        QCOMPARE(m_registry->count("PUT", ""), 0);
    }

    void whatIsReadBackCounts_data()
    {
        QTest::addColumn<bool>("said");
        QTest::newRow("the registry says another digest") << true;
        QTest::newRow("the tag reads back otherwise") << false;
    }
    void whatIsReadBackCounts()
    {
        QFETCH(bool, said);
        const std::string old = m_registry->addPair("old");
        m_registry->addPair("new", "1.0");
        const auto planned = plan("1.0", old);
        QVERIFY(planned.ok());
        m_registry->fault = [&](const Request& request) -> std::optional<Answer> {
            if (request.method != "PUT")
                return std::nullopt;
            // It says yes and does nothing.
            return Answer{201, {}, {{"Docker-Content-Digest", said ? QByteArray("sha256:") + QByteArray(64, '2') : QByteArray::fromStdString(old)}}};
        };
        const auto moved = move(planned.value());
        QCOMPARE(moved.kind(), ErrorKind::Corrupt);
    }

    void aRefusedWrite()
    {
        const std::string old = m_registry->addPair("old");
        m_registry->addPair("new", "1.0");
        const auto planned = plan("1.0", old);
        m_registry->fault = [](const Request& request) -> std::optional<Answer> {
            return request.method == "PUT" ? std::optional(Answer{403, R"({"errors":[{"code":"DENIED","message":"tag is immutable"}]})", {}}) : std::nullopt;
        };
        const auto moved = move(planned.value());
        QCOMPARE(moved.kind(), ErrorKind::Permission);
        QVERIFY2(moved.problem().find("does not allow writing to acme/shop (tag is immutable)") != std::string::npos, moved.problem().c_str());
    }
};

QTEST_GUILESS_MAIN(TestRegistryTags)
#include "test_registry_tags.moc"
