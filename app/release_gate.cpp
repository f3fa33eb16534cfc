#include "app/release_gate.h"

#include "analysis/release.h"

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
    m_tag = {};
    m_result.release.image = m_request.image.name();
    m_result.release.promise = m_request.promise;
    m_result.note = m_request.note;
    // For signatures kept under tags; a registry that does not list its tags can be checked all the same.
    m_client.tags(m_request.image, this, [this](Result<std::vector<std::string>> tags) { read(tags ? tags.value() : std::vector<std::string>{}); });
}

void ReleaseGate::read(const std::vector<std::string>& tags)
{
    m_reader.read(m_request.image, tags, this, [this](Result<PublishedTag> tag) {
        if (!tag) {
            m_result.release.problem = tag.error().detail;
            return end();
        }
        m_tag = std::move(tag.value());
        // Asking is also seeing; that it can't be noted is no reason to fail a gate.
        (void)m_history.note(m_request.image.name(), {m_tag}, m_clock.now());
        m_next = 0;
        resolveBuilt();
    });
}

void ReleaseGate::resolveBuilt()
{
    while (m_next < m_request.built.size()) {
        BuiltDigest& built = m_request.built[m_next++];
        const bool published = std::any_of(m_tag.platforms.begin(), m_tag.platforms.end(), [&](const PublishedPlatform& entry) { return entry.digest == built.digest; });
        if (published)
            continue;
        // Pushed with attestations, the digest of a job is an index around the manifest that ends up in the release.
        return m_client.manifest(m_request.image.withDigest(built.digest), this, [this, &built](Result<RawManifest> raw) {
            const auto manifest = raw ? readManifest(raw.value()) : Result<Manifest>(raw.error());
            if (manifest) {
                for (const ContentDescriptor& entry : manifest.value().entries) {
                    if (!isAttestation(entry))
                        built.contains.push_back(entry.digest);
                }
            }
            resolveBuilt();
        });
    }
    judgeAll();
}

void ReleaseGate::judgeAll()
{
    m_result.release.tags = {judge(m_tag, m_request.promise, m_request.built)};
    m_next = 0;
    m_request.run ? runNext() : end();
}

void ReleaseGate::runNext()
{
    const std::vector<ReleaseCell>& cells = m_result.release.tags.front().cells;
    while (m_next < cells.size()) {
        const ReleaseCell& cell = cells[m_next++];
        if (cell.published.empty() || !cell.promised)
            continue;
        return m_runner.run(m_request.image.name() + "@" + cell.published, cell.platform, m_request.command, m_request.deadline, [this](RunOutcome outcome) {
            m_result.runs.push_back(std::move(outcome));
            runNext();
        });
    }
    end();
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
