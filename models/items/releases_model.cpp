#include "items/releases_model.h"

#include <QLocale>
#include <QDateTime>

#include <algorithm>

namespace layerline {

namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

/// Promised platforms in the order of the promise, then the others as they come.
std::vector<Platform> platformsIn(const Release* release)
{
    std::vector<Platform> all;
    if (!release)
        return all;
    const auto add = [&](const Platform& platform) {
        if (std::find(all.begin(), all.end(), platform) == all.end())
            all.push_back(platform);
    };
    for (const Platform& platform : release->promise.platforms)
        add(platform);
    for (const ReleaseTag& tag : release->tags) {
        for (const ReleaseCell& cell : tag.cells)
            add(cell.platform);
    }
    return all;
}

bool sameTags(const Release* a, const Release* b)
{
    return a && b && a->image == b->image && a->tags.size() == b->tags.size()
        && std::equal(a->tags.begin(), a->tags.end(), b->tags.begin(), [](const ReleaseTag& x, const ReleaseTag& y) { return x.published.tag == y.published.tag; });
}

QString timeText(const Timestamp& time) { return QLocale().toString(QDateTime::fromMSecsSinceEpoch(time.ns / 1'000'000), QLocale::ShortFormat); }

} // namespace

ReleasesModel::ReleasesModel(const Clock& clock, QObject* parent) : QAbstractTableModel(parent), m_clock(clock) {}

void ReleasesModel::setRelease(const std::shared_ptr<const Release>& release)
{
    std::vector<Platform> platforms = platformsIn(release.get());
    if (!sameTags(release.get(), m_release.get()) || platforms != m_platforms) {
        beginResetModel();
        m_release = release;
        m_platforms = std::move(platforms);
        endResetModel();
        return;
    }
    const auto before = std::exchange(m_release, release);
    for (int row = 0; row < rowCount(); ++row) {
        if (before->tags[std::size_t(row)] != m_release->tags[std::size_t(row)])
            Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
    }
}

const ReleaseTag* ReleasesModel::tag(int row) const
{
    return m_release && row >= 0 && row < int(m_release->tags.size()) ? &m_release->tags[std::size_t(row)] : nullptr;
}

const ReleaseCell* ReleasesModel::cell(int row, int column) const
{
    const ReleaseTag* own = tag(row);
    if (!own || !isPlatform(column))
        return nullptr;
    const Platform& platform = m_platforms[std::size_t(column - 1)];
    const auto at = std::find_if(own->cells.begin(), own->cells.end(), [&](const ReleaseCell& cell) { return cell.platform == platform; });
    return at == own->cells.end() ? nullptr : &*at;
}

int ReleasesModel::rowOf(const std::string& name) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (tag(row)->published.tag == name)
            return row;
    }
    return -1;
}

void ReleasesModel::timePassed()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, ageColumn()), index(rowCount() - 1, ageColumn()));
}

int ReleasesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_release ? 0 : int(m_release->tags.size());
}

int ReleasesModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ageColumn() + 1; }

QVariant ReleasesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !tag(index.row()))
        return {};
    switch (role) {
    case Qt::DisplayRole: return text(index.row(), index.column());
    case Qt::ToolTipRole: return toolTip(index.row(), index.column());
    case Qt::AccessibleTextRole:
        if (isPlatform(index.column()))
            return QStringLiteral("%1 %2: %3").arg(qt(tag(index.row())->published.tag), qt(m_platforms[std::size_t(index.column() - 1)].str()), text(index.row(), index.column()));
        return text(index.row(), index.column());
    default: return {};
    }
}

QVariant ReleasesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::ToolTipRole && isPlatform(section)) {
        const Platform& platform = m_platforms[std::size_t(section - 1)];
        const bool promised = m_release && std::count(m_release->promise.platforms.begin(), m_release->promise.platforms.end(), platform) > 0;
        return promised ? tr("%1, promised").arg(qt(platform.str())) : qt(platform.str());
    }
    if (role != Qt::DisplayRole)
        return {};
    if (section == tagColumn)
        return tr("Tag");
    if (section == digestColumn())
        return tr("Digest");
    return section == ageColumn() ? tr("Made") : qt(m_platforms[std::size_t(section - 1)].shortName());
}

