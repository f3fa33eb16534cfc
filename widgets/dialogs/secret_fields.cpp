#include "widgets/dialogs/secret_fields.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>

#include <algorithm>

namespace layerline {

namespace {

using Kind = SecretAnswer::Kind;

QString qt(const std::string& text) { return QString::fromStdString(text); }

Kind kindOf(const QComboBox& box) { return Kind(box.currentData().toInt()); }

/// A value is hidden as a password is; names of files and variables are not.
void showAs(QLineEdit& text, Kind kind, bool ssh)
{
    const bool agent = ssh && kind == Kind::Variable;
    text.setEchoMode(kind == Kind::Value ? QLineEdit::Password : QLineEdit::Normal);
    text.setEnabled(!agent && kind != Kind::Without);
    text.setPlaceholderText(kind == Kind::Value      ? SecretFields::tr("handed over to this build, kept nowhere")
                            : agent                  ? SecretFields::tr("the running ssh agent")
                            : kind == Kind::Variable ? SecretFields::tr("name of an environment variable")
                            : kind == Kind::File     ? SecretFields::tr("path of a file")
                                                     : QString());
}

} // namespace

SecretFields::SecretFields(QWidget* parent) : QWidget(parent), m_form(new QFormLayout(this))
{
    m_form->setContentsMargins(0, 0, 0, 0);
    hide();
}

SecretFields::Row SecretFields::makeRow(const SecretQuestion& question)
{
    auto* kind = new QComboBox(this);
    kind->setObjectName(QStringLiteral("secretKind_") + qt(question.id));
    if (question.ssh) {
        kind->addItem(tr("agent"), int(Kind::Variable));
        kind->addItem(tr("key file"), int(Kind::File));
    } else {
        kind->addItem(tr("value"), int(Kind::Value));
        kind->addItem(tr("variable"), int(Kind::Variable));
        kind->addItem(tr("file"), int(Kind::File));
    }
    if (question.optional)
        kind->addItem(tr("do without"), int(Kind::Without));
    auto* text = new QLineEdit(this);
    text->setObjectName(QStringLiteral("secret_") + qt(question.id));
    kind->setAccessibleName(tr("Where %1 comes from").arg(qt(question.id)));
    text->setAccessibleName(qt(question.id));
    showAs(*text, kindOf(*kind), question.ssh);
    connect(kind, &QComboBox::currentIndexChanged, this, [this, kind, text, ssh = question.ssh] {
        text->clear(); // a typed value must not become readable as a file's name
        showAs(*text, kindOf(*kind), ssh);
        Q_EMIT changed();
    });
    connect(text, &QLineEdit::textChanged, this, &SecretFields::changed);
    auto* row = new QHBoxLayout;
    row->addWidget(kind);
    row->addWidget(text, 1);
    m_form->addRow(question.ssh ? tr("SSH key %1").arg(qt(question.id)) : tr("Secret %1").arg(qt(question.id)), row);
    return {question, kind, text};
}

void SecretFields::ask(const std::vector<SecretQuestion>& questions)
{
    const bool same = std::equal(questions.begin(), questions.end(), m_rows.begin(), m_rows.end(),
                                 [](const SecretQuestion& a, const Row& b) { return a == b.question; });
    if (same)
        return;
    std::vector<std::pair<SecretQuestion, std::pair<int, QString>>> typed;
    for (const Row& row : m_rows)
        typed.push_back({row.question, {row.kind->currentIndex(), row.text->text()}});
    while (m_form->rowCount() > 0)
        m_form->removeRow(0);
    m_rows.clear();
    for (const SecretQuestion& question : questions) {
        const Row row = makeRow(question);
        m_rows.push_back(row);
        for (const auto& [known, answer] : typed) {
            if (known == question) {
                row.kind->setCurrentIndex(answer.first);
                row.text->setText(answer.second);
            }
        }
    }
    setVisible(!m_rows.empty());
}

SecretAnswers SecretFields::answers() const
{
    SecretAnswers all;
    for (const Row& row : m_rows) {
        const Kind kind = kindOf(*row.kind);
        const bool agent = row.question.ssh && kind == Kind::Variable;
        const SecretAnswer answer{kind, agent ? "SSH_AUTH_SOCK" : row.text->text().toStdString()};
        if (kind == Kind::Without || !answer.text.empty())
            all.emplace(row.question.id, answer);
    }
    return all;
}

} // namespace layerline
