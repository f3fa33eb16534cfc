// New builds, builds again, cancelling: from a click to a running client, always shown before it is done.
#pragma once

#include "app/tasks/build_jobs.h"
#include "app/window/build_setup.h"
#include "app/window/disk_watch.h"
#include "items/selection_state.h"
#include "sources/runner/build_runner.h"

#include <QObject>
#include <QStringList>

#include <optional>

class QMenu;
class QPushButton;

namespace layerline {

class BuildHeader;
class ErrorReporter;
class JobQueue;
class NoticeBar;
class Session;

/// Lives on the GUI thread, as a child of the window.
class BuildActions : public QObject {
    Q_OBJECT
public:
    struct World {
        Session& session;
        SelectionState& selection;
        BuildRunner& runner;
        ErrorReporter& errors;
        QString presetFile;      ///< "" keeps no presets
        DiskWatch::Asker askDisk; ///< empty: engineDisk()
    };
    /// Adds its buttons to `header`, shows what waits in `queue` and little disk space in `notice`. All references must
    /// outlive this.
    BuildActions(const World& world, BuildHeader& header, JobQueue& queue, NoticeBar& notice, QWidget* window);

    /// The one architecture of a running build's several that its builder runs natively; "" when there is none to choose.
    std::string nativeArch(const Build& build) const;

public Q_SLOTS:
    void newBuild();
    /// A folder, Dockerfile or bake file that was dropped or opened.
    void newBuildOf(const QString& path);
    void rebuild();
    /// Of the selected build, with one platform chosen.
    void rebuildOnly(const QString& arch);
    /// Of the selected build while it runs: the same for the platform its builder runs natively; offers to cancel it.
    void nativeOnly();
    void retryLane(const QString& lane);
    void cancel();
    void cancelWaiting(const QString& job);

Q_SIGNALS:
    /// A build that was started here is known to its builder.
    void buildStarted(const layerline::BuildId& id);
    void addNodeRequested();
    void cleanUpRequested(const QString& builder);

private:
    void makeButtons(BuildHeader& header);
    void refresh();
    void fillMenu();
    void refreshQueue();
    BuildSetup::World setupWorld() const;
    /// Wires an opened dialog; null is nothing.
    void follow(BuildSetup* setup);
    const Build* selected() const;
    void onJobChanged(const BuildJob& job);
    void onJobFinished(const BuildJob& job);
    void onDiskKnown(const QString& builder);
    std::optional<BuildJob> jobOfSelected() const;
    void askCancel(const BuildJob& job, const QString& name);
    void explainCancel(const Build& build);

    World m_world;
    QWidget* m_window;
    DiskWatch* m_disk;
    JobQueue& m_queue;
    NoticeBar& m_notice;
    QStringList m_measured; ///< builders whose disk is asked about because a build has ended there
    QPushButton* m_rebuild = nullptr;
    QPushButton* m_native = nullptr;
    QPushButton* m_cancel = nullptr;
    QMenu* m_menu = nullptr;
    QStringList m_awaited; ///< ids of jobs whose build is selected as soon as it is seen
};

} // namespace layerline
