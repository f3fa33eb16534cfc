#include "widgets/pages/settings_history.h"

#include "widgets/style/theme.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>

namespace layerline {

namespace {

constexpr std::int64_t gigabyte = 1'000'000'000;

QSpinBox* limitBox(int most, QWidget* parent, const char* name)
{
    auto* box = new QSpinBox(parent);
    box->setObjectName(QLatin1String(name));
    box->setRange(0, most);
    box->setGroupSeparatorShown(true);
    box->setSpecialValueText(layerline::SettingsHistory::tr("no limit"));
    box->setMinimumWidth(140);
    return box;
}

/// 0 means no limit, so a smaller number is not always a tighter one.
bool tighter(std::int64_t now, std::int64_t before)
{
    return now != 0 && (before == 0 || now < before);
}

} // namespace

SettingsHistory::SettingsHistory(QWidget* parent)
    : SettingsSection(tr("History"), tr("Finished builds with their logs, kept after the builder has forgotten them."), parent), m_folder(new QLineEdit(this)),
      m_builds(limitBox(1'000'000, this, "settingsBuilds")), m_days(limitBox(36'500, this, "settingsDays")), m_gigabytes(limitBox(100'000, this, "settingsGigabytes")),
      m_apply(new QPushButton(tr("Apply"), this))
{
    m_folder->setObjectName(QStringLiteral("settingsFolder"));
    m_folder->setMinimumWidth(380);
    auto* choose = new QPushButton(tr("Choose…"), this);
    auto* place = new QWidget(this);
    auto* placeRow = new QHBoxLayout(place);
    placeRow->setContentsMargins(0, 0, 0, 0);
    placeRow->setSpacing(8);
    placeRow->addWidget(m_folder);
    placeRow->addWidget(choose);
    m_gigabytes->setSuffix(QStringLiteral(" GB"));
    addRow(tr("Folder"), place);
    m_folder->setAccessibleName(tr("Folder"));
    addRow(tr("Builds, at most"), m_builds);
    addRow(tr("Days, at most"), m_days);
    addRow(tr("Size, at most"), m_gigabytes);
    m_restart = addNote(tr("Another folder is used when Layerline is started again. What is in the present one stays there."));
    m_restart->setObjectName(QStringLiteral("settingsFolderNote"));
    addNote(tr("The oldest builds beyond a limit are deleted; pinned ones stay."));
    m_usage = addNote({});
    m_usage->setObjectName(QStringLiteral("settingsUsage"));
    m_usage->hide();
    m_apply->setObjectName(QStringLiteral("settingsApplyHistory"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_apply);
    buttons->addStretch(1);
    column()->addLayout(buttons);
    connect(choose, &QPushButton::clicked, this, &SettingsHistory::chooseFolder);
    connect(m_folder, &QLineEdit::textChanged, this, &SettingsHistory::showState);
    for (QSpinBox* box : {m_builds, m_days, m_gigabytes})
        connect(box, &QSpinBox::valueChanged, this, &SettingsHistory::showState);
    connect(m_apply, &QPushButton::clicked, this, &SettingsHistory::apply);
    showState();
}

void SettingsHistory::setValues(const HistorySettings& values, const QString& usualFolder)
{
    m_values = values;
    m_usualFolder = usualFolder;
    m_folder->setText(values.folder);
    m_folder->setPlaceholderText(usualFolder);
    const auto show = [](QSpinBox* box, std::int64_t value) { box->setValue(int(std::min<std::int64_t>(value, box->maximum()))); };
    show(m_builds, values.maxBuilds);
    show(m_days, values.maxDays);
    show(m_gigabytes, (values.maxBytes + gigabyte - 1) / gigabyte);
    showState();
}

void SettingsHistory::setUsage(std::int64_t builds, std::int64_t bytes)
{
    m_usage->setText(tr("Kept now: %n build(s), %1.", nullptr, int(builds)).arg(humanBytes(bytes)));
    m_usage->show();
}

HistorySettings SettingsHistory::edited() const
{
    HistorySettings values = m_values;
    values.folder = m_folder->text().trimmed();
    values.maxBuilds = m_builds->value();
    values.maxDays = m_days->value();
    if (m_gigabytes->value() != (m_values.maxBytes + gigabyte - 1) / gigabyte)
        values.maxBytes = m_gigabytes->value() * gigabyte;
    return values;
}

void SettingsHistory::showState()
{
    const HistorySettings values = edited();
    const bool folderOk = values.folder.isEmpty() || QDir::isAbsolutePath(values.folder);
    m_restart->setText(folderOk ? tr("Another folder is used when Layerline is started again. What is in the present one stays there.")
                                : tr("The folder wants a path from the root, like %1.").arg(m_usualFolder));
    m_restart->setVisible(!folderOk || values.folder != m_values.folder);
    m_apply->setEnabled(folderOk && values != m_values);
}

void SettingsHistory::chooseFolder()
{
    auto* dialog = new QFileDialog(this, tr("Folder of the history"), m_folder->text().isEmpty() ? m_usualFolder : m_folder->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
    dialog->open();
}

QString SettingsHistory::limitsText(const HistorySettings& values) const
{
    QStringList limits;
    if (values.maxBuilds > 0)
        limits += tr("%n build(s)", nullptr, int(values.maxBuilds));
    if (values.maxDays > 0)
        limits += tr("%n day(s)", nullptr, int(values.maxDays));
    if (values.maxBytes > 0)
        limits += humanBytes(values.maxBytes);
    return limits.join(QStringLiteral(", "));
}

void SettingsHistory::apply()
{
    const HistorySettings values = edited();
    const auto take = [this, values] {
        m_values = values;
        showState();
        Q_EMIT applied(values);
    };
    if (!tighter(values.maxBuilds, m_values.maxBuilds) && !tighter(values.maxDays, m_values.maxDays) && !tighter(values.maxBytes, m_values.maxBytes))
        return take();
    auto* box = new QMessageBox(QMessageBox::Question, tr("History"), tr("Keep no more than %1?").arg(limitsText(values)), QMessageBox::Cancel, this);
    box->setObjectName(QStringLiteral("settingsConfirm"));
    box->setInformativeText(tr("The oldest builds beyond that are deleted now, with their logs. This can't be undone. Pinned builds stay."));
    QPushButton* confirm = box->addButton(tr("Delete what is beyond"), QMessageBox::DestructiveRole);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(confirm, &QPushButton::clicked, this, take);
    box->open();
}

} // namespace layerline
