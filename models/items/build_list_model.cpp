#include "items/build_list_model.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <map>

namespace layerline {

namespace {

QDate dayOf(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(time.ns / 1'000'000).date();
}

QString idText(const BuildId& id)
{
    return QString::fromUtf8(id.str().data(), qsizetype(id.str().size()));
}

} // namespace

BuildListModel::BuildListModel(const BuildStore& store, const Clock& clock, QObject* parent)
    : QAbstractListModel(parent), m_store(store), m_clock(clock)
{
    connect(&store, &BuildStore::changed, this, &BuildListModel::onStoreChanged);
    m_entries = wanted();
}

int BuildListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

Qt::ItemFlags BuildListModel::flags(const QModelIndex& index) const
{
    if (!index.isValid() || m_entries[std::size_t(index.row())].kind == Section)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QVariant BuildListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Entry& entry = m_entries[std::size_t(index.row())];
    if (role == KindRole)
        return int(entry.kind);
    if (role == CountRole)
        return entry.count;
    if (role == IdRole)
        return idText(entry.id);
    if (role == ExpandedRole)
        return expanded(index.row());
    if (role == MemberRole)
        return entry.kind == BuildRow && !entry.group.empty();
    if (entry.kind == GroupRow) {
        const BuildGroupItem* whole = group(index.row());
        if (role == Qt::DisplayRole)
            return whole->title;
        return role == Qt::AccessibleTextRole ? QVariant(groupText(*whole, expanded(index.row()))) : QVariant();
    }
    if (entry.kind == Section)
        return role == Qt::DisplayRole || role == Qt::AccessibleTextRole ? QVariant(sectionTitle(entry.day)) : QVariant();
    const BuildListItem* shown = item(index.row());
    if (!shown)
        return {};
    if (role == Qt::DisplayRole)
        return shown->title;
    if (role == Qt::AccessibleTextRole) {
        QStringList parts{shown->title, statusWord(shown->status), shown->subtitle, shown->notes.value(0)};
        parts.removeAll(QString());
        return parts.join(QStringLiteral(", "));
    }
    return {};
}

QString BuildListModel::groupText(const BuildGroupItem& group, bool expanded) const
{
    return QStringList{tr("bake of %n build(s)", nullptr, group.builds), group.title, statusWord(group.status), expanded ? tr("expanded") : tr("collapsed")}
        .join(QStringLiteral(", "));
}

QString BuildListModel::statusWord(BuildStatus status)
{
    switch (status) {
    case BuildStatus::Running: return tr("running");
    case BuildStatus::Completed: return tr("completed");
    case BuildStatus::Failed: return tr("failed");
    case BuildStatus::Canceled: return tr("cancelled");
    case BuildStatus::Lost: return tr("connection lost");
    }
    return {};
}

QString BuildListModel::sectionTitle(const QDate& day) const
{
    if (!day.isValid())
        return tr("Running");
    const QDate today = dayOf(m_clock.now());
    if (day == today)
        return tr("Today");
    if (day == today.addDays(-1))
        return tr("Yesterday");
    const QLocale locale;
    return day.year() == today.year() ? locale.toString(day, tr("d MMMM")) : locale.toString(day, tr("d MMMM yyyy"));
}

const BuildListItem* BuildListModel::item(int row) const
{
    if (row < 0 || row >= rowCount() || m_entries[std::size_t(row)].kind != BuildRow)
        return nullptr;
    const Build* build = m_store.find(m_entries[std::size_t(row)].id);
    if (!build)
        return nullptr;
    const auto [found, added] = m_items.try_emplace(build->id);
    Cached& cached = found->second;
    if (!added && !cached.stale)
        return &cached.item;
    cached.stale = false;
    cached.age.start();
    cached.item = buildListItem(*build, m_clock.now());
    addEstimate(cached.item);
    cached.cost = cached.age.elapsed();
    return &cached.item;
}

void BuildListModel::setEstimates(const EstimateBoard& board)
{
    m_estimates = &board;
    connect(&board, &EstimateBoard::changed, this, [this](const BuildId& id) {
        const auto known = m_items.find(id);
        if (known == m_items.end())
            return;
        addEstimate(known->second.item);
        if (const int row = rowOf(id); row >= 0)
            rowsChanged(row, row);
    });
}

void BuildListModel::addEstimate(BuildListItem& item) const
{
    const BuildEstimate* estimate = m_estimates ? m_estimates->find(item.id) : nullptr;
    item.left = estimate ? estimate->left : std::nullopt;
    item.slow = estimate && estimate->anySlow();
}

std::vector<const Build*> BuildListModel::membersOf(const std::string& group) const
{
    std::vector<const Build*> builds;
    for (const BuildId& id : m_store.builds().ids()) {
        const auto place = m_places.find(id);
        const Build* build = place != m_places.end() && place->second.shown && place->second.group == group ? m_store.find(id) : nullptr;
        if (build)
            builds.push_back(build);
    }
    std::stable_sort(builds.begin(), builds.end(), [](const Build* a, const Build* b) { return a->started().value_or(Timestamp{}) < b->started().value_or(Timestamp{}); });
    return builds;
}

const BuildGroupItem* BuildListModel::group(int row) const
{
    if (row < 0 || row >= rowCount() || m_entries[std::size_t(row)].kind != GroupRow)
        return nullptr;
    const std::string& key = m_entries[std::size_t(row)].group;
    const auto [found, added] = m_groups.try_emplace(key);
    if (added)
        found->second = buildGroupItem(membersOf(key), m_clock.now());
    return &found->second;
}

bool BuildListModel::expanded(int row) const
{
    return row >= 0 && row < rowCount() && m_entries[std::size_t(row)].kind == GroupRow && !m_closed.count(m_entries[std::size_t(row)].group);
}

void BuildListModel::setExpanded(int row, bool open)
{
    if (row < 0 || row >= rowCount() || m_entries[std::size_t(row)].kind != GroupRow || expanded(row) == open)
        return;
    const std::string group = m_entries[std::size_t(row)].group;
    if (open)
        m_closed.erase(group);
    else
        m_closed.insert(group);
    update();
    rowsChanged(row, row);
}

int BuildListModel::groupRowOf(const BuildId& id) const
{
    const auto place = m_places.find(id);
    if (place == m_places.end() || place->second.group.empty())
        return -1;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        if (m_entries[i].kind == GroupRow && m_entries[i].group == place->second.group)
            return int(i);
    }
    return -1;
}

