// The table of tags and platforms, the list of images, and where a tag may go back to.
#include "items/releases_model.h"
#include "items/watched_images_model.h"
#include "support/model_shadow.h"
#include "support/sample_release.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace layerline;
using namespace layerline::test;

class TestReleasesModel : public QObject {
    Q_OBJECT
    FixedClock m_clock{releaseTime()};

    static QString row(const QAbstractItemModel& model, int row)
    {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells << model.index(row, column).data().toString();
        return cells.join(QStringLiteral(" | "));
    }

private Q_SLOTS:
    void rowsAndColumns()
    {
        ReleasesModel model(m_clock);
        QAbstractItemModelTester tester(&model);
        QCOMPARE(model.rowCount(), 0);
        model.setRelease(std::make_shared<const Release>(sampleRelease()));
        QStringList heads;
        for (int column = 0; column < model.columnCount(); ++column)
            heads << model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        QCOMPARE(heads.join(QStringLiteral(" | ")), QStringLiteral("Tag | amd64 | arm64 | riscv64 | Digest | Made"));
        QCOMPARE(row(model, 0), QStringLiteral("2.0 | published | MISSING | – | sha256:cccccccccccc… | 3 day(s) ago"));
        QCOMPARE(row(model, 1), QStringLiteral("1.1 | published | published | extra | sha256:dddddddddddd… | 3 day(s) ago"));
        QCOMPARE(row(model, 2), QStringLiteral("1.0 | published | differs | – | sha256:eeeeeeeeeeee… | 3 day(s) ago"));
        QCOMPARE(model.index(0, 2).data(Qt::AccessibleTextRole).toString(), QStringLiteral("2.0 linux/arm64: MISSING"));
        QVERIFY(model.index(2, 2).data(Qt::ToolTipRole).toString().contains(QString::fromStdString(digestOf('9'))));
        QVERIFY(!model.cell(0, 3) && !model.cell(9, 1) && !model.cell(0, 0));
        QVERIFY(!model.index(0, 99).isValid() && !model.index(3, 0).isValid());
    }

