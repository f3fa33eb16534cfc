#include "app/window/account_settings.h"

#include "app/tasks/settings_store.h"
#include "app/window/error_reporter.h"
#include "app/window/pipeline_actions.h"
#include "app/window/pipelines.h"
#include "domain/secret_names.h"
#include "items/own_words.h"
#include "sources/github/github_environment.h"
#include "widgets/pages/settings_account.h"
#include "widgets/pages/settings_notifications.h"
#include "widgets/pages/settings_page.h"
#include "widgets/pages/settings_repositories.h"

#include <QRegularExpression>

namespace layerline {

AccountSettings::AccountSettings(Pipelines& pipelines, PipelineActions& actions, SettingsStore& store, SettingsPage& page, ErrorReporter& errors)
    : QObject(&page), m_pipelines(pipelines), m_store(store), m_errors(errors), m_account(new SettingsAccount(&page)), m_repositories(new SettingsRepositories(&page))
{
    page.addSection(m_account, &page.notifications());
    page.addSection(m_repositories, &page.notifications());
    GitHubAccount& account = pipelines.account();
    connect(m_account, &SettingsAccount::signInRequested, &actions, &PipelineActions::askForAccount);
    connect(m_account, &SettingsAccount::signOutRequested, &account, &GitHubAccount::signOut);
    connect(m_account, &SettingsAccount::restoreRequested, &account, &GitHubAccount::restore);
    connect(m_account, &SettingsAccount::checkRequested, &pipelines, &Pipelines::checkAccount);
    connect(m_account, &SettingsAccount::serverGiven, this, &AccountSettings::takeServer);
    connect(m_account, &SettingsAccount::clientIdGiven, this, &AccountSettings::takeClientId);
    connect(m_repositories, &SettingsRepositories::addRequested, &actions, &PipelineActions::askForRepository);
    connect(m_repositories, &SettingsRepositories::removeRequested, this, [this](const QString& name) { m_pipelines.removeRepository(name.toStdString()); });
    connect(&pipelines, &Pipelines::accountChanged, this, &AccountSettings::showAccount);
    connect(&pipelines, &Pipelines::repositoriesChanged, this, &AccountSettings::showRepositories);
    connect(&store, &SettingsStore::changed, this, [this] { m_account->setValues(m_store.values().pipelines); });
    m_account->setValues(store.values().pipelines);
    showAccount();
}

void AccountSettings::showAccount()
{
    m_account->setAccount(m_pipelines.accountRow());
    showRepositories();
}

void AccountSettings::showRepositories()
{
    const AccountRow::State state = m_pipelines.accountRow().state;
    m_repositories->setRepositories(m_pipelines.repositoryRows(), state == AccountRow::State::SignedIn || state == AccountRow::State::Offline);
}

void AccountSettings::takeServer(const QString& given)
{
    SettingsValues values = m_store.values();
    if (!given.isEmpty()) {
        const auto url = checkedApiUrl(apiUrlOf(given.toStdString()));
        if (!url)
            return m_account->showServerProblem(ownWords(url.error().detail));
        const std::string name = serverName(url.value());
        values.pipelines.server = name == "github.com" ? QString() : QString::fromStdString(name);
    } else {
        values.pipelines.server.clear();
    }
    keep(values);
}

void AccountSettings::takeClientId(const QString& given)
{
    static const QRegularExpression form(QStringLiteral("^[A-Za-z0-9._-]{0,100}$"));
    if (looksSecret({}, given.toStdString()))
        return m_account->refuseClientId(tr("That looks like a token. It was not kept: sign in with it instead."));
    if (!form.match(given).hasMatch())
        return m_account->refuseClientId(tr("A client id has letters, digits, dots and dashes only."));
    SettingsValues values = m_store.values();
    values.pipelines.clientId = given;
    keep(values);
}

void AccountSettings::keep(const SettingsValues& values)
{
    if (values == m_store.values())
        m_account->setValues(values.pipelines); // the same in other words
    else if (const auto kept = m_store.set(values); !kept)
        m_errors.report(kept.error());
}

} // namespace layerline
