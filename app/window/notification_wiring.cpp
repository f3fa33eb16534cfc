#include "app/window/notification_wiring.h"

#include "app/tasks/settings_store.h"
#include "app/window/desktop_notifications.h"
#include "app/window/main_window.h"
#include "app/window/notifier.h"
#include "app/window/pipelines.h"
#include "widgets/pages/build_page.h"
#include "widgets/pages/pipelines_page.h"
#include "widgets/pages/settings_notifications.h"
#include "widgets/pages/settings_page.h"

#include <QApplication>

namespace layerline {

AnnouncementRules rulesOf(const NotificationSettings& settings, const std::string& login)
{
    AnnouncementRules rules;
    rules.successes = settings.successes;
    rules.failures = settings.failures;
    rules.queued = settings.queued;
    rules.queueLimit = {std::int64_t(settings.queueMinutes) * 60 * 1'000'000'000};
    rules.onlyMine = settings.onlyMine;
    rules.me = login;
    rules.whileWatched = settings.whileActive;
    for (const QString& name : settings.muted)
        rules.muted.insert(name.toStdString());
    return rules;
}

NotificationWiring::NotificationWiring(Notifier& notifier, DesktopNotifications& desktop, SettingsStore& settings, Pipelines& pipelines, MainWindow& window)
    : m_notifier(notifier), m_settings(settings), m_pipelines(pipelines), m_window(window)
{
    connect(&settings, &SettingsStore::changed, this, &NotificationWiring::applyRules);
    connect(&pipelines, &Pipelines::accountChanged, this, &NotificationWiring::applyRules);
    connect(&pipelines, &Pipelines::runChanged, this, [this](const RunPtr& run) { m_notifier.considerRun(*run); });
    connect(&pipelines.watcher(), &RunWatcher::runForgotten, this, [this](const QString& repository, qint64 id) { m_notifier.forgetRun({repository.toStdString(), id}); });
    connect(&pipelines.watcher(), &RunWatcher::repositoryChanged, this, [this](const QString& name) {
        const std::string repository = name.toStdString();
        m_pipelines.watcher().status(repository).lastSeen ? m_notifier.looked(repository) : m_notifier.forgetRepository(repository);
    });
    connect(&notifier, &Notifier::buildRequested, this, &NotificationWiring::showBuild);
    connect(&notifier, &Notifier::runRequested, this, [this](const RunKey& run, qint64 job, int step) {
        bringUp(pages::pipelines);
        m_window.pipelinesPage()->buildPage().showTab(BuildPage::TimelineTab);
        m_pipelines.select(run, job, step);
    });
    SettingsNotifications& page = window.settingsPage().notifications();
    connect(&page, &SettingsNotifications::trialRequested, &notifier, &Notifier::tryOut);
    connect(&desktop, &DesktopNotifications::serviceKnown, &page, &SettingsNotifications::setService);
    desktop.askForService();
    applyRules();
}

bool NotificationWiring::windowIsActive()
{
    return QApplication::activeWindow() != nullptr;
}

void NotificationWiring::applyRules()
{
    m_notifier.setRules(rulesOf(m_settings.values().notifications, m_pipelines.account().state().login));
}

void NotificationWiring::bringUp(const QString& page)
{
    m_window.showPage(page);
    m_window.setWindowState(m_window.windowState() & ~Qt::WindowMinimized); // as large as it was
    m_window.show();
    m_window.raise();
    m_window.activateWindow();
}

void NotificationWiring::showBuild(const BuildId& id, const StepDigest& step)
{
    bringUp(pages::builds);
    m_window.buildPage().showTab(BuildPage::TimelineTab);
    m_window.selection().setBuild(BuildId(id));
    const Build* build = m_window.session().store().find(id);
    if (!build)
        return;
    StepIndex found = noStep;
    for (std::uint32_t record = 0; record < build->records.size() && found == noStep; ++record)
        found = build->find(record, step);
    if (found != noStep)
        m_window.selection().setStep(found);
    else
        m_window.buildPage().selectInterestingStep();
}

} // namespace layerline
