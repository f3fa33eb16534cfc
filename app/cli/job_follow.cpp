#include "app/cli/job_follow.h"

#include "analysis/log_pieces.h"
#include "analysis/report.h"
#include "domain/post_to.h"

#include <array>

#include <unistd.h>

namespace layerline {

namespace {

constexpr int lookEveryMs = 100;

} // namespace

struct JobFollower::Lane {
    std::FILE* file = nullptr;
    RawJsonParser parser;
    RecordKey key;
    LogPieces logs;
    ~Lane()
    {
        if (file)
            std::fclose(file);
    }
};

JobFollower::JobFollower(BuildRunner& runner, std::string id, std::FILE* out, std::function<void(const BuildJob&)> done, HandedOver handedOver, QObject* parent)
    : QObject(parent), m_runner(runner), m_id(std::move(id)), m_out(out), m_done(std::move(done)), m_handedOver(std::move(handedOver))
{
    connect(&runner, &BuildRunner::changed, this, &JobFollower::onChanged);
    connect(&m_timer, &QTimer::timeout, this, &JobFollower::look);
    m_timer.start(lookEveryMs);
    // It may have ended before we were made; answered from the event loop.
    postTo(this, [this] {
        if (auto job = m_runner.store().read(m_id))
            onChanged(*job);
    });
}

JobFollower::~JobFollower() = default;

void JobFollower::onChanged(const BuildJob& job)
{
    if (job.id != m_id)
        return;
    m_job = job;
    look();
    if (!ended(job.state) || !m_done)
        return;
    m_timer.stop();
    finish();
    std::exchange(m_done, {})(job);
}

void JobFollower::look()
{
    if (!m_out)
        return;
    for (std::size_t at = 0; at < m_job.lanes.size(); ++at) {
        if (m_job.lanes[at].attempt > 0)
            readLane(at, m_runner.store().logOf(m_job, at));
    }
    std::fflush(m_out);
}

void JobFollower::readLane(std::size_t at, const std::string& path)
{
    auto& lane = m_lanes[path];
    if (!lane) {
        lane = std::make_unique<Lane>();
        // What each line begins with.
        const std::string& name = m_job.lanes[at].name;
        lane->key = {path, name.compare(0, 6, "linux/") == 0 ? name.substr(6) : name};
        // What the client prints says nothing of its arguments: told here, they are masked as in every other build.
        ev::RecordUpdated arguments;
        for (const auto& [variable, value] : m_handedOver)
            arguments.frontendAttrs.emplace("build-arg:SECRET_" + variable, value);
        if (!m_handedOver.empty())
            m_builds.apply({lane->key, {arguments}});
    }
    if (!lane->file)
        lane->file = std::fopen(path.c_str(), "rbe");
    if (!lane->file)
        return;
    std::array<char, 65536> buffer;
    for (;;) {
        std::clearerr(lane->file); // the end of a growing file is none
        const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), lane->file);
        if (count == 0)
            return;
        auto events = lane->parser.push({buffer.data(), count});
        if (!events)
            return;
        const EventBatch batch{lane->key, std::move(*events)};
        const Build* build = m_builds.find(m_builds.apply(batch).first);
        const std::vector<std::string> secrets = build ? secretValues(*build) : std::vector<std::string>();
        lane->logs.pass(batch, secrets, [&](const RecordKey& record, const Event& event) { print(record, event); });
    }
}

void JobFollower::print(const RecordKey& record, const Event& event)
{
    const std::string line = eventText(record, event, m_builds.owner(record), false);
    if (!line.empty())
        std::fprintf(m_out, "%s\n", line.c_str());
}

/// What might have become a secret is all there is of it.
void JobFollower::finish()
{
    if (!m_out)
        return;
    for (const auto& [path, lane] : m_lanes)
        lane->logs.finish([this](const RecordKey& record, const Event& event) { print(record, event); });
    std::fflush(m_out);
}

} // namespace layerline
