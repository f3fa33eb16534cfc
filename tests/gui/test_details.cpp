// The Details tab with real input events.
#include "gui/shop_build.h"
#include "widgets/pages/details_pane.h"
#include "widgets/pages/details_pane_value.h"
#include "widgets/style/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>

using namespace layerline;
using namespace layerline::test;

namespace {
EventBatch detailedBatch()
{
    EventBuilder b("shop", "worker-5kq2m0v8n1c3x7z9");
    ev::RecordUpdated record;
    record.builder = "multi";
    record.node = "multi0";
    record.frontend = "dockerfile.v0";
    record.created = EventBuilder::at(0);
    record.complete = true;
    record.completed = EventBuilder::at(588);
    record.frontendAttrs = {{"filename", "Dockerfile"}, {"target", "release"}, {"platform", "linux/amd64,linux/arm64"},
        {"build-arg:PYTHON_VERSION", "3.12"}, {"build-arg:PIP_INDEX_URL", "https://ci:s3cr3t-t0ken@pypi.acme.example/simple"},
        {"build-arg:NPM_TOKEN", "npm_abcdefghijklmnopqrstuvwxyz0123456789"}, {"label:org.opencontainers.image.source", "https://github.com/acme/shop-backend"},
        {"label:org.opencontainers.image.revision", "9f2c1e7d0b3a"}, {"context:fixtures", "local:fixtures"},
        {"cache-imports", R"([{"Type":"registry","Attrs":{"ref":"ghcr.io/acme/shop-backend:cache-arm64"}}])"},
        {"attest:provenance", "mode=max"}, {"attest:sbom", ""}, {"vcs:source", "https://github.com/acme/shop-backend"}, {"vcs:revision", "9f2c1e7d0b3a"}};
    record.exporters = {{"image", {{"name", "ghcr.io/acme/shop-backend:1.8.2,ghcr.io/acme/shop-backend:latest"}, {"push", "true"}}}};
    record.exporterResponse = {{"containerimage.digest", "sha256:8c1d2e3f405162738495a6b7c8d9eafb0c1d2e3f405162738495a6b7c8d9eafb"}};
    record.results = {{"linux/amd64", {"application/vnd.oci.image.manifest.v1+json", "sha256:11112e3f405162738495a6b7c8d9eafb0c1d2e3f405162738495a6b7c8d9ea11", 1}},
                      {"linux/arm64", {"application/vnd.oci.image.manifest.v1+json", "sha256:22222e3f405162738495a6b7c8d9eafb0c1d2e3f405162738495a6b7c8d9ea22", 1}}};
    record.error = BuildError{2, "failed to solve: process \"/bin/sh -c pip install -r requirements.txt\" did not complete successfully: exit code: 1"};
    record.workerPlatforms = {{"linux", "amd64", ""}, {"linux", "arm64", ""}};
    record.localState = LocalState{"release", "/home/mira/src/shop-backend", "/home/mira/src/shop-backend/Dockerfile", ""};
    b.event(record);
    b.event(ev::ExcerptRead{{"Dockerfile", "", 8, {"COPY requirements.txt .", "", "RUN pip install -r requirements.txt", "", "COPY src/ ./src"}, {{10, 10}}}});
    ev::ProvenanceRead provenance;
    provenance.platform = "linux/amd64";
    provenance.materials = {{"pkg:docker/python@3.12-slim?platform=linux%2Famd64", "sha256:1f0e5a3cc7b88d9a77c41e7ac17b5a2c8f4a5f3f7c1d66b6a0a4b3c2d1e0c2c2"}};
    provenance.secrets = {"pip-conf"};
    b.event(provenance);
    ev::WarningRaised warning;
    warning.summary = "FromAsCasing: 'as' and 'FROM' keywords' casing do not match";
    warning.filename = "Dockerfile";
    warning.lines = {{1, 1}};
    b.event(warning);
    return b.batch();
}
} // namespace