BuildId BuildListModel::idAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_entries[std::size_t(row)].id : BuildId{};
}

int BuildListModel::rowOf(const BuildId& id) const
{
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        if (m_entries[i].kind == BuildRow && m_entries[i].id == id)
            return int(i);
    }
    return -1;
}

bool BuildListModel::hasRunning() const
{
    return !m_entries.empty() && m_entries.front().kind == Section && !m_entries.front().day.isValid();
}

bool BuildListModel::passes(const Build& build) const
{
    if (m_filter.isEmpty())
        return true;
    const auto [found, added] = m_searchTexts.try_emplace(build.id);
    if (added || found->second.first != build.revision)
        found->second = {build.revision, buildSearchText(build)};
    const QString& words = found->second.second;
    return std::all_of(m_filter.begin(), m_filter.end(), [&](const QString& word) { return words.contains(word); });
}

void BuildListModel::setFilter(const QString& text)
{
    const QStringList words = text.toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    m_filterText = text;
    if (words == m_filter)
        return;
    m_filter = words;
    update();
}

void BuildListModel::onStoreChanged(const ChangeSet& changes)
{
    bool placed = false;
    for (const auto& [id, change] : changes.builds) {
        const Build* build = m_store.find(id);
        const auto known = m_places.find(id);
        placed = placed || !build || known == m_places.end() || !(known->second == placeOf(*build));
        if (!build) {
            m_items.erase(id);
            m_searchTexts.erase(id);
        }
    }
    m_groups.clear();
    if (placed)
        update();
    for (const auto& [id, change] : changes.builds) {
        // A log line changes no row.
        if ((change.flags & ~std::uint32_t(Change::Log)) == 0)
            continue;
        for (const int row : {outdated(id) ? rowOf(id) : -1, groupRowOf(id)}) {
            if (row >= 0)
                rowsChanged(row, row);
        }
    }
}

bool BuildListModel::outdated(const BuildId& id)
{
    const auto known = m_items.find(id);
    const Build* build = m_store.find(id);
    if (known == m_items.end() || !build)
        return true;
    Cached& cached = known->second;
    // A running build of 100,000 steps changes every frame: it may take a tenth of the thread's time, no more.
    const bool running = build->status() == BuildStatus::Running && cached.item.status == BuildStatus::Running;
    if (!cached.stale && running && cached.age.elapsed() < cached.cost * 10)
        return false; // timePassed() brings it
    cached.stale = true;
    return true;
}

BuildListModel::Place BuildListModel::placeOf(const Build& build) const
{
    return {passes(build), build.status() == BuildStatus::Running, build.started().value_or(Timestamp{}), build.groupRef()};
}

struct BuildListModel::Unit {
    Place place;
    std::vector<Sorted> builds;
    /// Newest first, running ones before all.
    bool before(const Unit& other) const
    {
        if (place.running != other.place.running)
            return place.running;
        return place.time != other.place.time ? place.time > other.place.time : builds.front().id < other.builds.front().id;
    }
};

