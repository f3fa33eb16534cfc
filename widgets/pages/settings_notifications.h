// What the desktop is told, and of whom.
#pragma once

#include "items/settings_values.h"
#include "widgets/pages/settings_section.h"

#include <QHash>
#include <QStringList>

class QCheckBox;
class QSpinBox;
class QVBoxLayout;

namespace layerline {

class SettingsNotifications : public SettingsSection {
    Q_OBJECT
public:
    explicit SettingsNotifications(QWidget* parent = nullptr);
    void setValues(const NotificationSettings& values);
    /// Whom one can hear of; what is silenced and gone is listed too.
    void setSources(const QStringList& builders, const QStringList& repositories);
    /// Who shows notifications here; empty: nobody.
    void setService(const QString& name);

Q_SIGNALS:
    void changed(const layerline::NotificationSettings& values);
    void trialRequested();

private:
    QCheckBox* addSwitch(const QString& text, const char* name);
    QVBoxLayout* addSources(const QString& title, const char* name);
    void fill(QVBoxLayout* list, QHash<QString, QCheckBox*>& boxes, const QStringList& names);
    void rebuild();
    void showValues();
    void announce();

    NotificationSettings m_values;
    QStringList m_builders, m_repositories;
    QCheckBox* m_failures;
    QCheckBox* m_successes;
    QCheckBox* m_queued;
    QSpinBox* m_minutes;
    QCheckBox* m_onlyMine;
    QCheckBox* m_whileActive;
    QVBoxLayout* m_builderList;
    QVBoxLayout* m_repositoryList;
    QHash<QString, QCheckBox*> m_builderBoxes, m_repositoryBoxes;
    QLabel* m_service;
};

} // namespace layerline
