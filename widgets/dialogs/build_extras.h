// The options of a build that most builds do without, folded away until they are wanted.
#pragma once

#include "items/plan_values.h"

#include <QWidget>

class QCheckBox;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;
class QToolButton;

namespace layerline {

class BuildExtras : public QWidget {
    Q_OBJECT
public:
    explicit BuildExtras(QWidget* parent = nullptr);

    /// Unfolds when one of its options is set.
    void setForm(const BuildForm& form);
    /// Puts its options into `form`.
    void fill(BuildForm& form) const;
    bool isOpen() const;
    void setOpen(bool open);

Q_SIGNALS:
    void changed();

private:
    QLineEdit* addLine(class QFormLayout& layout, const char* name, const QString& label, const QString& hint);

    QToolButton* m_fold;
    QWidget* m_box;
    QPlainTextEdit* m_arguments;
    QLineEdit *m_contexts, *m_cacheFrom, *m_cacheTo, *m_outputs, *m_secretIds;
    QCheckBox* m_load;
    QSpinBox* m_atMost;
};

} // namespace layerline
