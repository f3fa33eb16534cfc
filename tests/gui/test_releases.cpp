// The Releases page with its controller on a registry in this process: added, read, moved, remembered.
#include "app/window/releases.h"
#include "support/fake_registry.h"
#include "widgets/dialogs/image_dialog.h"
#include "widgets/dialogs/move_tag_dialog.h"
#include "widgets/pages/images_list.h"
#include "widgets/pages/release_cells.h"
#include "widgets/pages/releases_page.h"
#include "widgets/pages/releases_table.h"

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

namespace {

/// GitHub with one repository and one successful run: a workflow that promises two platforms and a job for each. What they say they
/// built is up to the test.
struct RunOfShop {
    std::string image;                  ///< "127.0.0.1:5000/acme/shop"
    std::map<std::string, std::string> built; ///< "amd64" -> digest
    int run = 7;
    struct Older {
        int id;
        std::string branch, tag;              ///< what started it, what it pushed
        std::map<std::string, std::string> built;
        std::string state = "completed";
    };
    std::vector<Older> others;              ///< the newest first, all older than `run`
    FaultServer server{[this](const FaultServer::Request& request) { return answer(request); }};
    SystemClock clock;
    HttpClient http;
    GitHubSession session{http, clock, server.url().toStdString()};
    GitHubApi api{session};
    WorkflowReader workflows{api};

    ReleaseGitHub gitHub(bool signedIn = true)
    {
        return {&api, &workflows, [signedIn] { return signedIn; }, [] { return QStringList{QStringLiteral("acme/shop")}; }};
    }
    std::string workflow() const
    {
        return "on: push\njobs:\n  build:\n    strategy: {matrix: {platform: [linux/amd64, linux/arm64]}}\n    runs-on: ubuntu-24.04\n    steps:\n"
               "      - {uses: docker/setup-qemu-action@v3}\n      - uses: docker/build-push-action@v6\n        with: {push: true, platforms: \"${{ matrix.platform }}\", tags: \""
            + image + ":1.0\"}\n";
    }
    FaultServer::Answer answer(const FaultServer::Request& request)
    {
        const QByteArray root = "/repos/acme/shop/", path = request.path.mid(root.size()), id = QByteArray::number(run);
        const auto told = [](std::string text) { return FaultServer::Answer{200, QByteArray::fromStdString(json(std::move(text))), {{"ETag", "\"1\""}}}; };
        if (path == "actions/runs") {
            const std::string common = ",'run_attempt':1,'path':'.github/workflows/docker.yml','head_sha':'abc','event':'push',";
            std::string runs = "{'id':" + id.toStdString() + common + "'status':'completed','conclusion':'success','display_title':'Release 1.0'}";
            for (const Older& other : others)
                runs += ",{'id':" + std::to_string(other.id) + common + "'status':'" + other.state + "','conclusion':" + (other.state == "completed" ? "'success'" : "null") + ",'head_branch':'" + other.branch + "'}";
            return told("{'total_count':1,'workflow_runs':[" + runs + "]}");
        }
        for (const Older& other : others) {
            const QByteArray own = "actions/runs/" + QByteArray::number(other.id) + '/', job = QByteArray::number(other.id * 10);
            if (path == own + "artifacts")
                return told("{'total_count':0,'artifacts':[]}");
            if (path == own + "jobs")
                return told("{'total_count':1,'jobs':[{'id':" + job.toStdString() + ",'name':'build (linux/amd64)','status':'completed'}]}");
            if (path == "actions/jobs/" + job + "/logs") {
                std::string log;
                for (const auto& [arch, digest] : other.built)
                    log += "#9 pushing manifest for " + image + ":" + other.tag + "@" + digest + " done\n";
                return {200, QByteArray::fromStdString(log), {}};
            }
        }
        if (path == "actions/runs/" + id + "/artifacts")
            return told("{'total_count':0,'artifacts':[]}");
        if (path == "actions/runs/" + id + "/jobs")
            return told("{'total_count':2,'jobs':[{'id':1,'name':'build (linux/amd64)','status':'completed'},{'id':2,'name':'build (linux/arm64)','status':'completed'}]}");
        if (path == "contents/.github/workflows/docker.yml")
            return told("{'type':'file','encoding':'base64','sha':'1','path':'x','content':'" + QByteArray::fromStdString(workflow()).toBase64().toStdString() + "'}");
        for (const auto& [job, arch] : {std::pair{"actions/jobs/1/logs", "amd64"}, std::pair{"actions/jobs/2/logs", "arm64"}}) {
            if (path == job)
                return {200, QByteArray::fromStdString("#9 pushing manifest for " + image + ":1.0@" + built[arch] + " done\n"), {}};
        }
        return {404, "{}", {}};
    }
};

} // namespace

