#include "widgets/pages/settings_account.h"

#include "widgets/style/account_text.h"
#include "widgets/style/theme.h"
#include "widgets/style/tone.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace layerline {

namespace {

// A name, the same in every language.
const QString usualServer = QStringLiteral("github.com");

QString qt(const std::string& text) { return QString::fromStdString(text); }

void setText(QLabel* label, const QString& text, const char* tone = "")
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
    setTone(label, tone);
}

const char* toneOf(AccountRow::State state)
{
    switch (state) {
    case AccountRow::State::SignedIn: return "good";
    case AccountRow::State::Refused: return "bad";
    case AccountRow::State::Offline: return "warn";
    case AccountRow::State::None:
    case AccountRow::State::Checking: break;
    }
    return "";
}

} // namespace

SettingsAccount::SettingsAccount(QWidget* parent)
    : SettingsSection(tr("GitHub account"), tr("Whose token asks GitHub, and what it may do. Used for Pipelines and for what Layerline does on GitHub."), parent),
      m_state(addLine("accountSettingsState", "")), m_origin(addLine("accountSettingsOrigin", "muted")), m_keyring(addLine("accountSettingsKeyring", "")),
      m_budget(addLine("accountSettingsBudget", "muted")), m_permissions(addLine("accountSettingsPermissions", "muted")), m_gaps(new QVBoxLayout),
      m_signIn(new QPushButton(this)), m_signOut(new QPushButton(tr("Sign out"), this)), m_restore(new QPushButton(tr("Back to the earlier token"), this)),
      m_check(new QPushButton(tr("Check again"), this))
{
    m_gaps->setSpacing(4);
    column()->addLayout(m_gaps);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton* button : {m_signIn, m_signOut, m_restore, m_check})
        buttons->addWidget(button);
    buttons->addStretch(1);
    column()->addLayout(buttons);
    m_signIn->setObjectName(QStringLiteral("accountSettingsSignIn"));
    m_signOut->setObjectName(QStringLiteral("accountSettingsSignOut"));
    m_restore->setObjectName(QStringLiteral("accountSettingsRestore"));
    m_check->setObjectName(QStringLiteral("accountSettingsCheck"));
    m_server = addEdit(tr("Server"), "accountSettingsServer");
    m_server->setPlaceholderText(usualServer);
    m_clientId = addEdit(tr("Client id"), "accountSettingsClientId");
    m_serverNote = addNote({});
    m_serverNote->setObjectName(QStringLiteral("accountSettingsServerNote"));
    m_clientNote = addNote({});
    m_clientNote->setObjectName(QStringLiteral("accountSettingsClientNote"));
    showServerProblem({});
    refuseClientId({});
    connect(m_signIn, &QPushButton::clicked, this, &SettingsAccount::signInRequested);
    connect(m_signOut, &QPushButton::clicked, this, &SettingsAccount::signOutRequested);
    connect(m_restore, &QPushButton::clicked, this, &SettingsAccount::restoreRequested);
    connect(m_check, &QPushButton::clicked, this, &SettingsAccount::checkRequested);
    connect(m_server, &QLineEdit::editingFinished, this, [this] {
        if (const QString given = m_server->text().trimmed(); given != m_values.server)
            Q_EMIT serverGiven(given);
    });
    connect(m_clientId, &QLineEdit::editingFinished, this, [this] {
        if (const QString given = m_clientId->text().trimmed(); given != m_values.clientId)
            Q_EMIT clientIdGiven(given);
    });
    showAccount();
}

QLabel* SettingsAccount::addLine(const char* name, const char* role)
{
    auto* line = new QLabel(this);
    line->setObjectName(QLatin1String(name));
    line->setTextFormat(Qt::PlainText);
    line->setWordWrap(true);
    line->setTextInteractionFlags(Qt::TextSelectableByMouse);
    line->setProperty("role", QLatin1String(role));
    column()->addWidget(line);
    return line;
}

QLineEdit* SettingsAccount::addEdit(const QString& label, const char* name)
{
    auto* edit = new QLineEdit(this);
    edit->setObjectName(QLatin1String(name));
    edit->setMinimumWidth(380);
    addRow(label, edit);
    return edit;
}

void SettingsAccount::setAccount(const AccountRow& account)
{
    if (account == m_account)
        return;
    m_account = account;
    showAccount();
}

