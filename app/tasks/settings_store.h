// The user's settings in a file nobody else may read. Holds no secret.
#pragma once

#include "domain/result.h"
#include "items/settings_values.h"

#include <QObject>

namespace layerline {

/// Lives on one thread. What the file says is checked: a value out of its range, or an address that is none, counts as
/// not said.
class SettingsStore : public QObject {
    Q_OBJECT
public:
    /// Reads `file`; an empty name keeps nothing (tests, pictures).
    explicit SettingsStore(QString file = {}, QObject* parent = nullptr);

    /// $LAYERLINE_CONFIG, else layerline/layerline.conf in $XDG_CONFIG_HOME or ~/.config. Empty when there is no home.
    static QString defaultFile();

    /// A file of that name in the settings' folder; empty when nothing is kept.
    QString fileBeside(const QString& name) const;

    const SettingsValues& values() const { return m_values; }
    /// Writes what is new and announces it. Permission when the file can't be written; the values hold for this run then.
    Result<void> set(const SettingsValues& values);

Q_SIGNALS:
    /// `before` is what held until now.
    void changed(const layerline::SettingsValues& before);

private:
    void read();
    Result<void> write() const;

    QString m_file;
    SettingsValues m_values;
};

} // namespace layerline
