#include "sources/github/run_events.h"

#include "domain/build_set.h"

#include <algorithm>
#include <set>

namespace layerline {

const char* const gitHubBuilder = "GitHub Actions";

namespace {

/// One word for a step's name: a job may be called "build (linux/arm64, ubuntu-24.04-arm)". The spaces become unbreakable
/// ones, a bracket would end the name's head.
std::string stageOf(const RunJob& job)
{
    std::string stage;
    for (const char c : job.name.empty() ? "job " + std::to_string(job.id) : job.name) {
        if (c == ' ')
            stage += "\xC2\xA0";
        else if (c == '[' || c == ']')
            stage += c == '[' ? '(' : ')';
        else if (static_cast<unsigned char>(c) >= 0x20)
            stage += c;
    }
    return stage;
}

std::string errorOf(Conclusion conclusion, const char* what)
{
    if (conclusion == Conclusion::Cancelled)
        return "context canceled"; // as BuildKit says it
    if (failed(conclusion))
        return std::string("the ") + what + " ended with " + toString(conclusion);
    return {};
}

/// The steps of one job, chained.
class JobSteps {
public:
    JobSteps(const RunJob& job, std::vector<Event>& events)
        : m_job(job), m_events(events), m_stage(stageOf(job)), m_count(int(job.steps.size()) + 1), m_prefix("job:" + std::to_string(job.id) + "/")
    {
        if (job.platforms.size() == 1)
            m_head = job.platforms.front().str() + " ";
    }

    void translate()
    {
        queue();
        OptionalTime last = m_job.started;
        for (const RunStep& step : m_job.steps)
            last = one(step, last);
        // A job that failed without saying so in a step (a lost runner): the failure must not be lost.
        if (const std::string error = errorOf(m_job.conclusion, "job"); !error.empty() && !m_sawError) {
            ev::StepUpdated verdict = make("end", m_count + 1, "Job ended");
            verdict.started = m_job.completed ? m_job.completed : last;
            verdict.completed = verdict.started;
            verdict.error = error;
            m_events.push_back(std::move(verdict));
        }
    }

private:
    ev::StepUpdated make(const std::string& digest, int index, const std::string& text)
    {
        ev::StepUpdated step;
        step.digest = StepDigest(m_prefix + digest);
        step.name = "[" + m_head + m_stage + " " + std::to_string(index) + "/" + std::to_string(std::max(index, m_count)) + "] " + text;
        if (!m_previous.empty())
            step.inputs.push_back(m_previous);
        m_previous = step.digest;
        return step;
    }

    void queue()
    {
        std::string labels;
        for (const std::string& label : m_job.labels)
            labels += (labels.empty() ? ": " : ", ") + label;
        ev::StepUpdated step = make("queue", 1, "Waiting for a runner" + labels);
        step.started = m_job.created;
        step.completed = m_job.started ? m_job.started : m_job.completed;
        // A job that is run again may name a start before its creation.
        if (step.completed && (!step.started || *step.started > *step.completed))
            step.started = step.completed;
        if (m_job.conclusion == Conclusion::Skipped)
            step.started = step.completed; // it waited for nobody
        if (!m_job.started && m_job.state == RunState::Completed)
            step.error = errorOf(m_job.conclusion, "job");
        m_sawError = !step.error.empty();
        m_events.push_back(std::move(step));
    }

    OptionalTime one(const RunStep& from, OptionalTime last)
    {
        ev::StepUpdated step = make(std::to_string(from.number), m_index++, from.name);
        step.started = from.started;
        if (from.state == RunState::Completed) {
            // A step that was skipped has no times: it took none, where the one before it ended.
            if (!step.started)
                step.started = from.completed ? from.completed : last ? last : m_job.completed;
            step.completed = from.completed ? from.completed : step.started;
            if (step.started && step.completed && *step.completed < *step.started)
                step.completed = step.started;
            step.error = errorOf(from.conclusion, "step");
            m_sawError = m_sawError || !step.error.empty();
        } else if (from.state != RunState::InProgress) {
            step.started.reset();
        }
        if (step.completed)
            last = step.completed;
        m_events.push_back(std::move(step));
        return last;
    }