void SettingsAccount::setValues(const PipelineSettings& values)
{
    m_values = values;
    if (!m_account.serverFixed)
        m_server->setText(values.server);
    showServerProblem({});
    refuseClientId({});
}

void SettingsAccount::showServerProblem(const QString& text)
{
    const bool fixed = m_account.serverFixed;
    setText(m_serverNote,
            !text.isEmpty() ? text
                : fixed     ? tr("Set by GITHUB_API_URL: %1").arg(qt(m_account.apiUrl))
                            : tr("Server: github.com, or the name or the API's address of a GitHub Enterprise server. Each has a token of its own in the keyring."),
            text.isEmpty() ? "" : "bad");
}

void SettingsAccount::refuseClientId(const QString& text)
{
    m_clientId->setText(m_values.clientId);
    setText(m_clientNote,
            text.isEmpty() ? tr("Client id: of an OAuth or GitHub App with device flow. With one you can sign in by typing a code on GitHub's page instead of pasting a token.") : text,
            text.isEmpty() ? "" : "bad");
}

void SettingsAccount::showAccount()
{
    const AccountRow::State state = m_account.state;
    const bool hasToken = !m_account.origin.empty();
    QString said = accountText(m_account);
    if (!m_account.problem.empty())
        said += QLatin1Char('\n') + qt(m_account.problem);
    setText(m_state, said, toneOf(state));
    setText(m_origin, tokenOriginText(m_account));
    setText(m_keyring, keyringText(m_account), "warn");
    setText(m_budget, budgetText(m_account));
    m_signIn->setText(hasToken ? tr("Change the token…") : tr("Sign in…"));
    m_signOut->setVisible(hasToken);
    m_restore->setVisible(state == AccountRow::State::Refused && m_account.origin == "memory");
    m_check->setVisible(hasToken);
    m_check->setEnabled(state != AccountRow::State::Checking && m_account.permissions != AccountRow::Permissions::Checking);
    m_server->setReadOnly(m_account.serverFixed);
    m_server->setEnabled(!m_account.serverFixed);
    if (m_account.serverFixed)
        m_server->setText(qt(m_account.server));
    if (m_serverNote->property("tone").toString().isEmpty())
        showServerProblem({});
    showPermissions();
}

void SettingsAccount::showPermissions()
{
    while (QLayoutItem* item = m_gaps->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // a change of theme walks through the children just now
        delete item;
    }
    const bool signedIn = m_account.state == AccountRow::State::SignedIn;
    QString text;
    switch (m_account.permissions) {
    case AccountRow::Permissions::Unknown: text = tr("What the token may do is looked up when a repository is watched."); break;
    case AccountRow::Permissions::Checking: text = tr("Looking up what the token may do…"); break;
    case AccountRow::Permissions::Failed: text = tr("What the token may do could not be looked up: %1").arg(qt(m_account.permissionProblem)); break;
    case AccountRow::Permissions::Checked:
        text = m_account.gaps.empty() ? tr("The token may do everything Layerline can.") : tr("What does not work with this token:");
        break;
    }
    if (m_account.classic)
        text = tr("A classic token with the scopes %1.").arg(m_account.scopes.empty() ? tr("(none)") : qt(m_account.scopes)) + QLatin1Char(' ') + text;
    setText(m_permissions, signedIn ? text : QString());
    if (!signedIn)
        return;
    for (const PermissionGap& gap : m_account.gaps) {
        auto* line = new QWidget(this);
        line->setObjectName(QStringLiteral("accountSettingsGap"));
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(8);
        auto* glyph = new QLabel(line);
        glyph->setPixmap(Theme::icon(gap.certain ? QStringLiteral("warning") : QStringLiteral("clock"), gap.certain ? Theme::palette().rebuilt : Theme::palette().muted).pixmap(14, 14));
        auto* said = new QLabel(gapText(gap), line);
        said->setTextFormat(Qt::PlainText);
        said->setWordWrap(true);
        said->setTextInteractionFlags(Qt::TextSelectableByMouse);
        if (!gap.certain)
            said->setProperty("role", QStringLiteral("muted"));
        row->addWidget(glyph, 0, Qt::AlignTop);
        row->addWidget(said, 1);
        m_gaps->addWidget(line);
    }
}

void SettingsAccount::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        showPermissions();
    SettingsSection::changeEvent(event);
}

} // namespace layerline
