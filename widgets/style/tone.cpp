#include "widgets/style/tone.h"

#include <QStyle>
#include <QVariant>
#include <QWidget>

namespace layerline {

namespace {

void change(QWidget* widget, const char* property, const QVariant& value)
{
    if (widget->property(property) == value)
        return;
    widget->setProperty(property, value);
    widget->style()->unpolish(widget); // a changed property is seen only then
    widget->style()->polish(widget);
}

} // namespace

void setTone(QWidget* widget, const char* tone) { setStyled(widget, "tone", tone); }

void setStyled(QWidget* widget, const char* property, const char* value) { change(widget, property, QString::fromLatin1(value)); }

void setStyled(QWidget* widget, const char* property, bool value) { change(widget, property, value); }

} // namespace layerline