    const RunJob& m_job;
    std::vector<Event>& m_events;
    std::string m_stage, m_head;
    int m_count;
    int m_index = 2;
    std::string m_prefix;
    StepDigest m_previous;
    bool m_sawError = false;
};

/// "build (linux/arm64): Build and push" of the first thing that failed.
std::string failureOf(const Run& run)
{
    for (const RunJob& job : run.jobs) {
        if (!failed(job.conclusion))
            continue;
        for (const RunStep& step : job.steps) {
            if (failed(step.conclusion))
                return job.name + ": " + step.name;
        }
        return job.name;
    }
    return std::string("the run ended with ") + toString(run.conclusion);
}

std::string refOf(const Run& run) { return std::to_string(run.key.id) + "." + std::to_string(run.attempt); }

std::string workerOf(const Run& run) { return "github:" + run.key.repository; }

std::string listOf(const std::vector<Platform>& platforms)
{
    std::string list;
    for (const Platform& platform : platforms)
        list += (list.empty() ? "" : ",") + platform.str();
    return list;
}

ev::RecordUpdated recordOf(const Run& run)
{
    ev::RecordUpdated record;
    record.source = SourceKind::GitHub;
    record.builder = gitHubBuilder;
    record.node = run.key.repository;
    record.name = (run.workflow.empty() ? run.path : run.workflow) + " #" + std::to_string(run.number);
    record.created = run.attempt > 1 && run.started ? run.started : run.created;
    record.complete = run.state == RunState::Completed;
    if (record.complete) {
        for (const RunJob& job : run.jobs)
            record.completed = std::max(record.completed, job.completed);
        if (!record.completed)
            record.completed = run.updated;
        if (run.conclusion == Conclusion::Cancelled)
            record.error = BuildError{1, "context canceled"};
        else if (failed(run.conclusion))
            record.error = BuildError{2, failureOf(run)};
    }
    std::set<Platform> platforms;
    for (const RunJob& job : run.jobs)
        platforms.insert(job.platforms.begin(), job.platforms.end());
    if (!platforms.empty())
        record.frontendAttrs["platform"] = listOf({platforms.begin(), platforms.end()});
    return record;
}

} // namespace

StepDigest jobStepDigest(std::int64_t job, int number)
{
    return StepDigest("job:" + std::to_string(job) + "/" + (number == 0 ? std::string("queue") : std::to_string(number)));
}

StepDigest jobEndDigest(std::int64_t job) { return StepDigest("job:" + std::to_string(job) + "/end"); }

RecordKey recordKeyOf(const Run& run) { return {workerOf(run), refOf(run)}; }

std::vector<EventBatch> runToBatches(const Run& run)
{
    EventBatch batch{recordKeyOf(run), {recordOf(run)}};
    for (const RunJob& job : run.jobs)
        JobSteps(job, batch.events).translate();
    return {std::move(batch)};
}

std::vector<EventBatch> detailsOfJob(const Run& run, const RunJob& job, std::vector<EventBatch> batches, DetailPlace place)
{
    const std::string worker = workerOf(run) + "/job/" + std::to_string(job.id);
    const std::string ref = refOf(run) + (place == DetailPlace::OwnBuild ? "/build" : "");
    int number = 0;
    for (EventBatch& batch : batches) {
        const std::string mark = ++number == 1 ? std::string() : "#" + std::to_string(number);
        batch.record = place == DetailPlace::InRun ? RecordKey{worker + mark, ref} : RecordKey{worker, ref + mark};
        for (Event& event : batch.events) {
            auto* record = std::get_if<ev::RecordUpdated>(&event);
            if (!record)
                continue;
            record->builder = gitHubBuilder;
            record->node = mark.empty() ? job.name : job.name + " " + mark;
            // A log names no platform when there is one only; the job's is known otherwise.
            if (!job.platforms.empty() && record->source != SourceKind::Record)
                record->frontendAttrs.emplace("platform", listOf(job.platforms));
            if (place == DetailPlace::InRun || record->name.empty() || record->source == SourceKind::GitHub)
                record->name = (run.workflow.empty() ? run.path : run.workflow) + " #" + std::to_string(run.number);
        }
    }
    return batches;
}

std::vector<Platform> platformsOf(const std::vector<EventBatch>& batches)
{
    BuildSet set;
    std::set<Platform> platforms;
    for (const EventBatch& batch : batches) {
        const auto [id, change] = set.apply(batch);
        const Build* build = set.find(id);
        platforms.insert(build->platforms.begin(), build->platforms.end());
    }
    return {platforms.begin(), platforms.end()};
}

} // namespace layerline
