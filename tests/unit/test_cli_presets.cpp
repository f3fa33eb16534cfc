// Presets on the command line: what is printed and kept by the real commands, on the file the window keeps.
#include "app/cli/actions.h"
#include "app/cli/cli.h"
#include "app/cli/presets.h"
#include "app/tasks/build_presets.h"
#include "cli_fixture.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLockFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

using namespace layerline;
using test::Told;
using test::told;
using Json = nlohmann::json;

class TestCliPresets : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;

    QString shop() const { return m_home->filePath(QStringLiteral("shop")); }
    QString presetFile() const { return m_home->filePath(QStringLiteral("config/layerline/presets.json")); }
    void write(const QString& name, const QByteArray& text) const
    {
        QDir().mkpath(QFileInfo(m_home->filePath(name)).path());
        QFile file(m_home->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    Told run(int (*tool)(QCoreApplication&, const QStringList&), const QStringList& arguments) const { return told(tool, arguments, m_home->path()); }
    Told build(const QStringList& arguments) const { return run(runBuildTool, arguments); }
    Told presets(const QStringList& arguments) const { return run(runPresetsTool, arguments); }
    /// The client's arguments after "build" or "bake".
    std::vector<std::string> commandOf(const Told& told) const
    {
        const Json document = told.json();
        return document.is_object() ? document["commands"][0]["command"].get<std::vector<std::string>>() : std::vector<std::string>{told.err.toStdString()};
    }
    static bool has(const std::vector<std::string>& command, const std::vector<std::string>& part)
    {
        return std::search(command.begin(), command.end(), part.begin(), part.end()) != command.end();
    }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        write(QStringLiteral("bin/docker-buildx"), "#!/bin/sh\nexit 0\n");
        QFile(m_home->filePath(QStringLiteral("bin/docker-buildx"))).setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        write(QStringLiteral("shop/Dockerfile"), "FROM scratch\n");
        write(QStringLiteral("shop/arm/app.Dockerfile"), "FROM scratch\n");
        qputenv("HOME", m_home->path().toUtf8());
        qputenv("XDG_CONFIG_HOME", m_home->filePath(QStringLiteral("config")).toUtf8());
        qputenv("PATH", (m_home->filePath(QStringLiteral("bin")) + QStringLiteral(":/usr/bin:/bin")).toUtf8());
        qputenv("BUILDX_CONFIG", m_home->filePath(QStringLiteral("buildx")).toUtf8());
        qputenv("DOCKER_CONFIG", m_home->filePath(QStringLiteral(".docker")).toUtf8());
        qputenv("DOCKER_HOST", "unix:///none");
        qputenv("BUILDX_BUILDER", "default");
        for (const char* name : {"LAYERLINE_CONFIG", "DOCKER_CONTEXT", "NPM_TOKEN"})
            qunsetenv(name);
    }

    void whatIsKeptIsBuiltAgain()
    {
        const Told kept = build({shop(), QStringLiteral("--save-preset"), QStringLiteral("release"), QStringLiteral("--platform"), QStringLiteral("amd64,arm64"), QStringLiteral("-t"),
                                 QStringLiteral("r/shop:1"), QStringLiteral("--push"), QStringLiteral("--build-arg"), QStringLiteral("MODE=fast"), QStringLiteral("--build-arg"),
                                 QStringLiteral("NPM_TOKEN=npm_abcdefghijklmnop"), QStringLiteral("-f"), shop() + QStringLiteral("/arm/app.Dockerfile"), QStringLiteral("--at-most"), QStringLiteral("1"),
                                 QStringLiteral("--secret"), QStringLiteral("id=npm,env=NPM_TOKEN"), QStringLiteral("--json")});
        QVERIFY2(kept.status == ExitOk, kept.err.constData());
        QVERIFY(kept.json()["written"] == Json(true));
        const Json preset = kept.json()["presets"][0];
        QVERIFY(preset["dockerfile"] == Json("arm/app.Dockerfile"));
        QVERIFY(preset["arguments"] == Json::array({"MODE=fast", "NPM_TOKEN"}));
        QVERIFY(preset["secret_ids"] == Json::array({"npm"}));
        QFile file(presetFile());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!(file.readAll() + kept.out).contains("npm_abc"));

        // The values it does not hold are asked for: without a terminal they stand in the way.
        QVERIFY(build({shop(), QStringLiteral("--preset"), QStringLiteral("release"), QStringLiteral("--dry-run")}).err.contains("npm"));
        qputenv("NPM_TOKEN", "npm_abcdefghijklmnop");
        const QStringList again{shop(), QStringLiteral("--preset"), QStringLiteral("release"), QStringLiteral("--dry-run"), QStringLiteral("--json"),
                                QStringLiteral("--secret"), QStringLiteral("id=npm,env=NPM_TOKEN")};
        Told told = build(again);
        QVERIFY2(told.status == ExitOk, told.err.constData());
        const auto command = commandOf(told);
        QVERIFY(has(command, {"--platform", "linux/amd64,linux/arm64"}));
        QVERIFY(has(command, {"--tag", "r/shop:1"}) && has(command, {"--push"}) && has(command, {"--build-arg", "NPM_TOKEN"}));
        QVERIFY(has(command, {"--file", shop().toStdString() + "/arm/app.Dockerfile"}));
        QVERIFY(has(command, {"--secret", "id=npm,env=NPM_TOKEN"}));
        QCOMPARE(command.back(), shop().toStdString());

        // What stands beside it comes first; of the same name it takes the place.
        told = build(again + QStringList{QStringLiteral("--platform"), QStringLiteral("arm64"), QStringLiteral("--build-arg"), QStringLiteral("MODE=slow"), QStringLiteral("--no-cache")});
        const auto changed = commandOf(told);
        QVERIFY(has(changed, {"--platform", "linux/arm64"}) && has(changed, {"--build-arg", "MODE=slow"}) && has(changed, {"--no-cache"}));
        QVERIFY(!has(changed, {"MODE=fast"}) && has(changed, {"--tag", "r/shop:1"}));
        // A file of the folder is built in the place of the preset's.
        QStringList other = again;
        other[0] = shop() + QStringLiteral("/Dockerfile");
        QVERIFY(has(commandOf(build(other)), {"--file", shop().toStdString() + "/Dockerfile"}));
    }

    void dryRunsChangeNothing()
    {
        const QStringList save{shop(), QStringLiteral("--save-preset"), QStringLiteral("quick"), QStringLiteral("--platform"), QStringLiteral("amd64")};
        Told told = build(save + QStringList{QStringLiteral("--dry-run")});
        QCOMPARE(told.status, int(ExitOk));
        QVERIFY2(told.out.contains("would be kept") && told.out.contains("--platform linux/amd64"), told.out.constData());
        QVERIFY(!QFile::exists(presetFile()));
        QVERIFY(build(save).out.contains("is kept"));
        QFile file(presetFile());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray kept = file.readAll();
        file.close();
        QCOMPARE(build({shop(), QStringLiteral("--preset"), QStringLiteral("quick"), QStringLiteral("--dry-run")}).status, int(ExitOk));
        QVERIFY(presets({shop(), QStringLiteral("--delete"), QStringLiteral("quick"), QStringLiteral("--dry-run")}).out.contains("would be deleted"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), kept);
        file.close();
        QVERIFY(presets({shop(), QStringLiteral("--delete"), QStringLiteral("quick")}).out.contains("is deleted"));
        QCOMPARE(presets({shop()}).out, "No presets of " + shop().toUtf8() + ".\n");
    }

    void theyAreListed()
    {
        const PresetStore store(presetFile());
        BuildForm form;
        form.context = shop().toStdString();
        form.tags = {"shop:7"};
        form.keepGoing = true;
        QVERIFY(store.save(form.context, "by the window", form));
        QVERIFY(store.setLastUsed(form.context, "by the window"));
        const Told text = presets({shop()});
        QVERIFY2(text.out.startsWith("by the window  (used last)\n") && text.out.contains("--tag shop:7") && text.out.contains("one build a platform"), text.out.constData());
        const Json document = presets({shop(), QStringLiteral("--json")}).json();
        QVERIFY(document["schema"] == Json(1));
        QVERIFY(document["project"] == Json(form.context));
        QVERIFY(!document.contains("written"));
        QVERIFY(document["presets"][0]["last_used"] == Json(true));
        QVERIFY(document["presets"][0]["tags"] == Json::array({"shop:7"}));
        QVERIFY(store.remove(form.context, "by the window"));
        QCOMPARE(store.lastUsed(form.context), std::string());
    }

    void aBakeFileKeepsItsTargets()
    {
        write(QStringLiteral("baked/docker-bake.hcl"), "target \"app\" {}\ntarget \"tool\" {}\n");
        const QString folder = m_home->filePath(QStringLiteral("baked"));
        QCOMPARE(build({folder, QStringLiteral("app"), QStringLiteral("tool"), QStringLiteral("--save-preset"), QStringLiteral("all")}).status, int(ExitOk));
        const auto command = commandOf(build({folder, QStringLiteral("--preset"), QStringLiteral("all"), QStringLiteral("--dry-run"), QStringLiteral("--json")}));
        QVERIFY(has(command, {"bake"}) && has(command, {"app", "tool"}));
        QVERIFY(!has(commandOf(build({folder, QStringLiteral("app"), QStringLiteral("--preset"), QStringLiteral("all"), QStringLiteral("--dry-run"), QStringLiteral("--json")})), {"tool"}));
    }

    /// Each reads what the others kept, and writes its own beside it.
    void manyWriters()
    {
        std::atomic<int> failed{0};
        std::vector<std::thread> writers;
        for (int at = 0; at < 8; ++at) {
            writers.emplace_back([&, at] {
                const PresetStore store(presetFile(), std::chrono::minutes(2));
                failed += store.save("/project", "p" + std::to_string(at), {}).ok() ? 0 : 1;
                failed += store.setLastUsed("/project " + std::to_string(at), "p").ok() ? 0 : 1;
            });
        }
        for (std::thread& writer : writers)
            writer.join();
        QCOMPARE(failed.load(), 0);
        QCOMPARE(PresetStore(presetFile()).names("/project").value().size(), std::size_t(8));
        QFile file(presetFile());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray kept = file.readAll();
        QCOMPARE(Json::parse(kept.begin(), kept.end())["last"].size(), std::size_t(8));
        QCOMPARE(QFileInfo(presetFile()).dir().entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("presets.json")});

        QLockFile other(presetFile() + QStringLiteral(".lock"));
        QVERIFY(other.tryLock());
        const PresetStore store(presetFile(), std::chrono::milliseconds(50));
        for (const auto& done : {store.save("/project", "p9", {}), store.remove("/project", "p1"), store.setLastUsed("/project", "p1")}) {
            QVERIFY(!done);
            QVERIFY2(done.error().detail.find("another program holds") != std::string::npos, done.error().detail.c_str());
        }
        QCOMPARE(store.names("/project").value().size(), std::size_t(8)); // reading needs no lock
    }

    /// A preset holds no credentials: those that were just given are used, and told nowhere.
    void aRemoteContextIsTheOneGiven()
    {
        const QString address = QStringLiteral("https://me:hunter2@host.example/a/b.git");
        QCOMPARE(build({address, QStringLiteral("--save-preset"), QStringLiteral("u"), QStringLiteral("-t"), QStringLiteral("r/b:1")}).status, int(ExitOk));
        const auto form = presetFor(address.toStdString(), "u");
        QVERIFY(form.ok());
        QCOMPARE(form.value().context, address.toStdString());
        QCOMPARE(form.value().tags, std::vector<std::string>{"r/b:1"});
        for (const QStringList& more : {QStringList{}, QStringList{QStringLiteral("--json")}}) {
            for (const Told& told : {presets(QStringList{address} + more), presets(QStringList{address, QStringLiteral("--delete"), QStringLiteral("u"), QStringLiteral("--dry-run")} + more),
                                     build(QStringList{address, QStringLiteral("--save-preset"), QStringLiteral("v"), QStringLiteral("--dry-run")} + more)}) {
                QVERIFY2(told.status == ExitOk && told.out.contains("host.example"), told.err.constData());
                QVERIFY2(!(told.out + told.err).contains("hunter2"), told.out.constData());
            }
        }
    }

    void aDryRunFailsWhereTheRealCallDoes()
    {
        const QStringList save{shop(), QStringLiteral("--save-preset"), QStringLiteral("one")};
        const auto bothFail = [&](const char* why) {
            for (const QStringList& call : {save, save + QStringList{QStringLiteral("--dry-run")}}) {
                const Told told = build(call);
                QCOMPARE(told.status, int(ExitProblem));
                QVERIFY2(told.err.contains(why) && told.out.isEmpty(), told.err.constData());
            }
        };
        write(QStringLiteral("config/layerline/presets.json"), "{");
        bothFail("is damaged");
        QVERIFY(QDir(m_home->filePath(QStringLiteral("config/layerline"))).removeRecursively());
        write(QStringLiteral("config/layerline"), "a file where the folder should be");
        bothFail("cannot write");
    }

    void refusals()
    {
        const Told none = build({shop(), QStringLiteral("--preset"), QStringLiteral("gone")});
        QCOMPARE(none.status, int(ExitUsage));
        QVERIFY(none.err.contains("there is no preset \"gone\""));
        build({shop(), QStringLiteral("--save-preset"), QStringLiteral("one")});
        QVERIFY(build({shop(), QStringLiteral("--preset"), QStringLiteral("gone")}).err.contains("there are: one"));
        const Told unkept = build({shop(), QStringLiteral("--save-preset"), QStringLiteral("two"), QStringLiteral("--label"), QStringLiteral("a=b"), QStringLiteral("--ssh"), QStringLiteral("default")});
        QCOMPARE(unkept.status, int(ExitUsage));
        QVERIFY2(unkept.err.contains("does not hold --label, --ssh"), unkept.err.constData());
        QCOMPARE(build({shop(), QStringLiteral("--save-preset"), QString()}).status, int(ExitUsage));
        QCOMPARE(presets({shop(), QStringLiteral("--delete"), QStringLiteral("gone")}).status, int(ExitUsage));
        QCOMPARE(presets({shop(), shop()}).status, int(ExitUsage));
        const Told lines = build({shop(), QStringLiteral("--save-preset"), QStringLiteral("two"), QStringLiteral("--build-arg"), QStringLiteral("NOTES=one\ntwo")});
        QCOMPARE(lines.status, int(ExitUsage));
        QVERIFY2(lines.err.contains("does not hold a --build-arg of several lines"), lines.err.constData());
        write(QStringLiteral("config/layerline/presets.json"), "{");
        QVERIFY(presets({shop()}).err.contains("is damaged"));
        QCOMPARE(presets({shop()}).status, int(ExitUsage));
    }
};

QTEST_GUILESS_MAIN(TestCliPresets)
#include "test_cli_presets.moc"
