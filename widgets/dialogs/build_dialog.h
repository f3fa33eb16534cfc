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
class QFormLayout;
class QVBoxLayout;

namespace layerline {

class PlatformTable;

/// A new build or a past one again. Whoever made it answers every formChanged() with setPreview().
class BuildDialog : public QDialog {
    Q_OBJECT
public:
    BuildDialog(const QString& title, const BuildForm& form, const QStringList& builders, QWidget* parent = nullptr);

    BuildForm form() const;
    /// Another builder has other platforms: replaces them, what was chosen stays chosen.
    void setPlatforms(std::vector<PlatformChoice> platforms);
    /// Targets of the Dockerfile or bake file.
    void setTargets(const QStringList& targets);
    void setPreview(const BuildPreview& preview);
    /// Answers to preview.secrets. Read once, when the build starts.
    SecretAnswers answers() const;

Q_SIGNALS:
    void formChanged();
    void builderChanged(const QString& builder);
    void startRequested();
    /// A native node is wanted instead of emulation.
    void addNodeRequested();

private:
    QWidget* makeWhat(const BuildForm& form, const QStringList& builders);
    QWidget* makePlatforms(const BuildForm& form);
    QWidget* makeOptions(const BuildForm& form);
    QWidget* makeCommand();
    void askSecrets(const std::vector<SecretQuestion>& secrets);
    void browse();
    void refreshHints();

    struct SecretField {
        SecretQuestion question;
        QComboBox* kind;
        QLineEdit* text;
    };
    QLineEdit* m_context = nullptr;
    QLineEdit* m_dockerfile = nullptr;
    QComboBox* m_target = nullptr;
    QComboBox* m_builder = nullptr;
    QLineEdit* m_tags = nullptr;
    PlatformTable* m_platforms = nullptr;
    QLabel* m_emulation = nullptr;
    QCheckBox* m_push = nullptr;
    QCheckBox* m_keepGoing = nullptr;
    QCheckBox* m_noCache = nullptr;
    QCheckBox* m_pull = nullptr;
    QWidget* m_secretBox = nullptr;
    QFormLayout* m_secretForm = nullptr;
    std::vector<SecretField> m_secrets;
    QLabel* m_missing = nullptr;
    QLabel* m_obstacles = nullptr;
    QPlainTextEdit* m_command = nullptr;
    QPushButton* m_start = nullptr;
    QTimer m_changed; ///< one formChanged() for a burst of keys
};

} // namespace layerline
