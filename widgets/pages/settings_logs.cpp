#include "widgets/pages/settings_logs.h"

#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>

namespace layerline {

namespace {
constexpr std::int64_t megabyte = 1'000'000;
constexpr int mostMegabytes = 100'000;
} // namespace

SettingsLogs::SettingsLogs(QWidget* parent)
    : SettingsSection(tr("Logs"), tr("Guards against output that never ends. What lies beyond a limit is not kept, and the log says so."), parent)
{
    m_step = addLimit(tr("Log of one step, at most"), "settingsStepLog");
    m_file = addLimit(tr("File to open, at most"), "settingsFileSize");
}

QSpinBox* SettingsLogs::addLimit(const QString& label, const char* name)
{
    auto* box = new QSpinBox(this);
    box->setObjectName(QLatin1String(name));
    box->setRange(1, mostMegabytes);
    box->setGroupSeparatorShown(true);
    box->setSuffix(QStringLiteral(" MB"));
    box->setMinimumWidth(140);
    box->setKeyboardTracking(false); // only what was typed to its end
    addRow(label, box);
    connect(box, &QSpinBox::valueChanged, this, &SettingsLogs::announce);
    return box;
}

void SettingsLogs::setValues(const LogSettings& values)
{
    const auto show = [](QSpinBox* box, std::int64_t bytes) {
        const QSignalBlocker quiet(box);
        box->setValue(int(std::clamp<std::int64_t>(bytes / megabyte, 1, mostMegabytes)));
    };
    show(m_step, values.stepBytes);
    show(m_file, values.fileBytes);
}

void SettingsLogs::announce()
{
    Q_EMIT changed({m_step->value() * megabyte, m_file->value() * megabyte});
}

} // namespace layerline
