// A quiet button that shows its key: "follow [F]".
#pragma once

#include <QToolButton>

namespace layerline {

/// Icon, word and key cap, as in the mock's log header. Checked, it takes the accent colour.
class KeyButton : public QToolButton {
    Q_OBJECT
public:
    KeyButton(const QString& icon, const QString& text, const QString& key, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_icon;
    QString m_key;
};

} // namespace layerline
