#include "app/tasks/build_lookup.h"

#include "app/tasks/history.h"
#include "sources/files/build_file.h"
#include "sources/runner/job_store.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <iterator>

namespace layerline {

namespace {

const QString recordingFolder = QStringLiteral(":/layerline/recordings/");

bool isDemo(const QString& build)
{
    return build == QLatin1String("demo") || build.startsWith(QLatin1String("demo:"));
}

Result<std::vector<EventBatch>> readRecording(const QString& name)
{
    QFile file(recordingFolder + name + QStringLiteral(".dockerbuild"));
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::NotFound, "there is no recording \"" + name.toStdString() + "\"; there are: " + demoNames().join(QStringLiteral(", ")).toStdString(), false};
    const QByteArray bytes = file.readAll();
    auto opened = openBuildBytes({bytes.constData(), std::size_t(bytes.size())}, name.toStdString(), {});
    if (!opened)
        return opened.error();
    return std::move(opened.value().batches);
}

/// A large batch is reduced in parts, so that a cancel is heard soon.
std::vector<EventBatch> slices(EventBatch batch)
{
    constexpr std::size_t eventsPerSlice = 50'000;
    std::vector<EventBatch> parts;
    if (batch.events.size() <= eventsPerSlice) {
        parts.push_back(std::move(batch));
        return parts;
    }
    for (std::size_t at = 0; at < batch.events.size(); at += eventsPerSlice) {
        const auto begin = std::make_move_iterator(batch.events.begin() + std::ptrdiff_t(at));
        const auto end = std::make_move_iterator(batch.events.begin() + std::ptrdiff_t(std::min(at + eventsPerSlice, batch.events.size())));
        parts.push_back({batch.record, std::vector<Event>(begin, end)});
    }
    return parts;
}

} // namespace

QStringList demoNames()
{
    QStringList names;
    for (const QString& file : QDir(recordingFolder).entryList({QStringLiteral("*.dockerbuild")}, QDir::Files, QDir::Name))
        names << file.chopped(int(qstrlen(".dockerbuild")));
    return names;
}

QString withoutJob(const QString& build)
{
    if (!build.startsWith(QLatin1String("ll-")))
        return build;
    const JobStore store;
    const auto found = store.find(build.toStdString());
    if (!found || found.value().lanes.empty())
        return build;
    const BuildJob& job = found.value();
    std::size_t at = 0;
    for (std::size_t lane = job.lanes.size(); lane-- > 0;) {
        if (job.lanes[lane].state == JobState::Failed)
            at = lane;
    }
    return QString::fromStdString(job.lanes[at].refs.empty() ? store.logOf(job, at) : job.lanes[at].refs.front());
}

bool isBuildFile(const QString& build)
{
    return isDemo(build) || QFileInfo(build).isFile();
}

Result<std::vector<EventBatch>> readBuildFile(const QString& build, const FileCaps& caps, FileProgress* progress)
{
    if (isDemo(build))
        return readRecording(build == QLatin1String("demo") ? QStringLiteral("cold") : build.mid(5));
    auto opened = openBuildFile(QFile::encodeName(build).toStdString(), caps, progress);
    if (!opened)
        return opened.error();
    return std::move(opened.value().batches);
}

Result<void> loadBuildFile(const QString& build, BuildSet& set, const FileCaps& caps, FileProgress* progress)
{
    auto batches = readBuildFile(build, caps, progress);
    if (!batches)
        return batches.error();
    for (EventBatch& batch : batches.value()) {
        for (const EventBatch& slice : slices(std::move(batch))) {
            if (progress && progress->cancel)
                return Error{ErrorKind::Cancelled, "reading was cancelled", false};
            set.apply(slice);
        }
    }
    for (const BuildId& id : set.ids())
        set.find(id); // works out the graph here: the window will only have to show it
    return {};
}

Error historyError(const History& history, const Error& error)
{
    return {error.kind, "the history in " + history.folder() + " can't be read: " + error.detail, false};
}

Result<void> loadHistoryList(BuildSet& set, const BuildSet& except)
{
    History history;
    std::optional<Error> problem;
    history.onProblem([&](const Error& error) { problem = historyError(history, error); });
    for (const EventBatch& batch : history.list()) {
        if (!except.owner(batch.record))
            set.apply(batch);
    }
    return problem ? Result<void>(*problem) : Result<void>();
}

Result<BuildId> loadFromHistory(const std::string& text, BuildSet& set, std::vector<Error>* problems)
{
    const Error missing{ErrorKind::NotFound, "no build \"" + text + "\" on the builders found or in the history, and no such file", false};
    History history;
    std::optional<Error> unreadable;
    history.onProblem([&](const Error& error) { unreadable = historyError(history, error); });
    std::optional<BuildId> found;
    for (const RecordKey& key : history.find(text)) {
        const auto batch = history.load(key, problems);
        if (!batch)
            return batch.error();
        const BuildId id = set.apply(batch.value()).first;
        if (found && *found != id)
            return Error{ErrorKind::BadInput, "\"" + text + "\" begins the refs of several builds", false};
        found = id;
    }
    if (!found)
        return unreadable ? *unreadable : missing;
    return *found;
}

const Build* findBuild(const BuildSet& set, const std::string& text)
{
    if (const Build* exact = set.findByRef(text))
        return exact;
    if (text.size() < 4)
        return nullptr;
    const Build* found = nullptr;
    for (const BuildId& id : set.ids()) {
        const Build* build = set.find(id);
        for (const Record& record : build->records) {
            if (record.key.ref.compare(0, text.size(), text) != 0)
                continue;
            if (found && found != build)
                return nullptr; // ambiguous
            found = build;
        }
    }
    return found;
}

} // namespace layerline
