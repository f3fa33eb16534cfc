// Which workflows of a repository can be started by hand, and with which inputs: read from their files.
#pragma once

#include "items/pipeline_values.h"
#include "sources/github/github_api.h"

#include <QObject>

#include <vector>

namespace layerline {

/// A workflow's dispatch form, from its file on the default branch: GitHub takes inputs from there only. `problem` is set when
/// it can't be started by hand or can't be read.
DispatchChoice dispatchChoice(const WorkflowInfo& workflow, const Result<std::string>& text);

/// Reads them one after the other and says ready() or failed() once.
class DispatchChoices : public QObject {
    Q_OBJECT
public:
    DispatchChoices(GitHubApi& api, std::string repository, QObject* parent);
    void start();

Q_SIGNALS:
    /// `branch`: the default one.
    void ready(const std::vector<layerline::DispatchChoice>& choices, const QString& branch);
    void failed(const layerline::Error& error);

private:
    void readNext();

    GitHubApi& m_api;
    std::string m_repository;
    std::string m_branch;
    std::vector<WorkflowInfo> m_left;
    std::vector<DispatchChoice> m_choices;
};

} // namespace layerline
