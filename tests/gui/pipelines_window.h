// The main window with the Pipelines page on screen, asking a server that answers as GitHub does.
#pragma once

#include "fake_github.h"

#include "app/tasks/settings_store.h"
#include "app/window/main_window.h"
#include "app/window/pipelines.h"
#include "sources/github/token_store.h"
#include "widgets/pages/build_list_panel.h"
#include "widgets/pages/jobs_table.h"
#include "widgets/pages/pipelines_page.h"
#include "widgets/pages/run_notices.h"

#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <memory>

namespace layerline::test {

inline QByteArray json(QByteArray text) { return text.replace('\'', '"'); }

/// The system's clock, gone ahead as far as a test likes.
class AheadClock final : public Clock {
public:
    Timestamp now() const override { return SystemClock().now() + ahead; }
    Duration ahead;
};

/// What tests of it share. Each opens its own window.
class PipelinesWindow : public QObject {
protected:
    AheadClock m_clock;
    std::unique_ptr<QTemporaryDir> m_config; ///< nobody's own table of runners
    std::unique_ptr<FakeGitHub> m_github;
    std::unique_ptr<MemoryStore> m_tokens;
    std::unique_ptr<SettingsStore> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Pipelines> m_pipelines;
    std::unique_ptr<MainWindow> m_window;
    std::chrono::milliseconds m_logWait{5'000};

    PipelinesPage& page() { return *m_window->pipelinesPage(); }
    void open(const char* token)
    {
        GitHubEnvironment environment;
        environment.apiUrl = m_github->server.url().toStdString();
        environment.token = token;
        environment.tokenOrigin = *token ? "GH_TOKEN" : "";
        m_pipelines = std::make_unique<Pipelines>(*m_settings, *m_tokens, m_clock, environment);
        m_pipelines->setLogWait(m_logWait);
        m_window = std::make_unique<MainWindow>(*m_session, *m_settings, WindowServices{m_pipelines.get(), nullptr});
        m_window->resize(1280, 800);
        m_window->show();
        m_window->showPage(pages::pipelines);
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_pipelines->start();
    }
    void openWithRun(const QStringList& repositories = {QStringLiteral("acme/shop")})
    {
        SettingsValues values;
        values.pipelines.repositories = repositories;
        QVERIFY(m_settings->set(values));
        open("right-token");
        QTRY_VERIFY(m_pipelines->selectedRun());
        QTRY_COMPARE(page().jobs().model().rowCount(), 2);
    }
    QString notices() { return page().notices().texts().join(QLatin1Char('\n')); }
    template <class T>
    T* dialog() { return page().findChild<T*>(); }

    void setUp()
    {
        m_config = std::make_unique<QTemporaryDir>();
        qputenv("XDG_CONFIG_HOME", m_config->path().toUtf8());
        m_clock.ahead = {};
        m_logWait = std::chrono::milliseconds(5'000);
        m_github = std::make_unique<FakeGitHub>();
        m_tokens = std::make_unique<MemoryStore>();
        m_settings = std::make_unique<SettingsStore>();
        SessionOptions options;
        options.live = options.history = false;
        m_session = std::make_unique<Session>(options, m_clock);
    }
    void tearDown()
    {
        m_window.reset();
        m_pipelines.reset();
        m_session.reset();
        m_settings.reset();
    }
};

} // namespace layerline::test
