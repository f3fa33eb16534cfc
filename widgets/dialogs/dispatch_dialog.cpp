#include "widgets/dialogs/dispatch_dialog.h"

#include "widgets/dialogs/call_box.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace layerline {

namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

QString valueOf(const QWidget* field)
{
    if (const auto* box = qobject_cast<const QCheckBox*>(field))
        return box->isChecked() ? QStringLiteral("true") : QStringLiteral("false");
    if (const auto* choice = qobject_cast<const QComboBox*>(field))
        return choice->currentText();
    return static_cast<const QLineEdit*>(field)->text();
}

} // namespace

DispatchDialog::DispatchDialog(const QString& repository, const QString& ref, std::vector<DispatchChoice> choices, QWidget* parent)
    : QDialog(parent), m_repository(repository), m_choices(std::move(choices)), m_workflow(new QComboBox(this)), m_ref(new QLineEdit(ref, this)), m_form(new QFormLayout),
      m_note(new QLabel(this)), m_call(new CallBox(tr("What is sent to GitHub"), 8, this)), m_start(new QPushButton(tr("Start the workflow"), this))
{
    setWindowTitle(tr("Start a workflow of %1").arg(repository));
    setMinimumWidth(480);
    m_workflow->setObjectName(QStringLiteral("dispatchWorkflow"));
    m_ref->setObjectName(QStringLiteral("dispatchRef"));
    for (const DispatchChoice& choice : m_choices)
        m_workflow->addItem(choice.name.empty() ? qt(choice.path) : QStringLiteral("%1 (%2)").arg(qt(choice.name), qt(choice.path)));
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setProperty("role", QStringLiteral("muted"));
    m_note->setObjectName(QStringLiteral("dispatchNote"));
    m_call->edit().setObjectName(QStringLiteral("dispatchCall"));
    m_start->setProperty("primary", true);
    m_start->setDefault(true);
    auto* head = new QFormLayout;
    head->addRow(tr("Workflow"), m_workflow);
    head->addRow(tr("Branch or tag"), m_ref);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    buttons->addWidget(cancel);
    buttons->addWidget(m_start);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    column->addLayout(head);
    column->addLayout(m_form);
    column->addWidget(m_note);
    column->addWidget(m_call);
    column->addLayout(buttons);
    connect(m_workflow, &QComboBox::currentIndexChanged, this, &DispatchDialog::showWorkflow);
    connect(m_ref, &QLineEdit::textChanged, this, &DispatchDialog::refresh);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_start, &QPushButton::clicked, this, [this] {
        const DispatchChoice& choice = m_choices[std::size_t(m_workflow->currentIndex())];
        Q_EMIT dispatchConfirmed(qt(choice.path), m_ref->text().trimmed(), values());
    });
    showWorkflow(m_workflow->currentIndex());
}

void DispatchDialog::showWorkflow(int index)
{
    while (m_form->rowCount() > 0)
        m_form->removeRow(0);
    m_fields.clear();
    if (index >= 0 && index < int(m_choices.size())) {
        for (const DispatchInput& input : m_choices[std::size_t(index)].inputs) {
            QWidget* field = fieldFor(input);
            field->setObjectName(QStringLiteral("input_") + qt(input.name));
            field->setToolTip(qt(input.description));
            m_form->addRow(input.required ? qt(input.name) + QStringLiteral(" *") : qt(input.name), field);
            m_fields.emplace_back(input, field);
        }
    }
    refresh();
}

QWidget* DispatchDialog::fieldFor(const DispatchInput& input)
{
    if (input.type == "boolean") {
        auto* box = new QCheckBox(qt(input.description), this);
        box->setChecked(input.initial == "true");
        connect(box, &QCheckBox::toggled, this, &DispatchDialog::refresh);
        return box;
    }
    if (input.type == "choice") {
        auto* choice = new QComboBox(this);
        for (const std::string& option : input.choices)
            choice->addItem(qt(option));
        choice->setCurrentText(qt(input.initial));
        connect(choice, &QComboBox::currentTextChanged, this, &DispatchDialog::refresh);
        return choice;
    }
    auto* line = new QLineEdit(qt(input.initial), this);
    line->setPlaceholderText(qt(input.description));
    connect(line, &QLineEdit::textChanged, this, &DispatchDialog::refresh);
    return line;
}

void DispatchDialog::setCallText(CallText text)
{
    m_callText = std::move(text);
    refresh();
}

QMap<QString, QString> DispatchDialog::values() const
{
    QMap<QString, QString> all;
    for (const auto& [input, field] : m_fields)
        all.insert(qt(input.name), valueOf(field));
    return all;
}

void DispatchDialog::refresh()
{
    const int index = m_workflow->currentIndex();
    QString missing;
    for (const auto& [input, field] : m_fields) {
        if (input.required && valueOf(field).trimmed().isEmpty())
            missing = qt(input.name);
    }
    if (index < 0)
        m_note->setText(tr("No workflow of this repository can be started by hand (on: workflow_dispatch)."));
    else if (const std::string& problem = m_choices[std::size_t(index)].problem; !problem.empty())
        m_note->setText(qt(problem));
    else if (!missing.isEmpty())
        m_note->setText(tr("%1 is needed.").arg(missing));
    else
        m_note->setText(tr("The workflow file of the default branch must know the inputs; the jobs run on %1.").arg(m_ref->text().trimmed()));
    const bool ready = index >= 0 && m_choices[std::size_t(index)].problem.empty() && missing.isEmpty() && !m_ref->text().trimmed().isEmpty();
    m_start->setEnabled(ready);
    m_call->setText(ready && m_callText ? m_callText(qt(m_choices[std::size_t(index)].path), m_ref->text().trimmed(), values()) : QString());
}

void DispatchDialog::showProblem(const QString& text)
{
    m_note->setText(text);
}

} // namespace layerline
