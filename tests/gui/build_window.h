// The real window on a fake engine and a fake buildx, and what its tests do with it again and again.
#pragma once

#include "app/tasks/settings_store.h"
#include "app/window/build_actions.h"
#include "app/window/main_window.h"
#include "fake_buildx.h"
#include "support/fake_buildkitd/fake_buildkitd.h"
#include "widgets/dialogs/action_dialog.h"
#include "widgets/dialogs/build_dialog.h"
#include "widgets/style/theme.h"

#include <QApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTest>

#include <memory>

namespace layerline::test {

constexpr int patienceMs = 30'000;
inline constexpr const char* sampleDockerfile = "FROM base AS deps\nRUN --mount=type=secret,id=npm make\nFROM deps AS app\n";

/// Base of test classes; open() and close() belong into init() and cleanup().
class BuildWindow : public QObject {
protected:
    void open();
    void close();

    template <class T>
    T* part(const char* name, QWidget* in = nullptr) const { return (in ? in : m_window.get())->findChild<T*>(QLatin1String(name)); }
    BuildDialog* dialog() const { return m_window->findChild<BuildDialog*>(); }
    ActionDialog* action() const { return m_window->findChild<ActionDialog*>(); }
    QString command() const { return part<QPlainTextEdit>("planCommand")->toPlainText(); }
    QString obstacles() const { return part<QLabel>("planObstacles")->text(); }
    QStringList entries(const char* name) const;
    /// Replaces what the field holds, key by key.
    void type(const char* name, const QString& text);
    void click(QWidget* widget) { QTest::mouseClick(widget, Qt::LeftButton); }
    /// A folder with this Dockerfile; empty = none.
    QString project(const QString& name, const QByteArray& file = sampleDockerfile) const;
    /// A build that its builder tells of, with the note buildx left; somebody else's unless `ref` is one of ours.
    void publish(const char* ref, bool completed, const QString& folder, const QString& target = QStringLiteral("default"));
    void select(const char* ref);
    /// Starts a build of ours from the window, the `number`-th.
    void startOwn(const QString& folder, int number);

    std::unique_ptr<FakeBuildx> m_buildx;
    std::unique_ptr<QTemporaryDir> m_sockets;
    std::unique_ptr<FakeBuildkitd> m_engine;
    SystemClock m_clock;
    std::unique_ptr<SettingsStore> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<BuildRunner> m_runner;
    std::unique_ptr<MainWindow> m_window;
    EngineDisk m_disk; ///< what the engine's disk is said to be; read on a thread when a build dialog opens or a build ends
};

/// main() of such a test: a supervisor, or the test under a QApplication.
template <class Test>
int runBuildWindowTest(int argc, char** argv)
{
    int status = 0;
    if (FakeBuildx::supervise(argc, argv, status))
        return status;
    qputenv("LC_ALL", "C.UTF-8");
    QApplication app(argc, argv);
    Theme::apply(app, ThemeKind::Dark);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace layerline::test
