// Back to QEMU or over to native runners: choose, see exactly what happens, do it, follow it, take it back.
#pragma once

#include "items/workflow_values.h"

#include <QDialog>
#include <QTimer>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace layerline {

class WorkflowForm;
class WorkflowPreviewPane;
class WorkflowProgressPane;

/// Knows nothing of GitHub or git: says what was chosen and is told what that means. The order: surveyRequested -> setSurvey ->
/// previewRequested -> setPreview -> goRequested -> setProgress; after a failure resumeRequested, after the end undoRequested.
class WorkflowDialog : public QDialog {
    Q_OBJECT
public:
    /// `folders`: known clones of the repository.
    WorkflowDialog(const WorkflowWish& wish, const QStringList& folders, QWidget* parent = nullptr);

    /// Asks for the first survey; call when everything is connected.
    void start();
    /// Answers for another wish than the present one are to be left out by the caller.
    void setSurvey(const WorkflowSurvey& survey);
    void setPreview(const WorkflowPreview& preview);
    void setProgress(const WorkflowProgress& progress);
    void addFolder(const QString& folder);
    WorkflowWish wish() const;
    WorkflowForm& form() { return *m_form; }
    WorkflowPreviewPane& preview() { return *m_preview; }
    WorkflowProgressPane& progress() { return *m_progress; }
    QPushButton& goButton() { return *m_go; }

Q_SIGNALS:
    void surveyRequested(const layerline::WorkflowWish& wish);
    void previewRequested(const layerline::WorkflowWish& wish);
    void goRequested(const layerline::WorkflowWish& wish);
    void resumeRequested();
    void undoRequested();
    /// It was merged: the way back is a change of its own.
    void otherWayRequested();
    void folderRequested();
    void runRequested(const layerline::RunKey& run);
    void pageRequested(const QString& url);
    void copyRequested(const QString& text);

private:
    void layOut();
    void onChanged();
    void ask();
    void nameButtons();
    void press();
    QString goText(const WorkflowWish& wish) const;

    enum class Act { Go, Resume, None };
    WorkflowForm* m_form;
    WorkflowPreviewPane* m_preview;
    WorkflowProgressPane* m_progress;
    QStackedWidget* m_right;
    QLabel* m_note;
    QPushButton *m_close, *m_back, *m_undo, *m_go;
    QTimer m_later;
    WorkflowWish m_surveyed;
    std::optional<WorkflowPreview> m_shown;
    WorkflowProgress m_state;
    QString m_branch;
    bool m_started = false;
    Act m_act = Act::None;
};

} // namespace layerline
