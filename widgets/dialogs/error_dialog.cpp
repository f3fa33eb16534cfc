#include "widgets/dialogs/error_dialog.h"

#include "widgets/style/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace layerline {

ErrorDialog::ErrorDialog(const QString& sentence, const QString& technical, QWidget* parent)
    : QDialog(parent), m_sentence(new QLabel(sentence, this)), m_more(new QLabel(this)), m_technical(new QPlainTextEdit(technical, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("errorDialog"));
    setWindowTitle(tr("Layerline"));
    setMinimumWidth(520);
    auto* picture = new QLabel(this);
    picture->setPixmap(Theme::icon(QStringLiteral("error"), Theme::palette().failed).pixmap(28, 28));
    m_sentence->setObjectName(QStringLiteral("errorSentence"));
    m_sentence->setProperty("role", QStringLiteral("heading"));
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_more->setProperty("role", QStringLiteral("muted"));
    m_more->hide();
    m_technical->setObjectName(QStringLiteral("errorTechnical"));
    m_technical->setAccessibleName(tr("Technical text"));
    m_technical->setReadOnly(true);
    m_technical->setFont(Theme::monoFont());
    m_technical->setFixedHeight(m_technical->fontMetrics().lineSpacing() * 4 + 18);
    m_technical->setVisible(!technical.isEmpty());

    auto* copy = new QPushButton(Theme::icon(QStringLiteral("copy")), tr("Copy"), this);
    copy->setObjectName(QStringLiteral("errorCopy"));
    copy->setToolTip(tr("Copy both texts"));
    copy->setAutoDefault(false);
    auto* close = new QPushButton(tr("Close"), this);
    close->setProperty("primary", true);
    close->setDefault(true);
    auto* head = new QHBoxLayout;
    head->setSpacing(14);
    head->addWidget(picture, 0, Qt::AlignTop);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(4);
    texts->addWidget(m_sentence);
    texts->addWidget(m_more);
    head->addLayout(texts, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(copy);
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(14);
    column->addLayout(head);
    column->addWidget(m_technical);
    column->addLayout(buttons);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_sentence->text() + QLatin1Char('\n') + m_technical->toPlainText()); });
    close->setFocus();
}

void ErrorDialog::addError(const QString& sentence, const QString& technical)
{
    ++m_count;
    m_more->setText(tr("and %n more", nullptr, m_count - 1));
    m_more->show();
    m_technical->appendPlainText(sentence + QLatin1Char('\n') + technical);
    m_technical->show();
}

QString ErrorDialog::sentence() const { return m_sentence->text(); }

QString ErrorDialog::technical() const { return m_technical->toPlainText(); }

} // namespace layerline
