#include "widgets/dialogs/move_tag_dialog.h"

#include "items/releases_model.h"
#include "widgets/dialogs/call_box.h"
#include "widgets/style/theme.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QRegularExpression>
#include <QTableWidget>
#include <QVBoxLayout>

namespace layerline {

namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

QString platformNames(const std::vector<Platform>& platforms)
{
    QStringList names;
    for (const Platform& platform : platforms)
        names << qt(platform.shortName());
    return names.join(QStringLiteral(", "));
}

QString side(const PublishedTag& tag)
{
    if (tag.digest.empty())
        return MoveTagDialog::tr("nothing: there is no such tag yet");
    std::vector<Platform> platforms;
    for (const PublishedPlatform& entry : tag.platforms)
        platforms.push_back(entry.platform);
    const QString kind = tag.index ? MoveTagDialog::tr("index") : MoveTagDialog::tr("single manifest");
    return QStringLiteral("%1\n     %2: %3").arg(qt(tag.digest), kind, platformNames(platforms));
}

QString seenText(const MoveTarget& target)
{
    if (!target.last)
        return MoveTagDialog::tr("never under this tag");
    return MoveTagDialog::tr("until %1").arg(QLocale().toString(QDateTime::fromMSecsSinceEpoch(target.last->ns / 1'000'000), QLocale::ShortFormat));
}

/// All that is asked of the registry, in order: is the tag still what was looked at, the manifest's own bytes, the one change,
/// and reading it back.
QString callsText(const TagMovePlan& plan)
{
    const QString url = qt(plan.url), manifests = url.left(url.lastIndexOf(QLatin1Char('/')) + 1);
    const QStringList lines{QStringLiteral("HEAD ") + url,
                            QStringLiteral("GET ") + manifests + qt(plan.to.digest),
                            QStringLiteral("PUT ") + url,
                            QStringLiteral("Content-Type: ") + qt(plan.to.mediaType),
                            MoveTagDialog::tr("the %L1 bytes the registry has under that digest", nullptr, int(plan.bytes)).arg(plan.bytes),
                            QStringLiteral("GET ") + url};
    return lines.join(QLatin1Char('\n'));
}

QLabel* paragraph(QWidget* parent, const char* name)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

QString moveWarningText(const MoveWarning& warning)
{
    const QString name = qt(warning.name);
    switch (warning.kind) {
    case MoveWarning::Kind::LosesPlatform: return MoveTagDialog::tr("%1 can be pulled from this tag now and could not be any more.").arg(name);
    case MoveWarning::Kind::SingleManifest: return MoveTagDialog::tr("The tag is an index now and would be the manifest of one platform.");
    case MoveWarning::Kind::BrokenTarget: return MoveTagDialog::tr("The target names %1, but the registry does not have that manifest.").arg(name);
    case MoveWarning::Kind::SignatureStays: return MoveTagDialog::tr("The signature or attestation %1 stays with the present digest.").arg(name);
    case MoveWarning::Kind::TargetUnsigned: return MoveTagDialog::tr("The present digest is signed and the target is not: who verifies signatures will refuse it.");
    case MoveWarning::Kind::LosesAttestations: return MoveTagDialog::tr("The present index carries provenance or SBOMs, the target none.");
    }
    return {};
}

MoveTagDialog::MoveTagDialog(const QString& image, const QString& tag, std::vector<MoveTarget> targets, QWidget* parent)
    : QDialog(parent), m_tag(tag), m_targets(std::move(targets)), m_table(new QTableWidget(this)), m_digest(new QLineEdit(this)), m_fromTo(paragraph(this, "moveFromTo")),
      m_warnings(paragraph(this, "moveWarnings")), m_status(paragraph(this, "moveStatus")), m_request(new CallBox(tr("What is sent to the registry"), 8, this)), m_close(new QPushButton(tr("Cancel"), this)),
      m_move(new QPushButton(tr("Move the tag"), this))
{
    setWindowTitle(tr("Move %1:%2").arg(image, tag));
    setMinimumWidth(680);
    m_table->setObjectName(QStringLiteral("moveTargets"));
    m_table->setMinimumHeight(150); // three or four to choose from stay in view above the preview
    m_table->setAccessibleName(tr("Digest"));
    m_fromTo->setFont(Theme::monoFont(-0.5));
    m_digest->setObjectName(QStringLiteral("moveDigest"));
    m_digest->setPlaceholderText(tr("or paste a digest: sha256:…"));
    m_digest->setAccessibleName(tr("Digest"));
    m_warnings->setProperty("tone", QStringLiteral("warn"));
    m_request->edit().setObjectName(QStringLiteral("moveRequest"));
    m_move->setObjectName(QStringLiteral("moveConfirm"));
    m_move->setProperty("primary", true);
    m_move->setEnabled(false);
    m_close->setAutoDefault(false);
    m_close->setObjectName(QStringLiteral("moveClose"));
    layOut();
    fillTargets();
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &MoveTagDialog::chooseRow);
    connect(m_digest, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_table->clearSelection();
        static const QRegularExpression whole(QStringLiteral("^sha256:[0-9a-f]{64}$"));
        ask(whole.match(text.trimmed()).hasMatch() ? text.trimmed() : QString());
    });
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_move, &QPushButton::clicked, this, [this] {
        if (!m_plan)
            return;
        m_move->setEnabled(false);
        m_status->setText(tr("Moving, then reading it back…"));
        Q_EMIT moveConfirmed(*m_plan);
    });
    ask({});
}

