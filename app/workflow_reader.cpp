#include "app/workflow_reader.h"

#include "analysis/workflow/build_calls.h"

#include <deque>
#include <set>

namespace layerline {

namespace {

constexpr int deepest = 4;              ///< as deep as expandJobs() looks
constexpr std::size_t mostCalled = 20;  ///< of one workflow: GitHub allows no more
constexpr std::size_t mostKnown = 500;  ///< files at commits kept in memory

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
    QPointer<QObject> context;
    Reply<WorkflowFilesPtr> reply;
};

Result<Legs> WorkflowFiles::legs(const RunnerTable& runners) const
{
    return expandJobs(*workflow, runners, [this](const std::string& key) -> std::shared_ptr<const Workflow> {
        const auto found = called.find(key);
        return found == called.end() ? nullptr : found->second;
    });
}

WorkflowReader::WorkflowReader(GitHubApi& api, QObject* parent) : QObject(parent), m_api(api) {}

void WorkflowReader::read(const std::string& repository, const std::string& path, const std::string& ref, QObject* context, Reply<WorkflowFilesPtr> reply)
{
    const auto reading = std::make_shared<Reading>();
    reading->context = context;
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
        return reading->reply(WorkflowFilesPtr(reading->files));
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
