#include "app/remote_rewrite.h"

namespace layerline {

RemoteRewrite::RemoteRewrite(GitHubApi& api, const Clock& clock, WorkflowRequest request, RunnerTable runners, ConfirmPace pace, QObject* parent)
    : QObject(parent), m_api(api), m_clock(clock), m_runners(runners), m_pace(pace), m_order{request, {}, {}, {}},
      m_reader(api, request, needsOf(request), std::move(runners))
{
    connect(&m_reader, &WorldReader::finished, this, &RemoteRewrite::onRead);
}

void RemoteRewrite::fail(Error error)
{
    m_error = std::move(error);
    Q_EMIT finished();
}

void RemoteRewrite::start()
{
    m_reader.start();
}

void RemoteRewrite::onRead()
{
    if (m_reader.error())
        return fail(*m_reader.error());
    const WorkflowRequest& request = m_order.request;
    auto plan = planFrom(m_reader.world(), request, m_runners);
    if (!plan)
        return fail(plan.error());
    m_order.plan = std::move(*plan);
    m_order.base = m_reader.world().base;
    m_order.defaultBranch = m_reader.world().defaultBranch;
    m_planned = true;
    if (!request.write && !request.undo) {
        m_preview = rewriteSteps(m_order);
        Q_EMIT finished();
        return;
    }
    m_steps = std::make_unique<RewriteSteps>(m_api, m_clock, m_order, m_pace);
    connect(m_steps.get(), &RewriteSteps::finished, this, [this] {
        m_error = m_steps->error();
        Q_EMIT finished();
    });
    request.undo ? m_steps->undo() : m_steps->start();
}

} // namespace layerline
