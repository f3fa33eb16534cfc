// What can be built in a folder: its Dockerfiles and bake files, their targets, the secrets they want.
#pragma once

#include "analysis/build_targets.h"
#include "items/plan_values.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <string>
#include <vector>

class QProcess;

namespace layerline {

/// Reads without holding up the window: files on a thread, a bake file by `buildx bake --print`, which runs nothing. Only the
/// newest question is answered. Lives on the GUI thread.
class BuildProject : public QObject {
    Q_OBJECT
public:
    /// `buildx`: program and first arguments.
    explicit BuildProject(std::vector<std::string> buildx, QObject* parent = nullptr);
    ~BuildProject() override;

    /// Asks for what `context` and `file` (as in a BuildForm) are about; the same question again is not asked twice.
    void look(const BuildForm& form);

    const ProjectContents& contents() const { return m_contents; }
    /// Of the Dockerfile that would be built.
    const std::vector<WantedSecret>& wanted() const { return m_wanted; }

Q_SIGNALS:
    /// contents() and wanted() are others than before.
    void changed();

private:
    struct Found;
    void onFiles(int question, const Found& found);
    void printBake(const std::vector<std::string>& command, const std::string& folder);
    void onPrinted(int code);
    void finish(ProjectContents contents, std::vector<WantedSecret> wanted);
    void stop();

    std::vector<std::string> m_buildx;
    std::string m_asked;
    int m_question = 0;
    ProjectContents m_contents;
    std::vector<WantedSecret> m_wanted;
    QProcess* m_process = nullptr;
    QTimer m_limit;
    QThreadPool m_pool;
};

} // namespace layerline
