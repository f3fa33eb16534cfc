#include "app/window/file_opener.h"

#include "app/tasks/build_lookup.h"
#include "app/window/session.h"
#include "domain/post_to.h"
#include "widgets/dialogs/progress_dialog.h"

#include <QFileInfo>

namespace layerline {

namespace {
constexpr int tickMs = 100;
}

/// Shared with the thread, which owns `builds` and `result` until finish() is called.
struct FileOpener::Job {
    QString path;
    FileCaps caps;
    FileProgress progress;
    BuildSet builds;
    Result<void> result;
    QString name() const { return QFileInfo(path).fileName(); }
};

FileOpener::FileOpener(Session& session, QWidget* window) : QObject(window), m_session(session), m_window(window)
{
    m_pool.setMaxThreadCount(1);
    m_tick.setInterval(tickMs);
    connect(&m_tick, &QTimer::timeout, this, &FileOpener::showProgress);
}

FileOpener::~FileOpener()
{
    cancel();
    m_pool.waitForDone();
}

void FileOpener::open(const QString& path)
{
    auto job = std::make_shared<Job>();
    job->path = path;
    job->caps = m_session.fileCaps();
    job->builds.setCaps(m_session.caps());
    m_waiting.append(job);
    startOn(m_pool, [this, job] {
        job->result = loadBuildFile(job->path, job->builds, job->caps, &job->progress);
        if (!job->result)
            job->builds = BuildSet{}; // here, not on the GUI thread
        postTo(this, [this, job] { finish(job); });
    });
    if (!m_dialog) {
        m_dialog = new ProgressDialog(tr("Opening %1…").arg(job->name()), m_window);
        connect(m_dialog, &ProgressDialog::cancelRequested, this, &FileOpener::cancel);
    }
    m_tick.start();
}

void FileOpener::cancel()
{
    for (const auto& job : m_waiting)
        job->progress.cancel = true;
}

void FileOpener::showProgress()
{
    if (m_waiting.isEmpty() || !m_dialog)
        return;
    const Job& job = *m_waiting.first();
    m_dialog->setText(tr("Opening %1…").arg(job.name()));
    m_dialog->setProgress(job.progress.done, job.progress.total);
}

void FileOpener::finish(const std::shared_ptr<Job>& job)
{
    m_waiting.removeOne(job);
    if (m_waiting.isEmpty()) {
        m_tick.stop();
        delete m_dialog;
    }
    if (!job->result) {
        Q_EMIT failed(job->result.error(), job->name());
        return;
    }
    const auto added = m_session.adopt(std::move(job->builds));
    // In a turn of its own: the list has the build now, the panes that show it come next.
    if (added)
        postTo(this, [this, id = added.value()] { Q_EMIT opened(id); });
    else
        Q_EMIT failed(added.error(), job->name());
}

} // namespace layerline