class TestReleases : public QObject {
    Q_OBJECT
    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeRegistry> m_registry;
    std::unique_ptr<ReleasesPage> m_page;
    std::unique_ptr<Releases> m_releases;

    QString image() const { return QString::fromStdString(m_registry->image({}).name()); }
    QString settings() const { return m_folder->filePath(QStringLiteral("releases.conf")); }
    void open()
    {
        m_releases.reset();
        m_page = std::make_unique<ReleasesPage>(m_clock);
        m_releases = std::make_unique<Releases>(*m_page, m_clock, settings());
        m_page->resize(1280, 760);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }
    static PromiseChoice typed(const QString& platforms) { return {PromiseChoice::From::Typed, platforms.toStdString()}; }
    template <class Dialog>
    Dialog* dialog() const
    {
        const auto all = m_page->findChildren<Dialog*>();
        return all.isEmpty() ? nullptr : all.last();
    }
    QString word(const QString& tag, int column) const
    {
        const ReleasesModel& model = m_page->table().model();
        return model.index(model.rowOf(tag.toStdString()), column).data().toString();
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("LAYERLINE_STATE", m_folder->path().toUtf8());
        qputenv("DOCKER_CONFIG", m_folder->path().toUtf8());
        m_registry = std::make_unique<FakeRegistry>();
        m_registry->addPair("one", "1.0");
        m_registry->addImage("amd64", "two", "1.1");
        open();
    }
    void cleanup()
    {
        m_releases.reset();
        m_page.reset();
        m_registry.reset();
    }

    void addedByHandAndRemembered()
    {
        QTest::mouseClick(m_page->findChild<QPushButton*>(QStringLiteral("releasesEmptyAdd")), Qt::LeftButton);
        QTRY_VERIFY(dialog<ImageDialog>() && dialog<ImageDialog>()->isVisible());
        ImageDialog* asked = dialog<ImageDialog>();
        auto* name = asked->findChild<QLineEdit*>(QStringLiteral("imageName"));
        auto* platforms = asked->findChild<QLineEdit*>(QStringLiteral("promisedPlatforms"));
        auto* ok = asked->findChild<QPushButton*>(QStringLiteral("imageGiven"));
        QTest::keyClicks(name, QStringLiteral("NOT an image"));
        QTest::mouseClick(ok, Qt::LeftButton);
        QVERIFY(asked->isVisible()); // it says why
        name->clear();
        QTest::keyClicks(name, image());
        QTest::keyClicks(platforms, QStringLiteral("linux/amd64, potato"));
        QTest::mouseClick(ok, Qt::LeftButton);
        QVERIFY(asked->isVisible());
        platforms->clear();
        QTest::keyClicks(platforms, QStringLiteral("linux/amd64, linux/arm64"));
        QTest::mouseClick(ok, Qt::LeftButton);
        QVERIFY(!asked->isVisible());
        QTRY_COMPARE(m_page->table().model().rowCount(), 2);
        QCOMPARE(word(QStringLiteral("1.0"), 2), QStringLiteral("published"));
        QCOMPARE(word(QStringLiteral("1.1"), 2), QStringLiteral("MISSING"));
        QVERIFY(m_page->faultText().contains(QStringLiteral("linux/arm64 is promised and not published: 1.1")));
        // The next start knows it, and asks again by itself.
        m_registry->server.clear();
        open();
        QCOMPARE(m_page->currentImage(), image());
        QTRY_COMPARE(m_page->table().model().rowCount(), 2);
        QCOMPARE(word(QStringLiteral("1.1"), 2), QStringLiteral("MISSING"));
        m_page->findChild<QPushButton*>(QStringLiteral("releaseMore"));
        Q_EMIT m_page->removeRequested(image());
        QCOMPARE(m_page->currentImage(), QString());
        open();
        QCOMPARE(m_page->currentImage(), QString());
    }

