#include "widgets/dialogs/address_dialog.h"

#include "domain/node_address.h"
#include "widgets/style/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace layerline {

namespace {

QString sentence(AddressFault fault)
{
    switch (fault) {
    case AddressFault::None:
    case AddressFault::Empty: return {};
    case AddressFault::Scheme: return AddressDialog::tr("An address begins with unix:// or tcp://.");
    case AddressFault::RelativePath: return AddressDialog::tr("After unix:// comes a path from the root, as in unix:///run/buildkit/buildkitd.sock.");
    case AddressFault::NoHost: return AddressDialog::tr("After tcp:// comes a host, as in tcp://10.0.0.7:1234.");
    case AddressFault::NoPort: return AddressDialog::tr("After the host comes a port from 1 to 65535, as in tcp://10.0.0.7:1234.");
    case AddressFault::Junk: return AddressDialog::tr("There are characters that belong in no address: spaces, a user, or a path behind the port.");
    }
    return {};
}

} // namespace

AddressDialog::AddressDialog(QStringList known, QWidget* parent)
    : QDialog(parent), m_known(std::move(known)), m_edit(new QLineEdit(this)), m_fault(new QLabel(this)), m_add(new QPushButton(tr("Add"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("addressDialog"));
    setWindowTitle(tr("Add a builder address"));
    setMinimumWidth(520);
    auto* text = new QLabel(tr("Where a BuildKit daemon (buildkitd) listens. Layerline only watches it."), this);
    text->setProperty("role", QStringLiteral("muted"));
    text->setWordWrap(true);
    const QString example = QStringLiteral("unix:///run/buildkit/buildkitd.sock");
    m_edit->setPlaceholderText(example);
    m_edit->setFont(Theme::monoFont());
    m_edit->setAccessibleName(tr("Address"));
    m_edit->setObjectName(QStringLiteral("address"));
    m_fault->setObjectName(QStringLiteral("addressFault"));
    m_fault->setWordWrap(true);
    m_fault->setProperty("tone", QStringLiteral("bad"));
    m_fault->setMinimumHeight(m_fault->fontMetrics().lineSpacing() * 2); // the dialog does not jump when it speaks
    m_fault->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_add->setProperty("primary", true);
    m_add->setDefault(true);
    m_add->setObjectName(QStringLiteral("addressAdd"));
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_add);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(10);
    column->addWidget(text);
    column->addWidget(m_edit);
    column->addWidget(m_fault);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_add, &QPushButton::clicked, this, &AddressDialog::choose);
    connect(m_edit, &QLineEdit::textChanged, this, &AddressDialog::check);
    check();
}

QString AddressDialog::faultOf(const QString& text) const
{
    const CheckedAddress checked = checkAddress(text.toStdString());
    if (!checked.ok())
        return sentence(checked.fault);
    return m_known.contains(QString::fromStdString(checked.address)) ? tr("This address is watched already.") : QString();
}

void AddressDialog::check()
{
    // Nobody has typed wrong who is still typing "tcp:/".
    const QString text = m_edit->text().trimmed();
    const bool begun = QStringLiteral("unix://").startsWith(text) || QStringLiteral("tcp://").startsWith(text);
    const QString fault = faultOf(text);
    m_fault->setText(begun ? QString() : fault);
    m_add->setEnabled(!begun && fault.isEmpty());
}

void AddressDialog::choose()
{
    const CheckedAddress checked = checkAddress(m_edit->text().toStdString());
    if (!checked.ok() || !faultOf(m_edit->text()).isEmpty())
        return;
    Q_EMIT addressChosen(QString::fromStdString(checked.address));
    accept();
}

} // namespace layerline
