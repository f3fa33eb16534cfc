// One builder on the Builders page: its nodes and what their caches hold.
#pragma once

#include "items/builders_model.h"

#include <QFrame>

#include <vector>

class QMenu;

namespace layerline {

/// Disk use by type (rows) and age (segments of a bar).
class DiskUseView : public QWidget {
    Q_OBJECT
public:
    explicit DiskUseView(QWidget* parent = nullptr);
    void setSums(std::vector<DiskSum> sums);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {280, sizeHint().height()}; }
    /// "layers 1.2 GB (0.9 GB can be freed)" for each row; for tests and screen readers.
    QStringList texts() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void paintBar(QPainter& painter, const QRect& rect, const DiskSum& sum) const;
    QString toolTipFor(const DiskSum& sum) const;
    QRect rowRect(int row) const;
    std::vector<DiskSum> m_sums;
    DiskSum m_all;
};

/// Platform names as chips, the native ones filled.
class PlatformChips : public QWidget {
    Q_OBJECT
public:
    explicit PlatformChips(QWidget* parent = nullptr);
    void setNode(const NodeRow& node);
    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Chip {
        QString name;
        Execution execution = Execution::Unknown;
        QString tip;
    };
    std::vector<QRect> place(int width) const;
    std::vector<Chip> m_chips;
};

/// A dot, cross, clock ... in the colour of the state, before its word.
class NodeStateBadge : public QWidget {
    Q_OBJECT
public:
    explicit NodeStateBadge(QWidget* parent = nullptr);
    void setState(NodeCondition state);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    NodeCondition m_state = NodeCondition::Connecting;
};

class BuilderCard : public QFrame {
    Q_OBJECT
public:
    /// `nodes` all belong to one builder.
    explicit BuilderCard(const std::vector<NodeRow>& nodes, QWidget* parent = nullptr);
    const QString& builder() const { return m_builder; }
    bool menuOpen() const;
    QStringList texts() const;

Q_SIGNALS:
    void menuClosed();
    /// `node` for RemoveNode alone.
    void actionRequested(layerline::BuilderAction action, const QString& node);

private:
    QWidget* makeActions(const std::vector<NodeRow>& nodes);
    QWidget* makeNode(const NodeRow& node, bool several);
    QWidget* makeProblem(const NodeRow& node, QWidget* parent);
    QWidget* makeDisk(const NodeRow& node, QWidget* parent);

    QString m_builder;
    QMenu* m_menu = nullptr;
};

} // namespace layerline
