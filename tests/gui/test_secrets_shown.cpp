// Values the build itself knows as secret, and bidirectional controls, in the places beside the details that quote a build:
// the step inspector, the header and the list.
#include "items/build_list_item.h"
#include "items/build_text.h"
#include "items/step_label.h"
#include "support/event_builder.h"
#include "widgets/pages/build_header.h"
#include "widgets/pages/step_inspector.h"

#include <QLabel>
#include <QTest>

using namespace layerline;
using test::EventBuilder;

namespace {

const QStringList secrets{QStringLiteral("hunter2hunter2"), QStringLiteral("s3cr3t-pw"), QStringLiteral("ghp_abcdefghijklmnop"), QStringLiteral("\u202e")};

EventBatch leakingBatch(bool failedSteps)
{
    EventBuilder b("leaks", "worker");
    b.started(0, "multi");
    ev::RecordUpdated record;
    record.builder = "multi";
    record.node = "multi0";
    record.frontendAttrs = {{"build-arg:NPM_TOKEN", "hunter2hunter2"}, {"context", "https://ci:s3cr3t-pw@git.example/shop.git"}};
    b.event(record);
    b.step("a", "[deps 1/3] ENV NPM_TOKEN=hunter2hunter2");
    b.step("b", "[deps 2/3] RUN curl -u ci:hunter2hunter2 https://ci:s3cr3t-pw@x.example/\u202efdp", {"a"});
    b.step("c", "[deps 3/3] RUN echo ghp_abcdefghijklmnop hunter2hunter2", {"b"});
    b.run("a", 1, 3).run("b", 3, 30, false, failedSteps ? "refused: token hunter2hunter2 of https://ci:s3cr3t-pw@x.example" : "");
    b.transfer("b", "https://ci:s3cr3t-pw@x.example/blob", 10, 20, 4);
    b.run("c", 30, 32);
    b.completed(40, 2, "failed to solve: hunter2hunter2 and ghp_abcdefghijklmnop were refused by https://ci:s3cr3t-pw@x.example");
    return b.batch();
}

QStringList shownBy(const QWidget& page)
{
    QStringList texts;
    for (const QWidget* widget : page.findChildren<QWidget*>()) {
        texts << widget->toolTip() << widget->accessibleName();
        if (const auto* label = qobject_cast<const QLabel*>(widget))
            texts << label->text();
    }
    return texts;
}

} // namespace

class TestSecretsShown : public QObject {
    Q_OBJECT

    BuildStore m_store;
    SelectionState m_selection;
    const FixedClock m_clock{EventBuilder::at(50)};

    static void free(const QString& text, const char* where)
    {
        for (const QString& secret : secrets)
            QVERIFY2(!text.contains(secret), qPrintable(QLatin1String(where) + QStringLiteral(": ") + text));
    }
    const Build& build() const { return *m_store.find(m_selection.build()); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
    }
    void initTestCase()
    {
        m_store.apply(std::make_shared<EventBatch>(leakingBatch(true)));
        m_store.flush();
        m_selection.setBuild(m_store.builds().ids().front());
        QVERIFY(build().steps.size() >= 3);
        QVERIFY(build().step(StepIndex{1}).error.find("hunter2") != std::string::npos); // it is there to be hidden
    }
    void inspector()
    {
        StepInspector inspector(m_store, m_selection, m_clock);
        for (std::uint32_t i = 0; i < build().steps.size(); ++i) {
            m_selection.setStep(StepIndex{i});
            const QString shown = shownBy(inspector).join(QLatin1Char('\n'));
            QVERIFY2(shown.contains(QStringLiteral("••••")), qPrintable(shown));
            free(shown, "inspector");
            QVERIFY(!shown.contains(QStringLiteral("hunter2")) && !shown.contains(QStringLiteral("s3cr3t"))); // no part either
        }
        m_selection.setStep(StepIndex{1});
        const QString shown = shownBy(inspector).join(QLatin1Char('\n'));
        QVERIFY2(shown.contains(QStringLiteral("RUN")) && shown.contains(QStringLiteral("refused")) && shown.contains(QStringLiteral("⟨RLO⟩")), qPrintable(shown));
    }
    void header()
    {
        BuildHeader header(m_store, m_selection, m_clock);
        for (const int width : {500, 900, 1800}) {
            header.resize(width, 120);
            header.refresh();
            const QString shown = shownBy(header).join(QLatin1Char('\n'));
            QVERIFY2(shown.contains(QStringLiteral("RUN curl")), qPrintable(shown)); // the critical path's longest step
            free(shown, "header");
            QVERIFY2(!shown.contains(QStringLiteral("hunter")), qPrintable(shown)); // nor the beginning of one
        }
    }
    void list_data()
    {
        QTest::addColumn<bool>("failedSteps");
        QTest::newRow("a failed step") << true;
        QTest::newRow("the build's own error") << false;
    }
    void list()
    {
        QFETCH(bool, failedSteps);
        BuildSet set;
        const BuildId id = set.apply(leakingBatch(failedSteps)).first;
        const BuildListItem item = buildListItem(*set.find(id), EventBuilder::at(50));
        QVERIFY(!item.notes.isEmpty());
        free(item.notes.join(QLatin1Char('\n')), "list");
        QVERIFY(!item.notes.join(QLatin1Char('\n')).contains(QStringLiteral("hunter")));
    }
    void labelsOfMaskedSteps()
    {
        const BuildText shown(build());
        for (const Step& step : build().steps) {
            free(stepLabels(shown.named(step)).join(QLatin1Char('\n')), "labels");
            QCOMPARE(stepLabels(shown.named(step)).isEmpty(), stepLabels(step).isEmpty());
            QCOMPARE(shown.named(step).parsed.index, step.parsed.index);
        }
    }
};

QTEST_MAIN(TestSecretsShown)
#include "test_secrets_shown.moc"
