// The repositories whose runs are watched.
#pragma once

#include "items/pipeline_values.h"
#include "widgets/pages/settings_list.h"

#include <vector>

namespace layerline {

class SettingsRepositories : public SettingsList {
    Q_OBJECT
public:
    explicit SettingsRepositories(QWidget* parent = nullptr);
    void setRepositories(const std::vector<RepositoryRow>& repositories, bool signedIn);
};

} // namespace layerline
