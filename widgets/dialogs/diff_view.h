// A unified diff in colour: what goes, what comes, where.
#pragma once

#include <QPlainTextEdit>

namespace layerline {

/// Read-only, selectable, never wrapped. Signs stay in front of the lines: nothing is told by colour alone.
class DiffView : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit DiffView(QWidget* parent = nullptr);
    void setDiff(const QString& diff);
    int added() const { return m_added; }     ///< lines
    int removed() const { return m_removed; } ///< lines

protected:
    void changeEvent(QEvent* event) override;

private:
    void colour();

    int m_added = 0, m_removed = 0;
};

} // namespace layerline
