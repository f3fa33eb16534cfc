// The list of builds: running ones first, then by day, newest first.
#pragma once

#include "domain/build_store.h"
#include "domain/clock.h"
#include "items/build_group.h"
#include "items/build_list_item.h"
#include "items/estimate_board.h"

#include <QAbstractListModel>
#include <QDate>
#include <QElapsedTimer>

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace layerline {

/// Flat: section headers are rows of their own kind. Holds ids; items are made when asked for and kept until the
/// build's revision changes.
class BuildListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        KindRole = Qt::UserRole, ///< int, a Kind
        IdRole,                  ///< QString, the build's id; "" for sections
        CountRole,               ///< int, builds of a section or group
        ExpandedRole,            ///< bool, groups only
        MemberRole,              ///< bool: a build below the header of its group
    };
    /// Builds of one bake call stand below a GroupRow, which can be closed.
    enum Kind { Section, BuildRow, GroupRow };

    BuildListModel(const BuildStore& store, const Clock& clock, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    /// Adds what is left of running builds. The board must outlive the model.
    void setEstimates(const EstimateBoard& board);

    /// Words that must all occur in name, builder, tag, platform, error or ref; case does not matter.
    void setFilter(const QString& text);
    QString filter() const { return m_filterText; }

    /// nullptr for section rows.
    const BuildListItem* item(int row) const;
    /// nullptr for other rows; good until the next change.
    const BuildGroupItem* group(int row) const;
    bool expanded(int row) const;
    void setExpanded(int row, bool expanded);
    /// -1 when filtered out, unknown or in a closed group.
    int rowOf(const BuildId& id) const;
    /// Header of the group a build belongs to, -1 when there is none.
    int groupRowOf(const BuildId& id) const;
    BuildId idAt(int row) const;
    /// Builds that pass the filter, and all.
    int shownBuilds() const { return m_shown; }
    int allBuilds() const { return int(m_store.builds().size()); }
    bool hasRunning() const;
    static QString statusWord(BuildStatus status);
    /// Sections depend on the day, running rows on the second: call when time has passed.
    void timePassed();

private:
    struct Entry {
        Kind kind = BuildRow;
        BuildId id;              ///< of a build
        QDate day;               ///< of a section; invalid: running
        int count = 0;           ///< of a section or group
        std::string group;       ///< of a group and its builds: the bake call
        /// A build that comes under a header is still the same row.
        bool sameRow(const Entry& other) const { return kind == other.kind && id == other.id && day == other.day && (kind == BuildRow || group == other.group); }
    };
    /// Which rows there are, whatever their order.
    struct Presence {
        explicit Presence(const std::vector<Entry>& entries);
        bool has(const Entry& entry) const;
        std::set<BuildId> builds;
        std::set<QDate> days;
        std::set<std::string> groups;
    };
    /// A build alone, or all of a bake call: they stand together.
    struct Unit;
    struct Cached {
        BuildListItem item;
        bool stale = false; ///< made before a change the views have been told of
        QElapsedTimer age;
        qint64 cost = 0; ///< ms it took to make
    };
    /// What decides where a build stands.
    struct Place {
        bool shown = false;
        bool running = false;
        Timestamp time;
        std::string group;
        friend bool operator==(const Place&, const Place&) = default;
    };
    struct Sorted {
        Place place;
        BuildId id;
    };
    void onStoreChanged(const ChangeSet& changes);
    /// True when the row must be drawn anew now: what is kept of a changed build is made again at the next look.
    bool outdated(const BuildId& id);
    Place placeOf(const Build& build) const;
    std::vector<Unit> units();
    std::vector<Entry> wanted();
    std::vector<const Build*> membersOf(const std::string& group) const;
    void update();
    void removeMissing(const std::vector<Entry>& target);
    void insertAndMove(const std::vector<Entry>& target);
    bool passes(const Build& build) const;
    QString groupText(const BuildGroupItem& group, bool expanded) const;
    QString sectionTitle(const QDate& day) const;
    void rowsChanged(int first, int last) { Q_EMIT dataChanged(index(first), index(last)); }

    void addEstimate(BuildListItem& item) const;

    const BuildStore& m_store;
    const Clock& m_clock;
    const EstimateBoard* m_estimates = nullptr;
    std::vector<Entry> m_entries;
    QString m_filterText;
    QStringList m_filter;
    int m_shown = 0;
    std::set<std::string> m_closed; ///< bake calls whose builds are hidden
    mutable std::map<std::string, BuildGroupItem> m_groups;
    std::unordered_map<BuildId, Place> m_places;
    mutable std::unordered_map<BuildId, Cached> m_items;
    mutable std::unordered_map<BuildId, std::pair<std::uint64_t, QString>> m_searchTexts;
};

} // namespace layerline
