#include "widgets/pages/notice_bar.h"

#include "widgets/style/theme.h"
#include "widgets/style/tone.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace layerline {

NoticeBar::NoticeBar(QWidget* parent) : QFrame(parent)
{
    setProperty("role", QStringLiteral("raised"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(20, 8, 12, 8);
    m_text = new QLabel(this);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_action = new QPushButton(this);
    auto* close = new QToolButton(this);
    close->setIcon(Theme::icon(QStringLiteral("cross")));
    close->setToolTip(tr("Hide this"));
    close->setAccessibleName(close->toolTip());
    row->addWidget(m_text, 1);
    row->addWidget(m_action);
    row->addWidget(close);
    connect(m_action, &QPushButton::clicked, this, [this] { Q_EMIT actionRequested(m_subject); });
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    hide();
}

void NoticeBar::say(const QString& text, const QString& button, bool warning, const QString& subject)
{
    if (m_warning && !warning && !isHidden())
        return;
    m_warning = warning;
    m_subject = subject;
    m_text->setText(text);
    setTone(m_text, warning ? "warn" : "");
    m_action->setText(button);
    show();
}

QString NoticeBar::text() const { return m_text->text(); }

} // namespace layerline
