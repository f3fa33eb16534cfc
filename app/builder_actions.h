// What can be done to a builder: shown with its command first, then run.
#pragma once

#include "analysis/builder_plan.h"
#include "items/builder_values.h"

#include <QObject>

namespace layerline {

class ActionDialog;
class BuildersPage;
class Session;
struct ActionPreview;

/// Lives on the GUI thread, as a child of the page.
class BuilderActions : public QObject {
    Q_OBJECT
public:
    BuilderActions(Session& session, BuildersPage& page);

    void ask(const QString& builder, BuilderAction action);
    /// "" proposes the first builder that can have several nodes.
    void askForNode(const QString& builder);

private:
    ActionPreview previewOf(const QString& builder, BuilderAction action, std::vector<std::string>& command) const;
    void previewCleanUp(const QString& builder, ActionPreview& preview, std::vector<std::string>& command) const;
    /// Runs it without a shell; the last line it says to stderr is the reason when it fails.
    void run(ActionDialog* dialog, std::vector<std::string> command);

    Session& m_session;
    BuildersPage& m_page;
};

} // namespace layerline
