// Tags x platforms: what is promised, what is published, and loudly what is missing.
#pragma once

#include "items/releases_model.h"

#include <QStyledItemDelegate>
#include <QTableView>

namespace layerline {

class ReleasesTable : public QTableView {
    Q_OBJECT
public:
    explicit ReleasesTable(const Clock& clock, QWidget* parent = nullptr);

    ReleasesModel& model() const { return *m_model; }
    /// Keeps the current tag when the new answer has it.
    void setRelease(const std::shared_ptr<const Release>& release);
    /// Tag of the current row, "" when there is none.
    QString currentTag() const;
    /// Behind and in a cell that is wrong: readable (4.5:1) in both themes.
    static QColor faultTint(bool selected);
    static QColor faultText();

Q_SIGNALS:
    void tagChosen(const QString& tag);
    void moveRequested(const QString& tag);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitColumns();

    ReleasesModel* m_model;
};

/// A cell is a badge, a word and the digest below it.
class ReleasesDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    ReleasesDelegate(const ReleasesModel& model, QObject* parent);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintCell(QPainter& painter, const QRect& rect, const ReleaseCell& cell, bool selected) const;
    void paintTag(QPainter& painter, const QRect& rect, const ReleaseTag& tag) const;
    void paintDigest(QPainter& painter, const QRect& rect, const ReleaseTag& tag) const;

    const ReleasesModel& m_model;
};

} // namespace layerline
