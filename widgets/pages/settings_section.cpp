#include "widgets/pages/settings_section.h"

#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace layerline {

SettingsSection::SettingsSection(const QString& title, const QString& description, QWidget* parent) : QFrame(parent), m_column(new QVBoxLayout(this))
{
    setProperty("role", QStringLiteral("card"));
    setAccessibleName(title);
    m_column->setContentsMargins(20, 16, 20, 18);
    m_column->setSpacing(12);
    auto* head = new QLabel(title, this);
    head->setProperty("role", QStringLiteral("heading"));
    auto* text = new QLabel(description, this);
    text->setProperty("role", QStringLiteral("muted"));
    text->setWordWrap(true);
    auto* top = new QVBoxLayout;
    top->setSpacing(4);
    top->addWidget(head);
    top->addWidget(text);
    m_column->addLayout(top);
}

void SettingsSection::addRow(const QString& label, QWidget* control)
{
    if (!m_form) {
        m_form = new QFormLayout;
        m_form->setHorizontalSpacing(20);
        m_form->setVerticalSpacing(8);
        m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        m_form->setFormAlignment(Qt::AlignLeft | Qt::AlignTop);
        m_form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
        m_column->addLayout(m_form);
    }
    auto* name = new QLabel(label, this);
    name->setMinimumWidth(180);
    name->setMinimumHeight(control->sizeHint().height()); // beside a taller control its text stands in the middle
    name->setBuddy(control);
    control->setAccessibleName(label);
    m_form->addRow(name, control);
}

QLabel* SettingsSection::addNote(const QString& text)
{
    auto* note = new QLabel(text, this);
    note->setProperty("role", QStringLiteral("muted"));
    note->setWordWrap(true);
    m_column->addWidget(note);
    return note;
}

} // namespace layerline
