// Tags and the runs that may have pushed them.
#include "analysis/tag_runs.h"

#include <QTest>

using namespace layerline;

namespace {

Run run(std::int64_t id, const std::string& branch, const std::string& commit, int minute, const std::string& event = "push")
{
    Run made;
    made.key = {"acme/shop", id};
    made.branch = branch;
    made.commit = commit;
    made.event = event;
    made.state = RunState::Completed;
    made.conclusion = Conclusion::Success;
    made.started = *parseRfc3339("2026-11-20T10:00:00Z") + Duration{minute * 60'000'000'000LL};
    return made;
}

} // namespace

class TestTagRuns : public QObject {
    Q_OBJECT
    std::vector<Run> m_runs{
        run(9, "main", "aaaaaaa111", 90), run(8, "v1.3.0", "bbbbbbb222", 80), run(7, "v1.2.4", "ccccccc333", 70), run(6, "fix/the thing", "ddddddd444", 60),
        run(5, "v1.2.3", "eeeeeee555", 95), // run again: a later start than the newer ones'
        run(4, "main", "fffffff666", 40),   run(3, "v1.2.5-rc.1", "1111111777", 30), run(2, "shop-v2.0.0", "2222222888", 20), run(1, "main", "3333333999", 10, "pull_request"),
    };

    std::vector<std::int64_t> ids(const std::string& tag, bool byRule = true) const
    {
        const TagRuns found = runsForTag(tag, m_runs);
        std::vector<std::int64_t> ids;
        for (const std::size_t place : found.runs)
            ids.push_back(m_runs[place].key.id);
        return found.byRule == byRule ? ids : std::vector<std::int64_t>{-1};
    }
    using Ids = std::vector<std::int64_t>;

private Q_SLOTS:
    void byRule()
    {
        QCOMPARE(ids("v1.2.3"), Ids{5});
        QCOMPARE(ids("1.2.3"), Ids{5});
        QCOMPARE(ids("1.2"), (Ids{5, 7})); // the one that ran last, no pre-release
        QCOMPARE(ids("1"), (Ids{5, 8, 7}));
        QCOMPARE(ids("1.2.5-rc.1"), Ids{3});
        QCOMPARE(ids("2.0.0"), Ids{2});
        QCOMPARE(ids("main"), (Ids{9, 4})); // not the pull request's
        QCOMPARE(ids("fix-the-thing"), Ids{6});
        QCOMPARE(ids("sha-ccccccc"), Ids{7});
        QCOMPARE(ids("ddddddd444"), Ids{6});
    }

    void withoutARuleAnyRunMayHave()
    {
        const Ids all{5, 9, 8, 7, 6, 4, 3, 2};
        QCOMPARE(ids("latest", false), all);
        QCOMPARE(ids("20261120", false), all); // looks like a commit and is a date
        QCOMPARE(ids("9.9.9", false), all);    // a version built from a branch
        QCOMPARE(ids("pr-12", false), Ids{1});
        m_runs[0].conclusion = Conclusion::Skipped;
        m_runs[1].conclusion = Conclusion::Failure; // it may have failed after its push
        QCOMPARE(ids("latest", false), (Ids{5, 8, 7, 6, 4, 3, 2}));
        m_runs[0].conclusion = m_runs[1].conclusion = Conclusion::Success;
        QVERIFY(runsForTag("latest", {}).runs.empty());
    }
};

QTEST_GUILESS_MAIN(TestTagRuns)
#include "test_tag_runs.moc"
