#include "widgets/dialogs/dialog_parts.h"

#include "widgets/style/tone.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>

namespace layerline {

QLabel* sectionLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setProperty("role", QStringLiteral("section"));
    return label;
}

QLabel* messageLabel(const char* name, const char* tone, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    setTone(label, tone);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->hide();
    return label;
}

void say(QLabel* label, const QString& text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

QPushButton* flatButton(const QString& text, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setProperty("flat", true);
    button->setAutoDefault(false);
    return button;
}

void setEntries(QComboBox* box, const std::vector<std::string>& entries)
{
    const QString current = box->currentText();
    const QSignalBlocker quiet(box);
    box->clear();
    for (const std::string& entry : entries)
        box->addItem(QString::fromStdString(entry));
    box->setCurrentIndex(-1);
    box->setEditText(current);
}

QComboBox* editableBox(const char* name, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setObjectName(QLatin1String(name));
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    return box;
}

} // namespace layerline
