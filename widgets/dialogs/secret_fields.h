// Asks again for secrets and ssh keys: a value, a variable or a file. Nothing typed here is kept.
#pragma once

#include "items/plan_values.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QFormLayout;
class QLineEdit;

namespace layerline {

/// Hidden while there is nothing to ask.
class SecretFields : public QWidget {
    Q_OBJECT
public:
    explicit SecretFields(QWidget* parent = nullptr);

    /// One row a question; rows that stay keep what was typed.
    void ask(const std::vector<SecretQuestion>& questions);
    /// Only what was answered.
    SecretAnswers answers() const;

Q_SIGNALS:
    void changed();

private:
    struct Row {
        SecretQuestion question;
        QComboBox* kind;
        QLineEdit* text;
    };
    Row makeRow(const SecretQuestion& question);

    QFormLayout* m_form;
    std::vector<Row> m_rows;
};

} // namespace layerline
