#include "app/tasks/release_gate.h"

#include "analysis/release.h"
#include "app/tasks/built_digests.h"

#include <algorithm>
#include <utility>

namespace layerline {

ReleaseGate::ReleaseGate(RegistryClient& client, std::string docker, const Clock& clock, QObject* parent)
    : QObject(parent), m_client(client), m_reader(client), m_runner(std::move(docker)), m_clock(clock)
{
}

void ReleaseGate::check(GateRequest request, Callback callback)
{
    m_request = std::move(request);
    m_callback = std::move(callback);
    m_result = {};
    m_tags.clear();
    m_open.clear();
    m_result.release.image = m_request.image.name();
    m_result.release.promise = m_request.promise;
    m_result.note = m_request.note;
    for (auto tag = m_request.tags.rbegin(); tag != m_request.tags.rend(); ++tag)
        m_open.push_back(m_request.image.withTag(*tag));
    if (m_open.empty())
        m_open.push_back(m_request.image);
    // For signatures kept under tags; a registry that does not list its tags can be checked all the same.
    m_client.tags(m_request.image, this, [this](Result<std::vector<std::string>> tags) {
        m_allTags = tags ? std::move(tags.value()) : std::vector<std::string>{};
        readNext();
    });
}

void ReleaseGate::readNext()
{
    if (m_open.empty())
        return resolve();
    const ImageReference next = std::move(m_open.back());
    m_open.pop_back();
    m_reader.read(next, m_allTags, this, [this](Result<PublishedTag> tag) {
        if (!tag) {
            m_result.release.problem = tag.error().detail;
            return end();
        }
        m_tags.push_back(std::move(tag.value()));
        readNext();
    });
}

void ReleaseGate::resolve()
{
    // Asking is also seeing; that it can't be noted is no reason to fail a gate.
    (void)m_history.note(m_request.image.name(), m_tags, m_clock.now());
    resolveBuilt(m_client, m_request.image, std::move(m_request.built), m_tags, m_request.builtShared, this, [this](std::vector<BuiltDigest> built) {
        for (const PublishedTag& tag : m_tags) {
            const bool counts = m_request.builtSure || speaksOf(built, tag);
            m_result.release.tags.push_back(judge(tag, m_request.promise, counts ? built : std::vector<BuiltDigest>{}));
            if (counts) {
                m_result.release.tags.back().builtBy = m_request.note;
            } else {
                m_result.note.clear();
                m_result.notCompared = m_request.notCompared;
            }
        }
        m_next = 0;
        m_request.run ? runNext() : end();
    });
}

void ReleaseGate::runNext()
{
    // Each image once, however many tags lead to it.
    std::vector<const ReleaseCell*> cells;
    for (const ReleaseTag& tag : m_result.release.tags) {
        for (const ReleaseCell& cell : tag.cells) {
            const bool known = std::any_of(cells.begin(), cells.end(), [&](const ReleaseCell* each) { return each->published == cell.published; });
            if (!cell.published.empty() && cell.promised && !known)
                cells.push_back(&cell);
        }
    }
    if (m_next >= cells.size())
        return end();
    const ReleaseCell& cell = *cells[m_next++];
    m_runner.run(m_request.image.name() + "@" + cell.published, cell.platform, m_request.command, m_request.deadline, [this](RunOutcome outcome) {
        m_result.runs.push_back(std::move(outcome));
        runNext();
    });
}

void ReleaseGate::end()
{
    using State = RunOutcome::State;
    const auto any = [this](State state) { return std::any_of(m_result.runs.begin(), m_result.runs.end(), [=](const RunOutcome& run) { return run.state == state; }); };
    m_result.met = met(m_result.release) && !any(State::Failed) && (!m_request.run || any(State::Ran) || any(State::Running));
    if (const auto callback = std::exchange(m_callback, {}))
        callback(std::move(m_result));
}

} // namespace layerline
