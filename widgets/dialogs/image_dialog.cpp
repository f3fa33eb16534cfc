#include "widgets/dialogs/image_dialog.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace layerline {

namespace {

using From = PromiseChoice::From;

QString qt(const std::string& text) { return QString::fromStdString(text); }

} // namespace

ImageDialog::ImageDialog(const QString& image, const PromiseChoice& promised, const QStringList& repositories, QWidget* parent)
    : QDialog(parent), m_image(new QLineEdit(image, this)), m_from(new QComboBox(this)), m_answers(new QStackedWidget(this)), m_platforms(new QLineEdit(this)),
      m_repository(new QComboBox(this)), m_note(new QLabel(this)), m_problem(new QLabel(this)), m_ok(new QPushButton(this))
{
    const bool fresh = image.isEmpty();
    setWindowTitle(fresh ? tr("Watch an image") : tr("Promised platforms"));
    setMinimumWidth(560);
    m_image->setObjectName(QStringLiteral("imageName"));
    m_image->setPlaceholderText(tr("ghcr.io/owner/name"));
    m_image->setReadOnly(!fresh);
    m_from->setObjectName(QStringLiteral("promisedBy"));
    m_from->addItem(tr("The platforms I name"), int(From::Typed));
    m_from->addItem(tr("A repository's workflow"), int(From::Repository));
    m_from->addItem(tr("A bake or workflow file"), int(From::File));
    m_platforms->setObjectName(QStringLiteral("promisedPlatforms"));
    m_platforms->setPlaceholderText(tr("linux/amd64, linux/arm64"));
    m_repository->setObjectName(QStringLiteral("promisedRepository"));
    m_repository->setEditable(true);
    m_repository->addItems(repositories);
    m_repository->setCurrentText(promised.from == From::Repository ? qt(promised.text) : repositories.value(0));
    m_repository->lineEdit()->setPlaceholderText(tr("owner/name"));
    if (promised.from == From::Typed)
        m_platforms->setText(qt(promised.text));
    m_answers->addWidget(m_platforms);
    m_answers->addWidget(m_repository);
    m_answers->addWidget(makeFilePage(promised.from == From::File ? qt(promised.text) : QString()));
    m_answers->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_problem->setObjectName(QStringLiteral("imageProblem"));
    m_problem->setProperty("tone", QStringLiteral("bad"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_ok->setObjectName(QStringLiteral("imageGiven"));
    m_ok->setText(fresh ? tr("Watch it") : tr("Promise these"));
    m_ok->setProperty("primary", true);
    m_ok->setDefault(true);
    m_note->setWordWrap(true);
    m_note->setProperty("role", QStringLiteral("muted"));
    m_note->setMinimumHeight(3 * fontMetrics().lineSpacing()); // the window keeps its size when another answer is chosen
    m_note->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Image"), m_image);
    form->addRow(tr("Promised by"), m_from);
    form->addRow(QString(), m_answers);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    column->addLayout(form);
    column->addWidget(m_note);
    column->addWidget(m_problem);
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_ok);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    for (QLineEdit* edit : {m_image, m_platforms, m_repository->lineEdit(), m_file})
        connect(edit, &QLineEdit::textChanged, this, &ImageDialog::refresh);
    connect(m_from, &QComboBox::currentIndexChanged, this, &ImageDialog::refresh);
    connect(m_ok, &QPushButton::clicked, this, [this] { Q_EMIT given(m_image->text().trimmed(), choice()); });
    m_from->setCurrentIndex(m_from->findData(int(promised.from)));
    refresh();
    (fresh ? m_image : m_platforms)->setFocus();
}

QWidget* ImageDialog::makeFilePage(const QString& path)
{
    auto* page = new QWidget(m_answers);
    auto* row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    m_file = new QLineEdit(path, page);
    m_file->setObjectName(QStringLiteral("promisedFile"));
    m_file->setPlaceholderText(tr("docker-bake.hcl, compose.yaml, .github/workflows/docker.yml"));
    auto* browse = new QPushButton(tr("Choose…"), page);
    browse->setAutoDefault(false);
    row->addWidget(m_file, 1);
    row->addWidget(browse);
    connect(browse, &QPushButton::clicked, this, [this] {
        auto* dialog = new QFileDialog(this, tr("A file that names platforms"), m_file->text(), tr("Bake and workflow files (*.hcl *.json *.yml *.yaml);;All files (*)"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, m_file, &QLineEdit::setText);
        dialog->open();
    });
    return page;
}

PromiseChoice ImageDialog::choice() const
{
    const auto from = From(m_from->currentData().toInt());
    const QString text = from == From::Typed ? m_platforms->text() : from == From::Repository ? m_repository->currentText() : m_file->text();
    return {from, text.trimmed().toStdString()};
}

void ImageDialog::refresh()
{
    const PromiseChoice chosen = choice();
    m_answers->setCurrentIndex(int(chosen.from));
    switch (chosen.from) {
    case From::Typed:
        m_note->setText(tr("Without a promise, a platform is expected when another tag has it. The registry is read as docker would read it, with the "
                           "sign-in docker has; nothing of that is kept here."));
        break;
    case From::Repository:
        m_note->setText(tr("The newest successful run that pushed this image tells: its workflow promises the platforms, and what its jobs built is compared with "
                           "what is published."));
        break;
    case From::File: m_note->setText(tr("Read again with every look at the registry. buildx reads bake and compose files.")); break;
    }
    m_problem->hide();
    m_ok->setEnabled(!m_image->text().trimmed().isEmpty() && (chosen.from == From::Typed || !chosen.text.empty()));
}

void ImageDialog::showProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->show();
}

} // namespace layerline
