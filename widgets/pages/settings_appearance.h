// Language and theme.
#pragma once

#include "items/settings_values.h"
#include "widgets/pages/settings_section.h"

class QComboBox;

namespace layerline {

class SettingsAppearance : public SettingsSection {
    Q_OBJECT
public:
    explicit SettingsAppearance(QWidget* parent = nullptr);
    /// Shows values; says nothing.
    void setValues(const AppearanceSettings& values);

Q_SIGNALS:
    void changed(const layerline::AppearanceSettings& values);

private:
    void announce();

    QComboBox* m_language;
    QComboBox* m_theme;
    QLabel* m_restart;
};

} // namespace layerline
