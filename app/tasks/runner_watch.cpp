#include "app/tasks/runner_watch.h"

#include <utility>

namespace layerline {

namespace {

constexpr Duration minute{60'000'000'000}, hour{3'600'000'000'000};

std::string ownerOf(const std::string& repository) { return repository.substr(0, repository.find('/')); }

} // namespace

RunnerWatch::RunnerWatch(GitHubApi& api, const Clock& clock, QObject* parent) : QObject(parent), m_api(api), m_clock(clock) {}

void RunnerWatch::forget()
{
    ++m_round;
    m_repositories.clear();
    m_owners.clear();
}

bool RunnerWatch::due(const Asked& asked, Duration age) const { return !asked.at || m_clock.now() - *asked.at >= (asked.refused ? hour : age); }

/// Notes that something is being asked. The answer is handed on unless it comes too late, or is an error that may pass: then what was
/// known stays.
template <class T>
Reply<T> RunnerWatch::once(Asked& asked, std::function<void(Result<T>)> take)
{
    asked.at = m_clock.now();
    ++m_open;
    return [this, round = m_round, &asked, take = std::move(take)](Result<T> got) {
        if (round == m_round && (got || !got.error().retryable)) {
            asked.refused = !got;
            take(std::move(got)); // may ask further
            Q_EMIT changed();
        }
        if (--m_open == 0)
            Q_EMIT settled();
    };
}

void RunnerWatch::take(Runners& into, Result<Listing<RunnerInfo>> got)
{
    into.list.reset();
    if (!got)
        return;
    into.list.emplace();
    for (const RunnerInfo& info : got->items)
        into.list->push_back({info.name, info.labels, info.online, info.busy, {}});
}

void RunnerWatch::ask(const std::string& repository)
{
    Runners& runners = m_repositories[repository];
    if (due(runners, minute))
        m_api.runners(repository, this, once<Listing<RunnerInfo>>(runners, [this, &runners](Result<Listing<RunnerInfo>> got) { take(runners, std::move(got)); }));
    askOwner(repository, m_owners[ownerOf(repository)]);
}

void RunnerWatch::askOwner(const std::string& repository, Owner& owner)
{
    const std::string name = ownerOf(repository);
    if (!owner.organisation && due(owner.kind, minute)) {
        m_api.repository(repository, this, once<RepositoryInfo>(owner.kind, [this, repository, &owner](Result<RepositoryInfo> got) {
            if (!got)
                return;
            owner.organisation = got->ofOrganisation;
            askOwner(repository, owner);
        }));
    }
    if (!owner.organisation)
        return;
    if (due(owner.planAsked, hour))
        askPlan(name, owner);
    if (*owner.organisation && due(owner.runners, minute))
        m_api.organisationRunners(name, this, once<Listing<RunnerInfo>>(owner.runners, [this, &owner](Result<Listing<RunnerInfo>> got) { take(owner.runners, std::move(got)); }));
}

/// An organisation's plan is told to its owners, a person's to that person.
void RunnerWatch::askPlan(const std::string& name, Owner& owner)
{
    if (*owner.organisation) {
        m_api.organisation(name, this, once<OrganisationInfo>(owner.planAsked, [&owner](Result<OrganisationInfo> got) { owner.plan = got ? got->plan : std::string(); }));
        return;
    }
    m_api.user(this, once<UserInfo>(owner.planAsked, [name, &owner](Result<UserInfo> got) { owner.plan = got && got->login == name ? got->plan : std::string(); }));
}

RunnerWatch::Known RunnerWatch::of(const std::string& repository) const
{
    Known known;
    const auto own = m_repositories.find(repository);
    const auto owner = m_owners.find(ownerOf(repository));
    if (own != m_repositories.end())
        known.runners = own->second.list;
    if (owner == m_owners.end())
        return known;
    known.plan = owner->second.plan;
    if (const auto& shared = owner->second.runners.list) {
        if (!known.runners)
            known.runners.emplace();
        known.runners->insert(known.runners->end(), shared->begin(), shared->end());
    }
    // An enterprise may share runners of its own with its organisations; nothing here can list those.
    const bool complete = owner->second.organisation && (!*owner->second.organisation || (owner->second.runners.list && known.plan != "enterprise" && !known.plan.empty()));
    known.all = complete && own != m_repositories.end() && own->second.list;
    return known;
}

} // namespace layerline
