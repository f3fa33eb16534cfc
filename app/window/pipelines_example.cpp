#include "app/window/pipelines_example.h"

#include "app/window/pipelines.h"
#include "sources/github/github_json.h"
#include "widgets/pages/pipelines_page.h"

#include <QFile>
#include <QRegularExpression>

#include <algorithm>

namespace layerline {

namespace {

/// Every time in the text that much later; with fractions of seconds, as logs have them.
std::string movedBy(const QString& text, Duration later)
{
    static const QRegularExpression time(QStringLiteral(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)"));
    QString moved;
    qsizetype at = 0;
    for (auto it = time.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        const auto was = parseRfc3339(match.captured().toStdString());
        moved += text.mid(at, match.capturedStart() - at) + (was ? QString::fromStdString(formatRfc3339(*was + later)) : match.captured());
        at = match.capturedEnd();
    }
    return (moved + text.mid(at)).toStdString();
}

std::shared_ptr<const JobDetails> detailsOf(const Run& run, const RunJob& job, std::string log)
{
    auto details = std::make_shared<JobDetails>();
    details->run = run.key;
    details->attempt = run.attempt;
    details->job = job.id;
    details->log = std::make_shared<const std::string>(std::move(log));
    auto file = openBuildBytes(*details->log, job.name + ".log", job.completed.value_or(Timestamp{1}));
    if (file) {
        details->from = JobDetails::From::Log;
        details->platforms = platformsOf(file->batches);
        details->batches = std::move(file->batches);
    }
    return details;
}

std::string linesOf(const json::Json& lines)
{
    std::string text;
    for (const auto& line : lines)
        text += line.is_string() ? line.get<std::string>() + "\n" : std::string();
    return text;
}

} // namespace

Result<PipelinesExample> readPipelinesExample(std::string_view text, Timestamp now)
{
    const auto recorded = json::parse(text);
    const OptionalTime at = recorded ? json::time(*recorded, "recorded_at") : OptionalTime();
    const auto document = at ? json::parse(movedBy(QString::fromUtf8(text.data(), qsizetype(text.size())), now - *at)) : Result<json::Json>(Error{});
    PipelinesExample example;
    const json::Json* platforms = document ? json::member(*document, {"platforms"}) : nullptr;
    for (const json::Json& each : document ? json::array(*document, "workflow_runs") : std::vector<json::Json>()) {
        auto run = std::make_shared<Run>(runFromJson(each, json::text(*document, "repository")));
        for (const json::Json& job : json::array(each, "jobs"))
            run->jobs.push_back(jobFromJson(job));
        std::map<std::int64_t, PlatformHint> hints; // what its workflow file said
        for (const RunJob& job : run->jobs) {
            for (const json::Json& name : platforms ? json::array(*platforms, std::to_string(job.id)) : std::vector<json::Json>()) {
                if (const auto platform = name.is_string() ? parsePlatform(name.get<std::string>()) : std::nullopt)
                    hints[job.id].workflow.push_back(*platform);
            }
        }
        findPlatforms(*run, hints);
        for (const RunJob& job : run->jobs) {
            if (const json::Json* lines = json::member(*document, {"logs", std::to_string(job.id)}))
                example.details.push_back(detailsOf(*run, job, linesOf(*lines)));
        }
        example.runs.push_back(std::move(run));
    }
    if (example.runs.empty())
        return Error{ErrorKind::BadInput, "this is no recording of GitHub's runs", false};
    return example;
}

void Pipelines::showExample()
{
    QFile file(QStringLiteral(":/layerline/recordings/pipelines.json"));
    auto example = file.open(QIODevice::ReadOnly) ? readPipelinesExample(file.readAll().toStdString(), m_clock.now()) : Result<PipelinesExample>(Error{});
    if (!example || !m_example.empty())
        return;
    for (const RunPtr& run : example->runs) {
        m_example[run->key] = run;
        for (const EventBatch& batch : runToBatches(*run))
            m_store.apply(std::make_shared<const EventBatch>(batch));
        if (const Build* build = m_store.builds().owner(recordKeyOf(*run)))
            m_runOf[build->id] = {run->key, run->attempt};
    }
    for (const auto& details : example->details) {
        const Run& run = *m_example.at(details->run);
        m_jobs.keep(details);
        const auto job = std::find_if(run.jobs.begin(), run.jobs.end(), [&](const RunJob& each) { return each.id == details->job; });
        for (const EventBatch& batch : detailsOfJob(run, *job, details->batches, DetailPlace::InRun))
            m_store.apply(std::make_shared<const EventBatch>(batch));
    }
    m_store.flush();
    if (m_page)
        m_page->setExample(true);
    select(example->runs.front()->key);
    refreshRun();
}

void Pipelines::closeExample()
{
    if (m_example.empty())
        return;
    for (const auto& [key, run] : m_example) {
        for (const RunJob& job : run->jobs)
            m_jobs.drop(job.id);
    }
    std::vector<BuildId> builds;
    for (const auto& [build, run] : m_runOf) {
        if (m_example.count(run.run))
            builds.push_back(build);
    }
    m_selection.setBuild({});
    m_example.clear();
    for (const BuildId& build : builds) {
        m_runOf.erase(build);
        m_store.remove(build);
    }
    m_store.flush();
    if (m_page)
        m_page->setExample(false);
    refreshRun();
}

} // namespace layerline
