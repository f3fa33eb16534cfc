// One card of the Settings page.
#pragma once

#include <QFrame>

class QFormLayout;
class QLabel;
class QVBoxLayout;

namespace layerline {

/// Title, one sentence of what it is about, then rows and whatever else a section puts into its column. Sections know
/// values and signals only; who keeps the values is connected from outside.
class SettingsSection : public QFrame {
    Q_OBJECT
public:
    SettingsSection(const QString& title, const QString& description, QWidget* parent = nullptr);

protected:
    /// Below the title, from top to bottom.
    QVBoxLayout* column() { return m_column; }
    /// "label   control", the labels of all rows aligned; the label is the control's accessible name.
    void addRow(const QString& label, QWidget* control);
    /// A quiet line of its own.
    QLabel* addNote(const QString& text);

private:
    QVBoxLayout* m_column;
    QFormLayout* m_form = nullptr;
};

} // namespace layerline
