// Builder nodes: order, sums of disk use, and random change sets.
#include "items/builders_model.h"
#include "support/model_shadow.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QTest>

using namespace layerline;
using namespace layerline::test;

class TestBuildersModel : public QObject {
    Q_OBJECT
private:
    static NodeRow node(const std::string& builder, const std::string& name, NodeCondition state = NodeCondition::Live)
    {
        NodeRow row;
        row.builder = builder;
        row.node = name;
        row.state = state;
        return row;
    }
    static QString print(const BuildersModel& model)
    {
        QStringList lines;
        for (int row = 0; row < model.rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < model.columnCount(); ++column)
                cells += model.index(row, column).data().toString();
            lines += cells.join(QLatin1Char('|'));
        }
        return lines.join(QLatin1Char('\n'));
    }

private Q_SLOTS:
    void order()
    {
        BuildersModel model;
        NodeRow used = node("z", "z0");
        used.current = true;
        model.setNodes({node("b", "b1"), node("b", "b0"), node("a", "a0"), used});
        QCOMPARE(print(model), QStringLiteral("z|z0|live||||\na|a0|live||||\nb|b0|live||||\nb|b1|live||||"));
    }

    void diskSumsByTypeAndAge()
    {
        const auto sums = diskSums({{"regular", 100, 0.5, false, 2}, {"regular", 50, 40, true, 1}, {"source.local", 200, 3, false, 1}, {"weird", 1, 9, false, 1}});
        QCOMPARE(int(sums.size()), 3);
        QCOMPARE(sums[0].type, QStringLiteral("local contexts"));
        QCOMPARE(sums[1].total, 150);
        QCOMPARE(sums[1].reclaimable, 100);
        QCOMPARE(sums[1].count, 3);
        QCOMPARE(sums[1].bytes[std::size_t(DiskAge::Day)], 100);
        QCOMPARE(sums[1].bytes[std::size_t(DiskAge::Older)], 50);
        QCOMPARE(sums[2].bytes[std::size_t(DiskAge::Month)], 1);
        QCOMPARE(sums[2].type, QStringLiteral("weird"));
        QVERIFY(diskSums({}).empty());
    }

    void agesEndWhereTheNextBegins_data()
    {
        QTest::addColumn<double>("days");
        QTest::addColumn<int>("age");
        QTest::newRow("just now") << 0.0 << int(DiskAge::Day);
        QTest::newRow("in the future") << -2.0 << int(DiskAge::Day); // of an engine whose clock is ahead
        QTest::newRow("today") << 0.999 << int(DiskAge::Day);
        QTest::newRow("yesterday") << 1.0 << int(DiskAge::Week);
        QTest::newRow("this week") << 6.999 << int(DiskAge::Week);
        QTest::newRow("last week") << 7.0 << int(DiskAge::Month);
        QTest::newRow("this month") << 29.999 << int(DiskAge::Month);
        QTest::newRow("long ago") << 30.0 << int(DiskAge::Older);
    }
    void agesEndWhereTheNextBegins()
    {
        QFETCH(double, days);
        QFETCH(int, age);
        const auto sums = diskSums({{"regular", 7, days, false, 1}});
        for (std::size_t each = 0; each < diskAges; ++each)
            QCOMPARE(sums.front().bytes[each], std::int64_t(int(each) == age ? 7 : 0));
    }

    void sentences()
    {
        QVERIFY(conditionSentence(node("b", "n")).isEmpty());
        for (const auto state : {NodeCondition::Connecting, NodeCondition::Down, NodeCondition::Hung, NodeCondition::Forbidden, NodeCondition::Stopped, NodeCondition::Unwatched})
            QVERIFY(conditionSentence(node("b", "n\x1b", state)).contains(QStringLiteral("n␛")));
    }

    void randomChanges()
    {
        QRandomGenerator random(3);
        BuildersModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        ModelShadow shadow(model);
        std::vector<NodeRow> last;
        for (int i = 0; i < 10'000; ++i) {
            std::vector<NodeRow> nodes;
            for (quint32 j = random.bounded(8u); j > 0; --j) {
                NodeRow one = node("b" + std::to_string(random.bounded(3u)), "n" + std::to_string(j), NodeCondition(random.bounded(6)));
                one.current = random.bounded(4) == 0;
                one.version = std::to_string(random.bounded(3u));
                nodes.push_back(one);
            }
            model.setNodes(nodes);
            last = nodes;
            if (i % 20 == 0)
                QCOMPARE(shadow.check(), QString());
        }
        BuildersModel fresh;
        fresh.setNodes(last);
        QCOMPARE(print(model), print(fresh));
        QCOMPARE(shadow.check(), QString());
        QCOMPARE(shadow.faults(), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestBuildersModel)
#include "test_builders_model.moc"
