// Where finished builds are kept, and how many of them.
#pragma once

#include "items/settings_values.h"
#include "widgets/pages/settings_section.h"

class QLineEdit;
class QPushButton;
class QSpinBox;

namespace layerline {

class SettingsHistory : public SettingsSection {
    Q_OBJECT
public:
    explicit SettingsHistory(QWidget* parent = nullptr);
    /// `usualFolder` is shown where the values name none.
    void setValues(const HistorySettings& values, const QString& usualFolder);
    /// What is kept now.
    void setUsage(std::int64_t builds, std::int64_t bytes);

Q_SIGNALS:
    /// After the question when the new limits are tighter: those delete builds.
    void applied(const layerline::HistorySettings& values);

private:
    HistorySettings edited() const;
    void showState();
    void chooseFolder();
    void apply();
    QString limitsText(const HistorySettings& values) const;

    QLineEdit* m_folder;
    QSpinBox* m_builds;
    QSpinBox* m_days;
    QSpinBox* m_gigabytes;
    QLabel* m_usage;
    QLabel* m_restart;
    QPushButton* m_apply;
    HistorySettings m_values;
    QString m_usualFolder;
};

} // namespace layerline
