#include "app/gui.h"

#include "app/cli/cli.h"
#include "app/screenshot.h"
#include "app/tasks/settings_store.h"
#include "app/window/desktop_notifications.h"
#include "app/window/main_window.h"
#include "app/window/notification_wiring.h"
#include "app/window/notifier.h"
#include "app/window/pipelines.h"
#include "app/window/session.h"
#include "app/window/settings_wiring.h"
#include "sources/github/github_environment.h"
#include "sources/github/token_store.h"
#include "sources/replay/replay.h"
#include "sources/runner/build_runner.h"
#include "widgets/style/theme.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTimer>
#include <QTranslator>

#include <memory>

namespace layerline {

namespace {

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

/// Ours and Qt's own texts ("OK", "Cancel").
void installTranslators(QApplication& app, const QString& language)
{
    const QLocale locale = language.isEmpty() ? QLocale() : QLocale(language);
    QLocale::setDefault(locale);
    for (const QString& folder : {QLibraryInfo::path(QLibraryInfo::TranslationsPath), QStringLiteral(":/i18n")}) {
        auto* translator = new QTranslator(&app);
        const QString name = folder.startsWith(QLatin1Char(':')) ? QStringLiteral("layerline") : QStringLiteral("qtbase");
        // English has a catalogue too, for its plurals.
        if (translator->load(locale, name, QStringLiteral("_"), folder) || translator->load(name + QStringLiteral("_en"), folder))
            app.installTranslator(translator);
        else
            delete translator;
    }
}

QtMessageHandler usualMessages = nullptr;

/// Qt's offscreen platform says this of every window with a least size; it means nothing for a picture.
void dropSizeHints(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    if (text != QLatin1String("This plugin does not support propagateSizeHints()"))
        usualMessages(type, context, text);
}

void prepareEnvironment(const Command& command)
{
    if (command.verb != Verb::Shot)
        return;
    usualMessages = qInstallMessageHandler(dropSizeHints);
    qputenv("QT_QPA_PLATFORM", "offscreen"); // the same picture with and without a display
    qputenv("QT_SCALE_FACTOR", QByteArray::number(command.scale));
}

} // namespace

const char* versionText()
{
    return LAYERLINE_VERSION;
}

int runGui(int argc, char** argv, const Command& command)
{
    prepareEnvironment(command);
    if (!hasDisplay()) {
        printError({ErrorKind::Unsupported, "there is no display (DISPLAY and WAYLAND_DISPLAY are empty); layerline shot draws pages without one", false});
        return ExitUsage;
    }
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("layerline"));
    QApplication::setApplicationDisplayName(QStringLiteral("Layerline"));
    QApplication::setApplicationVersion(QStringLiteral(LAYERLINE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("io.github.layerline.Layerline"));
    // A picture is the same for everybody: it knows no settings.
    SettingsStore settings(command.verb == Verb::Shot ? QString() : SettingsStore::defaultFile());
    const AppearanceSettings& appearance = settings.values().appearance;
    installTranslators(app, command.language.isEmpty() ? appearance.language : command.language);
    Theme::apply(app, themeKindOf(command.theme.isEmpty() ? appearance.theme : command.theme));
    if (command.verb == Verb::Shot)
        return takeShot(app, command);

    const SystemClock clock;
    SessionOptions options;
    options.live = command.verb == Verb::Window;
    options.history = command.verb == Verb::Window;
    options.addresses = command.addresses;
    options.addedAddresses = settings.values().addresses;
    options.historyLimits = settings.values().history;
    options.logLimits = settings.values().logs;
    Session session(options, clock);
    KeyringStore tokens;
    Pipelines pipelines(settings, tokens, clock, gitHubEnvironment());
    BuildRunner runner;
    MainWindow window(session, settings, {&pipelines, command.verb == Verb::Window ? &runner : nullptr});
    QObject::connect(&window, &MainWindow::themeRequested, &app, [&app](ThemeKind kind) { Theme::apply(app, kind); });
    DesktopNotifications desktop;
    Notifier notifier(session.store(), desktop, &NotificationWiring::windowIsActive,
                      [&pipelines] { return pipelines.clock().now() + pipelines.session().clockSkew(); });
    const NotificationWiring wiring(notifier, desktop, settings, pipelines, window);
    if (!command.files.isEmpty())
        window.expectFiles();
    window.show();
    session.start();
    if (command.verb == Verb::Window)
        pipelines.start();
    if (command.verb == Verb::Demo) {
        session.startDemo(QStringLiteral("cold"), &window, [&app, &session, &window, at = command.at](const Result<BuildId>& played) {
            if (!played) {
                printError(played.error());
                return app.exit(ExitUsage);
            }
            window.selection().setBuild(played.value());
            if (Replay* replay = session.replayOf(played.value()); replay && at)
                replay->seek({std::int64_t(*at * 1e9)});
        });
    }
    for (const QString& file : command.files)
        QTimer::singleShot(0, &window, [&window, file] { window.openFile(file); });
    return app.exec();
}

} // namespace layerline
