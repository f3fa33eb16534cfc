// Tags x platforms of one image.
#pragma once

#include "domain/clock.h"
#include "items/release_values.h"

#include <QAbstractTableModel>

namespace layerline {

/// Columns: the tag, one a platform (promised ones first), the digest, the age. Rows in the registry's order.
/// A new answer about the same tags and platforms changes rows, anything else resets.
class ReleasesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit ReleasesModel(const Clock& clock, QObject* parent = nullptr);

    /// Null empties it.
    void setRelease(const std::shared_ptr<const Release>& release);
    const Release* release() const { return m_release.get(); }
    const ReleaseTag* tag(int row) const;
    /// Null when the column is no platform, or the tag says nothing about it.
    const ReleaseCell* cell(int row, int column) const;
    const std::vector<Platform>& platforms() const { return m_platforms; }
    static constexpr int tagColumn = 0;
    int digestColumn() const { return 1 + int(m_platforms.size()); }
    int ageColumn() const { return digestColumn() + 1; }
    bool isPlatform(int column) const { return column > tagColumn && column < digestColumn(); }
    int rowOf(const std::string& tag) const;
    /// Ages have grown.
    void timePassed();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Translated: "published", "MISSING", "differs", "extra", "unknown".
    static QString verdictWord(PlatformVerdict verdict);
    /// "sha256:3f2a91c0b7d4…": as much as tells digests apart.
    static QString shortDigest(const std::string& digest);
    /// The youngest of its images, empty when none says.
    static OptionalTime createdOf(const ReleaseTag& tag);
    /// "3 days"
    static QString ageText(Duration age);

private:
    QString text(int row, int column) const;
    QString toolTip(int row, int column) const;
    QString cellToolTip(const ReleaseCell& cell) const;

    const Clock& m_clock;
    std::shared_ptr<const Release> m_release;
    std::vector<Platform> m_platforms;
};

} // namespace layerline
