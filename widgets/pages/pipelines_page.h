// GitHub Actions: the runs of the watched repositories, and one run with the same tabs as a local build.
#pragma once

#include "domain/build_store.h"
#include "domain/clock.h"
#include "items/pipeline_values.h"
#include "items/selection_state.h"

#include <QUrl>
#include <QWidget>

#include <memory>

class QLabel;
class QMenu;
class QPushButton;
class QStackedWidget;

namespace layerline {

class BuildListPanel;
class BuildPage;
class ExampleBar;
class JobsTable;
class PipelinesEmpty;
class RunNotices;

/// `runs` holds one build for each run. Knows nothing of GitHub: it is told what to show and says what was asked for.
class PipelinesPage : public QWidget {
    Q_OBJECT
public:
    PipelinesPage(BuildStore& runs, SelectionState& selection, const Clock& clock, QWidget* parent = nullptr);

    void setAccount(const AccountRow& account);
    void setRepositories(std::vector<RepositoryRow> repositories);
    /// The chosen run; null when there is none. `cost`: a line about it, may be empty. `latest`: its newest attempt.
    void setRun(const std::shared_ptr<const Run>& run, std::vector<RunNotice> notices, const QString& cost = {}, int latest = 1);

    /// Something of what the run's jobs built was read and can be opened by itself.
    void setBuildsRead(bool read);
    /// A change to a workflow that was begun: what the button to it says; "" for none.
    void setChange(const QString& text);

    /// What is shown is a recorded example: it says so, and whatever would act is disabled with the reason.
    void setExample(bool example);

    BuildListPanel& list() { return *m_list; }
    BuildPage& buildPage() { return *m_buildPage; }
    JobsTable& jobs() { return *m_jobs; }
    RunNotices& notices() { return *m_notices; }
    PipelinesEmpty& empty() { return *m_empty; }

public Q_SLOTS:
    /// Of the workflow of the run on screen, else of the first repository.
    void requestChange(bool rollback);

Q_SIGNALS:
    void exampleRequested();
    void exampleClosed();
    /// An example is shown from now on, or none any more: for actions outside of the page.
    void exampleChanged(bool shown);
    void signInRequested();
    void addRepositoryRequested();
    /// What the run built is to be shown as a local build is.
    void buildsRequested();
    void cachesRequested(const QString& repository);
    void dispatchRequested(const QString& repository);
    void rerunRequested(bool failedOnly);
    void rerunJobRequested(qint64 job);
    void cancelRequested(bool force);
    /// What of the run's jobs could not be fetched is to be asked for again.
    void anotherTryRequested();
    /// Another attempt of the run is to be shown.
    void attemptRequested(int attempt);
    /// Back to QEMU, else over to native runners. `workflow` is a path, "" when none is meant.
    void changeRequested(const QString& repository, const QString& workflow, bool rollback);
    /// What was begun is to be seen again.
    void changeShown();
    void pageRequested(const QUrl& page);

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeLeft(BuildStore& runs, const Clock& clock);
    QWidget* makeTop(const Clock& clock);
    void makeActions();
    void nameThings();
    void refreshAccount();
    void refreshActions();
    void refreshAttempts();
    void openRunPage();
    void openRunMenu(const QPoint& at);

    SelectionState& m_selection;
    AccountRow m_account;
    std::vector<RepositoryRow> m_repositories;
    std::shared_ptr<const Run> m_run;
    int m_latest = 1; ///< attempt of the run
    QLabel* m_title = nullptr;
    QPushButton* m_add = nullptr;
    QLabel* m_budget = nullptr;
    QPushButton* m_signIn = nullptr;
    QPushButton* m_change = nullptr;
    BuildListPanel* m_list = nullptr;
    QStackedWidget* m_stack = nullptr;
    ExampleBar* m_exampleBar = nullptr;
    bool m_example = false;
    PipelinesEmpty* m_empty = nullptr;
    BuildPage* m_buildPage = nullptr;
    RunNotices* m_notices = nullptr;
    JobsTable* m_jobs = nullptr;
    QLabel* m_cost = nullptr;
    QPushButton* m_openBuilds = nullptr;
    bool m_buildsRead = false;
    QPushButton* m_rerun = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_more = nullptr;
    QMenu* m_attempts = nullptr;
};

} // namespace layerline
