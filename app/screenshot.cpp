#include "app/screenshot.h"

#include "analysis/release.h"
#include "app/cli/cli.h"
#include "app/tasks/build_lookup.h"
#include "app/tasks/settings_store.h"
#include "app/window/main_window.h"
#include "app/window/pipelines.h"
#include "app/window/releases.h"
#include "sources/github/github_environment.h"
#include "sources/github/token_store.h"
#include "sources/replay/replay.h"
#include "widgets/pages/build_page.h"

#include <QApplication>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QTimer>

#include <iterator>
#include <string_view>

namespace layerline {

namespace {

struct PageName {
    const char* name;
    QLatin1String page;
    BuildPage::Tab tab;
};

constexpr PageName pageNames[] = {
    {"builds", pages::builds, BuildPage::TimelineTab},
    {"timeline", pages::builds, BuildPage::TimelineTab},
    {"layers", pages::builds, BuildPage::LayersTab},
    {"log", pages::builds, BuildPage::LogTab},
    {"details", pages::builds, BuildPage::DetailsTab},
    {"pipelines", pages::pipelines, BuildPage::TimelineTab},
    {"builders", pages::builders, BuildPage::TimelineTab},
    {"releases", pages::releases, BuildPage::TimelineTab},
    {"settings", pages::settings, BuildPage::TimelineTab},
    {"empty", pages::builds, BuildPage::TimelineTab},
};

constexpr bool pagesAreThoseOfTheCommandLine()
{
    if (std::size(pageNames) != shotPages.size())
        return false;
    for (std::size_t at = 0; at < shotPages.size(); ++at) {
        if (std::string_view(pageNames[at].name) != shotPages[at])
            return false;
    }
    return true;
}
static_assert(pagesAreThoseOfTheCommandLine());

/// Shows no build.
bool isBare(const PageName& page)
{
    return qstrcmp(page.name, "empty") == 0 || page.page == pages::settings || page.page == pages::releases || page.page == pages::pipelines;
}

/// Where a recording is most telling when nothing else is asked: well under way, and for the demo in the middle of a second, where the
/// clocks of list and header, which are read one after the other, say the same.
constexpr double usualPosition = 0.617;

Result<void> fill(Session& session, MainWindow& window, const Command& command)
{
    Result<BuildId> shown = Error{};
    if (command.build == QLatin1String("demo"))
        shown = session.playDemo(QStringLiteral("cold"));
    else if (command.build.startsWith(QLatin1String("demo:")))
        shown = session.playDemo(command.build.mid(5));
    else
        shown = session.openFile(command.build);
    if (!shown)
        return shown.error();
    if (Replay* replay = session.replayOf(shown.value())) {
        replay->pause();
        const Duration length = replay->length();
        const std::int64_t wanted = command.at ? std::int64_t(*command.at * 1e9) : std::int64_t(double(length.ns) * usualPosition);
        replay->seek({std::min(wanted, length.ns)});
    }
    session.store().flush();
    window.selection().setBuild(shown.value());
    return {};
}

/// "demo" is the example without the bar above it, "empty" none at all, anything else a file with what `gate --json` prints.
Result<void> fillReleases(MainWindow& window, const QString& from)
{
    if (from == QLatin1String("empty"))
        return {};
    QFile file(from == QLatin1String("demo") ? QStringLiteral(":/layerline/recordings/releases.json") : from);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::NotFound, "cannot read " + from.toStdString(), false};
    auto releases = readReleases(file.readAll().toStdString());
    if (!releases)
        return releases.error();
    window.releases().showFixed(std::move(releases.value()));
    return {};
}

class Shooter : public QObject {
public:
    Shooter(QApplication& app, Session& session, const Command& command, const PageName& page)
        : m_app(app), m_session(session), m_command(command), m_page(page), m_pipelines(m_settings, m_tokens, session.clock(), gitHubEnvironment()),
          m_window(session, m_settings, {&m_pipelines, nullptr})
    {
    }