QString ReleasesModel::text(int row, int column) const
{
    const ReleaseTag& own = *tag(row);
    if (column == tagColumn)
        return qt(own.published.tag);
    if (column == digestColumn())
        return own.published.problem.empty() ? shortDigest(own.published.digest) : tr("can't be read");
    if (column == ageColumn()) {
        const OptionalTime created = createdOf(own);
        return created ? tr("%1 ago").arg(ageText(m_clock.now() - *created)) : QStringLiteral("–");
    }
    const ReleaseCell* found = cell(row, column);
    return found ? verdictWord(found->verdict) : QStringLiteral("–");
}

QString ReleasesModel::toolTip(int row, int column) const
{
    const ReleaseTag& own = *tag(row);
    if (const ReleaseCell* found = cell(row, column))
        return cellToolTip(*found);
    if (column == ageColumn()) {
        const OptionalTime created = createdOf(own);
        return created ? timeText(*created) : tr("The images do not say when they were made.");
    }
    if (!own.published.problem.empty())
        return qt(own.published.problem);
    QStringList lines{qt(own.published.digest), own.published.index ? tr("An index") : tr("The manifest of one platform")};
    if (own.published.attestations > 0)
        lines << tr("With %n attestation(s)", nullptr, own.published.attestations);
    for (const Signature& signature : own.published.signatures)
        lines << QStringLiteral("%1: %2").arg(qt(signature.kind), qt(signature.name));
    return lines.join(QLatin1Char('\n'));
}

QString ReleasesModel::cellToolTip(const ReleaseCell& cell) const
{
    QStringList lines{QStringLiteral("%1: %2").arg(qt(cell.platform.str()), verdictWord(cell.verdict))};
    lines << (cell.promised ? tr("Promised") : tr("Not promised"));
    if (!cell.built.empty())
        lines << tr("Built: %1").arg(qt(cell.built));
    lines << (cell.published.empty() ? tr("Not published") : tr("Published: %1").arg(qt(cell.published)));
    if (cell.created)
        lines << tr("Made: %1").arg(timeText(*cell.created));
    return lines.join(QLatin1Char('\n'));
}

QString ReleasesModel::verdictWord(PlatformVerdict verdict)
{
    switch (verdict) {
    case PlatformVerdict::Published: return tr("published");
    case PlatformVerdict::Missing: return tr("MISSING");
    case PlatformVerdict::Extra: return tr("extra");
    case PlatformVerdict::Differs: return tr("differs");
    case PlatformVerdict::Unknown: break;
    }
    return tr("unknown");
}

QString ReleasesModel::shortDigest(const std::string& digest)
{
    return digest.size() > 19 ? qt(digest.substr(0, 19)) + QChar(0x2026) : qt(digest);
}

OptionalTime ReleasesModel::createdOf(const ReleaseTag& tag)
{
    OptionalTime newest;
    for (const ReleaseCell& cell : tag.cells) {
        if (cell.created)
            newest = std::max(newest.value_or(*cell.created), *cell.created);
    }
    return newest;
}

QString ReleasesModel::ageText(Duration age)
{
    const qint64 minutes = std::max<qint64>(age.ns, 0) / 60'000'000'000;
    if (minutes < 60)
        return tr("%n minute(s)", nullptr, int(minutes));
    if (minutes < 48 * 60)
        return tr("%n hour(s)", nullptr, int(minutes / 60));
    if (minutes < 60 * 24 * 60)
        return tr("%n day(s)", nullptr, int(minutes / (24 * 60)));
    return tr("%n month(s)", nullptr, int(minutes / (30 * 24 * 60)));
}

} // namespace layerline