    void withoutAPromiseOtherTagsAreTheMeasure()
    {
        QCOMPARE(m_releases->add(image(), {}), QString());
        QTRY_COMPARE(m_page->table().model().rowCount(), 2);
        QCOMPARE(word(QStringLiteral("1.1"), 2), QStringLiteral("MISSING"));
        QCOMPARE(m_releases->add(image(), typed(QStringLiteral("linux/amd64"))), QString());
        QCOMPARE(m_page->faultText(), QString());
        QCOMPARE(m_registry->count("GET", "/tags/list"), 1); // a promise is no question to the registry
    }

    void aRegistryThatRefuses()
    {
        m_registry->fault = [](const FaultServer::Request&) { return FaultServer::Answer{403, R"({"errors":[{"code":"DENIED","message":"not yours"}]})", {}}; };
        QCOMPARE(m_releases->add(image(), {}), QString());
        QTRY_VERIFY2(m_page->faultText().contains(QStringLiteral("does not allow reading acme/shop (not yours)")), qPrintable(m_page->faultText()));
        m_registry->fault = {};
        QTest::mouseClick(m_page->findChild<QPushButton*>(QStringLiteral("refreshRelease")), Qt::LeftButton);
        QTRY_COMPARE(m_page->table().model().rowCount(), 2);
    }

    void aTagMovesBackByHand()
    {
        const std::string whole = m_registry->tags["1.0"], half = m_registry->tags["1.1"];
        QCOMPARE(m_releases->add(image(), typed(QStringLiteral("linux/amd64, linux/arm64"))), QString());
        QTRY_COMPARE(m_page->table().model().rowCount(), 2);
        m_page->table().selectRow(m_page->table().model().rowOf("1.1"));
        QTest::mouseClick(m_page->findChild<QPushButton*>(QStringLiteral("moveTag")), Qt::LeftButton);
        QTRY_VERIFY(dialog<MoveTagDialog>() && dialog<MoveTagDialog>()->isVisible());
        MoveTagDialog* asked = dialog<MoveTagDialog>();
        auto* targets = asked->findChild<QTableWidget*>(QStringLiteral("moveTargets"));
        QCOMPARE(targets->rowCount(), 1);
        QTest::mouseClick(targets->viewport(), Qt::LeftButton, {}, targets->visualItemRect(targets->item(0, 0)).center());
        auto* go = asked->findChild<QPushButton*>(QStringLiteral("moveConfirm"));
        QTRY_VERIFY(go->isEnabled());
        QCOMPARE(m_registry->count("PUT", ""), 0);
        QTest::mouseClick(go, Qt::LeftButton);
        QTRY_VERIFY2(asked->texts()[3].contains(QString::fromStdString(whole)), qPrintable(asked->texts()[3]));
        QCOMPARE(m_registry->tags["1.1"], whole);
        QTRY_COMPARE(word(QStringLiteral("1.1"), 2), QStringLiteral("published")); // read again by itself
        // What the tag pointed at is remembered: it is where one may go back to.
        const auto seen = TagHistory().read(m_registry->image({}).name(), "1.1").value();
        QTRY_COMPARE(TagHistory().read(m_registry->image({}).name(), "1.1").value().size(), std::size_t(2));
        QCOMPARE(seen.front().digest, half);
    }

