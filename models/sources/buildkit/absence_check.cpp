#include "sources/buildkit/absence_check.h"

#include <algorithm>

namespace layerline {

namespace {

constexpr int missesNeeded = 3;
constexpr int seldom = 30; ///< pauses between two questions about a build nobody doubts
constexpr std::chrono::milliseconds answerLimit{5000};

} // namespace

void AbsenceCheck::watch(const std::string& ref)
{
    const auto [at, isNew] = m_builds.try_emplace(ref);
    if (!isNew)
        return;
    at->second.pause = seldom * m_pause;
    schedule(ref, at->second);
}

void AbsenceCheck::hurry(const std::string& ref)
{
    const auto at = m_builds.find(ref);
    if (at == m_builds.end() || at->second.pause <= m_pause)
        return;
    at->second.pause = m_pause;
    if (!at->second.asking)
        schedule(ref, at->second);
}

void AbsenceCheck::forget(const std::string& ref)
{
    const auto at = m_builds.find(ref);
    if (at == m_builds.end())
        return;
    m_link.loop.cancelTimer(at->second.timer);
    m_builds.erase(at);
}

void AbsenceCheck::schedule(const std::string& ref, Watched& build)
{
    m_link.loop.cancelTimer(build.timer);
    build.timer = m_link.loop.after(build.pause, [this, ref] { ask(ref); });
}

void AbsenceCheck::ask(const std::string& ref)
{
    const auto at = m_builds.find(ref);
    if (m_link.closing || at == m_builds.end())
        return;
    at->second.asking = true;
    const auto named = std::make_shared<bool>(false);
    auto call = std::make_unique<StreamCall<bk::BuildHistoryEvent>>();
    call->onMessage = [this, ref, named](bk::BuildHistoryEvent& event) {
        m_link.sign();
        if (m_link.closing || event.record().ref() != ref)
            return;
        *named = true;
        if (onTold)
            onTold(event);
    };
    call->onEnd = [this, ref, named](const grpc::Status& status) { answered(ref, status, *named); };
    bk::BuildHistoryRequest request;
    request.set_ref(ref);
    request.set_earlyexit(true);
    StreamCall<bk::BuildHistoryEvent>::start(m_link.loop, std::move(call), [&](auto* context, auto* queue) {
        return m_link.control->PrepareAsyncListenBuildHistory(context, request, queue);
    }, answerLimit);
}

void AbsenceCheck::answered(const std::string& ref, const grpc::Status& status, bool named)
{
    const auto at = m_builds.find(ref);
    if (m_link.closing || at == m_builds.end())
        return;
    Watched& build = at->second;
    build.asking = false;
    if (!named && status.ok()) {
        build.pause = m_pause;
        if (++build.misses >= missesNeeded) {
            m_builds.erase(at);
            if (onAbsent)
                onAbsent(ref);
            return;
        }
    } else {
        // Known still; or an engine that does not answer, which says nothing.
        build.misses = named ? 0 : build.misses;
        build.pause = std::min(2 * build.pause, seldom * m_pause);
    }
    schedule(ref, build);
}

} // namespace layerline
