// The colour of a word's meaning, as the style sheet knows it.
#pragma once

class QWidget;

namespace layerline {

/// "good", "bad", "warn", "run" or "" for none. Safe to call with the tone the widget has: nothing is done then.
void setTone(QWidget* widget, const char* tone);
/// Sets a property the style sheet asks for and has the sheet look again.
void setStyled(QWidget* widget, const char* property, const char* value);
void setStyled(QWidget* widget, const char* property, bool value);

} // namespace layerline
