// Small parts that dialogs are made of.
#pragma once

#include <QString>

#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QWidget;

namespace layerline {

QLabel* sectionLabel(const QString& text, QWidget* parent);
/// Wraps, can be copied from, and is hidden until it says something; `tone` as of setTone().
QLabel* messageLabel(const char* name, const char* tone, QWidget* parent);
/// Hidden when there is nothing to say.
void say(QLabel* label, const QString& text);
QPushButton* flatButton(const QString& text, QWidget* parent);
QComboBox* editableBox(const char* name, QWidget* parent);
/// New things to choose from; what is filled in stays.
void setEntries(QComboBox* box, const std::vector<std::string>& entries);

} // namespace layerline
