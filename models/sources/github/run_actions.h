// Actions on runs. None is reported as done before GitHub, asked again, shows it.
#pragma once

#include "domain/clock.h"
#include "sources/github/github_api.h"

#include <QObject>

#include <functional>
#include <memory>

namespace layerline {

struct ConfirmPace {
    std::chrono::milliseconds between{2'000};
    std::chrono::milliseconds limit{60'000}; ///< then the action counts as accepted but not confirmed
};

/// Each answers once. The value is the run as GitHub shows it after the action. Errors: those of the call itself; Timeout
/// (retryable) when GitHub accepted it but did not show it within the limit: the detail says so.
class RunActions : public QObject {
    Q_OBJECT
public:
    RunActions(GitHubApi& api, const Clock& clock, ConfirmPace pace = {}, QObject* parent = nullptr);
    ~RunActions() override;

    /// Running again is confirmed by a higher attempt, cancelling by the end of the run.
    void change(const RunCall& call, QObject* context, Reply<Run> reply);
    /// Confirmed by the new run.
    void dispatch(const std::string& repository, const DispatchRequest& request, QObject* context, Reply<Run> reply);
    /// Confirmed by a list that no longer holds any of them. The value is how many were deleted.
    void deleteCaches(const std::string& repository, std::vector<std::int64_t> caches, QObject* context, Reply<int> reply);

private:
    using Shows = std::function<bool(const Run&)>;
    void readBack(const RunKey& run, Shows shows, Timestamp until, QObject* context, Reply<Run> reply);
    void findNew(const std::string& repository, const DispatchRequest& request, std::int64_t newest, Timestamp until, QObject* context, Reply<Run> reply);
    void deleteNext(const std::string& repository, std::shared_ptr<std::vector<std::int64_t>> left, std::vector<std::int64_t> all, QObject* context,
                    Reply<int> reply);
    void later(QObject* context, std::function<void()> what);
    Timestamp deadline() const;

    GitHubApi& m_api;
    const Clock& m_clock;
    ConfirmPace m_pace;
};

} // namespace layerline