    void aMoveThatIsRefused()
    {
        QCOMPARE(m_releases->add(image(), {}), QString());
        QTRY_COMPARE(m_page->table().model().rowCount(), 2);
        Q_EMIT m_page->moveRequested(image(), QStringLiteral("1.1"));
        MoveTagDialog* asked = dialog<MoveTagDialog>();
        QVERIFY(asked);
        auto* targets = asked->findChild<QTableWidget*>(QStringLiteral("moveTargets"));
        targets->selectRow(0);
        auto* go = asked->findChild<QPushButton*>(QStringLiteral("moveConfirm"));
        QTRY_VERIFY(go->isEnabled());
        m_registry->fault = [](const FaultServer::Request& request) -> std::optional<FaultServer::Answer> {
            return request.method == "PUT" ? std::optional(FaultServer::Answer{403, {}, {}}) : std::nullopt;
        };
        QTest::mouseClick(go, Qt::LeftButton);
        QTRY_VERIFY2(asked->texts()[3].contains(QStringLiteral("does not allow writing")), qPrintable(asked->texts()[3]));
        QVERIFY(go->isEnabled()); // it can be tried again
    }

    void aRepositoryPromisesAndTellsWhatItBuilt()
    {
        RunOfShop github;
        github.image = m_registry->image({}).name();
        const std::string amd = m_registry->addImage("amd64", "new"), arm = m_registry->addImage("arm64", "new");
        m_registry->addManifest(FakeRegistry::index({FakeRegistry::entry(amd, "amd64"), FakeRegistry::entry(arm, "arm64")}), ociIndex, "1.0");
        // Pushed with attestations: an index around the manifest. And a job whose image did not get into the release.
        github.built["amd64"] = m_registry->addManifest(FakeRegistry::index({FakeRegistry::entry(amd, "amd64"), FakeRegistry::attestation(amd)}), ociIndex);
        github.built["arm64"] = m_registry->addImage("arm64", "newer");
        m_releases->setGitHub(github.gitHub());
        // By hand: the repository is offered, nothing is typed.
        QTest::mouseClick(m_page->findChild<QPushButton*>(QStringLiteral("releasesEmptyAdd")), Qt::LeftButton);
        QTRY_VERIFY(dialog<ImageDialog>() && dialog<ImageDialog>()->isVisible());
        ImageDialog* asked = dialog<ImageDialog>();
        QTest::keyClicks(asked->findChild<QLineEdit*>(QStringLiteral("imageName")), image());
        auto* by = asked->findChild<QComboBox*>(QStringLiteral("promisedBy"));
        by->setFocus();
        QTest::keyClick(by, Qt::Key_Down);
        QCOMPARE(asked->findChild<QComboBox*>(QStringLiteral("promisedRepository"))->currentText(), QStringLiteral("acme/shop"));
        QTest::mouseClick(asked->findChild<QPushButton*>(QStringLiteral("imageGiven")), Qt::LeftButton);
        QVERIFY(!asked->isVisible());
        QTRY_COMPARE(word(QStringLiteral("1.0"), 2), QStringLiteral("differs"));
        QCOMPARE(word(QStringLiteral("1.0"), 1), QStringLiteral("published"));
        QCOMPARE(word(QStringLiteral("1.1"), 1), QStringLiteral("published")); // the run did not push that tag: nothing to compare
        QCOMPARE(word(QStringLiteral("1.1"), 2), QStringLiteral("MISSING"));
        QVERIFY2(m_page->findChild<QLabel*>(QStringLiteral("releasePromise"))->text().contains(QStringLiteral(".github/workflows/docker.yml of acme/shop")), "who promised");
        QVERIFY(m_page->faultText().contains(QStringLiteral("linux/arm64 is not what the job built: 1.0")));
        // Promised, built and published stand side by side.
        m_page->table().selectRow(m_page->table().model().rowOf("1.0"));
        ReleaseCells& cells = m_page->cells();
        QCOMPARE(cells.rowCount(), 2);
        QVERIFY(m_page->findChild<QLabel*>(QStringLiteral("releaseCellsTitle"))->text().contains(QStringLiteral("run 7 of acme/shop (Release 1.0)")));
        QCOMPARE(cells.item(1, 2)->toolTip(), QString::fromStdString(github.built["arm64"]));
        QCOMPARE(cells.item(1, 3)->toolTip(), QString::fromStdString(arm));
        QCOMPARE(cells.item(1, 5)->text(), QStringLiteral("differs"));
        QCOMPARE(cells.item(0, 2)->toolTip(), QString::fromStdString(github.built["amd64"]));
        // As long as the newest run is the same, one question to GitHub, and it is conditional.
        github.server.clear();
        QTest::mouseClick(m_page->findChild<QPushButton*>(QStringLiteral("refreshRelease")), Qt::LeftButton);
        QTRY_VERIFY(m_page->findChild<QPushButton*>(QStringLiteral("refreshRelease"))->isEnabled());
        QCOMPARE(github.server.requests().size(), 1);
        QCOMPARE(github.server.requests().first().headers.value("if-none-match"), QByteArray("\"1\""));
        // A newer run is read; the next start knows who promises.
        github.run = 8;
        github.built["arm64"] = arm;
        QTest::mouseClick(m_page->findChild<QPushButton*>(QStringLiteral("refreshRelease")), Qt::LeftButton);
        QTRY_COMPARE(word(QStringLiteral("1.0"), 2), QStringLiteral("published"));
        open();
        m_releases->setGitHub(github.gitHub());
        QTRY_COMPARE(m_page->table().model().rowCount(), 2);
        QVERIFY(m_page->images().current()->promised == (PromiseChoice{PromiseChoice::From::Repository, "acme/shop"}));
        m_releases.reset(); // before the GitHub it asks
    }

