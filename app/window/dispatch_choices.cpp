#include "app/window/dispatch_choices.h"

#include "analysis/workflow/workflow.h"

#include <algorithm>

namespace layerline {

DispatchChoice dispatchChoice(const WorkflowInfo& workflow, const Result<std::string>& text)
{
    DispatchChoice choice{workflow.path, workflow.name, {}, {}};
    if (workflow.state != "active")
        choice.problem = "GitHub calls it " + workflow.state;
    if (!text) {
        choice.problem = text.error().detail;
        return choice;
    }
    const auto read = parseWorkflow(*text);
    if (!read) {
        choice.problem = read.error().detail;
        return choice;
    }
    const WorkflowTrigger* trigger = read->trigger("workflow_dispatch");
    if (!trigger) {
        choice.problem = "it has no workflow_dispatch";
        return choice;
    }
    for (const DeclaredInput& input : trigger->inputs)
        choice.inputs.push_back({input.name, input.type.empty() ? "string" : input.type, input.description, input.defaultValue, input.required, input.options});
    return choice;
}

DispatchChoices::DispatchChoices(GitHubApi& api, std::string repository, QObject* parent)
    : QObject(parent), m_api(api), m_repository(std::move(repository))
{
}

void DispatchChoices::start()
{
    m_api.repository(m_repository, this, [this](Result<RepositoryInfo> got) {
        if (!got) {
            Q_EMIT failed(got.error());
            return;
        }
        m_branch = got->defaultBranch;
        m_api.workflows(m_repository, this, [this](Result<Listing<WorkflowInfo>> listed) {
            if (!listed) {
                Q_EMIT failed(listed.error());
                return;
            }
            m_left = std::move(listed->items);
            // GitHub's own ("dynamic/...") have no file.
            m_left.erase(std::remove_if(m_left.begin(), m_left.end(), [](const WorkflowInfo& each) { return each.path.rfind(".github/", 0) != 0; }), m_left.end());
            std::reverse(m_left.begin(), m_left.end());
            readNext();
        });
    });
}

void DispatchChoices::readNext()
{
    if (m_left.empty()) {
        std::stable_partition(m_choices.begin(), m_choices.end(), [](const DispatchChoice& choice) { return choice.problem.empty(); });
        Q_EMIT ready(m_choices, QString::fromStdString(m_branch));
        return;
    }
    const WorkflowInfo workflow = m_left.back();
    m_left.pop_back();
    m_api.content(m_repository, workflow.path, m_branch, this, [this, workflow](Result<FileContent> got) {
        m_choices.push_back(dispatchChoice(workflow, got ? Result<std::string>(got->text) : Result<std::string>(got.error())));
        readNext();
    });
}

} // namespace layerline
