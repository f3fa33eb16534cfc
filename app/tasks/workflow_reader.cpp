#include "app/tasks/workflow_reader.h"

#include "analysis/workflow/build_calls.h"

#include <deque>
#include <set>

namespace layerline {

namespace {

constexpr int deepest = 4;              ///< as deep as expandJobs() looks
constexpr std::size_t mostCalled = 20;  ///< of one workflow: GitHub allows no more
constexpr std::size_t mostKnown = 500;  ///< files at commits kept in memory
constexpr std::size_t mostBake = 10;    ///< bake files and folders asked for one workflow

bool isCommit(const std::string& ref) { return ref.size() == 40 && ref.find_first_not_of("0123456789abcdef") == std::string::npos; }

} // namespace

/// One called file, and where it is.
struct WorkflowReader::Call {
    std::string key;
    std::string repository, path, ref;
    std::string origin; ///< of the calls inside of it
    int depth = 0;
};

struct WorkflowReader::Reading {
    std::shared_ptr<WorkflowFiles> files = std::make_shared<WorkflowFiles>();
    std::deque<Call> open;
    std::set<std::string> seen;
    std::string repository, ref; ///< it began with
    QPointer<QObject> context;
    Reply<WorkflowFilesPtr> reply;
};

Result<Legs> WorkflowFiles::legs(const RunnerTable& runners) const
{
    return expandJobs(*workflow, runners, [this](const std::string& key) -> std::shared_ptr<const Workflow> {
        const auto found = called.find(key);
        return found == called.end() ? nullptr : found->second;
    }, &bake);
}

WorkflowReader::WorkflowReader(GitHubApi& api, QObject* parent) : QObject(parent), m_api(api) {}

void WorkflowReader::read(const std::string& repository, const std::string& path, const std::string& ref, QObject* context, Reply<WorkflowFilesPtr> reply)
{
    const auto reading = std::make_shared<Reading>();
    reading->context = context;
    reading->repository = repository;
    reading->ref = ref;
    reading->reply = std::move(reply);
    // GitHub names a workflow started from elsewhere "path@refs/heads/main".
    const Call first{{}, repository, path.substr(0, path.find('@')), ref, {}, 0};
    fetch(repository, first.path, ref, [this, reading, first](Result<Parsed> got) {
        if (!reading->context)
            return;
        if (!got)
            return reading->reply(got.error());
        reading->files->workflow = got.value();
        reading->files->text = got.value()->text();
        addCalls(*reading, **got, first);
        next(reading);
    });
}

void WorkflowReader::addCalls(Reading& reading, const Workflow& workflow, const Call& from) const
{
    for (const WorkflowJob& job : workflow.jobs) {
        if (!job.uses || isGithubBuilder(job))
            continue;
        const ActionRef& uses = *job.uses;
        const bool local = uses.name.compare(0, 2, "./") == 0;
        Call call{workflowKey(uses, from.origin), from.repository, uses.name.substr(local ? 2 : 0), from.ref, workflowOrigin(uses, from.origin), from.depth + 1};
        if (!local) {
            call.repository = uses.name;
            call.path = uses.path;
            call.ref = uses.ref;
        }
        if (!reading.seen.insert(call.key).second)
            continue;
        if (call.depth > deepest || reading.seen.size() > mostCalled)
            reading.files->unread.push_back(call.key + ": calls of calls of calls end here");
        else
            reading.open.push_back(std::move(call));
    }
}

void WorkflowReader::next(const std::shared_ptr<Reading>& reading)
{
    if (reading->open.empty())
        return nextBake(reading);
    const Call call = std::move(reading->open.front());
    reading->open.pop_front();
    fetch(call.repository, call.path, call.ref, [this, reading, call](Result<Parsed> got) {
        if (!reading->context)
            return;
        if (got) {
            reading->files->called[call.key] = got.value();
            addCalls(*reading, **got, call);
        } else {
            reading->files->unread.push_back(call.key + ": " + got.error().detail);
        }
        next(reading);
    });
}

/// Which platforms a runner has plays no part in what is missing.
void WorkflowReader::nextBake(const std::shared_ptr<Reading>& reading)
{
    WorkflowFiles& files = *reading->files;
    const auto legs = files.legs({});
    if (!legs || legs->bakeUnread.empty() || files.bake.size() >= mostBake)
        return reading->reply(WorkflowFilesPtr(reading->files));
    const std::string key = legs->bakeUnread.front();
    fetchBake(reading->repository, key, reading->ref, [this, reading, key](Result<std::string> got) {
        if (!reading->context)
            return;
        if (!got && got.error().kind != ErrorKind::NotFound)
            reading->files->unread.push_back(key + ": " + got.error().detail);
        reading->files->bake[key] = got ? std::optional(std::move(got.value())) : std::nullopt;
        nextBake(reading);
    });
}

void WorkflowReader::fetchBake(const std::string& repository, const std::string& key, const std::string& ref, std::function<void(Result<std::string>)> then)
{
    const std::string name = isCommit(ref) ? repository + " " + key + "@" + ref : std::string();
    if (const auto known = m_bakeKnown.find(name); known != m_bakeKnown.end()) {
        const Result<std::string> got = known->second ? Result<std::string>(*known->second) : Error{ErrorKind::NotFound, "it is not there", false};
        QMetaObject::invokeMethod(this, [then = std::move(then), got] { then(got); }, Qt::QueuedConnection);
        return;
    }
    const auto keep = [this, name, then = std::move(then)](Result<std::string> got) {
        if (m_bakeKnown.size() >= mostKnown)
            m_bakeKnown.clear();
        if (!name.empty() && (got || got.error().kind == ErrorKind::NotFound))
            m_bakeKnown[name] = got ? std::optional(got.value()) : std::nullopt;
        then(std::move(got));
    };
    readBakeSource(m_api, repository, key, ref, this, keep);
}

void readBakeSource(GitHubApi& api, const std::string& repository, const std::string& key, const std::string& ref, QObject* context, Reply<std::string> reply)
{
    if (key.back() != '/') {
        api.content(repository, key, ref, context, [reply = std::move(reply)](Result<FileContent> got) { reply(got ? Result<std::string>(std::move(got->text)) : got.error()); });
        return;
    }
    api.folder(repository, key.substr(0, key.size() - 1), ref, context, [reply = std::move(reply)](Result<std::vector<std::string>> got) {
        if (!got)
            return reply(got.error());
        std::string names;
        for (const std::string& each : *got)
            names += each + "\n";
        reply(std::move(names));
    });
}

void WorkflowReader::fetch(const std::string& repository, const std::string& path, const std::string& ref, std::function<void(Result<Parsed>)> then)
{
    const std::string name = isCommit(ref) ? repository + " " + path + "@" + ref : std::string();
    if (const auto known = m_known.find(name); known != m_known.end()) {
        // Never from within: whoever asks may be in the middle of telling others.
        QMetaObject::invokeMethod(this, [then = std::move(then), parsed = known->second] { then(parsed); }, Qt::QueuedConnection);
        return;
    }
    m_api.content(repository, path, ref, this, [this, name, path, then = std::move(then)](Result<FileContent> got) {
        if (!got)
            return then(got.error());
        auto workflow = parseWorkflow(std::move(got->text));
        if (!workflow)
            return then(Error{ErrorKind::BadInput, path + ": " + workflow.error().detail, false});
        const auto parsed = std::make_shared<const Workflow>(std::move(workflow.value()));
        if (m_known.size() >= mostKnown)
            m_known.clear();
        if (!name.empty())
            m_known[name] = parsed;
        then(parsed);
    });
}

} // namespace layerline
