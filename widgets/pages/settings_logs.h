// Limits for logs.
#pragma once

#include "items/settings_values.h"
#include "widgets/pages/settings_section.h"

class QSpinBox;

namespace layerline {

class SettingsLogs : public SettingsSection {
    Q_OBJECT
public:
    explicit SettingsLogs(QWidget* parent = nullptr);
    void setValues(const LogSettings& values);

Q_SIGNALS:
    void changed(const layerline::LogSettings& values);

private:
    QSpinBox* addLimit(const QString& label, const char* name);
    void announce();

    QSpinBox* m_step;
    QSpinBox* m_file;
};

} // namespace layerline
