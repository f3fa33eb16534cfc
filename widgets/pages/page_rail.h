// The rail at the left: one button a page.
#pragma once

#include <QFrame>
#include <QKeySequence>
#include <QList>
#include <QString>

class QToolButton;
class QVBoxLayout;

namespace layerline {

/// A page of the window as rail, menu and palette name it.
struct PageInfo {
    QString id;            ///< "builds"; stable, never shown
    QString icon;          ///< of resources/icons, without ".svg"
    QString title;         ///< translated
    QKeySequence shortcut;
    bool atBottom = false; ///< below the gap, with what is not daily work
};

class PageRail : public QFrame {
    Q_OBJECT
public:
    explicit PageRail(QWidget* parent = nullptr);

    /// Buttons stand in the order they come, those at the bottom among themselves too.
    void addPage(const PageInfo& page);
    /// Checks the button of the page shown; an unknown id checks none.
    void setCurrent(const QString& id);
    /// Null when there is no such page.
    QToolButton* button(const QString& id) const;

Q_SIGNALS:
    void pageChosen(const QString& id);

private:
    struct Entry {
        QString id;
        QToolButton* button;
    };
    QVBoxLayout* m_top;
    QVBoxLayout* m_bottom;
    QList<Entry> m_entries;
};

} // namespace layerline
