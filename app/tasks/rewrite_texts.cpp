#include "app/tasks/rewrite_texts.h"

#include "app/tasks/workflow_report.h"

namespace layerline {

std::string pullTitle(const WorkflowRequest& request, const WorkflowPlan& plan)
{
    return (request.rollback ? "Build with QEMU again: " : "Build on native runners: ") + plan.target.toStdString();
}

std::string commitMessage(const WorkflowRequest& request, const WorkflowPlan& plan)
{
    return pullTitle(request, plan) + (plan.commit.empty() ? "" : "\n\nAs of " + plan.commit);
}

std::string undoMessage(const WorkflowPlan& plan)
{
    return "Back to how it was: " + plan.target.toStdString();
}

std::string pullBody(const WorkflowPlan& plan)
{
    std::string body;
    const auto list = [&](const char* title, const std::vector<EditNote>& notes) {
        if (notes.empty())
            return;
        body += std::string("**") + title + "**\n\n";
        for (const EditNote& note : notes)
            body += "- " + editSentence(note) + "\n";
        body += "\n";
    };
    list("What it does", plan.edit.changes);
    list("Look at first", plan.edit.warnings);
    if (!plan.edit.differences.empty())
        body += "**What differs**\n\n";
    for (const PropertyDifference& difference : plan.edit.differences) {
        for (const std::string& text : difference.removed)
            body += std::string("- ") + toString(difference.property) + ": no longer `" + text + "`\n";
        for (const std::string& text : difference.added)
            body += std::string("- ") + toString(difference.property) + ": now `" + text + "`\n";
    }
    return body;
}

} // namespace layerline
