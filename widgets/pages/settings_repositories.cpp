#include "widgets/pages/settings_repositories.h"

#include "widgets/style/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

namespace layerline {

SettingsRepositories::SettingsRepositories(QWidget* parent)
    : SettingsSection(tr("Watched repositories"), tr("Their runs are on the Pipelines page. Looking costs next to nothing of the requests GitHub grants: what has not changed is free."), parent),
      m_rows(new QVBoxLayout), m_empty(new QLabel(tr("None added."), this))
{
    m_rows->setSpacing(4);
    m_empty->setProperty("role", QStringLiteral("faint"));
    auto* add = new QPushButton(tr("Add a repository…"), this);
    add->setObjectName(QStringLiteral("settingsAddRepository"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addStretch(1);
    column()->addLayout(m_rows);
    column()->addWidget(m_empty);
    column()->addLayout(buttons);
    connect(add, &QPushButton::clicked, this, &SettingsRepositories::addRequested);
}

void SettingsRepositories::setRepositories(const std::vector<RepositoryRow>& repositories, bool signedIn)
{
    const bool same = std::equal(repositories.begin(), repositories.end(), m_repositories.begin(), m_repositories.end(),
                                 [](const RepositoryRow& a, const RepositoryRow& b) { return a.name == b.name; });
    m_repositories = repositories;
    m_signedIn = signedIn;
    if (!same)
        rebuild();
    showStates();
}

void SettingsRepositories::rebuild()
{
    m_states.clear();
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // one of its buttons may have asked for this
        delete item;
    }
    for (const RepositoryRow& repository : m_repositories)
        m_rows->addWidget(makeRow(repository));
    m_empty->setVisible(m_repositories.empty());
}

QWidget* SettingsRepositories::makeRow(const RepositoryRow& repository)
{
    const QString name = QString::fromStdString(repository.name);
    auto* row = new QFrame(this);
    row->setObjectName(QStringLiteral("settingsRepository"));
    row->setProperty("role", QStringLiteral("well"));
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(12, 4, 6, 4);
    line->setSpacing(12);
    auto* label = new QLabel(name, row);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* state = new QLabel(row);
    state->setObjectName(QStringLiteral("settingsRepositoryState"));
    state->setTextFormat(Qt::PlainText);
    state->setWordWrap(true);
    state->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_states.push_back(state);
    auto* remove = new QToolButton(row);
    remove->setIcon(Theme::icon(QStringLiteral("cross")));
    remove->setToolTip(tr("Stop watching %1").arg(name));
    remove->setAccessibleName(remove->toolTip());
    line->addWidget(label);
    line->addWidget(state, 1);
    line->addWidget(remove);
    connect(remove, &QToolButton::clicked, this, [this, name] { Q_EMIT removeRequested(name); });
    return row;
}

void SettingsRepositories::showStates()
{
    for (std::size_t i = 0; i < m_states.size(); ++i) {
        const RepositoryRow& repository = m_repositories[i];
        const bool bad = !repository.problem.empty();
        QLabel* state = m_states[i];
        state->setText(!m_signedIn ? tr("not watched: no token")
                           : bad   ? QString::fromStdString(repository.problem)
                                   : repository.activeRuns > 0 ? tr("%n run(s) under way", nullptr, repository.activeRuns) : tr("watched"));
        const char* tone = !m_signedIn ? "" : bad ? "bad" : "good";
        if (state->property("tone").toString() == QLatin1String(tone))
            continue;
        state->setProperty("tone", QLatin1String(tone));
        state->style()->unpolish(state);
        state->style()->polish(state);
    }
}

} // namespace layerline
