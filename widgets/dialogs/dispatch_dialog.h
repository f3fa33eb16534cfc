// A form made of a workflow's inputs, to start it by hand.
#pragma once

#include "items/pipeline_values.h"

#include <QDialog>
#include <QMap>

#include <functional>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace layerline {

class CallBox;

class DispatchDialog : public QDialog {
    Q_OBJECT
public:
    DispatchDialog(const QString& repository, const QString& ref, std::vector<DispatchChoice> choices, QWidget* parent = nullptr);

    /// The API call for what is filled in, made fit to be shown; asked at each change.
    using CallText = std::function<QString(const QString& workflow, const QString& ref, const QMap<QString, QString>& inputs)>;
    void setCallText(CallText text);
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
    CallBox* m_call;
    CallText m_callText;
    QPushButton* m_start;
    std::vector<std::pair<DispatchInput, QWidget*>> m_fields;
};

} // namespace layerline
