#include "widgets/dialogs/image_dialog.h"

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace layerline {

ImageDialog::ImageDialog(const QString& image, const QString& platforms, QWidget* parent)
    : QDialog(parent), m_image(new QLineEdit(image, this)), m_platforms(new QLineEdit(platforms, this)), m_problem(new QLabel(this)), m_ok(new QPushButton(this))
{
    const bool fresh = image.isEmpty();
    setWindowTitle(fresh ? tr("Watch an image") : tr("Promised platforms"));
    setMinimumWidth(480);
    m_image->setObjectName(QStringLiteral("imageName"));
    m_image->setPlaceholderText(tr("ghcr.io/owner/name"));
    m_image->setReadOnly(!fresh);
    m_platforms->setObjectName(QStringLiteral("promisedPlatforms"));
    m_platforms->setPlaceholderText(tr("linux/amd64, linux/arm64"));
    m_problem->setObjectName(QStringLiteral("imageProblem"));
    m_problem->setProperty("tone", QStringLiteral("bad"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_ok->setObjectName(QStringLiteral("imageGiven"));
    m_ok->setText(fresh ? tr("Watch it") : tr("Promise these"));
    m_ok->setProperty("primary", true);
    m_ok->setDefault(true);
    m_ok->setEnabled(!fresh);
    auto* form = new QFormLayout;
    form->addRow(tr("Image"), m_image);
    form->addRow(tr("Promised platforms"), m_platforms);
    auto* note = new QLabel(tr("Without a promise, a platform is expected when another tag has it. The registry is read as docker would read it, with the "
                               "sign-in docker has; nothing of that is kept here."), this);
    note->setWordWrap(true);
    note->setProperty("role", QStringLiteral("muted"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    column->addLayout(form);
    column->addWidget(note);
    column->addWidget(m_problem);
    column->addWidget(m_ok, 0, Qt::AlignRight);
    connect(m_image, &QLineEdit::textChanged, this, [this](const QString& name) {
        m_ok->setEnabled(!name.trimmed().isEmpty());
        m_problem->hide();
    });
    connect(m_platforms, &QLineEdit::textChanged, m_problem, &QWidget::hide);
    connect(m_ok, &QPushButton::clicked, this, [this] { Q_EMIT given(m_image->text().trimmed(), m_platforms->text().trimmed()); });
    (fresh ? m_image : m_platforms)->setFocus();
}

void ImageDialog::showProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->show();
}

} // namespace layerline
