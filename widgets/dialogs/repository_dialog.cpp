#include "widgets/dialogs/repository_dialog.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace layerline {

RepositoryDialog::RepositoryDialog(QWidget* parent)
    : QDialog(parent), m_name(new QLineEdit(this)), m_problem(new QLabel(this)), m_add(new QPushButton(tr("Watch it"), this))
{
    setWindowTitle(tr("Watch a repository"));
    setMinimumWidth(440);
    auto* text = new QLabel(tr("Name it as owner/name, paste its address, or choose a folder that was cloned from GitHub."), this);
    text->setWordWrap(true);
    m_name->setObjectName(QStringLiteral("repositoryName"));
    m_name->setPlaceholderText(tr("owner/name"));
    m_name->setAccessibleName(tr("Repository"));
    m_problem->setProperty("tone", QStringLiteral("bad"));
    m_problem->setObjectName(QStringLiteral("repositoryProblem"));
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->hide();
    auto* folder = new QPushButton(tr("Folder…"), this);
    folder->setAutoDefault(false);
    m_add->setProperty("primary", true);
    m_add->setDefault(true);
    m_add->setEnabled(false);
    auto* line = new QHBoxLayout;
    line->addWidget(m_name, 1);
    line->addWidget(folder);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    column->addWidget(text);
    column->addLayout(line);
    column->addWidget(m_problem);
    column->addWidget(m_add, 0, Qt::AlignRight);

    connect(m_name, &QLineEdit::textChanged, this, [this](const QString& name) {
        m_add->setEnabled(!name.trimmed().isEmpty());
        m_problem->hide();
    });
    connect(m_add, &QPushButton::clicked, this, [this] { Q_EMIT repositoryGiven(m_name->text().trimmed()); });
    connect(folder, &QPushButton::clicked, this, [this] {
        auto* chooser = new QFileDialog(this, tr("A folder cloned from GitHub"));
        chooser->setAttribute(Qt::WA_DeleteOnClose);
        chooser->setFileMode(QFileDialog::Directory);
        connect(chooser, &QFileDialog::fileSelected, m_name, &QLineEdit::setText);
        chooser->open();
    });
}

void RepositoryDialog::showProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->show();
}

} // namespace layerline
