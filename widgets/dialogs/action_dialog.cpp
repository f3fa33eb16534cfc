#include "widgets/dialogs/action_dialog.h"

#include "widgets/style/theme.h"
#include "widgets/style/tone.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace layerline {

namespace {
constexpr int partsShown = 8;
constexpr int commandLinesShown = 12;

QLabel* textLabel(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}
} // namespace

ActionDialog::ActionDialog(const ActionPreview& preview, QWidget* parent)
    : QDialog(parent), m_title(textLabel(this)), m_sentences(textLabel(this)), m_parts(new QTableWidget(this)), m_commandTitle(textLabel(this)),
      m_command(new QPlainTextEdit(this)), m_problem(textLabel(this)), m_copy(new QPushButton(tr("Copy"), this)), m_cancel(new QPushButton(tr("Cancel"), this)),
      m_do(new QPushButton(this))
{
    setMinimumWidth(520);
    m_title->setProperty("role", QStringLiteral("title"));
    m_commandTitle->setProperty("role", QStringLiteral("section"));
    m_commandTitle->setText(tr("What will run"));
    m_problem->setProperty("tone", QStringLiteral("bad"));
    m_problem->setObjectName(QStringLiteral("actionProblem"));
    m_parts->setObjectName(QStringLiteral("actionParts"));
    m_parts->setColumnCount(2);
    m_parts->horizontalHeader()->hide();
    m_parts->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_parts->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_parts->verticalHeader()->hide();
    m_parts->setShowGrid(false);
    m_parts->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_parts->setSelectionMode(QAbstractItemView::NoSelection);
    m_command->setReadOnly(true);
    m_command->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // it wraps
    m_command->setObjectName(QStringLiteral("actionCommand"));
    m_command->setAccessibleName(m_commandTitle->text());
    m_command->setFont(Theme::monoFont());
    m_copy->setProperty("flat", true);
    m_copy->setAutoDefault(false);
    m_do->setObjectName(QStringLiteral("actionDo"));
    m_cancel->setObjectName(QStringLiteral("actionCancel"));

    auto* commandHead = new QHBoxLayout;
    commandHead->addWidget(m_commandTitle, 1);
    commandHead->addWidget(m_copy);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_do);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(10);
    column->addWidget(m_title);
    column->addWidget(m_sentences);
    column->addWidget(m_parts);
    column->addLayout(commandHead);
    column->addWidget(m_command);
    column->addWidget(m_problem);
    column->addLayout(buttons);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_command->toPlainText()); });
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_do, &QPushButton::clicked, this, &ActionDialog::confirmed);
    setPreview(preview);
    (preview.destructive ? m_cancel : m_do)->setFocus();
}

void ActionDialog::setForm(QWidget* form)
{
    m_form = form;
    form->setParent(this);
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->insertWidget(column->indexOf(m_sentences) + 1, form);
    form->setFocus(); // which it hands on to its first question
}

void ActionDialog::setPreview(const ActionPreview& preview)
{
    setWindowTitle(preview.title);
    m_title->setText(preview.title);
    m_sentences->setText(preview.sentences.join(QLatin1Char('\n')));
    m_sentences->setVisible(!preview.sentences.isEmpty());
    m_parts->setRowCount(int(preview.parts.size()));
    for (int row = 0; row < m_parts->rowCount(); ++row) {
        const auto& [name, amount] = preview.parts[std::size_t(row)];
        m_parts->setItem(row, 0, new QTableWidgetItem(name));
        auto* value = new QTableWidgetItem(amount);
        value->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_parts->setItem(row, 1, value);
    }
    m_parts->setVisible(!preview.parts.empty());
    m_parts->setFixedHeight(std::min(m_parts->rowCount(), partsShown) * m_parts->verticalHeader()->defaultSectionSize() + 4);
    m_command->setPlainText(preview.command);
    const int lines = std::clamp(int(preview.command.count(QLatin1Char('\n'))) + 2, 3, commandLinesShown);
    m_command->setFixedHeight(m_command->fontMetrics().lineSpacing() * lines + 18);
    for (QWidget* part : {static_cast<QWidget*>(m_command), static_cast<QWidget*>(m_commandTitle), static_cast<QWidget*>(m_copy)})
        part->setVisible(!preview.command.isEmpty());
    m_problem->setText(preview.problem);
    m_problem->setVisible(!preview.problem.isEmpty());
    m_do->setText(preview.button);
    m_do->setVisible(!preview.button.isEmpty());
    m_cancel->setText(preview.button.isEmpty() ? tr("Close") : tr("Cancel"));
    setStyled(m_do, "primary", !preview.destructive);
    m_do->setEnabled(preview.problem.isEmpty() && !preview.incomplete);
    // What can't be undone is not done by a careless Return.
    m_do->setAutoDefault(!preview.destructive);
    m_do->setDefault(!preview.destructive);
    m_cancel->setAutoDefault(preview.destructive);
    m_cancel->setDefault(preview.destructive);
    m_cancel->setEnabled(true);
}

void ActionDialog::setBusy(const QString& text)
{
    m_do->setEnabled(false);
    m_cancel->setEnabled(false);
    if (m_form)
        m_form->setEnabled(false);
    m_problem->hide();
    m_sentences->setText(text);
    m_sentences->show();
}

void ActionDialog::showProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->show();
    if (m_form)
        m_form->setEnabled(true);
    m_do->setEnabled(true);
    m_cancel->setEnabled(true);
}

QStringList ActionDialog::texts() const
{
    return {m_title->text(), m_sentences->text(), m_command->toPlainText(), m_problem->text(), m_do->text()};
}

} // namespace layerline
