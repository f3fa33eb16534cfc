#include "domain/step_name.h"

#include <QTest>

using namespace layerline;

class TestStepName : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void parses_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("parts"); // kind|bake|runsOn|target|stage|index/count|keyword
        QTest::newRow("plain") << "[deps 2/2] RUN apk add x" << "instruction||||deps|2/2|RUN";
        QTest::newRow("unnamed stage") << "[1/3] FROM docker.io/library/alpine" << "instruction|||||1/3|FROM";
        QTest::newRow("platform") << "[linux/arm64 deps 4/13] RUN make" << "instruction||linux/arm64|linux/arm64|deps|4/13|RUN";
        QTest::newRow("padded") << "[linux/arm64  4/13] RUN make" << "instruction||linux/arm64|linux/arm64||4/13|RUN";
        QTest::newRow("cross") << "[linux/amd64->arm64 build 2/4] COPY . ." << "instruction||linux/amd64|linux/arm64|build|2/4|COPY";
        QTest::newRow("cross variant") << "[linux/amd64->arm/v6 build 2/4] COPY . ." << "instruction||linux/amd64|linux/arm/v6|build|2/4|COPY";
        QTest::newRow("cross os") << "[linux/amd64->windows/amd64 build 2/4] RUN x" << "instruction||linux/amd64|windows/amd64|build|2/4|RUN";
        QTest::newRow("bake") << "[one linux/amd64 base 1/2] FROM x" << "instruction|one|linux/amd64|linux/amd64|base|1/2|FROM";
        QTest::newRow("bake without platform") << "[one base 1/2] FROM x" << "instruction|one|||base|1/2|FROM";
        QTest::newRow("internal") << "[internal] load build definition from Dockerfile" << "internal|||||0/0|";
        QTest::newRow("bake internal") << "[one internal] load build context" << "internal|one||||0/0|";
        QTest::newRow("auth") << "[auth] library/alpine:pull token for registry-1.docker.io" << "internal|||||0/0|";
        QTest::newRow("export") << "exporting to image" << "export|||||0/0|";
        QTest::newRow("merge") << "merging manifest list localhost/x:1" << "export|||||0/0|";
        QTest::newRow("import") << "importing cache manifest from x" << "other|||||0/0|";
        QTest::newRow("context") << "[context base] load from client" << "internal|||||0/0|";
        QTest::newRow("sbom") << "[linux/amd64] generating sbom using docker.io/x" << "internal||linux/amd64|linux/amd64||0/0|";
        QTest::newRow("bracket only") << "[broken" << "other|||||0/0|";
        QTest::newRow("empty") << "" << "other|||||0/0|";
    }
    void parses()
    {
        QFETCH(QString, name);
        QFETCH(QString, parts);
        const StepName parsed = parseStepName(name.toStdString());
        static const char* const kinds[] = {"instruction", "internal", "export", "other"};
        const auto str = [](const std::optional<Platform>& p) { return p ? QString::fromStdString(p->str()) : QString(); };
        const QString got = QStringLiteral("%1|%2|%3|%4|%5|%6/%7|%8")
                                .arg(QString::fromLatin1(kinds[int(parsed.kind)]), QString::fromStdString(parsed.bakeTarget), str(parsed.runsOn), str(parsed.target),
                                     QString::fromStdString(parsed.stage))
                                .arg(parsed.index)
                                .arg(parsed.count)
                                .arg(QString::fromStdString(parsed.keyword));
        QCOMPARE(got, parts);
        QCOMPARE(parsed.cross, name.contains(QLatin1String("->")));
    }
};

QTEST_APPLESS_MAIN(TestStepName)
#include "test_step_name.moc"
