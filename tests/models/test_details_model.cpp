// What a record says, the command that repeats it, masked secrets, and random change sets.
#include "items/details_model.h"
#include "items/repeat_command.h"
#include "models/random_build.h"
#include "support/model_shadow.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

namespace {

QString print(const DetailsModel& model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row)
        lines += detailTitle(model.row(row).section) + QStringLiteral(" | ") + model.index(row, 0).data().toString() + QStringLiteral(" | ") + model.index(row, 1).data().toString();
    return lines.join(QLatin1Char('\n'));
}

EventBuilder richBuild()
{
    EventBuilder b("abc123", "worker");
    b.started(0, "multi").completed(65);
    ev::RecordUpdated record;
    record.builder = "multi";
    record.complete = true;
    record.generation = 2;
    record.completed = EventBuilder::at(65);
    record.frontend = "dockerfile.v0";
    record.frontendAttrs = {{"filename", "Dockerfile"}, {"target", "release"}, {"platform", "linux/amd64,linux/arm64"},
        {"build-arg:VERSION", "1.2 beta"}, {"build-arg:NPM_TOKEN", "hunter2hunter2"}, {"label:maintainer", "me"},
        {"context:shared", "local:shared"}, {"cache-imports", R"([{"Type":"registry","Attrs":{"ref":"ghcr.io/acme/cache:amd64"}}])"},
        {"attest:sbom", ""}, {"attest:provenance", "mode=min,inline-only=true"}, {"no-cache", ""}, {"add-hosts", "a=1.2.3.4"},
        {"vcs:source", "https://user:ghp_abcdefghijklmnop@github.com/acme/shop"}};
    record.exporters = {{"image", {{"name", "ghcr.io/acme/shop:1,ghcr.io/acme/shop:latest"}, {"push", "true"}}}};
    record.exporterResponse = {{"containerimage.digest", "sha256:feed"}};
    record.results = {{"linux/amd64", {"application/vnd.oci.image.manifest.v1+json", "sha256:aa", 1}}};
    record.localState = LocalState{"release", "/home/me/my shop", "/home/me/my shop/Dockerfile", ""};
    b.event(record);
    ev::ProvenanceRead provenance;
    provenance.platform = "linux/amd64";
    provenance.materials = {{"pkg:docker/alpine@3", "sha256:cc"}};
    provenance.secrets = {"npm"};
    provenance.ssh = {"default"};
    b.event(provenance);
    return b;
}

} // namespace

class TestDetailsModel : public QObject {
    Q_OBJECT
private:
    static BuildId apply(BuildStore& store, const EventBuilder& builder)
    {
        store.apply(std::make_shared<EventBatch>(builder.batch()));
        store.flush();
        return store.builds().ids().front();
    }

private Q_SLOTS:
    void quoting_data()
    {
        QTest::addColumn<QByteArray>("argument");
        QTest::addColumn<QString>("quoted");
        QTest::newRow("plain") << QByteArray("linux/amd64,x=1") << QStringLiteral("linux/amd64,x=1");
        QTest::newRow("empty") << QByteArray("") << QStringLiteral("''");
        QTest::newRow("space") << QByteArray("a b") << QStringLiteral("'a b'");
        QTest::newRow("quote") << QByteArray("it's") << QStringLiteral("'it'\\''s'");
        QTest::newRow("shell") << QByteArray("$(rm -rf ~);`x`|y&*") << QStringLiteral("'$(rm -rf ~);`x`|y&*'");
        QTest::newRow("newline") << QByteArray("a\nb'c\\") << QStringLiteral("$'a\\nb\\'c\\\\'");
        QTest::newRow("escape") << QByteArray("\x1b[31m") << QStringLiteral("$'\\x1b[31m'");
        QTest::newRow("bidi") << QByteArray("\xE2\x80\xAEx") << QStringLiteral("$'\\xe2\\x80\\xaex'");
        QTest::newRow("umlaut") << QByteArray("gr\xC3\xBCn") << QStringLiteral("'grün'");
        QTest::newRow("tilde") << QByteArray("~root") << QStringLiteral("'~root'");
    }
    void quoting()
    {
        QFETCH(QByteArray, argument);
        QFETCH(QString, quoted);
        QCOMPARE(shellQuoted(argument.toStdString()), quoted);
    }

    void theCommand()
    {
        BuildStore store;
        const BuildId id = apply(store, richBuild());
        const RepeatCommand command = repeatCommand(*store.find(id), false);
        QCOMPARE(command.text.split(QStringLiteral(" \\\n  ")),
                 (QStringList{QStringLiteral("docker buildx build"), QStringLiteral("--builder multi"), QStringLiteral("--file '/home/me/my shop/Dockerfile'"),
                     QStringLiteral("--target release"), QStringLiteral("--platform linux/amd64,linux/arm64"), QStringLiteral("--add-host a=1.2.3.4"),
                     QStringLiteral("--attest type=sbom"), QStringLiteral("--build-arg NPM_TOKEN"), QStringLiteral("--build-arg 'VERSION=1.2 beta'"),
                     QStringLiteral("--cache-from type=registry,ref=ghcr.io/acme/cache:amd64"), QStringLiteral("--build-context shared=shared"),
                     QStringLiteral("--label maintainer=me"), QStringLiteral("--no-cache"), QStringLiteral("--secret id=npm"), QStringLiteral("--ssh default"),
                     QStringLiteral("--tag ghcr.io/acme/shop:1"), QStringLiteral("--tag ghcr.io/acme/shop:latest"), QStringLiteral("--push"),
                     QStringLiteral("'/home/me/my shop'")}));
        QVERIFY(command.hasSecrets);
        QVERIFY(repeatCommand(*store.find(id), true).text.contains(QStringLiteral("NPM_TOKEN=hunter2hunter2")));
    }

