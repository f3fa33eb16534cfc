#include "widgets/pages/settings_notifications.h"
#include "widgets/style/tone.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace layerline {

namespace {

/// A name that may hold "&", which a check box would take for a shortcut.
QString literal(QString name) { return name.replace(QLatin1Char('&'), QStringLiteral("&&")); }

void setChecked(QCheckBox* box, bool checked)
{
    const QSignalBlocker quiet(box);
    box->setChecked(checked);
}

} // namespace

SettingsNotifications::SettingsNotifications(QWidget* parent)
    : SettingsSection(tr("Notifications"), tr("What the desktop tells you while you look elsewhere. A click leads to the step that failed, or to the job that waits."), parent),
      m_failures(addSwitch(tr("A build or a run failed"), "notifyFailures")), m_successes(addSwitch(tr("A build or a run ended well, after 10 seconds or more"), "notifySuccesses"))
{
    auto* waiting = new QWidget(this);
    auto* row = new QHBoxLayout(waiting);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_queued = new QCheckBox(tr("A job waits for a runner longer than"), waiting);
    m_queued->setObjectName(QStringLiteral("notifyQueued"));
    connect(m_queued, &QCheckBox::toggled, this, &SettingsNotifications::announce);
    m_minutes = new QSpinBox(waiting);
    m_minutes->setObjectName(QStringLiteral("notifyQueueMinutes"));
    m_minutes->setRange(1, NotificationSettings::longestQueueMinutes);
    m_minutes->setSuffix(tr(" min"));
    m_minutes->setAccessibleName(tr("Minutes a job may wait for a runner"));
    m_minutes->setToolTip(tr("From then on the Pipelines page offers the way back to QEMU, too, whether or not the desktop tells you."));
    m_minutes->setKeyboardTracking(false); // only what was typed to its end
    connect(m_minutes, &QSpinBox::valueChanged, this, &SettingsNotifications::announce);
    row->addWidget(m_queued);
    row->addWidget(m_minutes);
    row->addStretch(1);
    column()->addWidget(waiting);
    m_onlyMine = addSwitch(tr("Of runs, only those I started"), "notifyOnlyMine");
    m_onlyMine->setToolTip(tr("GitHub tells who started a run. BuildKit does not tell who started a build."));
    m_whileActive = addSwitch(tr("Also while Layerline's window is the active one"), "notifyWhileActive");
    m_builderList = addSources(tr("Builders"), "notifyBuilders");
    m_repositoryList = addSources(tr("Repositories"), "notifyRepositories");
    m_service = addNote({});
    m_service->setObjectName(QStringLiteral("notifyService"));
    m_service->hide();
    auto* trial = new QPushButton(tr("Show one"), this);
    trial->setObjectName(QStringLiteral("notifyTrial"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(trial);
    buttons->addStretch(1);
    column()->addLayout(buttons);
    connect(trial, &QPushButton::clicked, this, &SettingsNotifications::trialRequested);
    showValues();
    rebuild();
}

QCheckBox* SettingsNotifications::addSwitch(const QString& text, const char* name)
{
    auto* box = new QCheckBox(text, this);
    box->setObjectName(QLatin1String(name));
    column()->addWidget(box);
    connect(box, &QCheckBox::toggled, this, &SettingsNotifications::announce);
    return box;
}

QVBoxLayout* SettingsNotifications::addSources(const QString& title, const char* name)
{
    auto* whole = new QWidget(this);
    whole->setObjectName(QLatin1String(name));
    auto* outer = new QVBoxLayout(whole);
    outer->setContentsMargins(0, 4, 0, 0);
    outer->setSpacing(6);
    auto* head = new QLabel(title, whole);
    head->setProperty("role", QStringLiteral("section"));
    outer->addWidget(head);
    auto* list = new QVBoxLayout;
    list->setSpacing(6);
    outer->addLayout(list);
    column()->addWidget(whole);
    return list;
}

void SettingsNotifications::setValues(const NotificationSettings& values)
{
    const bool listed = values.muted == m_values.muted;
    m_values = values;
    if (!listed)
        rebuild(); // somebody who is gone may be silenced, or no longer
    showValues();
}

void SettingsNotifications::setSources(const QStringList& builders, const QStringList& repositories)
{
    if (builders == m_builders && repositories == m_repositories)
        return;
    m_builders = builders;
    m_repositories = repositories;
    rebuild();
}

void SettingsNotifications::setService(const QString& name)
{
    m_service->setText(name.isEmpty() ? tr("No notification service answers on this desktop: nothing can be shown.") : tr("Shown by %1.").arg(name));
    setTone(m_service, name.isEmpty() ? "warn" : "");
    m_service->show();
}

void SettingsNotifications::fill(QVBoxLayout* list, QHash<QString, QCheckBox*>& boxes, const QStringList& names)
{
    for (auto at = boxes.begin(); at != boxes.end();) {
        if (names.contains(at.key())) {
            ++at;
            continue;
        }
        at.value()->hide();
        at.value()->deleteLater(); // its own click may have asked for this
        at = boxes.erase(at);
    }
    for (int i = 0; i < names.size(); ++i) {
        QCheckBox*& box = boxes[names[i]];
        if (!box) {
            box = new QCheckBox(literal(names[i]), list->parentWidget());
            box->setObjectName(QStringLiteral("notifySource"));
            connect(box, &QCheckBox::toggled, this, &SettingsNotifications::announce);
        }
        list->removeWidget(box);
        list->insertWidget(i, box);
    }
    list->parentWidget()->setVisible(!names.isEmpty());
}

void SettingsNotifications::rebuild()
{
    QStringList builders = m_builders, repositories = m_repositories;
    for (const QString& name : m_values.muted) {
        const bool repository = name.count(QLatin1Char('/')) == 1 && !name.contains(QLatin1Char(':')); // a bare address has both
        QStringList& list = repository ? repositories : builders;
        if (!m_builders.contains(name) && !list.contains(name))
            list.append(name);
    }
    fill(m_builderList, m_builderBoxes, builders);
    fill(m_repositoryList, m_repositoryBoxes, repositories);
    showValues();
}

void SettingsNotifications::showValues()
{
    setChecked(m_failures, m_values.failures);
    setChecked(m_successes, m_values.successes);
    setChecked(m_queued, m_values.queued);
    setChecked(m_onlyMine, m_values.onlyMine);
    setChecked(m_whileActive, m_values.whileActive);
    const QSignalBlocker quiet(m_minutes);
    m_minutes->setValue(m_values.queueMinutes);
    for (const auto* boxes : {&m_builderBoxes, &m_repositoryBoxes}) {
        for (auto at = boxes->begin(); at != boxes->end(); ++at)
            setChecked(at.value(), !m_values.muted.contains(at.key()));
    }
}

void SettingsNotifications::announce()
{
    NotificationSettings values;
    values.failures = m_failures->isChecked();
    values.successes = m_successes->isChecked();
    values.queued = m_queued->isChecked();
    values.queueMinutes = m_minutes->value();
    values.onlyMine = m_onlyMine->isChecked();
    values.whileActive = m_whileActive->isChecked();
    for (const auto* boxes : {&m_builderBoxes, &m_repositoryBoxes}) {
        for (auto at = boxes->begin(); at != boxes->end(); ++at) {
            if (!at.value()->isChecked())
                values.muted.append(at.key());
        }
    }
    values.muted.sort();
    Q_EMIT changed(values);
}

} // namespace layerline
