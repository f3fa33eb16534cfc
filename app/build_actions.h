// New builds, builds again, cancelling: from a click to a running client, always shown before it is done.
#pragma once

#include "analysis/platform_costs.h"
#include "app/build_jobs.h"
#include "items/plan_values.h"
#include "items/selection_state.h"
#include "sources/runner/build_runner.h"

#include <QObject>
#include <QStringList>

#include <optional>

class QMenu;
class QPushButton;

namespace layerline {

class BuildDialog;
class BuildHeader;
class ErrorReporter;
class Session;

/// Lives on the GUI thread, as a child of the window.
class BuildActions : public QObject {
    Q_OBJECT
public:
    /// Adds its buttons to `header`. All references must outlive this.
    BuildActions(Session& session, SelectionState& selection, BuildRunner& runner, BuildHeader& header, ErrorReporter& errors, QWidget* window);

public Q_SLOTS:
    void newBuild();
    /// A folder or bake file that was dropped or opened.
    void newBuildOf(const QString& path);
    void rebuild();
    /// Of the selected build, with one platform chosen.
    void rebuildOnly(const QString& arch);
    void retryLane(const QString& lane);
    void cancel();

Q_SIGNALS:
    /// A build that was started here is known to its builder.
    void buildStarted(const layerline::BuildId& id);
    void addNodeRequested();

private:
    struct Plan {
        RebuildPlan plan;
        std::vector<PlanSecret> questions; ///< secrets the past build used
        std::optional<JobRequest> request; ///< empty: it can't be split, `problem` says why
        std::string problem;
    };

    void makeButtons(BuildHeader& header);
    void refresh();
    void fillMenu();
    void openDialog(const QString& title, BuildForm form, std::optional<BuildId> repeats);
    RebuildPlan known(const std::optional<BuildId>& repeats, const RebuildChecks& checks) const;
    Plan planFor(const BuildForm& form, const SecretAnswers& answers, const std::optional<BuildId>& repeats) const;
    BuildPreview preview(const Plan& plan) const;
    void start(BuildDialog& dialog, const std::optional<BuildId>& repeats);
    BuildForm formFor(const Build& build) const;
    std::vector<PlatformChoice> choicesFor(const BuildForm& form, const std::vector<Platform>& chosen) const;
    std::vector<std::string> builderNames() const;
    void onJobChanged(const BuildJob& job);
    std::optional<BuildJob> jobOfSelected() const;

    Session& m_session;
    SelectionState& m_selection;
    BuildRunner& m_runner;
    ErrorReporter& m_errors;
    QWidget* m_window;
    QPushButton* m_rebuild = nullptr;
    QPushButton* m_cancel = nullptr;
    QMenu* m_menu = nullptr;
    QStringList m_awaited; ///< ids of jobs whose build is selected as soon as it is seen
};

} // namespace layerline
