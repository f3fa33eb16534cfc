// The Log tab: header, search, lines.
#pragma once

#include "domain/clock.h"
#include "items/log_export.h"
#include "items/log_search.h"
#include "items/selection_state.h"

#include <QWidget>

#include <functional>
#include <memory>

class QFrame;
class QLabel;

namespace layerline {

class ElidedLabel;
class KeyButton;
class LogCanvas;
class LogSearchBar;

/// Shows the log of what is selected: a step, a platform, or everything by time. Keys: F follow, / search, n and N
/// next and previous match, E first error.
class LogView : public QWidget {
    Q_OBJECT
public:
    /// Writes a log to a file the user chooses: pull portions until done, from a timer, not in one go.
    using SaveHandler = std::function<void(const QString& suggestedName, std::shared_ptr<LogExport> text)>;

    LogView(BuildStore& store, SelectionState& selection, const Clock& clock, QWidget* parent = nullptr);
    ~LogView() override;

    /// Without a handler there is no Save button.
    void setSaveHandler(SaveHandler handler);
    void setScope(LogScope scope);
    LogScope scope() const { return m_model->scope(); }

    LogModel& model() { return *m_model; }
    LogSearch& search() { return *m_search; }
    LogCanvas& canvas() { return *m_canvas; }
    QString title() const;
    /// What the banner says; empty when it is hidden.
    QString bannerText() const;

public Q_SLOTS:
    void toggleFollow();
    void openSearch();
    void closeSearch();
    void findNext();
    void findPrevious();
    void jumpToFirstError();
    void save();

Q_SIGNALS:
    /// A link of the log was clicked; the tooltip told its real host.
    void linkActivated(const QUrl& url);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void makeHeader(QWidget* header);
    void fitHeader();
    void makeBanner();
    void applySelection();
    void onChanged(const ChangeSet& changes);
    void openPart();
    /// Scopes of more than one step: shows the selected one's place. False: there is none to show.
    bool openAtStep();
    void updateTitle();
    void updateScopeButtons();
    void updatePlaceholder();
    void updateBanner();
    void updateSearchState();
    void goTo(int match);
    void markFirstError();
    void errorSearched();
    const Step* selectedStep() const;
    std::optional<Platform> wantedPlatform() const;

    BuildStore& m_store;
    SelectionState& m_selection;
    const Clock& m_clock;
    LogModel* m_model;
    LogSearch* m_search;
    LogSearch* m_errors; ///< looks for the first line that reads like an error
    LogCanvas* m_canvas;
    LogSearchBar* m_searchBar;
    ElidedLabel* m_title;
    KeyButton* m_stepScope = nullptr;
    KeyButton* m_platformScope = nullptr;
    KeyButton* m_allScope = nullptr;
    QWidget* m_header = nullptr;
    KeyButton* m_followButton = nullptr;
    KeyButton* m_errorButton = nullptr;
    KeyButton* m_saveButton = nullptr;
    QFrame* m_banner = nullptr;
    QLabel* m_bannerText = nullptr;
    LogScope m_wanted = LogScope::Step;
    bool m_stale = true; ///< hidden: nothing is filled in until it is seen
    std::pair<BuildId, StepIndex> m_placed{{}, noStep}; ///< what openAtStep() has shown
    bool m_fresh = false; ///< a part was opened and its first lines are still to come
    SaveHandler m_save;
};

} // namespace layerline
