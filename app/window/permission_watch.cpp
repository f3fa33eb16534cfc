#include "app/window/permission_watch.h"

#include <algorithm>
#include <utility>

namespace layerline {

namespace {

PermissionGap::Part partOf(GitHubFeature feature)
{
    switch (feature) {
    case GitHubFeature::Watch: return PermissionGap::Part::Watch;
    case GitHubFeature::LogsAndArtifacts: return PermissionGap::Part::LogsAndArtifacts;
    case GitHubFeature::Caches: return PermissionGap::Part::Caches;
    case GitHubFeature::RunActions: return PermissionGap::Part::RunActions;
    case GitHubFeature::RunnerDiagnosis: return PermissionGap::Part::RunnerDiagnosis;
    case GitHubFeature::Rollback: break;
    }
    return PermissionGap::Part::Rollback;
}

void addTo(std::vector<PermissionGap>& gaps, const MissingPermission& missing, const std::string& repository)
{
    const auto same = std::find_if(gaps.begin(), gaps.end(), [&](const PermissionGap& gap) {
        return gap.permission == missing.name && gap.part == partOf(missing.disables) && gap.certain == missing.certain;
    });
    if (same == gaps.end())
        gaps.push_back({missing.name, partOf(missing.disables), missing.certain, {repository}});
    else
        same->repositories.push_back(repository);
}

} // namespace

PermissionWatch::PermissionWatch(GitHubApi& api, QObject* parent) : QObject(parent), m_api(api) {}

void PermissionWatch::setRepositories(std::vector<std::string> repositories)
{
    if (repositories != m_repositories) {
        m_repositories = std::move(repositories);
        m_problem.clear();
        Q_EMIT changed();
    }
    askNext();
}

void PermissionWatch::forget()
{
    ++m_round;
    m_repositories.clear();
    m_reports.clear();
    m_asking.clear();
    m_problem.clear();
    Q_EMIT changed();
}

void PermissionWatch::askNext()
{
    if (!m_asking.empty() || !m_problem.empty())
        return;
    const auto next = std::find_if(m_repositories.begin(), m_repositories.end(), [this](const std::string& name) { return !m_reports.count(name); });
    if (next == m_repositories.end())
        return;
    m_asking = *next;
    checkPermissions(m_api, m_asking, this, [this, round = m_round](Result<PermissionReport> got) {
        if (round != m_round)
            return;
        const std::string repository = std::exchange(m_asking, {});
        if (got)
            m_reports[repository] = std::move(got.value());
        else
            m_problem = got.error().detail;
        askNext();
        Q_EMIT changed();
    });
}

AccountRow::Permissions PermissionWatch::state() const
{
    if (!m_problem.empty())
        return AccountRow::Permissions::Failed;
    if (!m_asking.empty())
        return AccountRow::Permissions::Checking;
    return m_repositories.empty() ? AccountRow::Permissions::Unknown : AccountRow::Permissions::Checked;
}

bool PermissionWatch::classic() const
{
    return std::any_of(m_reports.begin(), m_reports.end(), [](const auto& report) { return report.second.classic; });
}

std::string PermissionWatch::scopes() const
{
    const auto found = std::find_if(m_reports.begin(), m_reports.end(), [](const auto& report) { return report.second.classic; });
    return found == m_reports.end() ? std::string() : found->second.scopes;
}

std::vector<PermissionGap> PermissionWatch::gaps() const
{
    std::vector<PermissionGap> gaps;
    for (const bool certain : {true, false}) {
        for (const std::string& repository : m_repositories) {
            const auto report = m_reports.find(repository);
            if (report == m_reports.end())
                continue;
            for (const MissingPermission& missing : certain ? report->second.missing : report->second.unknown)
                addTo(gaps, missing, repository);
        }
    }
    return gaps;
}

} // namespace layerline
