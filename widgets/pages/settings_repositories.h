// The repositories whose runs are watched.
#pragma once

#include "items/pipeline_values.h"
#include "widgets/pages/settings_section.h"

#include <vector>

class QVBoxLayout;

namespace layerline {

class SettingsRepositories : public SettingsSection {
    Q_OBJECT
public:
    explicit SettingsRepositories(QWidget* parent = nullptr);
    void setRepositories(const std::vector<RepositoryRow>& repositories, bool signedIn);

Q_SIGNALS:
    void addRequested();
    void removeRequested(const QString& repository);

private:
    void rebuild();
    QWidget* makeRow(const RepositoryRow& repository);
    void showStates();

    std::vector<RepositoryRow> m_repositories;
    bool m_signedIn = false;
    QVBoxLayout* m_rows;
    QLabel* m_empty;
    std::vector<QLabel*> m_states; ///< one for each repository
};

} // namespace layerline