class TestDetails : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<BuildStore> m_store;
    std::unique_ptr<SelectionState> m_selection;
    std::unique_ptr<DetailsPane> m_pane;

    DetailsValue* valueWith(const QString& text)
    {
        for (DetailsValue* value : m_pane->findChildren<DetailsValue*>()) {
            if (value->text().contains(text))
                return value;
        }
        return nullptr;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
        m_store = std::make_unique<BuildStore>();
        m_selection = std::make_unique<SelectionState>();
        m_pane = std::make_unique<DetailsPane>(*m_store, *m_selection);
        m_pane->resize(868, 700);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
        QVERIFY(m_pane->texts().isEmpty());
        m_store->apply(std::make_shared<EventBatch>(detailedBatch()));
        m_store->flush();
        m_selection->setBuild(m_store->builds().ids().front());
        m_pane->flush();
    }
    void cleanup() { m_pane.reset(); }

    void sectionsInOrder()
    {
        const QStringList texts = m_pane->texts();
        QCOMPARE(texts.first(), QStringLiteral("What went wrong"));
        int last = -1;
        for (const char* title : {"General", "Build", "Command that repeats it", "Build arguments", "Labels", "Named contexts", "Secrets and SSH (ids only)",
                                  "Cache", "Outputs", "Digests", "Attestations", "Provenance: what it was made from", "Warnings"}) {
            const int at = int(texts.indexOf(QString::fromUtf8(title)));
            QVERIFY2(at > last, title);
            last = at;
        }
        for (const QString& secret : {QStringLiteral("s3cr3t"), QStringLiteral("npm_abc")})
            QVERIFY2(!texts.join(QLatin1Char('\n')).contains(secret), qPrintable(secret));
        for (const QWidget* widget : m_pane->findChildren<QWidget*>())
            QVERIFY(!(widget->accessibleName() + widget->toolTip()).contains(QStringLiteral("s3cr3t")));
    }

    void revealByClick()
    {
        DetailsValue* masked = nullptr;
        for (int row = 0; row < m_pane->model().rowCount(); ++row) {
            if (m_pane->model().row(row).name == QStringLiteral("NPM_TOKEN"))
                masked = valueWith(m_pane->model().row(row).masked);
        }
        QVERIFY(masked);
        auto* eye = masked->findChild<QToolButton*>(QStringLiteral("reveal"));
        QVERIFY(eye && eye->isVisible());
        const QString hidden = masked->text();
        QTest::mouseClick(eye, Qt::LeftButton);
        QVERIFY(masked->text() != hidden);
        masked->copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), masked->text());
        QTest::mouseClick(eye, Qt::LeftButton);
        QCOMPARE(masked->text(), hidden);
    }

    void copyIsWhatIsSeen()
    {
        DetailsValue* command = valueWith(QStringLiteral("docker buildx build"));
        QVERIFY(command);
        command->setFocus();
        QTest::keyClick(command, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), command->text());
        QVERIFY(command->text().contains(QStringLiteral("--build-arg NPM_TOKEN \\\n")));
    }

    void failingLinesAreMarked()
    {
        auto* excerpt = m_pane->findChild<DetailsExcerpt*>();
        QVERIFY(excerpt);
        QVERIFY(excerpt->marked(10));
        QVERIFY(!excerpt->marked(9));
        QVERIFY(excerpt->accessibleName().contains(QStringLiteral(">>> RUN pip install")));
    }

    void nothingIsCutOff()
    {
        for (const int width : {480, 868, 1400, 2136}) {
            m_pane->resize(width, 700);
            auto* area = m_pane->findChild<QScrollArea*>();
            QTRY_COMPARE(area->widget()->width(), area->viewport()->width());
            for (const DetailsValue* value : m_pane->findChildren<DetailsValue*>()) {
                QTRY_VERIFY2(value->height() >= value->heightForWidth(value->width()), qPrintable(value->text()));
                QVERIFY(value->mapTo(area->widget(), QPoint(value->width(), 0)).x() <= area->widget()->width());
            }
        }
    }

    void updatesKeepThePlace()
    {
        m_pane->resize(600, 300);
        auto* bar = m_pane->findChild<QScrollArea*>()->verticalScrollBar();
        QTRY_VERIFY(bar->maximum() > 100);
        bar->setValue(100);
        EventBuilder b("shop", "worker-5kq2m0v8n1c3x7z9");
        ev::WarningRaised warning;
        warning.summary = "another";
        b.event(warning);
        m_store->apply(std::make_shared<EventBatch>(b.batch()));
        m_store->flush();
        m_pane->flush();
        QTRY_COMPARE(bar->value(), 100);
        QVERIFY(m_pane->texts().join(QLatin1Char('\n')).contains(QStringLiteral("another")));
        m_store->remove(m_selection->build());
        m_pane->flush();
        QVERIFY(m_pane->texts().isEmpty());
    }

    void pictures()
    {
        const QString folder = qEnvironmentVariable("LAYERLINE_SHOTS");
        if (folder.isEmpty())
            return;
        for (const auto& [kind, name] : {std::pair{ThemeKind::Light, "light"}, std::pair{ThemeKind::Dark, "dark"}}) {
            Theme::apply(*static_cast<QApplication*>(QCoreApplication::instance()), kind);
            for (const QSize size : {QSize(868, 1300), QSize(1028, 760), QSize(2136, 1000)}) {
                m_pane->resize(size);
                m_pane->flush();
                auto* area = m_pane->findChild<QScrollArea*>();
                QTRY_COMPARE(area->widget()->width(), area->viewport()->width());
                QVERIFY(m_pane->grab().save(QStringLiteral("%1/details-%2-%3.png").arg(folder, QLatin1String(name)).arg(size.width())));
            }
        }
    }
};

QTEST_MAIN(TestDetails)
#include "test_details.moc"
