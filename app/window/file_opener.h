// Opens build files without holding up the window.
#pragma once

#include "domain/ids.h"
#include "domain/result.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>

#include <memory>

class QWidget;

namespace layerline {

class ProgressDialog;
class Session;

/// Files are read and reduced on a thread, one after the other; the finished builds are handed to the session's store.
/// Lives on the GUI thread; destroying it cancels and waits for the part being read.
class FileOpener : public QObject {
    Q_OBJECT
public:
    FileOpener(Session& session, QWidget* window);
    ~FileOpener() override;

    void open(const QString& path);
    bool busy() const { return !m_waiting.isEmpty(); }
    /// Gives up all files that are not open yet.
    void cancel();

Q_SIGNALS:
    /// The file's first build is in the store.
    void opened(const layerline::BuildId& id);
    /// `name` is the file's, without folders. Cancelled too.
    void failed(const layerline::Error& error, const QString& name);

private:
    struct Job;
    void finish(const std::shared_ptr<Job>& job);
    void showProgress();

    Session& m_session;
    QWidget* m_window;
    QThreadPool m_pool;
    QTimer m_tick;
    QPointer<ProgressDialog> m_dialog;
    QList<std::shared_ptr<Job>> m_waiting; ///< the first is being read
};

} // namespace layerline
