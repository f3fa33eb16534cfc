#include "widgets/dialogs/caches_dialog.h"

#include "widgets/dialogs/action_dialog.h"
#include "widgets/style/theme.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace layerline {

namespace {

enum Column { ScopeColumn, RefColumn, RevisionColumn, StateColumn, WrittenColumn, UsedColumn, ColumnCount };

QString when(const OptionalTime& time)
{
    if (!time)
        return QStringLiteral("–");
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(time->ns / 1'000'000), QLocale::ShortFormat);
}

QString collisionText(const CacheCollisionRow& row)
{
    const QString scope = QString::fromStdString(row.scope);
    QStringList writers;
    for (const std::string& writer : row.writers)
        writers << QString::fromStdString(writer);
    const int shown = 4, more = int(writers.size()) - shown;
    QString list = writers.mid(0, shown).join(QStringLiteral(" · "));
    if (more > 0)
        list = CachesDialog::tr("%1 and %n more", nullptr, more).arg(list);
    QString text = row.proven ? CachesDialog::tr("%1 is written by several architectures: the last one to finish wins, the others find nothing. Writers: %2.").arg(scope, list)
                              : CachesDialog::tr("%1 may be written by several jobs of a run.").arg(scope);
    if (row.rewrites > 0)
        text += QLatin1Char(' ') + CachesDialog::tr("Its entries show it: %n time(s) one revision was replaced within half an hour.", nullptr, row.rewrites);
    return text;
}

} // namespace

CachesDialog::CachesDialog(const QString& repository, QWidget* parent)
    : QDialog(parent), m_repository(repository), m_summary(new QLabel(this)), m_problem(new QLabel(this)), m_card(new QFrame(this)),
      m_cardIcon(new QLabel(m_card)), m_collisions(new QLabel(m_card)), m_view(new QTableWidget(this)),
      m_delete(new QPushButton(tr("Delete this scope's entries…"), this))
{
    setWindowTitle(tr("Build caches of %1").arg(repository));
    resize(820, 460);
    m_summary->setWordWrap(true);
    m_summary->setText(tr("Asking GitHub…"));
    m_summary->setObjectName(QStringLiteral("cachesSummary"));
    m_problem->setProperty("tone", QStringLiteral("bad"));
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->hide();
    m_view->setObjectName(QStringLiteral("cachesTable"));
    m_view->setColumnCount(ColumnCount);
    m_view->setHorizontalHeaderLabels({tr("Scope"), tr("Branch"), tr("Revision"), tr("State"), tr("Written"), tr("Last used")});
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setShowGrid(false);
    m_view->verticalHeader()->hide();
    m_view->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_view->horizontalHeader()->setSectionResizeMode(ScopeColumn, QHeaderView::Stretch);
    m_delete->setEnabled(false);
    m_card->setObjectName(QStringLiteral("collisionCard"));
    m_card->setProperty("role", QStringLiteral("card"));
    m_collisions->setObjectName(QStringLiteral("cachesCollisions"));
    m_collisions->setTextFormat(Qt::PlainText);
    m_collisions->setWordWrap(true);
    m_collisions->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_cardIcon->setPixmap(Theme::icon(QStringLiteral("warning"), Theme::palette().rebuilt).pixmap(18, 18));
    auto* line = new QHBoxLayout(m_card);
    line->setContentsMargins(14, 10, 14, 10);
    line->setSpacing(10);
    line->addWidget(m_cardIcon, 0, Qt::AlignTop);
    line->addWidget(m_collisions, 1);
    m_card->hide();
    auto* close = new QPushButton(tr("Close"), this);
    close->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_delete);
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    column->addWidget(m_summary);
    column->addWidget(m_card);
    column->addWidget(m_view, 1);
    column->addWidget(m_problem);
    column->addLayout(buttons);
    connect(m_view, &QTableWidget::itemSelectionChanged, this, [this] { m_delete->setEnabled(m_view->currentRow() >= 0 && !m_view->selectedItems().isEmpty()); });
    connect(m_delete, &QPushButton::clicked, this, &CachesDialog::confirmDelete);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
}

