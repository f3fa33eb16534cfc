// The sections of the Settings page that are about GitHub: account and watched repositories.
#pragma once

#include <QObject>

namespace layerline {

class ErrorReporter;
class PipelineActions;
class Pipelines;
class SettingsAccount;
class SettingsPage;
class SettingsRepositories;
class SettingsStore;
struct SettingsValues;

/// Adds them to the page and lives as long as it does. All references must outlive the page.
class AccountSettings : public QObject {
    Q_OBJECT
public:
    AccountSettings(Pipelines& pipelines, PipelineActions& actions, SettingsStore& store, SettingsPage& page, ErrorReporter& errors);

private:
    void takeServer(const QString& given);
    void takeClientId(const QString& given);
    void keep(const SettingsValues& values);
    void showAccount();
    void showRepositories();

    Pipelines& m_pipelines;
    SettingsStore& m_store;
    ErrorReporter& m_errors;
    SettingsAccount* m_account;
    SettingsRepositories* m_repositories;
};

} // namespace layerline
