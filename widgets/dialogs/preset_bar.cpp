#include "widgets/dialogs/preset_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>

namespace layerline {

PresetBar::PresetBar(QWidget* parent) : QWidget(parent)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    m_name = new QComboBox(this);
    m_name->setObjectName(QStringLiteral("presetName"));
    m_name->setAccessibleName(tr("Preset"));
    m_name->setEditable(true);
    m_name->setInsertPolicy(QComboBox::NoInsert);
    m_name->lineEdit()->setMaxLength(80);
    m_name->lineEdit()->installEventFilter(this);
    m_name->lineEdit()->setPlaceholderText(tr("Name this build to keep it for the project"));
    m_save = new QPushButton(tr("Save…"), this);
    m_save->setObjectName(QStringLiteral("presetSave"));
    m_save->setToolTip(tr("Keeps what is filled in below, without any secret's value"));
    m_remove = new QPushButton(tr("Delete…"), this);
    m_remove->setObjectName(QStringLiteral("presetRemove"));
    for (QPushButton* button : {m_save, m_remove})
        button->setAutoDefault(false);
    row->addWidget(m_name, 1);
    row->addWidget(m_save);
    row->addWidget(m_remove);
    connect(m_name, &QComboBox::activated, this, [this] {
        if (m_name->findText(name()) >= 0)
            Q_EMIT chosen(name());
    });
    connect(m_name, &QComboBox::editTextChanged, this, &PresetBar::refresh);
    connect(m_save, &QPushButton::clicked, this, [this] { Q_EMIT saveRequested(name()); });
    connect(m_remove, &QPushButton::clicked, this, [this] { Q_EMIT removeRequested(name()); });
    refresh();
}

bool PresetBar::eventFilter(QObject* watched, QEvent* event)
{
    const auto* key = event->type() == QEvent::KeyPress ? static_cast<QKeyEvent*>(event) : nullptr;
    if (!key || (key->key() != Qt::Key_Return && key->key() != Qt::Key_Enter))
        return QWidget::eventFilter(watched, event);
    // A Return here is about the name: it must not reach the dialog's default button.
    if (m_remove->isEnabled())
        Q_EMIT chosen(name());
    else if (m_save->isEnabled())
        Q_EMIT saveRequested(name());
    return true;
}

QString PresetBar::name() const { return m_name->currentText().trimmed(); }

void PresetBar::setName(const QString& name) { m_name->setEditText(name); }

void PresetBar::setNames(const QStringList& names)
{
    const QString shown = m_name->currentText();
    const QSignalBlocker quiet(m_name);
    m_name->clear();
    m_name->addItems(names);
    m_name->setCurrentIndex(names.indexOf(shown));
    m_name->setEditText(shown);
    refresh();
}

void PresetBar::refresh()
{
    m_save->setEnabled(!name().isEmpty());
    m_remove->setEnabled(m_name->findText(name(), Qt::MatchExactly | Qt::MatchCaseSensitive) >= 0);
}

} // namespace layerline
