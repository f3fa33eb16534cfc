#include "app/release_promises.h"

#include "app/gate_run.h"
#include "domain/post_to.h"

#include <QPointer>

namespace layerline {

namespace {

/// The gate's reading of a run, as evidence about one image.
Result<ReleaseEvidencePtr> evidenceOf(const ImageReference& image, const std::string& repository, const RunDigests& found)
{
    GateArguments asked;
    asked.repository = repository;
    asked.request.image = image;
    asked.imageStated = true;
    auto requests = requestsOf(asked, found);
    if (!requests)
        return requests.error();
    const std::vector<RunImage> images = imagesOf(found, &image);
    const GateRequest& request = requests->front();
    auto evidence = std::make_shared<ReleaseEvidence>();
    evidence->promise = request.promise;
    if (evidence->promise.from.find(repository) == std::string::npos)
        evidence->promise.from += " of " + repository;
    evidence->tags = images.front().tags;
    evidence->built = request.built;
    evidence->builtShared = request.builtShared;
    evidence->builtBy = request.note;
    evidence->run = found.run.key.id;
    evidence->attempt = found.run.attempt;
    return ReleaseEvidencePtr(std::move(evidence));
}

} // namespace

ReleasePromises::ReleasePromises(QObject* parent) : QObject(parent) { m_files.setMaxThreadCount(1); }

ReleasePromises::~ReleasePromises() { m_files.waitForDone(); }

void ReleasePromises::read(const ImageReference& image, const PromiseChoice& choice, const ReleaseEvidencePtr& known, QObject* context, Callback callback)
{
    if (choice.from == PromiseChoice::From::File)
        return readFile(QString::fromStdString(choice.text), context, std::move(callback));
    if (!m_github.api || (m_github.signedIn && !m_github.signedIn()))
        return callback(Error{ErrorKind::Permission, "nobody is signed in to GitHub; sign in on the page Pipelines", false});
    RunQuery query;
    query.status = "success";
    query.limit = 1;
    m_github.api->runs(choice.text, query, this, [this, image, repository = choice.text, known, context = QPointer<QObject>(context), callback = std::move(callback)](Result<Listing<Run>> got) {
        if (!context)
            return;
        if (!got)
            return callback(got.error());
        if (got->items.empty())
            return callback(Error{ErrorKind::NotFound, repository + " has no successful run", false});
        const Run& newest = got->items.front();
        if (known && known->run == newest.key.id && known->attempt == newest.attempt)
            return callback(known);
        readRun(image, repository, newest, context, callback);
    });
}

void ReleasePromises::readRun(const ImageReference& image, const std::string& repository, const Run& newest, QObject* context, Callback callback)
{
    auto* reader = new RunDigestsReader(*m_github.api, *m_github.workflows, this);
    reader->read(repository, std::nullopt, [reader, image, repository, newest = newest.key.id, attempt = newest.attempt, context = QPointer<QObject>(context), callback = std::move(callback)](Result<RunDigests> found) {
        reader->deleteLater();
        if (!context)
            return;
        auto evidence = found ? evidenceOf(image, repository, *found) : Result<ReleaseEvidencePtr>(found.error());
        if (evidence && (*evidence)->run != newest) {
            // The newest run pushed nothing of it: not to be looked through again until there is a newer one.
            auto noted = std::make_shared<ReleaseEvidence>(**evidence);
            noted->run = newest;
            noted->attempt = attempt;
            evidence = ReleaseEvidencePtr(std::move(noted));
        }
        callback(std::move(evidence));
    }, image.name());
}

void ReleasePromises::readFile(const QString& path, QObject* context, Callback callback)
{
    const QPointer<QObject> guarded(context);
    startOn(m_files, [this, path, guarded, callback = std::move(callback)] {
        const auto promise = std::make_shared<const Result<PlatformPromise>>(promiseOfFile(path));
        postTo(this, [guarded, promise, callback] {
            if (!guarded)
                return;
            if (!*promise)
                return callback(promise->error());
            auto evidence = std::make_shared<ReleaseEvidence>();
            evidence->promise = promise->value();
            callback(ReleaseEvidencePtr(std::move(evidence)));
        });
    });
}

} // namespace layerline
