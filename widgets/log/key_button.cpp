#include "widgets/log/key_button.h"

#include "widgets/style/theme.h"

#include <QPainter>

namespace layerline {

namespace {
constexpr int pad = 7;
constexpr int gap = 6;
constexpr int iconPixels = 14;

QFont textFont() { return Theme::uiFont(-0.4); }
QFont keyFont() { return Theme::uiFont(-1.5); }
} // namespace

KeyButton::KeyButton(const QString& icon, const QString& text, const QString& key, QWidget* parent)
    : QToolButton(parent), m_icon(icon), m_key(key)
{
    setText(text);
    setAccessibleName(text);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::ArrowCursor);
}

void KeyButton::setCompact(bool compact)
{
    compact = compact && !m_icon.isEmpty();
    if (m_compact == compact)
        return;
    m_compact = compact;
    updateGeometry();
    update();
}

QSize KeyButton::sizeHint() const
{
    return {m_compact ? 2 * pad + iconPixels : fullWidth(), 26};
}

int KeyButton::fullWidth() const
{
    int width = 2 * pad;
    if (!m_icon.isEmpty())
        width += iconPixels + (text().isEmpty() ? 0 : gap);
    width += QFontMetrics(textFont()).horizontalAdvance(text());
    if (!m_key.isEmpty())
        width += gap + QFontMetrics(keyFont()).horizontalAdvance(m_key) + 10;
    return width;
}

void KeyButton::paintEvent(QPaintEvent*)
{
    const Palette& colors = Theme::palette();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool hover = underMouse() && isEnabled();
    if (hover || isDown() || hasFocus()) {
        painter.setPen(hasFocus() ? QPen(colors.accent) : QPen(Qt::NoPen));
        painter.setBrush(hover || isDown() ? mixed(colors.line, colors.panel, isDown() ? 0.9 : 0.5) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    }
    const QColor ink = !isEnabled() ? colors.faint : isChecked() ? colors.accent : hover ? colors.text : colors.muted;
    int x = pad;
    if (!m_icon.isEmpty()) {
        Theme::paintIcon(painter, QRectF(x, (height() - iconPixels) / 2.0, iconPixels, iconPixels), m_icon, ink);
        x += iconPixels + (text().isEmpty() ? 0 : gap);
    }
    if (m_compact)
        return;
    painter.setFont(textFont());
    painter.setPen(ink);
    const int textWidth = painter.fontMetrics().horizontalAdvance(text());
    painter.drawText(QRect(x, 0, textWidth + 2, height()), Qt::AlignLeft | Qt::AlignVCenter, text());
    x += textWidth;
    if (m_key.isEmpty())
        return;
    painter.setFont(keyFont());
    const QRectF cap(x + gap + 0.5, (height() - 16) / 2 + 0.5, painter.fontMetrics().horizontalAdvance(m_key) + 9, 15);
    painter.setPen(colors.line);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(cap, 4, 4);
    painter.setPen(colors.faint);
    painter.drawText(cap, Qt::AlignCenter, m_key);
}

} // namespace layerline
