// Before a build starts: what to build, for which platforms, and exactly what will run.
#pragma once

#include "items/plan_values.h"

#include <QDialog>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace layerline {

class BuildExtras;
class PlatformTable;
class PresetBar;
class SecretFields;

/// A new build or a past one again. Whoever made it answers every formChanged() with setPreview().
class BuildDialog : public QDialog {
    Q_OBJECT
public:
    BuildDialog(const QString& title, const BuildForm& form, const QStringList& builders, QWidget* parent = nullptr);

    BuildForm form() const;
    /// Fills everything in anew (a preset).
    void setForm(const BuildForm& form);
    /// Another builder has other platforms: replaces them, what was chosen stays chosen.
    void setPlatforms(std::vector<PlatformChoice> platforms);
    /// What lies in the folder: files and targets to choose from, or why they are not known.
    void setContents(const ProjectContents& contents);
    /// Names of kept builds of the project; without a call there is no bar for them.
    void setPresets(const QStringList& names, const QString& shown = {});
    /// The name in the bar, of a kept build or not.
    QString preset() const;
    void setDisk(const DiskOutlook& outlook);
    /// A running build that this one is meant to replace; `text` says so beside a box to tick.
    void offerToCancel(const QString& text, bool ticked);
    bool cancelsOther() const;
    /// The build was one target of a bake call that is known: `text` says so beside a box to tick. Answer wholeCallChosen()
    /// with another form.
    void offerWholeCall(const QString& text);
    void setPreview(const BuildPreview& preview);
    /// Answers to preview.secrets. Read once, when the build starts.
    SecretAnswers answers() const;

Q_SIGNALS:
    void formChanged();
    void builderChanged(const QString& builder);
    void startRequested();
    /// A native node is wanted instead of emulation.
    void addNodeRequested();
    void cleanUpRequested(const QString& builder);
    void presetChosen(const QString& name);
    void presetSaved(const QString& name);
    void presetRemoved(const QString& name);
    void wholeCallChosen(bool whole);

private:
    QWidget* makeScrolled(const QStringList& builders);
    QWidget* makeWhat(const QStringList& builders);
    QWidget* makePlatforms();
    QWidget* makeOptions();
    QWidget* makeDisk();
    QWidget* makeCommand();
    QWidget* makeButtons();
    void connectFields();
    void browse(bool folder);
    void refreshHints();
    void changedSoon() { m_changed.start(); }

    PresetBar* m_presets = nullptr;
    QLabel* m_presetLabel = nullptr;
    QLineEdit* m_context = nullptr;
    QPushButton* m_browse = nullptr;
    QComboBox* m_dockerfile = nullptr;
    QComboBox* m_target = nullptr;
    QLabel* m_contents = nullptr;
    QComboBox* m_builder = nullptr;
    QLineEdit* m_tags = nullptr;
    PlatformTable* m_platforms = nullptr;
    QLabel* m_emulation = nullptr;
    QCheckBox* m_push = nullptr;
    QCheckBox* m_keepGoing = nullptr;
    QCheckBox* m_noCache = nullptr;
    QCheckBox* m_pull = nullptr;
    BuildExtras* m_extras = nullptr;
    SecretFields* m_secrets = nullptr;
    QCheckBox* m_cancelOther = nullptr;
    QCheckBox* m_wholeCall = nullptr;
    QWidget* m_diskBox = nullptr;
    QLabel* m_disk = nullptr;
    QPushButton* m_cleanUp = nullptr;
    QLabel* m_notes = nullptr;
    QLabel* m_missing = nullptr;
    QLabel* m_obstacles = nullptr;
    QPlainTextEdit* m_command = nullptr;
    QPushButton* m_start = nullptr;
    bool m_baked = false;
    QTimer m_changed; ///< one formChanged() for a burst of keys
};

} // namespace layerline
