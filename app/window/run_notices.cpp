#include "app/window/run_notices.h"

#include "analysis/ci/cost.h"
#include "analysis/ci/rollback_hint.h"
#include "analysis/failure_texts.h"

#include <QCoreApplication>
#include <QFile>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace layerline {

namespace {

QueueContext contextOf(const RunKnowledge& known)
{
    QueueContext context;
    context.runners = known.runners;
    context.allRunners = known.allRunners;
    context.plan = known.plan;
    context.runningHosted = known.runningHosted;
    return context;
}

std::optional<RunNotice> queueNotice(const RunJob& job, const RunnerTable& table, const RunKnowledge& known)
{
    QueueContext context = contextOf(known);
    context.usual = queueTimes(known.earlier, job.labels);
    const QueueDiagnosis found = diagnoseQueue(job, known.now, table, context);
    RunNotice notice{RunNotice::Kind::LongQueue, job.name, found.label, found.nearest, found.waited, found.median.value_or(Duration{})};
    if (notice.label.empty() && !job.labels.empty())
        notice.label = job.labels.front();
    notice.certain = found.certain;
    notice.runnersKnown = found.runnersKnown;
    notice.limit = found.limit.value_or(0);
    notice.count = found.running;
    notice.plan = known.plan;
    switch (found.cause) {
    case QueueCause::UnknownLabel:
    case QueueCause::RetiredLabel: notice.kind = RunNotice::Kind::UnknownLabel; break;
    case QueueCause::NoMatchingRunner: notice.kind = RunNotice::Kind::NoMatchingRunner; break;
    case QueueCause::AllOffline: notice.kind = RunNotice::Kind::RunnersOffline; break;
    case QueueCause::AllBusy: notice.kind = RunNotice::Kind::RunnersBusy; break;
    case QueueCause::PlanLimit: notice.kind = RunNotice::Kind::PlanLimit; break;
    case QueueCause::SlowerThanUsual: break;
    case QueueCause::Normal: {
        // Without enough of a history of its own: hosted runners come within seconds, two minutes are worth a line.
        constexpr Duration longQueue{120'000'000'000};
        if (found.ninetieth || found.waited < longQueue)
            return {};
        break;
    }
    case QueueCause::NotQueued:
    case QueueCause::WaitsForApproval: return {};
    }
    return notice;
}

RunNotice::Kind kindOf(const JobDetails::Missed& missed)
{
    switch (missed.what) {
    case JobDetails::Missed::What::Log: return RunNotice::Kind::LogMissing;
    case JobDetails::Missed::What::ArtifactList: return RunNotice::Kind::ArtifactsMissing;
    case JobDetails::Missed::What::Record: break;
    }
    return missed.expired ? RunNotice::Kind::RecordExpired : RunNotice::Kind::RecordMissing;
}

/// What several jobs miss for the same reason is one notice: without a network it is everything.
void addMissed(std::vector<RunNotice>& notices, const Run& run, const RunKnowledge& known)
{
    for (const RunJob& job : run.jobs) {
        const auto of = known.missed.find(job.id);
        for (const JobDetails::Missed& missed : of == known.missed.end() ? std::vector<JobDetails::Missed>() : of->second) {
            RunNotice notice{kindOf(missed), job.name, missed.error.detail, {}, {}, {}};
            notice.again = !missed.expired;
            const auto same = std::find_if(notices.begin(), notices.end(), [&](const RunNotice& each) { return each.kind == notice.kind && each.label == notice.label; });
            if (same == notices.end())
                notices.push_back(std::move(notice));
            else if (same->job.size() < 200 && same->job != job.name)
                same->job += ", " + job.name;
        }
    }
}

} // namespace

std::vector<RunNotice> runNotices(const Run& run, const RunnerTable& table, const RunKnowledge& known)
{
    std::vector<RunNotice> notices;
    if (run.attempt < known.latestAttempt) {
        notices.push_back({RunNotice::Kind::EarlierAttempt, {}, {}, {}, {}, {}, run.attempt});
        notices.back().limit = known.latestAttempt;
    }
    const bool running = std::any_of(run.jobs.begin(), run.jobs.end(), [](const RunJob& job) { return job.state == RunState::InProgress; });
    if (running)
        notices.push_back({RunNotice::Kind::NoLiveLog, {}, {}, {}, {}, {}});
    for (const RunJob& job : run.jobs) {
        if (const auto notice = job.state == RunState::Queued ? queueNotice(job, table, known) : std::nullopt)
            notices.push_back(*notice);
        const auto failures = known.failures.find(job.id);
        if (!failed(job.conclusion) || failures == known.failures.end())
            continue;
        for (const RecognisedFailure& failure : failures->second)
            notices.push_back({RunNotice::Kind::LogFailure, job.name, failureSentence(failure).toStdString(), remedySentence(failure.kind).toStdString(), {}, {}});
    }
    addMissed(notices, run, known);
    for (const ScopeCollision& collision : known.collisions)
        notices.push_back({RunNotice::Kind::SharedCacheScope, collision.writers.front().job, collision.scope, collision.writers.back().job, {}, {}});
    if (known.fromLog)
        notices.push_back({RunNotice::Kind::FromLogOnly, {}, {}, {}, {}, {}});
    return notices;
}

std::optional<RunNotice> rollbackNotice(const Run& run, const std::vector<Run>& runs, const RunnerTable& table, const RunKnowledge& known)
{
    if (run.attempt < known.latestAttempt)
        return {};
    const QueueContext context = contextOf(known);
    RollbackLimits limits;
    limits.queued = known.queueLimit;
    const auto hint = rollbackHint(runs, known.now, table, context, limits);
    if (!hint || hint->run != run.key)
        return {};
    RunNotice notice{RunNotice::Kind::RollbackQueued, hint->job, hint->queue.label, hint->queue.nearest, hint->queue.waited, {}};
    switch (hint->reason) {
    case RollbackReason::QueuedTooLong: break;
    case RollbackReason::LabelUnusable: notice.kind = RunNotice::Kind::RollbackLabel; break;
    case RollbackReason::NoRunner: notice.kind = RunNotice::Kind::RollbackNoRunner; break;
    case RollbackReason::FailsRepeatedly: notice.kind = RunNotice::Kind::RollbackFailures; break;
    }
    notice.count = hint->failures;
    return notice;
}

namespace {

QString moneyText(double amount)
{
    return QLocale().toString(amount, 'f', amount < 1 ? 3 : 2);
}

/// "amd64 0.006 · arm64 0.005"; empty when the run builds for one platform.
QString sharesText(const RunCost& cost)
{
    QStringList shares;
    for (const auto& [platform, amount] : cost.perPlatform)
        shares << QStringLiteral("%1 %2").arg(QString::fromStdString(platform.shortName()), moneyText(amount));
    return shares.size() > 1 ? shares.join(QStringLiteral(" · ")) : QString();
}

} // namespace

QString costLine(const Run& run, const RunnerTable& table, Timestamp now)
{
    const RunCost cost = costOf(run, table, false, now);
    if (cost.minutes == 0)
        return {};
    const QString minutes = QCoreApplication::translate("RunCost", "%n minute(s) billed", nullptr, cost.minutes);
    if (cost.amount <= 0)
        return minutes;
    const QString line = QCoreApplication::translate("RunCost", "%1, about %2 %3 (prices of %4; public repositories pay nothing)")
        .arg(minutes, moneyText(cost.amount), QString::fromStdString(cost.currency), QString::fromStdString(cost.date));
    const QString shares = sharesText(cost);
    return shares.isEmpty() ? line : line + QStringLiteral(" · ") + shares;
}

QString waysLine(const std::vector<Run>& runs, const RunnerTable& table)
{
    const CostComparison ways = compareCosts(runs, table);
    if (!ways.timeRatio)
        return {};
    const QString time = QLocale().toString(*ways.timeRatio, 'f', 1);
    const QString sizes = QCoreApplication::translate("RunCost", "medians of %1 and %2 runs that succeeded").arg(ways.emulated.runs).arg(ways.native.runs);
    if (!ways.amountRatio)
        return QCoreApplication::translate("RunCost", "With QEMU ×%1 the time of native runners (%2)").arg(time, sizes);
    return QCoreApplication::translate("RunCost", "With QEMU ×%1 the time and ×%2 the cost of native runners (%3)")
        .arg(time, QLocale().toString(*ways.amountRatio, 'f', 1), sizes);
}

const RunnerTable& builtInRunnerTable()
{
    static const RunnerTable table = [] {
        QFile file(QStringLiteral(":/layerline/data/runners.json"));
        if (!file.open(QIODevice::ReadOnly))
            return RunnerTable{};
        const QByteArray text = file.readAll();
        auto read = parseRunnerTable({text.constData(), std::size_t(text.size())});
        return read ? std::move(read).value() : RunnerTable{};
    }();
    return table;
}

} // namespace layerline
