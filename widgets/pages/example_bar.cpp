#include "widgets/pages/example_bar.h"

#include "widgets/style/tone.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

namespace layerline {

ExampleBar::ExampleBar(QWidget* parent) : QFrame(parent), m_text(new QLabel(this)), m_close(new QPushButton(this))
{
    setObjectName(QStringLiteral("exampleBar"));
    setProperty("role", QStringLiteral("raised"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    setTone(m_text, "warn");
    m_close->setObjectName(QStringLiteral("exampleClose"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(20, 8, 12, 8);
    row->addWidget(m_text, 1);
    row->addWidget(m_close);
    connect(m_close, &QPushButton::clicked, this, &ExampleBar::closeRequested);
    nameThings();
    hide();
}

QString ExampleBar::text() const { return m_text->text(); }

QString ExampleBar::reason() { return tr("Not in the example: nobody is behind it."); }

void ExampleBar::nameThings()
{
    m_text->setText(tr("An example: recorded, nothing of yours. It can be looked at, not acted on."));
    m_close->setText(tr("Close the example"));
}

void ExampleBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        nameThings();
    QFrame::changeEvent(event);
}

void layOutWithExample(QWidget& page, ExampleBar& bar, QSplitter& splitter, std::array<int, 2> widths)
{
    splitter.setChildrenCollapsible(false);
    splitter.setStretchFactor(0, 0);
    splitter.setStretchFactor(1, 1);
    splitter.setSizes({widths[0], widths[1]});
    auto* column = new QVBoxLayout(&page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(&bar);
    column->addWidget(&splitter, 1);
}

} // namespace layerline
