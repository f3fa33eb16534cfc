#include "widgets/dialogs/progress_dialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace layerline {

namespace {
constexpr std::chrono::milliseconds moment{300}; ///< shorter work needs no dialog
}

ProgressDialog::ProgressDialog(const QString& text, QWidget* parent) : QDialog(parent), m_text(new QLabel(text, this)), m_bar(new QProgressBar(this))
{
    setObjectName(QStringLiteral("progressDialog"));
    setWindowTitle(tr("Layerline"));
    setMinimumWidth(420);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_bar->setRange(0, 0);
    m_bar->setAccessibleName(tr("Progress"));
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("progressCancel"));
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    column->addWidget(m_text);
    column->addWidget(m_bar);
    column->addLayout(buttons);
    m_moment.setSingleShot(true);
    connect(&m_moment, &QTimer::timeout, this, &QWidget::show);
    connect(cancel, &QPushButton::clicked, this, &ProgressDialog::reject);
    m_moment.start(moment);
}

void ProgressDialog::setProgress(quint64 done, quint64 total)
{
    const bool known = total > 0 && done < total;
    m_bar->setRange(0, known ? 100 : 0);
    if (known)
        m_bar->setValue(int(std::min<double>(100, double(done) * 100 / double(total))));
}

void ProgressDialog::setText(const QString& text) { m_text->setText(text); }

int ProgressDialog::percent() const { return m_bar->maximum() == 0 ? -1 : m_bar->value(); }

void ProgressDialog::reject()
{
    Q_EMIT cancelRequested(); // stays until the work has really ended
}

} // namespace layerline
