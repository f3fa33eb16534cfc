#include "widgets/pages/settings_repositories.h"

namespace layerline {

SettingsRepositories::SettingsRepositories(QWidget* parent)
    : SettingsList(tr("Watched repositories"), tr("Their runs are on the Pipelines page. Looking costs next to nothing of the requests GitHub grants: what has not changed is free."),
                   tr("Add a repository…"), {"settingsRepository", "settingsRepositoryState", "settingsAddRepository"}, parent)
{
}

void SettingsRepositories::setRepositories(const std::vector<RepositoryRow>& repositories, bool signedIn)
{
    QStringList names;
    for (const RepositoryRow& repository : repositories)
        names += QString::fromStdString(repository.name);
    setEntries(names);
    for (qsizetype i = 0; i < names.size(); ++i) {
        const RepositoryRow& repository = repositories[std::size_t(i)];
        if (!signedIn)
            setState(i, tr("not watched: no token"), "");
        else if (!repository.problem.empty())
            setState(i, QString::fromStdString(repository.problem), "bad");
        else
            setState(i, repository.activeRuns > 0 ? tr("%n run(s) under way", nullptr, repository.activeRuns) : tr("watched"), "good");
    }
}

} // namespace layerline
