// A form made of a workflow's inputs, to start it by hand.
#pragma once

#include "items/pipeline_values.h"

#include <QDialog>
#include <QMap>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace layerline {

class DispatchDialog : public QDialog {
    Q_OBJECT
public:
    DispatchDialog(const QString& repository, const QString& ref, std::vector<DispatchChoice> choices, QWidget* parent = nullptr);

    /// Input names and values as they would be sent.
    QMap<QString, QString> values() const;
    void showProblem(const QString& text);

Q_SIGNALS:
    void dispatchConfirmed(const QString& workflow, const QString& ref, const QMap<QString, QString>& inputs);

private:
    void showWorkflow(int index);
    QWidget* fieldFor(const DispatchInput& input);
    void refresh();

    QString m_repository;
    std::vector<DispatchChoice> m_choices;
    QComboBox* m_workflow;
    QLineEdit* m_ref;
    QFormLayout* m_form;
    QLabel* m_note;
    QPushButton* m_start;
    std::vector<std::pair<DispatchInput, QWidget*>> m_fields;
};

} // namespace layerline
