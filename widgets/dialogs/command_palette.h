// Ctrl+K: every action of the window by name, and every build.
#pragma once

#include <QAction>
#include <QDialog>
#include <QList>

#include <functional>

class QLineEdit;
class QListWidget;

namespace layerline {

class CommandPalette : public QDialog {
    Q_OBJECT
public:
    struct Entry {
        QString text;
        QString hint;                ///< shortcut or kind, shown at the right
        std::function<void()> run;
        bool key = false;            ///< the hint is a shortcut
    };
    enum Role { HintRole = Qt::UserRole + 1, KeyRole };
    explicit CommandPalette(QWidget* parent = nullptr);
    void open(QList<Entry> entries);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter();
    void runCurrent();

    QLineEdit* m_search;
    QListWidget* m_list;
    QList<Entry> m_entries;
};

/// True when all letters of `needle` stand in `text` in this order, case-insensitive; spaces in the needle are free.
bool fuzzyMatch(const QString& needle, const QString& text);

} // namespace layerline