    /// A build that still runs has no provenance: its steps say what they mount.
    void secretsOfARunningBuild()
    {
        EventBuilder running("r1", "w");
        running.started(0, "multi").step("a", "[1/2] RUN --mount=type=cache,target=/c --mount=type=secret,id=pip_index_token     --mount=type=ssh pip install")
            .step("b", "[2/2] RUN --mount=type=secret,target=/run/secrets/npm --mount=type=secret,id=$X make");
        BuildStore store;
        const RepeatCommand command = repeatCommand(*store.find(apply(store, running)), false);
        QVERIFY2(command.text.contains(QStringLiteral("--secret id=npm \\\n  --secret id=pip_index_token \\\n  --ssh default \\\n")), qPrintable(command.text));
        QVERIFY(command.notes.filter(QStringLiteral("provenance")).isEmpty());
        BuildStore other;
        EventBuilder none("r2", "w");
        none.started(0, "multi").step("a", "[1/1] RUN make");
        QCOMPARE(repeatCommand(*other.find(apply(other, none)), false).notes.filter(QStringLiteral("provenance")).size(), 1);
    }

    void secretsStayHidden()
    {
        BuildStore store;
        DetailsModel model(store);
        model.setBuild(apply(store, richBuild()));
        QVERIFY(!print(model).contains(QStringLiteral("hunter2")));
        QVERIFY(!print(model).contains(QStringLiteral("ghp_")));
        int token = -1;
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.row(row).name == QStringLiteral("NPM_TOKEN"))
                token = row;
        }
        QVERIFY(token >= 0);
        QVERIFY(model.index(token, 1).data(DetailsModel::SecretRole).toBool());
        model.setRevealed(token, true);
        QCOMPARE(model.index(token, 1).data().toString(), QStringLiteral("hunter2hunter2"));
        QCOMPARE(print(model).count(QStringLiteral("hunter2hunter2")), 1); // one at a time: the command is still masked
        model.setRevealed(token, false);
        QVERIFY(!print(model).contains(QStringLiteral("hunter2")));
    }

    void everythingIsThere()
    {
        BuildStore store;
        DetailsModel model(store);
        model.setBuild(apply(store, richBuild()));
        const QString all = print(model);
        for (const char* text : {"General | Builder | multi", "General | Duration | 1 m 05 s", "Build | Target | release", "Build arguments | VERSION | 1.2 beta",
                                 "Labels | maintainer | me", "Named contexts | shared | local:shared", "Secrets and SSH (ids only) | Secret | npm",
                                 "Secrets and SSH (ids only) | SSH | default", "Cache | Imported from | registry ref=ghcr.io/acme/cache:amd64",
                                 "Outputs | Tag | ghcr.io/acme/shop:latest", "Digests | linux/amd64 | sha256:aa", "Digests | Pushed or stored | sha256:feed",
                                 "Provenance: what it was made from | Image | pkg:docker/alpine@3\nsha256:cc"})
            QVERIFY2(all.contains(QString::fromUtf8(text)), text);
    }

    void failures()
    {
        BuildStore store;
        DetailsModel model(store);
        EventBuilder b("bad", "w");
        b.started(0).completed(3, 2, "failed to solve: exit code: 1\x1b[31m");
        SourceExcerpt excerpt{"Dockerfile", "", 4, {"", "RUN false", "RUN true"}, {{5, 5}}};
        b.event(ev::ExcerptRead{excerpt});
        model.setBuild(apply(store, b));
        QCOMPARE(model.row(0).section, DetailSection::Error);
        QVERIFY(model.row(0).bad);
        QCOMPARE(model.row(0).value, QStringLiteral("failed to solve: exit code: 1␛[31m"));
        QCOMPARE(model.row(1).kind, DetailKind::Excerpt);
        QCOMPARE(model.row(1).firstLine, 4);
        QCOMPARE(model.row(1).value, QStringLiteral("\nRUN false\nRUN true")); // an empty first line is a line
        QCOMPARE(model.row(1).ranges, (std::vector<std::pair<int, int>>{{5, 5}}));
    }

    void aSecretStaysOneWhereverItStands()
    {
        BuildStore store;
        DetailsModel model(store);
        EventBuilder b("bad", "w");
        ev::RecordUpdated record;
        record.frontendAttrs = {{"build-arg:NPM_TOKEN", "hunter2secret"}, {"label:note", "made with hunter2secret"}};
        b.started(0).event(record).completed(3, 2, "npm refused hunter2secret");
        model.setBuild(apply(store, b));
        int found = 0;
        for (int row = 0; row < model.rowCount(); ++row) {
            QVERIFY2(!model.row(row).masked.contains(QStringLiteral("hunter2")), qPrintable(model.row(row).name));
            found += model.row(row).value.contains(QStringLiteral("hunter2"));
        }
        QVERIFY(found >= 3);
    }

    void randomChanges()
    {
        for (quint32 seed = 1; seed <= 4; ++seed) {
            BuildStore store;
            DetailsModel model(store);
            QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
            ModelShadow shadow(model);
            RandomBuild random(seed);
            for (int i = 0; i < 2500; ++i) {
                store.apply(std::make_shared<EventBatch>(random.next()));
                store.flush();
                if (i == 0)
                    model.setBuild(store.builds().ids().front());
                if (i % 10 == 0)
                    QCOMPARE(shadow.check(), QString());
            }
            DetailsModel fresh(store);
            fresh.setBuild(store.builds().ids().front());
            QCOMPARE(print(model), print(fresh));
            QCOMPARE(shadow.check(), QString());
            QCOMPARE(shadow.faults(), QStringList());
        }
    }
};

QTEST_GUILESS_MAIN(TestDetailsModel)
#include "test_details_model.moc"
