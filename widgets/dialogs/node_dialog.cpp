#include "widgets/dialogs/node_dialog.h"

#include "widgets/dialogs/call_box.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace layerline {

NodeDialog::NodeDialog(const QStringList& builders, const QString& builder, QWidget* parent)
    : QDialog(parent), m_builder(new QComboBox(this)), m_endpoint(new QLineEdit(this)), m_platforms(new QLineEdit(QStringLiteral("linux/arm64"), this)), m_command(new CallBox(tr("What will run"), 4, this)),
      m_add(new QPushButton(tr("Add the node"), this))
{
    setWindowTitle(tr("Add a native node"));
    setMinimumWidth(520);
    auto* text = new QLabel(tr("A machine of the other architecture builds its platforms natively, several times faster than QEMU. It needs Docker or BuildKit and a way to it, for example ssh."), this);
    text->setWordWrap(true);
    m_builder->addItems(builders);
    m_builder->setCurrentText(builder);
    m_endpoint->setObjectName(QStringLiteral("nodeEndpoint"));
    m_endpoint->setPlaceholderText(tr("ssh://me@arm-machine, tcp://host:port or a docker context"));
    m_platforms->setObjectName(QStringLiteral("nodePlatforms"));
    m_command->edit().setObjectName(QStringLiteral("nodeCommand"));
    m_add->setProperty("primary", true);
    m_add->setDefault(true);
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    auto* form = new QFormLayout;
    form->addRow(tr("Builder"), m_builder);
    form->addRow(tr("Address"), m_endpoint);
    form->addRow(tr("Platforms"), m_platforms);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_add);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    column->addWidget(text);
    column->addLayout(form);
    column->addWidget(m_command);
    column->addLayout(buttons);
    connect(m_builder, &QComboBox::currentTextChanged, this, &NodeDialog::formChanged);
    connect(m_endpoint, &QLineEdit::textChanged, this, &NodeDialog::formChanged);
    connect(m_platforms, &QLineEdit::textChanged, this, &NodeDialog::formChanged);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_add, &QPushButton::clicked, this, &NodeDialog::confirmed);
    setCommand({});
    m_endpoint->setFocus();
}

NodeForm NodeDialog::form() const
{
    return {m_builder->currentText(), m_endpoint->text().trimmed(), m_platforms->text().trimmed()};
}

void NodeDialog::setCommand(const QString& command)
{
    m_command->setText(command);
    m_add->setEnabled(!command.isEmpty());
}

} // namespace layerline
