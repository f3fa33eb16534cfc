#include "widgets/dialogs/call_box.h"

#include "widgets/style/theme.h"

#include <QClipboard>
#include <QDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace layerline {

CallBox::CallBox(const QString& title, int mostLines, QWidget* parent) : QWidget(parent), m_mostLines(mostLines), m_text(new QPlainTextEdit(this))
{
    auto* heading = new QLabel(title, this);
    heading->setProperty("role", QStringLiteral("section"));
    auto* copy = new QPushButton(tr("Copy"), this);
    copy->setObjectName(QStringLiteral("copyCall"));
    copy->setProperty("flat", true);
    copy->setAutoDefault(false);
    m_text->setReadOnly(true);
    m_text->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // it wraps
    m_text->setTabChangesFocus(true);
    m_text->setFont(Theme::monoFont(-0.5));
    m_text->setAccessibleName(title);
    auto* head = new QHBoxLayout;
    head->addWidget(heading, 1);
    head->addWidget(copy);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(head);
    column->addWidget(m_text);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    hide();
}

void CallBox::setText(const QString& text)
{
    if (text != m_text->toPlainText())
        m_text->setPlainText(text);
    // One more than there are: most command lines wrap.
    const int lines = std::clamp(int(text.count(QLatin1Char('\n'))) + 2, 2, m_mostLines);
    m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * lines + 14);
    setVisible(!text.isEmpty());
    // What it needs must not be taken from the fields above it.
    QWidget* top = window();
    if (top != this && top->isVisible() && top->layout() && qobject_cast<QDialog*>(top)) {
        top->layout()->activate();
        top->resize(top->size().expandedTo(top->sizeHint()));
    }
}

QString CallBox::text() const { return m_text->toPlainText(); }

} // namespace layerline
