#include "widgets/pages/details_pane_value.h"

#include "widgets/style/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace layerline {

namespace {
constexpr int button = 20;
constexpr int pad = 2;
} // namespace

DetailsValue::DetailsValue(QWidget* parent) : QWidget(parent), m_copy(new QToolButton(this)), m_reveal(new QToolButton(this))
{
    setFocusPolicy(Qt::TabFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    for (QToolButton* one : {m_copy, m_reveal}) {
        one->setFixedSize(button, button);
        one->setIconSize({13, 13});
        one->hide();
    }
    m_copy->setIcon(Theme::icon(QStringLiteral("copy")));
    m_copy->setToolTip(tr("Copy"));
    m_copy->setAccessibleName(tr("Copy"));
    m_copy->setFocusPolicy(Qt::NoFocus);
    m_reveal->setIcon(Theme::icon(QStringLiteral("eye")));
    m_reveal->setCheckable(true);
    m_reveal->setObjectName(QStringLiteral("reveal"));
    connect(m_copy, &QToolButton::clicked, this, &DetailsValue::copy);
    connect(m_reveal, &QToolButton::clicked, this, &DetailsValue::revealToggled);
}

QFont DetailsValue::valueFont() const { return m_fixed ? Theme::monoFont() : Theme::uiFont(); }

void DetailsValue::setText(const QString& text, bool fixedPitch, bool bad)
{
    m_bad = bad;
    if (m_text == text && m_fixed == fixedPitch) {
        update();
        return;
    }
    m_text = text;
    m_fixed = fixedPitch;
    setAccessibleName(text);
    showCopy();
    updateGeometry();
    update();
}

void DetailsValue::setRevealable(bool revealable, bool revealed)
{
    m_revealable = revealable;
    m_revealed = revealed;
    m_reveal->setVisible(revealable);
    m_reveal->setChecked(revealed);
    m_reveal->setToolTip(revealed ? tr("Hide the value") : tr("Show the value"));
    m_reveal->setAccessibleName(m_reveal->toolTip());
    placeButtons();
}

int DetailsValue::buttonsWidth() const { return button + 4 + (m_revealable ? button + 2 : 0); }

double DetailsValue::layOut(QTextLayout& layout, int width) const
{
    QString text = m_text;
    text.replace(QLatin1Char('\n'), QChar::LineSeparator);
    layout.setText(text);
    layout.setFont(valueFont());
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(Qt::LeftToRight);
    layout.setTextOption(option);
    double y = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(20, width));
        line.setPosition({0, y});
        y += std::ceil(line.height()) + 1;
    }
    layout.endLayout();
    return y;
}

int DetailsValue::heightForWidth(int width) const
{
    QTextLayout layout;
    return std::max(20, int(std::ceil(layOut(layout, width - buttonsWidth()))) + 2 * pad);
}

QSize DetailsValue::sizeHint() const
{
    const int width = std::min(360, QFontMetrics(valueFont()).horizontalAdvance(m_text.section(QLatin1Char('\n'), 0, 0)) + buttonsWidth() + 2);
    return {width, heightForWidth(std::max(width, 200))};
}

void DetailsValue::placeButtons()
{
    m_copy->move(width() - button, 0);
    m_reveal->move(width() - 2 * button - 2, 0);
}

void DetailsValue::resizeEvent(QResizeEvent*) { placeButtons(); }

void DetailsValue::paintEvent(QPaintEvent*)
{
    const Palette& colors = Theme::palette();
    QPainter painter(this);
    QTextLayout layout;
    layOut(layout, width() - buttonsWidth());
    painter.setPen(m_bad ? mixed(colors.failed, colors.text, 0.8) : m_text.startsWith(QChar(0x2022)) ? colors.muted : colors.text);
    layout.draw(&painter, {0, pad});
    if (!hasFocus())
        return;
    painter.setPen(colors.accent);
    painter.drawRoundedRect(QRectF(rect()).adjusted(-0.5, 0.5, -0.5, -0.5), 4, 4);
}

void DetailsValue::setCopyShown(bool shown)
{
    m_copyShown = shown;
    showCopy();
}

void DetailsValue::showCopy() { m_copy->setVisible(!m_text.isEmpty() && (m_copyShown || underMouse() || hasFocus())); }

void DetailsValue::enterEvent(QEnterEvent*) { showCopy(); }
void DetailsValue::leaveEvent(QEvent*) { m_copy->setVisible(m_copyShown || hasFocus()); }

void DetailsValue::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    showCopy();
}

void DetailsValue::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    m_copy->setVisible(m_copyShown);
}

void DetailsValue::copy() { QGuiApplication::clipboard()->setText(m_text); }

void DetailsValue::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        return copy();
    QWidget::keyPressEvent(event);
}

void DetailsValue::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy"), this, &DetailsValue::copy);
    menu->popup(event->globalPos());
}

DetailsExcerpt::DetailsExcerpt(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void DetailsExcerpt::setLines(const QStringList& lines, int firstLine, const std::vector<std::pair<int, int>>& ranges)
{
    m_lines = lines;
    m_firstLine = firstLine;
    m_ranges = ranges;
    QStringList spoken;
    for (int i = 0; i < lines.size(); ++i)
        spoken += (marked(firstLine + i) ? QStringLiteral(">>> ") : QString()) + lines[i];
    setAccessibleName(spoken.join(QLatin1Char('\n')));
    updateGeometry();
    update();
}

bool DetailsExcerpt::marked(int line) const
{
    return std::any_of(m_ranges.begin(), m_ranges.end(), [line](const auto& range) { return line >= range.first && line <= range.second; });
}

int DetailsExcerpt::lineHeight() const { return QFontMetrics(Theme::monoFont()).height() + 4; }

QSize DetailsExcerpt::sizeHint() const { return {320, int(m_lines.size()) * lineHeight() + 12}; }

void DetailsExcerpt::paintEvent(QPaintEvent*)
{
    const Palette& colors = Theme::palette();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors.line);
    painter.setBrush(colors.panelRaised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setFont(Theme::monoFont());
    const int height = lineHeight(), numbers = painter.fontMetrics().horizontalAdvance(QStringLiteral("00000"));
    for (int i = 0; i < m_lines.size(); ++i) {
        const QRect line(1, 6 + i * height, width() - 2, height);
        const bool bad = marked(m_firstLine + i);
        if (bad) {
            painter.fillRect(line, mixed(colors.failed, colors.panelRaised, 0.16));
            painter.fillRect(QRect(1, line.top(), 3, height), colors.failed);
        }
        painter.setPen(bad ? mixed(colors.failed, colors.text, 0.7) : colors.faint);
        painter.drawText(QRect(4, line.top(), numbers, height), Qt::AlignRight | Qt::AlignVCenter, QString::number(m_firstLine + i));
        painter.setPen(colors.text);
        QString text = m_lines[i];
        text.replace(QLatin1Char('\t'), QLatin1String("    "));
        const QRect room = line.adjusted(numbers + 16, 0, -8, 0);
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, painter.fontMetrics().elidedText(text, Qt::ElideRight, room.width()));
    }
}

} // namespace layerline
