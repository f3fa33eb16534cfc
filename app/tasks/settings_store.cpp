#include "app/tasks/settings_store.h"

#include "domain/node_address.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>

#include <algorithm>
#include <limits>

namespace layerline {

namespace {

constexpr QFileDevice::Permissions onlyMine = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

const QString languageKey = QStringLiteral("appearance/language");
const QString themeKey = QStringLiteral("appearance/theme");
const QString addressesKey = QStringLiteral("builders/addresses");
const QString folderKey = QStringLiteral("history/folder");
const QString buildsKey = QStringLiteral("history/maxBuilds");
const QString daysKey = QStringLiteral("history/maxDays");
const QString bytesKey = QStringLiteral("history/maxBytes");
const QString stepKey = QStringLiteral("logs/stepBytes");
const QString fileKey = QStringLiteral("logs/fileBytes");
const QString repositoriesKey = QStringLiteral("github/repositories");
const QString clonesKey = QStringLiteral("github/clones");
const QString serverKey = QStringLiteral("github/server");
const QString clientKey = QStringLiteral("github/clientId");
const QString successesKey = QStringLiteral("notifications/successes");
const QString failuresKey = QStringLiteral("notifications/failures");
const QString queuedKey = QStringLiteral("notifications/queued");
const QString queueMinutesKey = QStringLiteral("notifications/queueMinutes");
const QString onlyMineKey = QStringLiteral("notifications/onlyMine");
const QString whileActiveKey = QStringLiteral("notifications/whileActive");
const QString mutedKey = QStringLiteral("notifications/muted");

/// The number as written, `usual` when it is none or negative.
std::int64_t numberOf(const QSettings& settings, const QString& key, std::int64_t usual, std::int64_t smallest = 0)
{
    bool ok = false;
    const qint64 value = settings.value(key).toLongLong(&ok);
    return ok && value >= smallest ? value : usual;
}

bool switchOf(const QSettings& settings, const QString& key, bool usual)
{
    const QString word = settings.value(key).toString();
    return word == QLatin1String("true") || (usual && word != QLatin1String("false"));
}

QString wordOf(const QSettings& settings, const QString& key, const QStringList& known)
{
    const QString word = settings.value(key).toString();
    return known.contains(word) ? word : QString();
}

} // namespace

SettingsStore::SettingsStore(QString file, QObject* parent) : QObject(parent), m_file(std::move(file))
{
    read();
}

QString SettingsStore::defaultFile()
{
    if (const QString file = qEnvironmentVariable("LAYERLINE_CONFIG"); !file.isEmpty())
        return file;
    const QString folder = qEnvironmentVariable("XDG_CONFIG_HOME");
    if (QDir::isAbsolutePath(folder))
        return folder + QStringLiteral("/layerline/layerline.conf");
    const QString home = qEnvironmentVariable("HOME");
    return home.isEmpty() ? QString() : home + QStringLiteral("/.config/layerline/layerline.conf");
}

QString SettingsStore::fileBeside(const QString& name) const
{
    return m_file.isEmpty() ? QString() : QFileInfo(m_file).absolutePath() + QLatin1Char('/') + name;
}

void SettingsStore::read()
{
    if (m_file.isEmpty() || !QFileInfo(m_file).isFile())
        return;
    const QSettings settings(m_file, QSettings::IniFormat);
    SettingsValues& v = m_values;
    v.appearance.language = wordOf(settings, languageKey, {QStringLiteral("en"), QStringLiteral("zh_CN")});
    v.appearance.theme = wordOf(settings, themeKey, {QStringLiteral("light"), QStringLiteral("dark")});
    for (const QString& text : settings.value(addressesKey).toStringList()) {
        const CheckedAddress checked = checkAddress(text.toStdString());
        const QString address = QString::fromStdString(checked.address);
        if (checked.ok() && !v.addresses.contains(address))
            v.addresses.append(address);
    }
    if (const QString folder = settings.value(folderKey).toString(); QDir::isAbsolutePath(folder))
        v.history.folder = folder;
    v.history.maxBuilds = numberOf(settings, buildsKey, v.history.maxBuilds);
    v.history.maxDays = numberOf(settings, daysKey, v.history.maxDays);
    v.history.maxBytes = numberOf(settings, bytesKey, v.history.maxBytes);
    v.logs.stepBytes = numberOf(settings, stepKey, v.logs.stepBytes, 1);
    v.logs.fileBytes = numberOf(settings, fileKey, v.logs.fileBytes, 1);
    v.pipelines.repositories = settings.value(repositoriesKey).toStringList();
    v.pipelines.clones = settings.value(clonesKey).toStringList();
    v.pipelines.server = settings.value(serverKey).toString();
    v.pipelines.clientId = settings.value(clientKey).toString();
    NotificationSettings& n = v.notifications;
    n.successes = switchOf(settings, successesKey, n.successes);
    n.failures = switchOf(settings, failuresKey, n.failures);
    n.queued = switchOf(settings, queuedKey, n.queued);
    n.queueMinutes = int(std::min<std::int64_t>(numberOf(settings, queueMinutesKey, n.queueMinutes, 1), NotificationSettings::longestQueueMinutes));
    n.onlyMine = switchOf(settings, onlyMineKey, n.onlyMine);
    n.whileActive = switchOf(settings, whileActiveKey, n.whileActive);
    n.muted = settings.value(mutedKey).toStringList();
}

Result<void> SettingsStore::set(const SettingsValues& values)
{
    if (values == m_values)
        return {};
    const SettingsValues before = std::exchange(m_values, values);
    const Result<void> written = write();
    Q_EMIT changed(before);
    return written;
}

Result<void> SettingsStore::write() const
{
    if (m_file.isEmpty())
        return {};
    const QFileInfo info(m_file);
    QDir().mkpath(info.absolutePath());
    if (!info.exists()) {
        // Made by us with our rights: QSettings keeps those of a file that is there.
        QFile file(m_file);
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, onlyMine))
            return Error{ErrorKind::Permission, "cannot write " + m_file.toStdString() + ": " + file.errorString().toStdString(), false};
    }
    QFile::setPermissions(m_file, onlyMine);
    QSettings settings(m_file, QSettings::IniFormat);
    const SettingsValues& v = m_values;
    settings.setValue(languageKey, v.appearance.language);
    settings.setValue(themeKey, v.appearance.theme);
    settings.setValue(addressesKey, v.addresses);
    settings.setValue(folderKey, v.history.folder);
    settings.setValue(buildsKey, qint64(v.history.maxBuilds));
    settings.setValue(daysKey, qint64(v.history.maxDays));
    settings.setValue(bytesKey, qint64(v.history.maxBytes));
    settings.setValue(stepKey, qint64(v.logs.stepBytes));
    settings.setValue(fileKey, qint64(v.logs.fileBytes));
    settings.setValue(repositoriesKey, v.pipelines.repositories);
    settings.setValue(clonesKey, v.pipelines.clones);
    settings.setValue(serverKey, v.pipelines.server);
    settings.setValue(clientKey, v.pipelines.clientId);
    const NotificationSettings& n = v.notifications;
    settings.setValue(successesKey, n.successes);
    settings.setValue(failuresKey, n.failures);
    settings.setValue(queuedKey, n.queued);
    settings.setValue(queueMinutesKey, n.queueMinutes);
    settings.setValue(onlyMineKey, n.onlyMine);
    settings.setValue(whileActiveKey, n.whileActive);
    settings.setValue(mutedKey, n.muted);
    settings.sync();
    if (settings.status() != QSettings::NoError)
        return Error{ErrorKind::Permission, "cannot write " + m_file.toStdString(), false};
    return {};
}

} // namespace layerline
