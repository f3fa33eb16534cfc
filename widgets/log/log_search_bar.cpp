#include "widgets/log/log_search_bar.h"

#include "widgets/style/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QToolButton>

namespace layerline {

namespace {
QToolButton* toggle(const QString& text, const QString& tip, const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setObjectName(name);
    button->setCheckable(true);
    return button;
}

QToolButton* action(const QString& icon, const QString& tip, const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setIcon(Theme::icon(icon));
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setObjectName(name);
    return button;
}
} // namespace

LogSearchBar::LogSearchBar(QWidget* parent)
    : QWidget(parent), m_field(new QLineEdit(this)), m_case(toggle(QStringLiteral("Aa"), tr("Match case"), QStringLiteral("matchCase"), this)),
      m_regex(toggle(QStringLiteral(".*"), tr("Regular expression"), QStringLiteral("useRegex"), this)), m_state(new QLabel(this)),
      m_previous(action(QStringLiteral("chevron-down"), tr("Previous match (Shift+N)"), QStringLiteral("previousMatch"), this)),
      m_next(action(QStringLiteral("chevron-down"), tr("Next match (N)"), QStringLiteral("nextMatch"), this)),
      m_close(action(QStringLiteral("cross"), tr("Close the search (Esc)"), QStringLiteral("closeSearch"), this))
{
    m_previous->setIcon(QIcon());
    m_previous->setText(QStringLiteral("↑"));
    m_next->setIcon(QIcon());
    m_next->setText(QStringLiteral("↓"));
    m_field->setPlaceholderText(tr("Search this log"));
    m_field->setObjectName(QStringLiteral("logSearchField"));
    m_field->setAccessibleName(tr("Search this log"));
    m_field->installEventFilter(this);
    m_state->setObjectName(QStringLiteral("logSearchState"));
    m_state->setProperty("role", QStringLiteral("muted"));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 5, 10, 5);
    row->setSpacing(4);
    row->addWidget(m_field, 1);
    row->addWidget(m_case);
    row->addWidget(m_regex);
    row->addSpacing(6);
    row->addWidget(m_state);
    row->addSpacing(6);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    row->addWidget(m_close);

    connect(m_field, &QLineEdit::textChanged, this, &LogSearchBar::queryChanged);
    connect(m_case, &QToolButton::toggled, this, &LogSearchBar::queryChanged);
    connect(m_regex, &QToolButton::toggled, this, &LogSearchBar::queryChanged);
    connect(m_previous, &QToolButton::clicked, this, &LogSearchBar::previous);
    connect(m_next, &QToolButton::clicked, this, &LogSearchBar::next);
    connect(m_close, &QToolButton::clicked, this, &LogSearchBar::closed);
}

LogQuery LogSearchBar::query() const { return {m_field->text(), m_regex->isChecked(), m_case->isChecked()}; }

void LogSearchBar::setText(const QString& text) { m_field->setText(text); }

QString LogSearchBar::stateText() const { return m_state->text(); }

void LogSearchBar::focusField()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void LogSearchBar::showState(const LogSearch& search, int current)
{
    const int count = int(search.matches().size());
    QString text;
    if (!search.error().isEmpty())
        text = tr("not a pattern");
    else if (search.query().text.isEmpty())
        text = QString();
    else if (count == 0)
        text = search.busy() ? tr("searching…") : tr("no match");
    else if (current >= 0)
        text = tr("%1 of %2").arg(current + 1).arg(count);
    else
        text = tr("%n match(es)", nullptr, count);
    if (count > 0 && (search.busy() || search.capped()))
        text += QLatin1Char('+');
    m_state->setText(text);
    const QString undecided = search.undecidedLines() > 0 ? tr("On %n line(s) the pattern took too long to decide.", nullptr, search.undecidedLines()) : QString();
    m_state->setToolTip(search.error().isEmpty() ? undecided : search.error());
    m_previous->setEnabled(count > 0);
    m_next->setEnabled(count > 0);
}

bool LogSearchBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Escape) {
        Q_EMIT closed();
        return true;
    }
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
        if (key->modifiers().testFlag(Qt::ShiftModifier))
            Q_EMIT previous();
        else
            Q_EMIT next();
        return true;
    }
    return false;
}

void LogSearchBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_close->setIcon(Theme::icon(QStringLiteral("cross")));
}

void LogSearchBar::paintEvent(QPaintEvent*)
{
    const Palette& colors = Theme::palette();
    QPainter painter(this);
    painter.fillRect(rect(), colors.panelRaised);
    painter.fillRect(QRect(0, height() - 1, width(), 1), colors.line);
}

} // namespace layerline
