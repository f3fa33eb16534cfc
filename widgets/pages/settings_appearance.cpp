#include "widgets/pages/settings_appearance.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>

#include <algorithm>

namespace layerline {

namespace {

void select(QComboBox* box, const QString& value)
{
    const QSignalBlocker quiet(box);
    box->setCurrentIndex(std::max(0, box->findData(value)));
}

} // namespace

SettingsAppearance::SettingsAppearance(QWidget* parent)
    : SettingsSection(tr("Appearance"), tr("Language and colours of the window."), parent), m_language(new QComboBox(this)), m_theme(new QComboBox(this))
{
    m_language->setObjectName(QStringLiteral("settingsLanguage"));
    m_language->addItem(tr("Like the system"), QString());
    // Languages stand in their own words, so that somebody who reads no other finds back.
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_language->addItem(QStringLiteral("\u7b80\u4f53\u4e2d\u6587"), QStringLiteral("zh_CN"));
    m_theme->setObjectName(QStringLiteral("settingsTheme"));
    m_theme->addItem(tr("Like the system"), QString());
    m_theme->addItem(tr("Light"), QStringLiteral("light"));
    m_theme->addItem(tr("Dark"), QStringLiteral("dark"));
    addRow(tr("Language"), m_language);
    addRow(tr("Theme"), m_theme);
    m_restart = addNote(tr("The language changes when Layerline is started again."));
    m_restart->setObjectName(QStringLiteral("settingsRestart"));
    m_restart->hide();
    connect(m_language, &QComboBox::activated, this, [this] {
        m_restart->show();
        announce();
    });
    connect(m_theme, &QComboBox::activated, this, &SettingsAppearance::announce);
}

void SettingsAppearance::setValues(const AppearanceSettings& values)
{
    select(m_language, values.language);
    select(m_theme, values.theme);
}

void SettingsAppearance::announce()
{
    Q_EMIT changed({m_language->currentData().toString(), m_theme->currentData().toString()});
}

} // namespace layerline
