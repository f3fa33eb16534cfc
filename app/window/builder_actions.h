// What can be done to a builder: shown with its command first, then run.
#pragma once

#include "analysis/builder_plan.h"
#include "items/builder_values.h"
#include "widgets/dialogs/action_dialog.h"

#include <QObject>

#include <functional>

namespace layerline {

class BuildRunner;
class BuildersPage;
class Session;
struct WarmPlan;

/// Lives on the GUI thread, as a child of the page.
class BuilderActions : public QObject {
    Q_OBJECT
public:
    /// All references must outlive this.
    BuilderActions(Session& session, BuildersPage& page, BuildRunner& runner);
    ~BuilderActions() override;

    /// `node` is read by RemoveNode alone, `builder` by all but Create.
    void ask(const QString& builder, BuilderAction action, const QString& node = {});
    /// "" proposes the first builder that can have several nodes.
    void askForNode(const QString& builder);

private:
    /// What a dialog shows, and what its button does.
    struct Act {
        ActionPreview preview;
        std::vector<std::string> command;
    };
    Act simple(const QString& builder, BuilderAction action, const QString& node) const;
    Act cleanUp(const QString& builder, const PruneOptions& options) const;
    void askToCleanUp(const QString& builder);
    void askToWarm(const QString& builder);
    static ActionPreview warmPreview(const QString& builder, const Result<WarmPlan>& plan);
    void askForBuilder();
    /// Opens a dialog whose preview and command are asked for again whenever the form changes, and once more when it is confirmed.
    /// `form` may be null.
    ActionDialog* open(const std::function<Act()>& act, QWidget* form = nullptr);
    /// Runs it without a shell; the last line it says to stderr is the reason when it fails.
    void run(ActionDialog* dialog, const std::vector<std::string>& command);

    Session& m_session;
    BuildersPage& m_page;
    BuildRunner& m_runner;
};

} // namespace layerline
