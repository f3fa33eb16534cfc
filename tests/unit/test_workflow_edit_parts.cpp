#include "analysis/workflow/migrate_plan.h"
#include "analysis/workflow/workflow_edit.h"

#include <QDir>
#include <QtTest>

#include "workflow_fixture.h"

using namespace layerline;
using test::runnerTable;
using test::workflowText;

class TestWorkflowEditParts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void caches_data();
    void caches();
    void conditions();
    void brokenFilesAreRefused();
};

void TestWorkflowEditParts::caches_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char* before, const char* after) { QTest::newRow(before) << QByteArray(before) << QByteArray(after); };
    row("type=gha", "type=gha,scope=job-A\n");
    row("type=gha,scope=x,mode=max", "type=gha,scope=x-A,mode=max\n");
    row("type=gha,scope=${{ format('{0},{1}', a, b) }},mode=max", "type=gha,scope=${{ format('{0},{1}', a, b) }}-A,mode=max\n");
    row("type=registry,ref=ghcr.io/a/b:cache,mode=max", "type=registry,ref=ghcr.io/a/b:cache-A,mode=max\n");
    row("type=registry,ref=localhost:5000/b", "type=registry,ref=localhost:5000/b:cache-A\n");
    row("type=s3,region=x,bucket=y,name=n", "type=s3,region=x,bucket=y,name=n-A\n");
    row("type=inline", "type=inline\n");
    row("acme/app:latest", "acme/app:latest\n");
    row("type=gha,scope=a\ntype=gha,scope=b", "type=gha,scope=a-A\ntype=gha,scope=b-A\n");
}

void TestWorkflowEditParts::caches()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QCOMPARE(QByteArray::fromStdString(scopedCaches(before.toStdString(), "A", "job")), after);
}

void TestWorkflowEditParts::conditions()
{
    QCOMPARE(bothConditions("", ""), std::string());
    QCOMPARE(bothConditions("${{ a }}", "true"), std::string("a"));
    QCOMPARE(bothConditions("a || b", "${{ c }}"), std::string("(a || b) && c"));
}

void TestWorkflowEditParts::brokenFilesAreRefused()
{
    const QDir folder(QStringLiteral(LAYERLINE_SOURCE_DIR "/tests/data/workflows"));
    int refused = 0, edited = 0;
    for (const QString& name : folder.entryList({QStringLiteral("*.yml")}, QDir::Files)) {
        const std::string text = workflowText(qPrintable(name));
        // Cut off and damaged in many places: an error or an edit that can be read again, never anything else.
        for (std::size_t cut = 7; cut < text.size(); cut += 61) {
            std::string damaged = text;
            damaged[cut] = "{:'-#"[cut % 5];
            for (const std::string& broken : {text.substr(0, cut), damaged}) {
                for (const auto& edit : {rollbackToQemu(broken, runnerTable()), migrateToNative(broken, runnerTable()), withoutPublishing(broken, runnerTable())}) {
                    ++(edit ? edited : refused);
                    if (!edit)
                        QVERIFY2(edit.error().kind != ErrorKind::Internal, (name.toStdString() + " " + std::to_string(cut) + ": " + edit.error().detail).c_str());
                }
            }
        }
    }
    QVERIFY(refused > 500 && edited > 500);
}

QTEST_APPLESS_MAIN(TestWorkflowEditParts)
#include "test_workflow_edit_parts.moc"