std::vector<BuildListModel::Unit> BuildListModel::units()
{
    std::vector<Unit> units;
    std::map<std::string, std::size_t> calls;
    m_places.clear();
    for (const BuildId& id : m_store.builds().ids()) {
        const Build* build = m_store.find(id);
        if (!build)
            continue;
        const Place place = placeOf(*build);
        m_places.emplace(id, place);
        if (!place.shown)
            continue;
        const auto call = place.group.empty() ? calls.end() : calls.try_emplace(place.group, units.size()).first;
        if (call == calls.end() || call->second == units.size()) {
            units.push_back({place, {{place, id}}});
            continue;
        }
        Unit& unit = units[call->second];
        unit.place.running = unit.place.running || place.running;
        unit.place.time = std::max(unit.place.time, place.time);
        unit.builds.push_back({place, id});
    }
    for (Unit& unit : units)
        std::sort(unit.builds.begin(), unit.builds.end(), [](const Sorted& a, const Sorted& b) { return a.place.time != b.place.time ? a.place.time < b.place.time : a.id < b.id; });
    std::sort(units.begin(), units.end(), [](const Unit& a, const Unit& b) { return a.before(b); });
    return units;
}

std::vector<BuildListModel::Entry> BuildListModel::wanted()
{
    std::vector<Entry> entries;
    std::size_t section = 0;
    m_shown = 0;
    for (const Unit& unit : units()) {
        const QDate day = unit.place.running ? QDate() : dayOf(unit.place.time);
        if (entries.empty() || entries[section].day != day) {
            section = entries.size();
            entries.push_back({Section, {}, day, 0, {}});
        }
        const int builds = int(unit.builds.size());
        entries[section].count += builds;
        m_shown += builds;
        const std::string group = builds > 1 ? unit.place.group : std::string();
        if (!group.empty())
            entries.push_back({GroupRow, {}, {}, builds, group});
        if (!group.empty() && m_closed.count(group))
            continue;
        for (const Sorted& build : unit.builds)
            entries.push_back({BuildRow, build.id, {}, 0, group});
    }
    return entries;
}

void BuildListModel::update()
{
    const std::vector<Entry> target = wanted();
    m_groups.clear();
    removeMissing(target);
    insertAndMove(target);
    for (std::size_t i = 0; i < target.size(); ++i) {
        if (m_entries[i].count != target[i].count || m_entries[i].group != target[i].group) {
            m_entries[i].count = target[i].count;
            m_entries[i].group = target[i].group;
            rowsChanged(int(i), int(i));
        }
    }
}

BuildListModel::Presence::Presence(const std::vector<Entry>& entries)
{
    for (const Entry& entry : entries) {
        switch (entry.kind) {
        case BuildRow: builds.insert(entry.id); break;
        case Section: days.insert(entry.day); break;
        case GroupRow: groups.insert(entry.group); break;
        }
    }
}

bool BuildListModel::Presence::has(const Entry& entry) const
{
    switch (entry.kind) {
    case BuildRow: return builds.count(entry.id) > 0;
    case Section: return days.count(entry.day) > 0;
    case GroupRow: return groups.count(entry.group) > 0;
    }
    return false;
}

void BuildListModel::removeMissing(const std::vector<Entry>& target)
{
    const Presence wanted(target);
    const auto gone = [&](const Entry& entry) { return !wanted.has(entry); };
    for (int last = rowCount() - 1; last >= 0; --last) {
        if (!gone(m_entries[std::size_t(last)]))
            continue;
        int first = last;
        while (first > 0 && gone(m_entries[std::size_t(first - 1)]))
            --first;
        beginRemoveRows({}, first, last);
        m_entries.erase(m_entries.begin() + first, m_entries.begin() + last + 1);
        endRemoveRows();
        last = first;
    }
}

void BuildListModel::insertAndMove(const std::vector<Entry>& target)
{
    const Presence present(m_entries);
    const auto isNew = [&](const Entry& entry) { return !present.has(entry); };
    for (std::size_t i = 0; i < target.size(); ++i) {
        if (i < m_entries.size() && m_entries[i].sameRow(target[i]))
            continue;
        if (isNew(target[i])) {
            std::size_t end = i + 1;
            while (end < target.size() && isNew(target[end]))
                ++end;
            beginInsertRows({}, int(i), int(end) - 1);
            m_entries.insert(m_entries.begin() + std::ptrdiff_t(i), target.begin() + std::ptrdiff_t(i), target.begin() + std::ptrdiff_t(end));
            endInsertRows();
            continue;
        }
        const auto from = std::find_if(m_entries.begin() + std::ptrdiff_t(i), m_entries.end(), [&](const Entry& entry) { return entry.sameRow(target[i]); });
        const int row = int(from - m_entries.begin());
        beginMoveRows({}, row, row, {}, int(i));
        std::rotate(m_entries.begin() + std::ptrdiff_t(i), from, from + 1);
        endMoveRows();
    }
}

void BuildListModel::timePassed()
{
    update();
    for (int row = 0; row < rowCount(); ++row) {
        const Entry& entry = m_entries[std::size_t(row)];
        if (entry.kind == Section && (row > 0 || entry.day.isValid()))
            break; // only the section of running builds ticks
        m_items.erase(entry.id);
        rowsChanged(row, row);
    }
    // "Today" becomes "Yesterday" at midnight.
    for (int row = 0; row < rowCount(); ++row) {
        if (m_entries[std::size_t(row)].kind == Section)
            rowsChanged(row, row);
    }
}

} // namespace layerline
