#include "sources/github/run_actions.h"

#include <QPointer>
#include <QTimer>

#include <algorithm>

namespace layerline {

namespace {

Error notShown(const char* what)
{
    return {ErrorKind::Timeout, std::string("GitHub accepted it, but does not show ") + what + " yet", true};
}

} // namespace

RunActions::RunActions(GitHubApi& api, const Clock& clock, ConfirmPace pace, QObject* parent) : QObject(parent), m_api(api), m_clock(clock), m_pace(pace) {}

RunActions::~RunActions() = default;

Timestamp RunActions::deadline() const
{
    return m_clock.now() + Duration{std::chrono::duration_cast<std::chrono::nanoseconds>(m_pace.limit).count()};
}

/// Runs when both this and the context still live.
void RunActions::later(QObject* context, std::function<void()> what)
{
    QTimer::singleShot(m_pace.between, context, [self = QPointer<RunActions>(this), what = std::move(what)] {
        if (self)
            what();
    });
}

void RunActions::change(const RunCall& call, QObject* context, Reply<Run> reply)
{
    // The attempt before tells which one is new after.
    m_api.run(call.run, context, [this, call, context, reply = std::move(reply)](Result<Run> before) {
        if (!before)
            return reply(before.error());
        const bool ends = call.action == RunAction::Cancel || call.action == RunAction::ForceCancel;
        Shows shows = [ends, attempt = before->attempt](const Run& now) { return ends ? now.state == RunState::Completed : now.attempt > attempt; };
        m_api.change(call, context, [this, call, shows = std::move(shows), context, reply](Result<void> called) {
            if (!called)
                return reply(called.error());
            readBack(call.run, shows, deadline(), context, reply);
        });
    });
}

void RunActions::readBack(const RunKey& run, Shows shows, Timestamp until, QObject* context, Reply<Run> reply)
{
    m_api.run(run, context, [this, run, shows = std::move(shows), until, context, reply = std::move(reply)](Result<Run> now) {
        if (now && shows(now.value()))
            return reply(std::move(now));
        if (!now && !now.error().retryable)
            return reply(now.error());
        if (m_clock.now() >= until)
            return reply(notShown("the change"));
        later(context, [this, run, shows, until, context, reply] { readBack(run, shows, until, context, reply); });
    });
}

void RunActions::dispatch(const std::string& repository, const DispatchRequest& request, QObject* context, Reply<Run> reply)
{
    // What is newest before tells what is new after, on servers that do not name the run.
    RunQuery query;
    query.event = "workflow_dispatch";
    query.workflow = request.workflow;
    query.limit = 1;
    m_api.runs(repository, query, context, [this, repository, request, context, reply = std::move(reply)](Result<Listing<Run>> before) {
        if (!before && before.error().kind != ErrorKind::NotFound)
            return reply(before.error());
        std::int64_t newest = 0;
        if (before && !before->items.empty())
            newest = before->items.front().key.id;
        m_api.dispatch(repository, request, context, [this, repository, request, newest, context, reply](Result<Dispatched> done) {
            if (!done)
                return reply(done.error());
            if (done->run)
                return readBack({repository, *done->run}, [](const Run& run) { return run.key.id > 0; }, deadline(), context, reply);
            findNew(repository, request, newest, deadline(), context, reply);
        });
    });
}

void RunActions::findNew(const std::string& repository, const DispatchRequest& request, std::int64_t newest, Timestamp until, QObject* context, Reply<Run> reply)
{
    RunQuery query;
    query.event = "workflow_dispatch";
    query.workflow = request.workflow;
    query.limit = 10;
    m_api.runs(repository, query, context, [=, this, reply = std::move(reply)](Result<Listing<Run>> got) {
        if (!got && !got.error().retryable)
            return reply(got.error());
        if (got) {
            // Two people may dispatch at once: the oldest of the new ones on our ref is the likeliest.
            const Run* found = nullptr;
            for (const Run& run : got->items) {
                const bool ours = request.ref == run.branch || request.ref == "refs/heads/" + run.branch || request.ref == "refs/tags/" + run.branch;
                if (run.key.id > newest && ours && (!found || run.key.id < found->key.id))
                    found = &run;
            }
            if (found)
                return reply(*found);
        }
        if (m_clock.now() >= until)
            return reply(notShown("the new run"));
        later(context, [=, this] { findNew(repository, request, newest, until, context, reply); });
    });
}

void RunActions::deleteCaches(const std::string& repository, std::vector<std::int64_t> caches, QObject* context, Reply<int> reply)
{
    std::sort(caches.begin(), caches.end());
    deleteNext(repository, std::make_shared<std::vector<std::int64_t>>(caches), caches, context, std::move(reply));
}

void RunActions::deleteNext(const std::string& repository, std::shared_ptr<std::vector<std::int64_t>> left, std::vector<std::int64_t> all, QObject* context,
                            Reply<int> reply)
{
    if (!left->empty()) {
        const std::int64_t cache = left->back();
        left->pop_back();
        m_api.deleteCache(repository, cache, context, [=, this](Result<void> done) {
            if (!done && done.error().kind != ErrorKind::NotFound) // gone already is as good
                return reply(done.error());
            deleteNext(repository, left, all, context, reply);
        });
        return;
    }
    m_api.caches(repository, context, [all, reply](Result<Listing<StoredCache>> got) {
        if (!got)
            return reply(got.error());
        for (const StoredCache& cache : got->items) {
            if (std::binary_search(all.begin(), all.end(), cache.id))
                return reply(notShown("that the caches are gone"));
        }
        reply(int(all.size()));
    });
}

} // namespace layerline
