#include "widgets/pages/job_queue.h"

#include "widgets/style/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace layerline {

namespace {

constexpr std::size_t rowsShown = 5;

QString qt(const std::string& text) { return QString::fromStdString(text); }

QLabel* label(const QString& text, const char* role, QWidget* parent)
{
    auto* made = new QLabel(text, parent);
    made->setTextFormat(Qt::PlainText);
    made->setProperty("role", QLatin1String(role));
    return made;
}

QString placeText(const WaitingJob& job)
{
    if (job.running < job.limit)
        return JobQueue::tr("starts on %1").arg(qt(job.builder));
    return JobQueue::tr("waits for %1: %2 of %3 run there").arg(qt(job.builder)).arg(job.running).arg(job.limit);
}

} // namespace

JobQueue::JobQueue(QWidget* parent) : QFrame(parent), m_column(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("jobQueue"));
    setAccessibleName(tr("Waiting builds"));
    m_column->setContentsMargins(12, 8, 8, 8);
    hide();
}

void JobQueue::setJobs(const std::vector<WaitingJob>& jobs)
{
    if (jobs == m_jobs)
        return;
    m_jobs = jobs;
    delete m_rows;
    m_rows = new QWidget(this);
    auto* column = new QVBoxLayout(m_rows);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(label(tr("%n build(s) waiting", nullptr, int(jobs.size())), "section", m_rows));
    for (std::size_t at = 0; at < jobs.size() && at < rowsShown; ++at) {
        const WaitingJob& job = jobs[at];
        auto* row = new QHBoxLayout;
        auto* texts = new QVBoxLayout;
        texts->setSpacing(0);
        QLabel* title = label(qt(job.title), "", m_rows);
        title->setObjectName(QStringLiteral("waiting_") + qt(job.id));
        title->setMinimumWidth(40);
        QLabel* place = label(placeText(job), "muted", m_rows);
        place->setWordWrap(true);
        texts->addWidget(title);
        texts->addWidget(place);
        auto* cancel = new QToolButton(m_rows);
        cancel->setObjectName(QStringLiteral("cancelWaiting_") + qt(job.id));
        cancel->setIcon(Theme::icon(QStringLiteral("cross")));
        cancel->setToolTip(tr("Do not build %1").arg(qt(job.title)));
        cancel->setAccessibleName(cancel->toolTip());
        connect(cancel, &QToolButton::clicked, this, [this, id = qt(job.id)] { Q_EMIT cancelRequested(id); });
        row->addLayout(texts, 1);
        row->addWidget(cancel, 0, Qt::AlignTop);
        column->addLayout(row);
    }
    if (jobs.size() > rowsShown)
        column->addWidget(label(tr("and %n more", nullptr, int(jobs.size() - rowsShown)), "muted", m_rows));
    m_column->addWidget(m_rows);
    setVisible(!jobs.empty());
}

} // namespace layerline