    void eachTagIsComparedWithTheRunThatBuiltIt()
    {
        const std::string older = m_registry->addImage("amd64", "older", "0.9"), foreign = m_registry->addImage("amd64", "by hand", "stable");
        m_registry->addImage("amd64", "rolling", "main");
        const std::string newest = m_registry->addImage("amd64", "newest", "1.0");
        RunOfShop github;
        github.image = m_registry->image({}).name();
        github.built = {{"amd64", newest}, {"arm64", m_registry->addImage("arm64", "newest")}};
        const std::string other = m_registry->addImage("amd64", "something else");
        // 0.9 is what its run built; 0.8 is not; a run of main is on its way and may have moved that tag; nobody pushed "stable".
        m_registry->addImage("amd64", "eight", "0.8");
        github.others = {{6, "main", "main", {}, "in_progress"}, {5, "v0.9", "0.9", {{"amd64", older}}}, {4, "v0.8", "0.8", {{"amd64", other}}}, {3, "main", "main", {{"amd64", other}}}};
        m_releases->setGitHub(github.gitHub());
        QCOMPARE(m_releases->add(image(), {PromiseChoice::From::Repository, "acme/shop"}), QString());
        QTRY_COMPARE(word(QStringLiteral("0.8"), 1), QStringLiteral("differs"));
        const auto tag = [&](const char* name) { return *m_page->table().model().tag(m_page->table().model().rowOf(name)); };
        QCOMPARE(tag("1.0").builtBy, std::string("run 7 of acme/shop (Release 1.0)"));
        QCOMPARE(tag("1.0").cells[0].verdict, PlatformVerdict::Published);
        QCOMPARE(tag("0.9").builtBy, std::string("run 5 of acme/shop"));
        QCOMPARE(tag("0.9").cells[0].built, older);
        QCOMPARE(tag("0.9").cells[0].verdict, PlatformVerdict::Published);
        QCOMPARE(tag("0.8").builtBy, std::string("run 4 of acme/shop"));
        for (const char* unknown : {"stable", "main", "1.1"}) {
            QVERIFY2(tag(unknown).builtBy.empty(), unknown);
            QVERIFY2(tag(unknown).cells[0].built.empty() && tag(unknown).cells[0].verdict == PlatformVerdict::Published, unknown);
        }
        // Each run was read once: list, artifacts, jobs, a log for each job and the newest one's file (with the folders of its bake file).
        const auto asked = [&](const QByteArray& part) { return std::count_if(github.server.requests().begin(), github.server.requests().end(), [&](const auto& request) { return request.path.contains(part); }); };
        QCOMPARE(asked("/artifacts"), 4);
        QCOMPARE(asked("/logs"), 5);
        QCOMPARE(asked("/contents/.github/workflows/docker.yml"), 1);
        // Nothing new: one question, conditional. The run that ended meanwhile tells whose tag it is.
        github.server.clear();
        QTest::mouseClick(m_page->findChild<QPushButton*>(QStringLiteral("refreshRelease")), Qt::LeftButton);
        QTRY_VERIFY(m_page->findChild<QPushButton*>(QStringLiteral("refreshRelease"))->isEnabled());
        QCOMPARE(github.server.requests().size(), 1);
        github.others[0] = {6, "main", "main", {{"amd64", m_registry->tags["main"]}}};
        QTest::mouseClick(m_page->findChild<QPushButton*>(QStringLiteral("refreshRelease")), Qt::LeftButton);
        QTRY_COMPARE(tag("main").builtBy, std::string("run 6 of acme/shop"));
        m_releases.reset();
    }

