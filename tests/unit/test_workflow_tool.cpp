// What is written of a rollback or migration of a folder, and what is refused.
#include "app/tasks/workflow_tool.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <sys/stat.h>

using namespace layerline;

namespace {

const char qemu[] = R"(on: push
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: docker/setup-qemu-action@v3
      - uses: docker/setup-buildx-action@v3
      - uses: docker/build-push-action@v6
        with:
          platforms: linux/amd64,linux/arm64
          push: true
          tags: ghcr.io/acme/shop:latest
)";

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
}

void write(const QString& path, const QByteArray& content)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

} // namespace

class TestWorkflowTool : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("XDG_DATA_HOME", m_folder->filePath(QStringLiteral("data")).toUtf8());
    }

    void writesAndTakesBack()
    {
        write(file(), qemu);
        const auto planned = plan();
        QVERIFY2(planned.ok(), planned.ok() ? "" : planned.error().detail.c_str());
        QVERIFY(writePlan(request(), planned.value()).ok());
        QVERIFY(contentOf(file()) != QByteArray(qemu));
        const QFileInfo kept = undoFile();
        QCOMPARE(int(kept.permissions() & (QFile::ReadGroup | QFile::ReadOther)), 0);
        QVERIFY(undoWrite(request()).ok());
        QCOMPARE(contentOf(file()), QByteArray(qemu));
    }

    void eachWriteIsTakenBackInTurn()
    {
        write(file(), qemu);
        QVERIFY(writePlan(request(), plan().value()).ok());
        const QByteArray migrated = contentOf(file());
        WorkflowRequest back = request();
        back.rollback = true;
        const auto returned = planWorkflow(back, loadRunnerTable().value());
        QVERIFY2(returned.ok(), returned.ok() ? "" : returned.error().detail.c_str());
        QVERIFY(writePlan(back, returned.value()).ok());
        const QByteArray rolled = contentOf(file());
        QVERIFY(rolled != migrated && rolled != QByteArray(qemu));
        // Announced, and nothing is touched.
        const auto announced = planUndo(request());
        QVERIFY(announced.ok() && !announced->removes);
        QCOMPARE(announced->present, rolled.toStdString());
        QCOMPARE(announced->before, migrated.toStdString());
        QCOMPARE(contentOf(file()), rolled);
        QVERIFY(undoWrite(back).ok());
        QCOMPARE(contentOf(file()), migrated);
        QVERIFY(undoWrite(request()).ok());
        QCOMPARE(contentOf(file()), QByteArray(qemu));
        QVERIFY(undoWrite(request()).error().kind == ErrorKind::NotFound);
        // What somebody changed in between is where the way back ends.
        QVERIFY(writePlan(request(), plan().value()).ok());
        write(file(), QByteArray(qemu) + "# mine\n");
        QVERIFY(writePlan(request(), plan().value()).ok());
        QVERIFY(undoWrite(request()).ok());
        QCOMPARE(contentOf(file()), QByteArray(qemu) + "# mine\n");
        QVERIFY(undoWrite(request()).error().kind == ErrorKind::NotFound);
    }

    void aLinkLeadsNobodyOut()
    {
        const QString outside = m_folder->filePath(QStringLiteral("outside/docker.yml"));
        write(outside, qemu);
        QDir().mkpath(QFileInfo(file()).path());
        QVERIFY(QFile::link(outside, file()));
        auto planned = plan();
        QVERIFY(planned.ok());
        auto wrote = writePlan(request(), planned.value());
        QVERIFY(!wrote.ok() && wrote.error().detail.find("link") != std::string::npos);
        // The folder may be the link as well.
        QVERIFY(QDir(m_folder->filePath(QStringLiteral("repo"))).removeRecursively());
        QDir().mkpath(m_folder->filePath(QStringLiteral("repo/.github")));
        QVERIFY(QFile::link(m_folder->filePath(QStringLiteral("outside")), m_folder->filePath(QStringLiteral("repo/.github/workflows"))));
        planned = plan();
        QVERIFY(planned.ok());
        wrote = writePlan(request(), planned.value());
        QVERIFY(!wrote.ok());
        QCOMPARE(contentOf(outside), QByteArray(qemu));
    }

    void onlyFilesAreRead()
    {
        QDir().mkpath(QFileInfo(file()).path());
        QVERIFY(QFile::link(QStringLiteral("/dev/zero"), file()));
        QVERIFY(!readWorkflowText(file()).ok());
        QVERIFY(QFile::remove(file()));
        QCOMPARE(::mkfifo(file().toUtf8().constData(), 0600), 0);
        QVERIFY(!readWorkflowText(file()).ok());
        QVERIFY(QFile::remove(file()));
        write(file(), QByteArray((1 << 20) + 1, 'x'));
        const auto large = readWorkflowText(file());
        QVERIFY(!large.ok() && large.error().kind == ErrorKind::TooLarge);
    }

    void aDamagedUndoIsOneError()
    {
        write(file(), qemu);
        QVERIFY(writePlan(request(), plan().value()).ok());
        const QByteArray written = contentOf(file());
        for (const char* damaged : {"", "[]", R"({"existed": true, "before": 5, "written": "x"})", R"({"existed": 1, "before": "", "written": "x"})"}) {
            write(undoFile().filePath(), damaged);
            const auto undone = undoWrite(request());
            QVERIFY(!undone.ok());
            QCOMPARE(contentOf(file()), written);
        }
    }

private:
    QString file() const { return m_folder->filePath(QStringLiteral("repo/.github/workflows/docker.yml")); }
    QFileInfo undoFile() const
    {
        const auto files = QDir(m_folder->filePath(QStringLiteral("data/layerline/undo"))).entryInfoList(QDir::Files);
        return files.isEmpty() ? QFileInfo() : files.first();
    }
    WorkflowRequest request() const
    {
        WorkflowRequest request;
        request.rollback = false;
        request.place = m_folder->filePath(QStringLiteral("repo"));
        request.workflow = QStringLiteral("docker.yml");
        return request;
    }
    Result<WorkflowPlan> plan() const { return planWorkflow(request(), loadRunnerTable().value()); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestWorkflowTool)
#include "test_workflow_tool.moc"
