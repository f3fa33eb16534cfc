#include "widgets/pages/pipelines_empty.h"

#include "items/own_words.h"
#include "widgets/style/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace layerline {

namespace {
constexpr int columnWidth = 560;

QLabel* paragraph(QWidget* parent, const char* role)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setProperty("role", QLatin1String(role));
    return label;
}
} // namespace

PipelinesEmpty::PipelinesEmpty(QWidget* parent)
    : QWidget(parent), m_title(paragraph(this, "title")), m_text(paragraph(this, "muted")), m_details(paragraph(this, "muted")), m_button(new QPushButton(this)),
      m_example(new QPushButton(this))
{
    m_title->setObjectName(QStringLiteral("pipelinesEmptyTitle"));
    m_button->setObjectName(QStringLiteral("pipelinesEmptyButton"));
    m_button->setProperty("primary", true);
    auto* frame = new QWidget(this);
    frame->setMaximumWidth(columnWidth);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(12);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addWidget(m_details);
    m_example->setObjectName(QStringLiteral("pipelinesExample"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_button);
    buttons->addWidget(m_example);
    buttons->addStretch(1);
    column->addLayout(buttons);
    auto* centre = new QHBoxLayout;
    centre->addStretch(1);
    centre->addWidget(frame, 20);
    centre->addStretch(1);
    auto* outer = new QVBoxLayout(this);
    outer->addStretch(2);
    outer->addLayout(centre);
    outer->addStretch(3);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_wantsAccount)
            Q_EMIT signInRequested();
        else
            Q_EMIT addRepositoryRequested();
    });
    connect(m_example, &QPushButton::clicked, this, &PipelinesEmpty::exampleRequested);
    setState({}, {});
}

void PipelinesEmpty::setState(const AccountRow& account, const std::vector<RepositoryRow>& repositories)
{
    m_wantsAccount = account.state != AccountRow::State::SignedIn;
    m_button->setVisible(account.state != AccountRow::State::Checking);
    m_example->setText(tr("Show an example"));
    m_example->setVisible(repositories.empty() && account.state != AccountRow::State::Checking);
    if (account.state == AccountRow::State::Checking) {
        m_title->setText(tr("Asking GitHub…"));
        m_text->setText(tr("Whether the token still works, and what it may do."));
        m_details->setText({});
    } else if (account.state == AccountRow::State::Refused) {
        m_title->setText(tr("GitHub does not take this token"));
        m_text->setText(tr("It may have run out or been withdrawn. Nothing is asked for until there is another one."));
        m_details->setText(ownWords(account.problem));
        m_button->setText(tr("Use another token…"));
    } else if (account.state == AccountRow::State::Offline) {
        m_title->setText(tr("GitHub can't be reached"));
        m_text->setText(tr("It is tried again by itself. What was seen before stays here."));
        m_details->setText(ownWords(account.problem));
        m_button->setText(tr("Use another token…"));
    } else if (m_wantsAccount) {
        m_title->setText(tr("Watch GitHub Actions beside your local builds"));
        m_text->setText(tr("A lane for each architecture of a run, the time it waited for a runner apart from the time it ran, and when a job "
                           "ends its build steps as if it had run here."));
        m_details->setText(tr("It needs a token. A fine-grained one with read access to Actions is enough to watch; write access to Actions lets you "
                              "start, repeat and cancel runs. GH_TOKEN and GITHUB_TOKEN are used when they are set. The token is kept in the "
                              "system's keyring, or only in memory when there is none."));
        m_button->setText(tr("Sign in…"));
    } else if (repositories.empty()) {
        m_title->setText(tr("Which repository?"));
        m_text->setText(tr("Name it as owner/name, by its address, or choose a folder that was cloned from GitHub."));
        m_details->setText({});
        m_button->setText(tr("Add a repository…"));
    } else {
        m_title->setText(tr("No runs yet"));
        m_text->setText(tr("A run appears here as soon as GitHub knows it."));
        m_details->setText({});
        m_button->setText(tr("Add a repository…"));
    }
    m_details->setVisible(!m_details->text().isEmpty());
}

QStringList PipelinesEmpty::texts() const
{
    return {m_title->text(), m_text->text(), m_details->text(), m_button->text()};
}

} // namespace layerline
