#include "widgets/dialogs/sign_in_dialog.h"

#include "items/own_words.h"
#include "widgets/style/account_text.h"
#include "widgets/style/theme.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace layerline {

SignInDialog::SignInDialog(const AccountRow& account, QWidget* parent)
    : QDialog(parent), m_account(account), m_state(new QLabel(this)), m_host(new QLineEdit(this)), m_token(new QLineEdit(this)), m_code(new QLabel(this)),
      m_use(new QPushButton(tr("Use this token"), this)), m_device(new QPushButton(tr("Sign in with a code…"), this)), m_open(new QPushButton(tr("Open the page"), this)),
      m_signOut(new QPushButton(tr("Forget the token"), this))
{
    setWindowTitle(tr("GitHub account"));
    setMinimumWidth(460);
    m_state->setWordWrap(true);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setObjectName(QStringLiteral("accountState"));
    m_host->setObjectName(QStringLiteral("accountHost"));
    m_host->setText(account.server.empty() ? QStringLiteral("github.com") : QString::fromStdString(account.server));
    m_host->setReadOnly(account.serverFixed);
    m_host->setToolTip(account.serverFixed ? tr("Set by GITHUB_API_URL") : tr("github.com, or the name or the API's address of your GitHub Enterprise server"));
    m_token->setObjectName(QStringLiteral("accountToken"));
    m_token->setEchoMode(QLineEdit::Password);
    m_token->setPlaceholderText(tr("Classic or fine-grained token"));
    m_code->setFont(Theme::uiFont(6, 600));
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_device->setObjectName(QStringLiteral("accountDevice"));
    m_use->setProperty("primary", true);
    m_use->setDefault(true);

    auto* note = new QLabel(tr("Watching needs read access to Actions. Running again, cancelling and starting need write access to Actions; "
                               "a rollback needs write access to Contents, Workflows and Pull requests. The token is kept in the system's keyring, "
                               "or only in memory when there is none."), this);
    note->setWordWrap(true);
    note->setProperty("role", QStringLiteral("muted"));
    auto* form = new QFormLayout;
    form->addRow(tr("Server"), m_host);
    form->addRow(tr("Token"), m_token);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_signOut);
    buttons->addStretch(1);
    buttons->addWidget(m_open);
    buttons->addWidget(m_device);
    buttons->addWidget(m_use);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    column->addWidget(m_state);
    column->addLayout(form);
    column->addWidget(m_code, 0, Qt::AlignHCenter);
    column->addWidget(note);
    column->addLayout(buttons);

    connect(m_token, &QLineEdit::textChanged, this, &SignInDialog::refresh);
    connect(m_use, &QPushButton::clicked, this, &SignInDialog::giveToken);
    connect(m_device, &QPushButton::clicked, this, [this] { Q_EMIT deviceSignInRequested(m_host->text().trimmed()); });
    connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT pageRequested(m_page); });
    connect(m_signOut, &QPushButton::clicked, this, &SignInDialog::signOutRequested);
    setDeviceFlowPossible(false);
    setDeviceCode({}, {});
    m_token->setFocus();
}

void SignInDialog::giveToken()
{
    const QString token = m_token->text().trimmed();
    m_token->clear();
    if (!token.isEmpty())
        Q_EMIT tokenGiven(token, m_host->text().trimmed());
}

void SignInDialog::setAccount(const AccountRow& account)
{
    m_account = account;
    refresh();
}

void SignInDialog::setDeviceCode(const QString& code, const QUrl& page)
{
    m_page = page;
    m_code->setText(code);
    m_code->setVisible(!code.isEmpty());
    m_open->setVisible(!page.isEmpty());
    refresh();
}

void SignInDialog::setDeviceFlowPossible(bool possible)
{
    m_device->setVisible(possible);
}

void SignInDialog::refresh()
{
    m_use->setEnabled(!m_token->text().trimmed().isEmpty());
    m_signOut->setVisible(!m_account.origin.empty() && m_account.state != AccountRow::State::Checking);
    if (!m_code->text().isEmpty()) {
        m_state->setText(tr("Type this code on GitHub's page. This window notices by itself when you have."));
        return;
    }
    QStringList lines{accountText(m_account)};
    if (!m_account.problem.empty())
        lines += ownWords(m_account.problem);
    for (const QString& line : {tokenOriginText(m_account), keyringText(m_account)}) {
        if (!line.isEmpty())
            lines += line;
    }
    for (const PermissionGap& gap : m_account.gaps) {
        if (gap.certain)
            lines += gapText(gap);
    }
    m_state->setText(lines.join(QLatin1Char('\n')));
    if (isVisible())
        growToFit();
}

void SignInDialog::growToFit()
{
    resize(width(), std::max(height(), layout()->totalHeightForWidth(width())));
}

void SignInDialog::showEvent(QShowEvent* event)
{
    growToFit();
    QDialog::showEvent(event);
}

} // namespace layerline
