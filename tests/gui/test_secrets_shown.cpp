// Values the build itself knows as secret, and bidirectional controls, in the places beside the details that quote a build:
// the step inspector, the header, the list, the timeline, the layers and the log's gutter.
#include "items/build_list_item.h"
#include "items/build_text.h"
#include "items/layers_rows.h"
#include "items/step_label.h"
#include "support/event_builder.h"
#include "widgets/pages/build_header.h"
#include "widgets/log/log_canvas.h"
#include "widgets/log/log_view.h"
#include "widgets/pages/step_inspector.h"
#include "widgets/timeline/timeline_hover_card.h"
#include "widgets/timeline/timeline_labels.h"

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
    b.step("d", "[internal] load git source https://ci:s3cr3t-pw@git.example/shop.git#hunter2hunter2").run("d", 1, 2).log("d", 1.5, "fetched\n");
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
            QVERIFY(!stepLabels(step, shown).isEmpty());
            free(stepLabels(step, shown).join(QLatin1Char('\n')), "labels");
            free(stepTitle(step, shown), "title");
        }
    }
    void timeline()
    {
        const TimelineModel model(m_store, m_selection, m_clock);
        TimelineLabels labels;
        labels.setModel(model, QFont());
        QStringList all;
        for (std::uint32_t i = 0; i < build().steps.size(); ++i) {
            for (const TimelineLabels::Label& label : labels.of(StepIndex{i}))
                all << label.text;
            all << stepCardHtml(model, StepIndex{i}, EventBuilder::at(50), nullptr);
        }
        const QString shown = all.join(QLatin1Char('\n'));
        QVERIFY2(shown.contains(QStringLiteral("ENV NPM_TOKEN=••••")) && shown.contains(QStringLiteral("refused: token ••••")), qPrintable(shown));
        free(shown, "timeline");
    }
    /// The arguments may come after the steps: what was labelled before is masked then.
    void timelineMasksWhatIsKnownLater()
    {
        EventBuilder b("later", "worker");
        b.started(0).step("a", "[1/1] RUN login hunter2hunter2").begin("a", 1);
        m_store.apply(std::make_shared<EventBatch>(b.batch()));
        m_store.flush();
        SelectionState selection;
        for (const BuildId& id : m_store.builds().ids()) {
            if (m_store.find(id)->ref() == "later")
                selection.setBuild(id);
        }
        const TimelineModel model(m_store, selection, m_clock);
        TimelineLabels labels;
        labels.setModel(model, QFont());
        QVERIFY(labels.of(StepIndex{0}).front().text.contains(QStringLiteral("hunter2hunter2")));
        ev::RecordUpdated record;
        record.frontendAttrs = {{"build-arg:NPM_TOKEN", "hunter2hunter2"}};
        b.event(record);
        m_store.apply(std::make_shared<EventBatch>(b.batch()));
        m_store.flush();
        labels.setModel(model, QFont());
        QCOMPARE(labels.of(StepIndex{0}).front().text, QStringLiteral("RUN login ••••"));
    }
    void layers()
    {
        QStringList all;
        for (const LayerRow& row : layerRows(build(), {Platform{}}))
            all << row.title << row.detail << row.keyword;
        const QString shown = all.join(QLatin1Char('\n'));
        QVERIFY2(shown.contains(QStringLiteral("NPM_TOKEN=••••")), qPrintable(shown));
        free(shown, "layers");
    }
    void log()
    {
        LogView view(m_store, m_selection, m_clock);
        view.setScope(LogScope::Step);
        for (std::uint32_t i = 0; i < build().steps.size(); ++i) {
            m_selection.setStep(StepIndex{i});
            view.show();
            QVERIFY2(view.title().contains(QStringLiteral("••••")), qPrintable(view.title()));
            free(view.title(), "log");
        }
    }
    void gutter()
    {
        LogView view(m_store, m_selection, m_clock);
        view.setScope(LogScope::All);
        view.resize(900, 300);
        view.show();
        auto* canvas = view.findChild<LogCanvas*>();
        QTRY_COMPARE(canvas->visibleText().join(QLatin1Char('|')), QStringLiteral("fetched"));
        const QString shown = canvas->visibleNames().join(QLatin1Char('\n'));
        QVERIFY2(shown.contains(QStringLiteral("load git source https://••••@git.example")), qPrintable(shown));
        free(shown, "gutter");
    }
};

QTEST_MAIN(TestSecretsShown)
#include "test_secrets_shown.moc"