    void aPromiseThatCannotBeReadIsSaid()
    {
        RunOfShop github;
        m_releases->setGitHub(github.gitHub(false));
        QCOMPARE(m_releases->add(image(), {PromiseChoice::From::Repository, "https://github.com/acme/shop"}), QString());
        QTRY_VERIFY2(m_page->faultText().contains(QStringLiteral("nobody is signed in to GitHub")), qPrintable(m_page->faultText()));
        QTRY_COMPARE(m_page->table().model().rowCount(), 2);
        QCOMPARE(word(QStringLiteral("1.1"), 2), QStringLiteral("MISSING")); // other tags are the measure then
        QVERIFY(!m_releases->add(image(), {PromiseChoice::From::Repository, "nonsense"}).isEmpty());
        QVERIFY(m_page->faultText().contains(QStringLiteral("signed in"))); // what was refused changed nothing
        QCOMPARE(m_releases->add(image(), {PromiseChoice::From::File, "/nonexistent.hcl"}), QString());
        QTRY_VERIFY2(m_page->faultText().contains(QStringLiteral("there is no /nonexistent.hcl")), qPrintable(m_page->faultText()));
        m_releases.reset();
    }

    void aFilePromises()
    {
        const QString path = m_folder->filePath(QStringLiteral(".github/workflows/docker.yml"));
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v6\n        with: {push: true, platforms: \"linux/amd64,linux/riscv64\"}\n");
        file.close();
        QCOMPARE(m_releases->add(image(), {PromiseChoice::From::File, path.toStdString()}), QString());
        QTRY_VERIFY2(m_page->faultText().contains(QStringLiteral("linux/riscv64 is promised and not published: 1.1, 1.0")), qPrintable(m_page->faultText()));
        QVERIFY(m_page->findChild<QLabel*>(QStringLiteral("releasePromise"))->text().contains(QStringLiteral("docker.yml")));
    }

    void settingsHoldNamesOnly()
    {
        QCOMPARE(m_releases->add(image(), typed(QStringLiteral("linux/amd64"))), QString());
        m_releases.reset();
        QFile file(settings());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.contains("acme/shop") && text.contains("linux/amd64"));
        QVERIFY(!text.contains("sha256") && !text.contains("auth"));
    }
};

QTEST_MAIN(TestReleases)
#include "test_releases.moc"