    void aNewAnswerChangesOneRow()
    {
        ReleasesModel model(m_clock);
        Release release = sampleRelease();
        model.setRelease(std::make_shared<const Release>(release));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged), reset(&model, &QAbstractItemModel::modelReset);
        release.tags[0].cells[1] = cellWith(arm64, PlatformVerdict::Published, true, 'f');
        model.setRelease(std::make_shared<const Release>(release));
        QCOMPARE(reset.size(), 0);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 0);
        release.tags.pop_back();
        model.setRelease(std::make_shared<const Release>(release));
        QCOMPARE(reset.size(), 1);
    }

    void ages()
    {
        const auto age = [](std::int64_t minutes) { return ReleasesModel::ageText({minutes * 60'000'000'000}); };
        QCOMPARE(age(-5), age(0));
        QVERIFY(age(59).startsWith(QStringLiteral("59 minute")));
        QVERIFY(age(60).startsWith(QStringLiteral("1 hour")));
        QVERIFY(age(48 * 60).startsWith(QStringLiteral("2 day")));
        QVERIFY(age(90 * 24 * 60).startsWith(QStringLiteral("3 month")));
        ReleasesModel model(m_clock);
        Release release = sampleRelease();
        release.tags[0].cells[0].created.reset();
        model.setRelease(std::make_shared<const Release>(release));
        QCOMPARE(model.index(0, model.ageColumn()).data().toString(), QStringLiteral("–"));
    }

    void anUnreadableTag()
    {
        Release release = sampleRelease();
        release.tags[0].published.problem = "ghcr.io does not allow reading acme/shop";
        release.tags[0].cells = {cellWith(amd64, PlatformVerdict::Unknown)};
        ReleasesModel model(m_clock);
        model.setRelease(std::make_shared<const Release>(release));
        QCOMPARE(model.index(0, model.digestColumn()).data().toString(), QStringLiteral("can't be read"));
        QVERIFY(model.index(0, model.digestColumn()).data(Qt::ToolTipRole).toString().contains(QStringLiteral("does not allow")));
    }

    void faultsNameTheirTags()
    {
        const auto faults = faultsOf(sampleRelease());
        QCOMPARE(faults.size(), std::size_t(2));
        QCOMPARE(faults[0].platform, arm64);
        QCOMPARE(faults[0].tags, std::vector<std::string>{"2.0"});
        QCOMPARE(faults[1].verdict, PlatformVerdict::Differs);
        Release extra = sampleRelease();
        extra.tags = {extra.tags[1]};
        QVERIFY(faultsOf(extra).empty());
    }

    void whereATagMayGo()
    {
        const std::vector<TagSighting> sightings{{"2.0", digestOf('1'), true, {amd64, arm64}, releaseTime(-90), releaseTime(-80)},
                                                 {"1.1", digestOf('7'), true, {}, releaseTime(-70), releaseTime(-70)},
                                                 {"2.0", digestOf('d'), true, {amd64}, releaseTime(-60), releaseTime(-50)},
                                                 {"2.0", digestOf('1'), true, {amd64, arm64}, releaseTime(-40), releaseTime(-30)},
                                                 {"2.0", digestOf('c'), true, {amd64}, releaseTime(-20), releaseTime(0)}};
        const auto targets = moveTargets(sampleRelease(), "2.0", sightings);
        QCOMPARE(targets.size(), std::size_t(3)); // never the present digest, nor another tag's past
        QCOMPARE(targets[0].digest, digestOf('1'));
        QCOMPARE(*targets[0].first, releaseTime(-90));
        QCOMPARE(*targets[0].last, releaseTime(-30));
        QCOMPARE(targets[1].digest, digestOf('d'));
        QCOMPARE(targets[1].tags, std::vector<std::string>{"1.1"});
        QCOMPARE(targets[1].platforms.size(), std::size_t(3)); // as the registry has it now
        QCOMPARE(targets[2].digest, digestOf('e'));
        QVERIFY(!targets[2].last);
    }

    void images()
    {
        WatchedImagesModel model;
        QAbstractItemModelTester tester(&model);
        ModelShadow shadow(model);
        WatchedImage reading;
        reading.image = "docker.io/acme/docs";
        WatchedImage refused = reading;
        refused.image = "docker.io/acme/gone";
        refused.state = WatchedImage::State::Refused;
        refused.problem = "no such repository";
        Release whole = sampleRelease();
        whole.image = "ghcr.io/acme/edge";
        whole.tags = {whole.tags[1]};
        model.setImages({sampleImage(), reading, refused, sampleImage(whole)});
        QCOMPARE(shadow.check(), QString());
        QCOMPARE(WatchedImagesModel::healthOf(*model.image(0)), WatchedImagesModel::Health::Faulty);
        QVERIFY(WatchedImagesModel::stateText(*model.image(0)).startsWith(QStringLiteral("arm64 is missing in 1 tag")));
        QCOMPARE(WatchedImagesModel::healthOf(*model.image(1)), WatchedImagesModel::Health::Reading);
        QCOMPARE(WatchedImagesModel::stateText(*model.image(2)), QStringLiteral("no such repository"));
        QVERIFY(model.index(3).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("nothing missing")));
        reading.state = WatchedImage::State::Read;
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setImages({sampleImage(), reading, refused, sampleImage(whole)});
        QCOMPARE(shadow.faults(), QStringList());
        QVERIFY(changed.size() >= 1);
    }

    void randomChanges()
    {
        std::mt19937 random(11);
        const auto pick = [&](int n) { return int(random() % unsigned(n)); };
        const Platform all[] = {amd64, arm64, riscv64};
        ReleasesModel model(m_clock);
        QAbstractItemModelTester tester(&model);
        ModelShadow shadow(model);
        Release release = sampleRelease();
        for (int i = 0; i < 10'000; ++i) {
            if (pick(30) == 0)
                release.tags.insert(release.tags.begin(), tagWith("t" + std::to_string(i), 'f', {}));
            else if (pick(30) == 0 && !release.tags.empty())
                release.tags.erase(release.tags.begin() + pick(int(release.tags.size())));
            if (!release.tags.empty()) {
                ReleaseTag& tag = release.tags[std::size_t(pick(int(release.tags.size())))];
                const int what = pick(4);
                if (what == 0)
                    tag.cells = {cellWith(all[pick(3)], PlatformVerdict(pick(5)), pick(2) == 0)};
                else if (what == 1)
                    tag.published.problem = pick(2) ? "503" : "";
                else if (what == 2)
                    tag.published.digest = digestOf(char('a' + pick(6)));
            }
            if (pick(50) == 0)
                release.promise.platforms = {all[pick(3)]};
            model.setRelease(pick(300) == 0 ? nullptr : std::make_shared<const Release>(release));
            QCOMPARE(shadow.check(), QString());
        }
        QCOMPARE(shadow.faults(), QStringList());
        ReleasesModel fresh(m_clock);
        model.setRelease(std::make_shared<const Release>(release));
        fresh.setRelease(std::make_shared<const Release>(release));
        QCOMPARE(model.rowCount(), fresh.rowCount());
        for (int i = 0; i < fresh.rowCount(); ++i)
            QCOMPARE(row(model, i), row(fresh, i));
    }
};

QTEST_MAIN(TestReleasesModel)
#include "test_releases_model.moc"