void MoveTagDialog::layOut()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(10);
    auto* how = paragraph(this, "moveHow");
    how->setText(m_targets.empty() ? tr("No earlier digest of this tag was seen from this machine, and no other tag has one. Registries keep no history: paste the digest.")
                                   : tr("Choose the digest %1 should point at. Nothing is built, and the digest stays what it is.").arg(m_tag));
    column->addWidget(how);
    column->addWidget(m_table, 1);
    column->addWidget(m_digest);
    column->addWidget(m_fromTo);
    column->addWidget(m_warnings);
    column->addWidget(m_request);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_status, 1);
    buttons->addWidget(m_close);
    buttons->addWidget(m_move);
    column->addLayout(buttons);
}

void MoveTagDialog::fillTargets()
{
    m_table->setVisible(!m_targets.empty());
    m_table->setColumnCount(4);
    m_table->setHorizontalHeaderLabels({tr("Digest"), tr("Platforms"), tr("Seen here"), tr("Other tags")});
    m_table->setRowCount(int(m_targets.size()));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (int row = 0; row < int(m_targets.size()); ++row) {
        const MoveTarget& target = m_targets[std::size_t(row)];
        QStringList tags;
        for (const std::string& tag : target.tags)
            tags << qt(tag);
        const QString texts[] = {ReleasesModel::shortDigest(target.digest), platformNames(target.platforms), seenText(target), tags.join(QStringLiteral(", "))};
        for (int column = 0; column < 4; ++column) {
            auto* item = new QTableWidgetItem(texts[column]);
            if (column == 0) {
                item->setFont(Theme::monoFont(-0.5));
                item->setToolTip(qt(target.digest));
            }
            m_table->setItem(row, column, item);
        }
    }
    m_table->resizeColumnsToContents();
}

void MoveTagDialog::chooseRow()
{
    const QList<QTableWidgetItem*> chosen = m_table->selectedItems();
    if (chosen.isEmpty())
        return;
    m_digest->clear();
    ask(qt(m_targets[std::size_t(chosen.front()->row())].digest));
}

void MoveTagDialog::ask(const QString& digest)
{
    m_wanted = digest;
    m_plan.reset();
    m_move->setEnabled(false);
    m_fromTo->hide();
    m_warnings->hide();
    m_request->setText({});
    m_status->setText(digest.isEmpty() ? QString() : tr("Reading both ends from the registry…"));
    if (!digest.isEmpty())
        Q_EMIT planRequested(digest);
}

void MoveTagDialog::setPlan(const TagMovePlan& plan)
{
    if (qt(plan.to.digest) != m_wanted)
        return;
    m_plan = plan;
    m_fromTo->setText(tr("Now: %1\nThen: %2").arg(side(plan.from), side(plan.to)));
    QStringList warnings;
    for (const MoveWarning& warning : moveWarnings(plan))
        warnings << QString(QChar(0x26A0)) + QLatin1Char(' ') + moveWarningText(warning);
    m_warnings->setText(warnings.join(QLatin1Char('\n')));
    m_fromTo->show();
    m_warnings->setVisible(!warnings.isEmpty());
    m_status->setText(plan.changes() ? QString() : tr("The tag points there already."));
    m_move->setText(tr("Move %1 to %2").arg(m_tag, ReleasesModel::shortDigest(plan.to.digest)));
    m_move->setEnabled(plan.changes());
    m_request->setText(plan.changes() ? callsText(plan) : QString()); // last: the dialog grows to what all need
}

void MoveTagDialog::showProblem(const QString& text)
{
    m_status->setText(text);
    m_status->setProperty("tone", QStringLiteral("bad"));
    m_move->setEnabled(m_plan && m_plan->changes());
}

void MoveTagDialog::showDone(const QString& digest)
{
    m_table->setEnabled(false);
    m_digest->setEnabled(false);
    m_move->hide();
    m_close->setText(tr("Close"));
    m_status->setText(tr("Moved. Read back from the registry: %1").arg(digest));
}

QStringList MoveTagDialog::texts() const
{
    return {m_fromTo->isHidden() ? QString() : m_fromTo->text(), m_warnings->isHidden() ? QString() : m_warnings->text(),
            m_request->text(), m_status->text(), m_move->text()};
}

} // namespace layerline
