#include "widgets/dialogs/diff_view.h"

#include "widgets/style/theme.h"

#include <QEvent>
#include <QTextBlock>

namespace layerline {

namespace {

/// Colouring every line of a huge file helps nobody and costs time.
constexpr int mostColoured = 3'000;

bool headLine(const QString& line)
{
    return line.startsWith(QLatin1String("+++ ")) || line.startsWith(QLatin1String("--- "));
}

} // namespace

DiffView::DiffView(QWidget* parent) : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFont(Theme::monoFont(-0.5));
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setAccessibleName(tr("Difference"));
}

void DiffView::setDiff(const QString& diff)
{
    setPlainText(diff);
    m_added = m_removed = 0;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        const QString line = block.text();
        m_added += line.startsWith(QLatin1Char('+')) && !headLine(line);
        m_removed += line.startsWith(QLatin1Char('-')) && !headLine(line);
    }
    colour();
}

void DiffView::colour()
{
    const layerline::Palette& colors = Theme::palette();
    QList<QTextEdit::ExtraSelection> lines;
    for (QTextBlock block = document()->begin(); block.isValid() && lines.size() < mostColoured; block = block.next()) {
        const QString line = block.text();
        QTextEdit::ExtraSelection selection;
        if (headLine(line))
            selection.format.setForeground(colors.muted);
        else if (line.startsWith(QLatin1String("@@")))
            selection.format.setForeground(colors.accent);
        else if (line.startsWith(QLatin1Char('+')))
            selection.format.setBackground(mixed(colors.cached, colors.panel, 0.2));
        else if (line.startsWith(QLatin1Char('-')))
            selection.format.setBackground(mixed(colors.failed, colors.panel, 0.2));
        else
            continue;
        selection.format.setProperty(QTextFormat::FullWidthSelection, selection.format.background().style() != Qt::NoBrush);
        selection.cursor = QTextCursor(block);
        if (!selection.format.boolProperty(QTextFormat::FullWidthSelection))
            selection.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        lines << selection;
    }
    setExtraSelections(lines);
}

void DiffView::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        colour();
}

} // namespace layerline
