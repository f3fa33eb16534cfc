// A quiet button that shows its key: "follow [F]".
#pragma once

#include <QToolButton>

namespace layerline {

/// Icon, word and key cap, as in the mock's log header. Checked, it takes the accent colour.
class KeyButton : public QToolButton {
    Q_OBJECT
public:
    KeyButton(const QString& icon, const QString& text, const QString& key, QWidget* parent = nullptr);

    /// The icon alone, for narrow places; does nothing to a button without one.
    void setCompact(bool compact);
    /// Width with everything, compact or not.
    int fullWidth() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_icon;
    QString m_key;
    bool m_compact = false;
};

} // namespace layerline
