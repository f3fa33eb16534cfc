// A section of the Settings page that is a list of what the user has added.
#pragma once

#include "widgets/pages/settings_section.h"

#include <QStringList>

#include <vector>

namespace layerline {

/// One line per entry: its name, its state, and a way to remove it; below them the way to add one.
class SettingsList : public SettingsSection {
    Q_OBJECT
public:
    /// Object names of the parts, for style sheets and tests.
    struct Names {
        const char *row, *state, *add;
    };

Q_SIGNALS:
    void addRequested();
    void removeRequested(const QString& entry);

protected:
    SettingsList(const QString& title, const QString& description, const QString& add, const Names& names, QWidget* parent);
    /// Lines are made anew only when the entries changed; states are empty then.
    void setEntries(const QStringList& entries);
    const QStringList& entries() const { return m_entries; }
    /// Of the entry at `index`; `tone` as for setTone().
    void setState(qsizetype index, const QString& text, const char* tone, const QString& toolTip = {});
    /// Entries are addresses, so their letters all have one width.
    void setMonospaced() { m_monospaced = true; }

private:
    QWidget* makeRow(const QString& entry);

    Names m_names;
    QStringList m_entries;
    bool m_monospaced = false;
    QVBoxLayout* m_rows;
    QLabel* m_empty;
    std::vector<QLabel*> m_states; ///< one for each entry
};

} // namespace layerline