void CachesDialog::setCaches(const CacheTable& table)
{
    m_table = table;
    m_problem->hide();
    QString text = table.quotaBytes > 0 ? tr("%1 of %2 used by %n entries.", nullptr, table.entries).arg(humanBytes(table.usedBytes), humanBytes(table.quotaBytes))
                                        : tr("%1 used by %n entries.", nullptr, table.entries).arg(humanBytes(table.usedBytes));
    if (table.quotaBytes > 0 && !table.quotaTold)
        text += QLatin1Char(' ') + tr("GitHub did not tell the repository's own limit; %1 is its default.").arg(humanBytes(table.quotaBytes));
    text += QLatin1Char(' ') + tr("Layers are shared between scopes, so GitHub knows no size of a scope. What nobody used for 7 days is deleted.");
    m_summary->setText(text);
    showCollisions();
    m_view->setRowCount(int(table.scopes.size()));
    for (int row = 0; row < m_view->rowCount(); ++row) {
        const CacheScopeRow& scope = table.scopes[std::size_t(row)];
        const int stale = int(scope.keys.size()) - 1; // besides the live one; deleting the row deletes them, too
        QString state = !scope.live ? tr("stale") : stale > 0 ? tr("live, %n stale", nullptr, stale) : tr("live");
        if (scope.collision)
            state = tr("written by several architectures");
        const QString cells[ColumnCount] = {QString::fromStdString(scope.scope), QString::fromStdString(scope.ref), QString::number(scope.revision), state, when(scope.written), when(scope.used)};
        for (int cell = 0; cell < ColumnCount; ++cell) {
            auto* item = new QTableWidgetItem(cells[cell]);
            if (scope.collision && cell == StateColumn)
                item->setIcon(Theme::icon(QStringLiteral("warning"), Theme::palette().rebuilt));
            m_view->setItem(row, cell, item);
        }
    }
}

void CachesDialog::showCollisions()
{
    QStringList lines;
    for (const CacheCollisionRow& row : m_table.collisions)
        lines << collisionText(row);
    if (!m_table.unread.empty())
        lines << tr("Not every workflow could be looked into, so there may be more: %1").arg(QString::fromStdString(m_table.unread.substr(0, m_table.unread.find('\n'))));
    m_cardIcon->setVisible(!m_table.collisions.empty());
    m_collisions->setText(lines.join(QLatin1Char('\n')));
    m_collisions->setToolTip(QString::fromStdString(m_table.unread));
    m_card->setVisible(!lines.isEmpty());
}

void CachesDialog::showProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->show();
}

void CachesDialog::confirmDelete()
{
    const int row = m_view->currentRow();
    if (row < 0 || row >= int(m_table.scopes.size()))
        return;
    const CacheScopeRow scope = m_table.scopes[std::size_t(row)];
    ActionPreview preview;
    preview.title = tr("Delete cache entries");
    preview.sentences = {tr("Delete %n entries of the cache scope “%1”? The next build of it starts without a cache. This can't be undone.", nullptr, int(scope.keys.size()))
                             .arg(QString::fromStdString(scope.scope))};
    QStringList keys;
    for (const std::string& key : scope.keys) {
        keys << QString::fromStdString(key);
        preview.parts.emplace_back(keys.last(), QString());
    }
    preview.command = m_callText ? m_callText(keys) : QString();
    preview.button = tr("Delete %n entries", nullptr, int(scope.keys.size()));
    preview.destructive = true;
    auto* dialog = new ActionDialog(preview, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ActionDialog::confirmed, this, [this, dialog, keys] {
        dialog->accept();
        Q_EMIT deleteConfirmed(keys);
    });
    dialog->open();
}

} // namespace layerline
