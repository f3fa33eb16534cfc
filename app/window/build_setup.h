// One open build dialog: feeds it with what is known, and starts what it shows.
#pragma once

#include "app/tasks/build_presets.h"
#include "app/window/build_form.h"
#include "app/window/build_project.h"
#include "domain/ids.h"
#include "sources/runner/build_runner.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace layerline {

class BuildDialog;
class DiskWatch;
class Session;

/// Lives as long as its dialog, which owns it. Everything it is given outlives it.
class BuildSetup : public QObject {
    Q_OBJECT
public:
    struct World {
        Session& session;
        BuildRunner& runner;
        DiskWatch& disk;
        QString presetFile; ///< "" keeps no presets
    };

    /// A new build of a folder, file or address; "" asks for one.
    static BuildSetup* ofNew(const World& world, const QString& what, QWidget* window);
    /// The same build again; `arch` "" = for the same platforms, else only those of the architecture.
    static BuildSetup* ofPast(const World& world, const BuildId& build, const QString& arch, QWidget* window);

    /// Offers to cancel a running build when this one starts: a job of ours, or "" when it is somebody else's.
    void offerToCancel(const std::string& job, const QString& name);
    BuildDialog& dialog() { return *m_dialog; }

    static std::vector<std::string> builderNames(const Session& session);
    /// Jobs of ours on a builder that have begun and not ended.
    static int runningOn(const BuildRunner& runner, const std::string& builder);

Q_SIGNALS:
    /// It was started; the dialog is about to go.
    void started(const QString& job);
    void problem(const layerline::Error& error, const QString& about);
    void addNodeRequested();
    void cleanUpRequested(const QString& builder);

private:
    BuildSetup(const World& world, const QString& title, std::optional<BuildId> repeats, BuildForm form, QWidget* window);
    void connectDialog();
    KnownBuild known() const;
    FormPlan plan() const;
    void refresh();
    void refreshCosts(const BuildForm& form);
    void refreshPresets();
    void refreshDisk();
    void showPreview(const FormPlan& plan);
    void loadPreset(const QString& name);
    void offerLastPreset();
    void rememberPreset();
    void askToKeepPreset(const QString& name);
    void askToRemovePreset(const QString& name);
    void presetsChanged(const Result<void>& done);
    /// The other form: of the one target, of the whole call. What was filled in comes back with it.
    void offerWholeCall(const BuildPlan& call, const std::vector<Platform>& chosen);
    void switchCall(bool whole);
    void start();
    std::vector<const Build*> past(const BuildForm& form) const;
    std::vector<PlatformChoice> choices(const BuildForm& form, const std::vector<Platform>& chosen) const;

    World m_world;
    std::optional<BuildId> m_repeats;
    PresetStore m_presets;
    BuildProject* m_project;
    BuildDialog* m_dialog;
    QStringList m_names; ///< of the project's presets
    std::string m_costsOf, m_presetsOf, m_diskOf; ///< what the dialog shows these for
    std::set<BuildId> m_past;
    std::string m_replaced;
    QString m_replacedName;
    BuildForm m_otherForm; ///< when a whole call is offered
    QTimer m_costsLater; ///< steps of past builds come in parts
};

} // namespace layerline