    bool prepare()
    {
        m_window.resize(m_command.size);
        m_window.showPage(m_page.page);
        m_window.buildPage().showTab(m_page.tab);
        m_window.show();
        const bool live = m_page.page == pages::builders || (!isBuildFile(m_command.build) && !isBare(m_page));
        if (live) {
            connect(&m_session, &Session::settled, this, &Shooter::onSettled);
            m_session.start();
            return true;
        }
        if (m_page.page == pages::pipelines && m_command.build.contains(QLatin1Char('/')))
            return watch(m_command.build);
        if (m_page.page == pages::pipelines && m_command.build == QLatin1String("demo"))
            m_pipelines.showExample();
        const bool releases = m_page.page == pages::releases;
        if (!isBare(m_page) || releases) {
            if (const auto filled = releases ? fillReleases(m_window, m_command.build) : fill(m_session, m_window, m_command); !filled) {
                printError(filled.error());
                return false;
            }
        }
        QTimer::singleShot(400, this, &Shooter::shoot); // layouts settle, icons load
        return true;
    }

private:
    /// OWNER/REPO: its newest run, asked for with the token of the environment.
    bool watch(const QString& repository)
    {
        SettingsValues values;
        values.pipelines.repositories = {repository};
        (void)m_settings.set(values); // kept nowhere
        connect(&m_pipelines, &Pipelines::runChanged, this, [this] { m_quiet.start(); });
        connect(&m_pipelines, &Pipelines::accountChanged, this, [this] { m_quiet.start(); });
        m_quiet.setSingleShot(true);
        m_quiet.setInterval(2500); // after the last news
        connect(&m_quiet, &QTimer::timeout, this, &Shooter::shoot);
        m_pipelines.start();
        return true;
    }
    void onSettled()
    {
        m_session.store().flush();
        if (m_page.page == pages::builds) {
            const Build* build = findBuild(m_session.store().builds(), m_command.build.toStdString());
            if (!build) {
                printError({ErrorKind::NotFound, "no build \"" + m_command.build.toStdString() + "\" on the builders found, and no such file", false});
                return m_app.exit(ExitUsage);
            }
            m_window.selection().setBuild(build->id);
        }
        QTimer::singleShot(2500, this, &Shooter::shoot); // details of the build and the disk use are on their way
    }
    void shoot()
    {
        m_session.store().flush();
        m_window.buildPage().selectInterestingStep();
        QTimer::singleShot(100, this, [this] {
            if (QWidget* focused = m_window.focusWidget()) // nobody's keys are meant for anything in a picture
                focused->clearFocus();
            const QPixmap picture = m_window.grab();
            QSaveFile file(m_command.output); // a full disk costs nobody the picture that was there
            if (!file.open(QIODevice::WriteOnly) || !picture.save(&file, "PNG") || !file.commit()) {
                printError({ErrorKind::Permission, "cannot write " + m_command.output.toStdString(), false});
                return m_app.exit(ExitUsage);
            }
            m_app.exit(ExitOk);
        });
    }

    QApplication& m_app;
    Session& m_session;
    const Command& m_command;
    const PageName& m_page;
    SettingsStore m_settings; ///< nobody's: a picture is the same for everybody
    MemoryStore m_tokens;
    Pipelines m_pipelines;
    QTimer m_quiet;
    MainWindow m_window;
};

const PageName* findPage(const QString& name)
{
    for (const PageName& page : pageNames) {
        if (name == QLatin1String(page.name))
            return &page;
    }
    return nullptr;
}

} // namespace

int takeShot(QApplication& app, const Command& command)
{
    const PageName* page = findPage(command.page);
    if (!page) {
        printError({ErrorKind::BadInput, "no page \"" + command.page.toStdString() + "\"", false});
        return ExitUsage;
    }
    const SystemClock clock;
    SessionOptions options;
    options.history = false;
    options.live = page->page == pages::builders || !isBuildFile(command.build);
    options.addresses = command.addresses;
    Session session(options, clock);
    Shooter shooter(app, session, command, *page);
    return shooter.prepare() ? app.exec() : int(ExitUsage);
}

} // namespace layerline
