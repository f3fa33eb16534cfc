#include "build_window.h"

#include "app/window/session.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QPushButton>

namespace layerline::test {

void BuildWindow::open()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support )")));
    m_sockets = std::make_unique<QTemporaryDir>();
    m_engine = std::make_unique<FakeBuildkitd>(m_sockets->filePath(QStringLiteral("e.sock")).toStdString());
    m_engine->start();
    m_buildx = std::make_unique<FakeBuildx>(m_engine->address());
    m_settings = std::make_unique<SettingsStore>(m_buildx->path(QStringLiteral("home/config/layerline.conf")));
    SessionOptions options;
    options.history = false;
    m_session = std::make_unique<Session>(options, m_clock);
    m_runner = std::make_unique<BuildRunner>(JobStore(m_buildx->jobFolder()), m_buildx->supervisor());
    m_disk = {"/engine", 500'000'000'000, 1'000'000'000'000};
    WindowServices services;
    services.runner = m_runner.get();
    services.askDisk = [this](const std::string&, const std::string&) { return Result<EngineDisk>(m_disk); };
    m_window = std::make_unique<MainWindow>(*m_session, *m_settings, services);
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_session->start();
    QTRY_VERIFY_WITH_TIMEOUT(std::any_of(m_session->nodes().begin(), m_session->nodes().end(),
                                         [](const NodeStatus& node) { return node.builder == "multi" && node.state == NodeState::Live && node.listed; }), patienceMs);
}

void BuildWindow::close()
{
    m_buildx->allow();
    QTRY_VERIFY_WITH_TIMEOUT(m_runner->running().empty(), patienceMs);
    m_window.reset();
    m_runner.reset();
    m_session.reset();
    m_engine.reset();
}

QStringList BuildWindow::entries(const char* name) const
{
    const auto* box = part<QComboBox>(name);
    QStringList list;
    for (int i = 0; i < box->count(); ++i)
        list << box->itemText(i);
    return list;
}

void BuildWindow::type(const char* name, const QString& text)
{
    auto* widget = part<QWidget>(name);
    QVERIFY2(widget, name);
    widget->setFocus();
    QTest::keyClick(widget, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(widget, Qt::Key_Delete);
    QTest::keyClicks(widget, text);
}

QString BuildWindow::project(const QString& name, const QByteArray& file) const
{
    const QString folder = QStringLiteral("home/") + name;
    QDir(m_buildx->path({})).mkpath(folder);
    if (!file.isEmpty())
        m_buildx->write(folder + QStringLiteral("/Dockerfile"), file);
    return m_buildx->path(folder);
}

void BuildWindow::publish(const char* ref, bool completed, const QString& folder, const QString& target)
{
    const QString notes = QStringLiteral("buildx/refs/multi/multi0");
    QDir(m_buildx->path({})).mkpath(notes);
    m_buildx->write(notes + QLatin1Char('/') + QLatin1String(ref),
                    QStringLiteral(R"({"Target":"%3","LocalPath":"%1","DockerfilePath":"%2"})").arg(folder, folder + QStringLiteral("/Dockerfile"), target).toUtf8());
    const double now = double(QDateTime::currentSecsSinceEpoch());
    bk::BuildHistoryRecord told = record(ref);
    told.mutable_createdat()->set_seconds(std::int64_t(now) - 60);
    if (completed)
        told.mutable_completedat()->set_seconds(std::int64_t(now) - 10);
    auto& attributes = *told.mutable_frontendattrs();
    attributes["platform"] = "linux/amd64,linux/arm64";
    attributes["filename"] = "Dockerfile";
    attributes["build-arg:MODE"] = "fast";
    for (const char* arch : {"amd64", "arm64"}) // its platforms are those of its steps
        m_engine->addStatus(ref, vertex("sha256:" + std::string(64, arch[1] == 'm' ? 'a' : 'b'), std::string("[linux/") + arch + " 2/2] RUN make", 2));
    m_engine->publish(completed ? bk::COMPLETE : bk::STARTED, told);
    QTRY_VERIFY_WITH_TIMEOUT(m_session->store().builds().findByRef(ref), patienceMs);
}

void BuildWindow::select(const char* ref)
{
    m_window->selection().setBuild(m_session->store().builds().findByRef(ref)->id);
    QTRY_VERIFY(part<QPushButton>("rebuild")->isVisible());
}

void BuildWindow::startOwn(const QString& folder, int number)
{
    m_window->openFile(folder);
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>("startBuild", dialog())->isEnabled(), patienceMs);
    click(part<QPushButton>("startBuild"));
    QTRY_VERIFY(!dialog());
    QTRY_VERIFY_WITH_TIMEOUT(!m_buildx->build(number).isEmpty(), patienceMs);
}

} // namespace layerline::test
