// The choices of a change to a workflow: where, which file, which way, from what, with which options, and how it gets there.
#pragma once

#include "items/workflow_values.h"

#include <QMap>
#include <QWidget>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QRadioButton;
class QVBoxLayout;

namespace layerline {

class WorkflowForm : public QWidget {
    Q_OBJECT
public:
    /// `folders`: clones of it that are known.
    WorkflowForm(const WorkflowWish& wish, const QStringList& folders, QWidget* parent = nullptr);

    WorkflowWish wish() const;
    /// Fills files, branch and sources; a source that can't be taken is disabled and says why.
    void setSurvey(const WorkflowSurvey& survey);
    /// Why there can be no trial; "" when there can.
    void setTrialProblem(const QString& problem);
    /// Another folder to choose, and chosen.
    void addFolder(const QString& folder);

Q_SIGNALS:
    void changed();
    void folderRequested();

private:
    void makePlace(QVBoxLayout* column, const QStringList& folders);
    void makeSources(QVBoxLayout* column);
    void makeOptions(QVBoxLayout* column);
    void makeRoute(QVBoxLayout* column);
    void refresh();
    void tell();
    QLineEdit* line(QFormLayout* form, const char* name, const QString& label, const QString& hint);
    QCheckBox* check(const char* name, const QString& text);
    struct Source {
        QRadioButton* button = nullptr;
        QLabel* note = nullptr;
        QComboBox* choices = nullptr;
        bool possible = true;
    };

    WorkflowWish m_start;
    bool m_filling = false;
    QComboBox *m_place, *m_workflow, *m_route;
    QLineEdit *m_branch, *m_as, *m_runner, *m_platforms, *m_runners, *m_warm, *m_inputs;
    QPlainTextEdit* m_paths;
    QRadioButton *m_back, *m_over, *m_same, *m_other;
    QCheckBox *m_keepMatrix, *m_cheapest, *m_dispatch, *m_warmOn, *m_trial, *m_publish;
    QLabel *m_style, *m_trialNote;
    QWidget *m_backOptions, *m_overOptions, *m_branchRow, *m_routeBox;
    QMap<int, Source> m_sources; ///< by WorkflowSource
    QString m_trialProblem;
};

} // namespace layerline
