#include "app/window/retry_question.h"

#include "app/tasks/build_jobs.h"
#include "app/tasks/plan_world.h"
#include "items/own_words.h"
#include "widgets/dialogs/action_dialog.h"
#include "widgets/dialogs/secret_fields.h"

#include <QFile>

namespace layerline {

namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

} // namespace

RetryQuestion::RetryQuestion(const BuildJob& job, const std::string& lane, QWidget* window) : m_job(job)
{
    ActionPreview preview;
    preview.title = tr("Try %1 again").arg(qt(lane));
    preview.sentences = {tr("Only this platform is built again; what the others pushed is kept and merged with it.")};
    preview.command = qt(dryRunText(retryOf(job, {lane})));
    preview.button = preview.title;
    m_dialog = new ActionDialog(preview, window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    setParent(m_dialog);
    m_fields = new SecretFields(m_dialog);
    m_dialog->setForm(m_fields);
    std::vector<SecretQuestion> questions;
    for (const std::string& name : job.variables) {
        if (!variableOf(name))
            questions.push_back({subjectOf(job, name), false, false});
    }
    m_fields->ask(questions);
    connect(m_dialog, &ActionDialog::confirmed, this, [this] { Q_EMIT confirmed(secrets()); });
    m_dialog->open();
}

/// As values of the variables the first try had, wherever they come from now.
JobSecrets RetryQuestion::secrets() const
{
    JobSecrets secrets;
    const SecretAnswers answers = m_fields->answers();
    for (const std::string& name : m_job.variables) {
        if (const auto value = variableOf(name)) {
            secrets.variables[name] = *value;
            continue;
        }
        const auto given = answers.find(subjectOf(m_job, name));
        if (given == answers.end())
            continue;
        if (given->second.kind == SecretAnswer::Kind::Value) {
            secrets.variables[name] = given->second.text;
        } else if (given->second.kind == SecretAnswer::Kind::Variable) {
            if (const auto value = variableOf(given->second.text))
                secrets.variables[name] = *value;
        } else if (QFile file(qt(given->second.text)); file.open(QIODevice::ReadOnly)) {
            secrets.variables[name] = file.read(1 << 20).toStdString();
        }
    }
    return secrets;
}

void RetryQuestion::showProblem(const Error& error) { m_dialog->showProblem(ownWords(error.detail)); }

void RetryQuestion::close() { m_dialog->accept(); }

} // namespace layerline
