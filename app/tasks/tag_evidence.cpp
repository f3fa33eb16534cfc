#include "app/tasks/tag_evidence.h"

#include "analysis/tag_runs.h"
#include "app/tasks/built_digests.h"

#include <algorithm>
#include <set>

namespace layerline {

namespace {

constexpr int runsListed = 100;
constexpr int runsRead = 10;        ///< in one question
constexpr int successfulTried = 10; ///< for the newest that pushed the image

bool has(const std::vector<std::string>& all, const std::string& one) { return std::find(all.begin(), all.end(), one) != all.end(); }

} // namespace

TagEvidenceReader::TagEvidenceReader(GitHubApi& api, WorkflowReader& workflows, std::string repository, std::string image, QObject* parent)
    : QObject(parent), m_api(api), m_repository(std::move(repository)), m_image(std::move(image)), m_reader(api, workflows)
{
}

void TagEvidenceReader::read(std::vector<std::string> tags, bool workflows, Callback callback)
{
    m_tags = std::move(tags);
    m_workflows = workflows;
    m_callback = std::move(callback);
    m_left = runsRead;
    m_evidence = {};
    RunQuery query;
    query.limit = runsListed;
    m_api.runs(m_repository, query, this, [this](Result<Listing<Run>> got) {
        if (!got)
            return finish(got.error());
        m_runs = std::move(got->items);
        if (std::none_of(m_runs.begin(), m_runs.end(), [](const Run& run) { return run.conclusion == Conclusion::Success; }))
            return finish(Error{ErrorKind::NotFound, m_repository + " has no successful run", false});
        next();
    });
}

const RunWordsPtr* TagEvidenceReader::known(const Run& run) const
{
    const auto at = m_known.find({run.key.id, run.attempt});
    return at == m_known.end() ? nullptr : &at->second;
}

const Run* TagEvidenceReader::newestNeeds()
{
    int tried = 0;
    for (const Run& run : m_runs) {
        if (run.conclusion != Conclusion::Success || ++tried > successfulTried)
            continue;
        const RunWordsPtr* words = known(run);
        if (!words)
            return &run;
        if ((*words)->pushedIt) {
            m_evidence.newest = *words;
            return nullptr;
        }
    }
    return nullptr;
}

const Run* TagEvidenceReader::tagNeeds(const std::string& tag)
{
    const TagRuns may = runsForTag(tag, m_runs);
    std::set<std::string> running; // workflows with a newer run that may have pushed the tag a moment ago
    for (const std::size_t place : may.runs) {
        const Run& run = m_runs[place];
        if (run.state != RunState::Completed) {
            running.insert(run.path);
            continue;
        }
        const RunWordsPtr* words = known(run);
        if (!words)
            return &run;
        if (!(*words)->pushedIt)
            continue;
        const bool named = has((*words)->tags, tag);
        if (!named && !(*words)->tags.empty())
            continue; // it says which tags, and not this one
        m_evidence.byTag[tag] = {*words, (named || may.byRule) && !running.count(run.path)};
        return nullptr;
    }
    return nullptr;
}

void TagEvidenceReader::next()
{
    if (!m_evidence.newest) {
        if (const Run* run = newestNeeds())
            return readRun(*run, true);
        if (!m_evidence.newest)
            return finish(Error{ErrorKind::NotFound, "no successful run of " + m_repository + " says that it pushed " + m_image, false});
    }
    for (const std::string& tag : m_tags) {
        const Run* run = m_evidence.byTag.count(tag) ? nullptr : tagNeeds(tag);
        if (run && m_left > 0)
            return readRun(*run, m_workflows);
    }
    finish(std::move(m_evidence));
}

void TagEvidenceReader::readRun(const Run& run, bool workflow)
{
    --m_left;
    m_reader.readRun(run, workflow, m_image, [this, run](Result<RunDigests> found) { took(run, std::move(found)); });
}

void TagEvidenceReader::took(const Run& run, Result<RunDigests> found)
{
    if (!found && found.error().kind != ErrorKind::NotFound)
        return finish(found.error());
    auto words = std::make_shared<RunWords>();
    words->found.run = run;
    if (found) {
        words->pushedIt = true;
        words->found = std::move(found.value());
        const auto image = parseImageReference(m_image);
        const auto images = image ? imagesOf(words->found, &image.value()) : std::vector<RunImage>();
        if (!images.empty())
            words->tags = images.front().tags;
    }
    m_known[{run.key.id, run.attempt}] = std::move(words);
    next();
}

void TagEvidenceReader::finish(Result<TagEvidence> result)
{
    // Answered from outside of it: whoever hears it may ask again at once.
    if (const auto callback = std::exchange(m_callback, {}))
        callback(std::move(result));
}

} // namespace layerline
